//! What renderers other than HTML do with links and their targets.

/// What the renderer in use does with the links of plain Markdown, and with what they lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Links {
    /// Whether a link to a chapter's file becomes one to its page.
    pub to_files: bool,
    /// Whether headings get the ids that mdBook gives them.
    pub heading_ids: bool,
    /// Where an `<a id>` is a place that links can lead to.
    pub anchors: Anchors,
}

/// Where a renderer keeps an `<a id>` as a place that links can lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Anchors {
    /// It drops HTML.
    Nowhere,
    /// Behind other text: for Typst, pandoc makes of it the label of what stands before it, and a
    /// label of nothing fails the build.
    BehindText,
    /// At any place of a text.
    Anywhere,
}

impl Links {
    /// Those of the renderer with this name.
    pub fn of(renderer: &str) -> Self {
        match renderer {
            // mdbook-epub turns Markdown into XHTML as it is.
            "epub" => Self {
                to_files: false,
                heading_ids: false,
                anchors: Anchors::Anywhere,
            },
            "pandoc" => Self {
                anchors: Anchors::BehindText,
                ..Self::default()
            },
            _ => Self::default(),
        }
    }
}

impl Default for Links {
    /// As the commonest readers of Markdown do, such as GitHub: some of them drop all HTML.
    fn default() -> Self {
        Self {
            to_files: true,
            heading_ids: true,
            anchors: Anchors::Nowhere,
        }
    }
}
