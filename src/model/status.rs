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

    /// The state of what another document or decision has replaced.
    pub const SUPERSEDED: &'static str = "superseded";

    /// Whether the author has yet to choose a status.
    pub fn is_unfilled(&self) -> bool {
        self.state == Self::UNFILLED
    }

    /// Whether it says that something else is in force instead.
    pub fn is_superseded(&self) -> bool {
        self.state == Self::SUPERSEDED
    }

    /// Whether its document is in force, or once was. A proposal or a rejected document never was. A
    /// closed state of the team's own ended something in force, and an unknown status is not judged.
    pub fn has_been_in_force(&self) -> bool {
        match self.class {
            StatusClass::Draft | StatusClass::Review | StatusClass::Paused => false,
            StatusClass::Closed => !matches!(self.state.as_str(), "rejected" | "withdrawn" | "abandoned"),
            StatusClass::Agreed | StatusClass::Done | StatusClass::Unknown => true,
        }
    }
}
