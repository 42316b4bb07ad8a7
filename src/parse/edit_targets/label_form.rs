//! The markup of a labelled fact, so that another one can be written in the same form.

/// The text around a label, and around its value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct LabelForm {
    /// The emphasis before the label: `**`.
    pub(crate) open: String,
    /// What follows the label: `:** `.
    pub(crate) close: String,
    /// The emphasis that ends after the value, as in `**Status: Draft**`.
    pub(crate) end: String,
}

impl LabelForm {
    /// The form of `label` in `lead`, the text from the start of its line to its value; and the
    /// position of the label with its markup.
    pub(crate) fn of(lead: &str, label: &str) -> Option<(usize, Self)> {
        let at = lead.rfind(label).filter(|_| !label.is_empty())?;
        let (head, rest) = (&lead[..at], &lead[at + label.len()..]);
        if rest.contains(char::is_alphanumeric) {
            return None;
        }
        let start = head.trim_end_matches(['*', '_', '`']).len();
        let open = &head[start..];
        let end_of = |sign: &str| rest.find(sign).map(|at| at + sign.len());
        let colon = end_of(":").or_else(|| end_of("："));
        let closed = Some(open).filter(|open| !open.is_empty()).and_then(end_of);
        let end = colon.max(closed).unwrap_or_default();
        let is_open = !open.is_empty() && closed.is_none();
        let form = Self {
            open: open.to_owned(),
            close: format!("{} ", &rest[..end]),
            end: if is_open { open } else { "" }.to_owned(),
        };
        Some((start, form))
    }

    /// The text before a value that is labelled `word`.
    pub(crate) fn lead(&self, word: &str) -> String {
        format!("{}{word}{}", self.open, self.close)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_keeps_its_markup() {
        for (lead, expected) in [
            ("**Status:** ", (0, "**X:** ", "")),
            ("**Status**: **", (0, "**X**: ", "")),
            ("- **Status: ", (2, "**X: ", "**")),
            ("> Status：", (2, "X： ", "")),
            ("**Author:** Ada | **Status:** ", (18, "**X:** ", "")),
            ("* *Status* ", (2, "*X* ", "")),
        ] {
            let (at, form) = LabelForm::of(lead, "Status").unwrap();
            assert_eq!((at, form.lead("X").as_str(), form.end.as_str()), expected, "{lead}");
        }
        assert_eq!(LabelForm::of("Status of all: ", "Status"), None);
    }
}
