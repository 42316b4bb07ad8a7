//! The regular expression with which mdBook 0.4 finds headings in a page.

use std::sync::LazyLock;

use regex::{Captures, Regex};

/// mdBook's own, restricted to ASCII digits. A single search takes linear time, and so do all
/// searches of a page together: a match attempt ends at the next quote or line end, so little text
/// is read twice.
#[expect(clippy::expect_used, reason = "a test compiles it")]
static HEADING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"<h[0-9](?: id="([^"]+)")?(?: class="([^"]+)")?>(.*?)</h[0-9]>"#).expect("a regular expression")
});

/// A heading in a page.
pub(crate) struct Found<'h> {
    /// Where it begins.
    pub(crate) start: usize,
    /// Whether the tag has an id, which mdBook keeps.
    pub(crate) has_id: bool,
    /// Whether mdBook skips it because of its class.
    pub(crate) skipped: bool,
    /// The content between the tags.
    pub(crate) content: &'h str,
}

impl<'h> Found<'h> {
    /// All headings in the page.
    pub(crate) fn all(html: &'h str) -> impl Iterator<Item = Self> {
        HEADING.captures_iter(html).map(|found| Self::new(&found))
    }

    fn new(found: &Captures<'h>) -> Self {
        let group = |index| found.get(index).map(|group| group.as_str());
        let is_left_alone = |class: &str| matches!(class, "menu-title" | "mdbook-help-title");
        Self {
            start: found.get_match().start(),
            has_id: group(1).is_some(),
            skipped: group(2).is_some_and(|classes| classes.split(' ').any(is_left_alone)),
            content: group(3).unwrap_or_default(),
        }
    }
}
