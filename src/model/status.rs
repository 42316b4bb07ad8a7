//! Where a document stands in its life.

pub use crate::config::StatusClass;
use crate::source::Span;

/// A document's status: the author's word and the state it stands for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Status {
    /// As written, without decoration: `Implemented (Swift 5.9)`. Empty when unfilled.
    pub text: String,
    /// The state in one word, `in-review`; `unfilled` for template text left as it was.
    pub state: String,
    /// How far along that is.
    pub class: StatusClass,
    /// Where it is written.
    pub span: Span,
}

impl Status {
    /// The state of a template's placeholder that is not replaced.
    pub const UNFILLED: &'static str = "unfilled";

    /// Whether the author has yet to choose a status.
    pub fn is_unfilled(&self) -> bool {
        self.state == Self::UNFILLED
    }
}
