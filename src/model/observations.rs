//! Observations in a chapter other than facts, each with its place, for the lints.

use super::{DateText, FilterProblem, Mention, Status};
use crate::source::{Span, Spanned};

/// The observations in one chapter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Observations {
    /// Ids that the author gave to HTML elements, and the names of anchors.
    pub ids: Vec<String>,
    /// Whether the page may have ids that its Markdown does not show.
    pub other_ids: bool,
    /// The links within the book: `other.md`, `other.md#part` and `#part`.
    pub links: Vec<Link>,
    /// The braces at the ends of headings that mdBook takes for attributes.
    pub swallowed: Vec<Span>,
    /// The characters that were damaged when UTF-8 was read as something else.
    pub mangled: Vec<Mangled>,
    /// The new ids of headings whose id changes once damaged or swallowed text is fixed, each with
    /// the index of its heading.
    pub mended_ids: Vec<(usize, String)>,
    /// Placeholders of a template that are not filled in.
    pub placeholders: Vec<Spanned<String>>,
    /// The first `{{#include …}}` or similar directive that no preprocessor has expanded yet.
    pub directive: Option<Span>,
    /// The first line of a block nested too deeply to be read.
    pub too_deep: Option<Span>,
    /// The line at which mdBook's Markdown parser fails; the rest is not read.
    pub fails_at: Option<Span>,
    /// The line for which that parser would take too long; the rest is not read.
    pub takes_long_at: Option<Span>,
    /// The message of a panic in our own readers: nothing of the chapter is read.
    pub fault: Option<String>,
    /// The line that opens unclosed front matter.
    pub unclosed: Option<Span>,
    /// What is wrong in the filters of its markers.
    pub filters: Vec<Spanned<FilterProblem>>,
    /// The comments that allow a finding.
    pub allows: Vec<Allow>,
    /// The sections; read only if the team has a template to compare them with.
    pub sections: Vec<SectionName>,
}

/// A link within the book.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Link {
    /// The part before the `#`, percent-decoded; empty for links within the page.
    pub path: String,
    /// The part after it, percent-decoded; empty if there is none.
    pub fragment: String,
    /// The chapter that it leads to, known once the whole book has been read.
    pub to: Option<usize>,
    /// The destination, else the whole link.
    pub span: Span,
    /// The bytes of the fragment, if the author wrote it in the link itself.
    pub fragment_span: Option<Span>,
    /// Where a mark may be inserted behind the link; None in a heading, whose id would change, and
    /// in HTML.
    pub mark_at: Option<usize>,
}

/// A run of damaged characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mangled {
    /// Its place.
    pub span: Span,
    /// The original text.
    pub text: String,
    /// The encoding as which its bytes were misread.
    pub read_as: &'static str,
}

/// A comment that allows findings: `<!-- design-docs: allow overdue-question -- why -->`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Allow {
    /// The lints or groups that it names.
    pub names: Vec<Spanned<String>>,
    /// Whether it gives a reason.
    pub has_reason: bool,
    /// The text to which it applies.
    pub covers: Span,
    /// The comment.
    pub span: Span,
}

/// A heading in the form in which it is compared with a template's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SectionName {
    /// 1 to 6.
    pub level: u8,
    /// Its words without emoji, numbers and case.
    pub words: String,
    /// As the author wrote it.
    pub text: String,
}

/// Every statement that a document makes about itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Statements {
    /// Each status, in the order of the text.
    pub statuses: Vec<StatedStatus>,
    /// Each date of the metadata, in the order of the text.
    pub dates: Vec<StatedDate>,
    /// The documents and decisions that its metadata and its dependencies name.
    pub mentions: Vec<Mention>,
    /// Whether it has a timeline of its statuses: `Accepted: 2024-05-01`.
    pub has_lifecycle: bool,
}

/// A statement of the status.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StatedStatus {
    /// The author's label, folded.
    pub label: String,
    /// The status that was read.
    pub status: Status,
    /// The word that was probably meant, if the status is unknown.
    pub meant: Option<String>,
    /// The bytes of the word that was written instead.
    pub word: Option<Span>,
}

impl StatedStatus {
    /// The label in one word for all that mean the document's own status.
    pub fn subject(&self) -> &str {
        match self.label.as_str() {
            "state" | "current status" | "document status" | "doc status" | "rfc status" | "adr status" => "status",
            label => label,
        }
    }
}

/// The kind of a document's date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateKind {
    /// When it was created.
    Created,
    /// When it was last changed.
    Updated,
    /// A date whose label does not specify which.
    Plain,
}

/// A statement of a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedDate {
    /// The author's label, folded.
    pub label: String,
    /// Which date it is.
    pub kind: DateKind,
    /// The date, with the place of its own text if known.
    pub date: DateText,
}

/// Something needed by a date, as under "Timeline Dependencies".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dependency {
    /// The author's words.
    pub text: String,
    /// By when.
    pub due: super::Deadline,
    /// Whether it is marked as done.
    pub done: bool,
    /// Its place.
    pub span: Span,
}
