//! What stands in a chapter beside its facts, each with its place: what the lints judge.

use super::{DateText, Status};
use crate::source::{Span, Spanned};

/// What was seen in one chapter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Observations {
    /// Ids that the author gave to HTML elements, and the names of anchors.
    pub ids: Vec<String>,
    /// Whether the page may have ids that its Markdown does not show.
    pub other_ids: bool,
    /// The links that have a fragment, `other.md#part` and `#part`.
    pub links: Vec<FragmentLink>,
    /// The braces at the ends of headings that mdBook takes for attributes.
    pub swallowed: Vec<Span>,
    /// The characters that were damaged when UTF-8 was read as something else.
    pub mangled: Vec<Mangled>,
    /// The ids that the chapter's headings will have once what is damaged or swallowed is put
    /// right, after the heading's index: of those headings whose id that changes.
    pub mended_ids: Vec<(usize, String)>,
    /// Placeholders of a template that are not filled in.
    pub placeholders: Vec<Spanned<String>>,
    /// The first `{{#include …}}` and its kin that no other preprocessor has taken yet.
    pub directive: Option<Span>,
    /// The first line of what is nested too deep to be read.
    pub too_deep: Option<Span>,
    /// The line at which mdBook's Markdown parser fails: what follows is not read.
    pub fails_at: Option<Span>,
    /// The line that opens front matter which nothing closes.
    pub unclosed: Option<Span>,
    /// The comments that allow a finding.
    pub allows: Vec<Allow>,
    /// The sections; read only where a team has a template to compare them with.
    pub sections: Vec<SectionName>,
}

/// A link with a fragment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FragmentLink {
    /// What stands before the `#`; empty within the page.
    pub path: String,
    /// What stands after it, percent-decoded.
    pub fragment: String,
    /// The destination, else the whole link.
    pub span: Span,
    /// The bytes of the fragment, where the author wrote it at the link.
    pub fragment_span: Option<Span>,
}

/// A run of damaged characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mangled {
    /// Where it stands.
    pub span: Span,
    /// What it was.
    pub text: String,
    /// What its bytes were taken for.
    pub read_as: &'static str,
}

/// A comment that allows findings: `<!-- design-docs: allow overdue-question -- why -->`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Allow {
    /// The lints or groups that it names.
    pub names: Vec<Spanned<String>>,
    /// Whether it says why.
    pub has_reason: bool,
    /// The text for which it holds.
    pub covers: Span,
    /// The comment.
    pub span: Span,
}

/// A heading as it is compared with a template's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SectionName {
    /// 1 to 6.
    pub level: u8,
    /// Its words without emoji, numbers and case.
    pub words: String,
    /// As the author wrote it.
    pub text: String,
}

/// What a document says of itself, every time that it says so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Statements {
    /// Each status, in the order of the text.
    pub statuses: Vec<StatedStatus>,
    /// Each date of the metadata, in the order of the text.
    pub dates: Vec<StatedDate>,
    /// What it takes the place of.
    pub supersedes: Vec<Succession>,
    /// What has taken its place.
    pub superseded_by: Vec<Succession>,
    /// Whether a timeline says what has become of it: `Accepted: 2024-05-01`.
    pub has_lifecycle: bool,
}

/// A status, where it is stated.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StatedStatus {
    /// The author's label, folded.
    pub label: String,
    /// What it says.
    pub status: Status,
    /// The word that was probably meant, where we do not know the status.
    pub meant: Option<String>,
    /// The bytes of the word that was written instead.
    pub word: Option<Span>,
}

/// Which date of a document is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateKind {
    /// When it was begun.
    Created,
    /// When it was last changed.
    Updated,
    /// A date whose label does not say which.
    Plain,
}

/// A date, where it is stated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedDate {
    /// The author's label, folded.
    pub label: String,
    /// Which date it is.
    pub kind: DateKind,
    /// The date, at the bytes of its own text where these are known.
    pub date: DateText,
}

/// Another document that this one names as its predecessor or successor.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Succession {
    /// In the author's words: `ADR-0123`.
    pub text: String,
    /// Where it links to.
    pub url: Option<String>,
    /// Whether only a part is replaced.
    pub amends: bool,
    /// Where it stands.
    pub span: Span,
}

/// Something that must be there by a date, as under "Timeline Dependencies".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dependency {
    /// The author's words.
    pub text: String,
    /// By when.
    pub due: super::Deadline,
    /// Whether a mark says that it is there.
    pub done: bool,
    /// Where it stands.
    pub span: Span,
}
