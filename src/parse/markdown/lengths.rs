//! Which lengths some texts have: most other texts are told from them by that alone.

/// A bit for each length, beyond 63 one for several.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Lengths(u64);

impl Lengths {
    /// Those of `texts`.
    pub(crate) fn of<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        Self(texts.fold(0, |lengths, text| lengths | bit(text)))
    }

    /// Whether `text` may be one of the texts.
    pub(crate) fn may_have(self, text: &str) -> bool {
        self.0 & bit(text) != 0
    }
}

fn bit(text: &str) -> u64 {
    1 << (text.len() % 64)
}
