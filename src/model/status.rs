//! The status of a document.

pub use crate::config::StatusClass;
use crate::source::Span;

/// A document's status: the author's word and the state it stands for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Status {
    /// As written, without decoration: `Implemented (Swift 5.9)`. Empty when unfilled.
    pub text: String,
    /// The state in one word, `in-review`; `unfilled` for unchanged template text.
    pub state: String,
    /// The class of the state.
    pub class: StatusClass,
    /// Its place.
    pub span: Span,
}

impl Status {
    /// The state of a template's placeholder that has not been replaced.
    pub const UNFILLED: &'static str = "unfilled";

    /// Whether the author has yet to choose a status.
    pub fn is_unfilled(&self) -> bool {
        self.state == Self::UNFILLED
    }
}
