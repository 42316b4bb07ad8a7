//! What a document adds to the registers of the book: risks, alerts, dependencies, terms.

use super::{Deadline, Fragment};
use crate::source::Span;

/// Which register.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Register {
    /// What may go wrong.
    #[default]
    Risk,
    /// What wakes somebody.
    Alert,
    /// What has to be there first.
    Dependency,
    /// A word and what it means.
    Term,
}

/// One entry of a register.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RegisterEntry {
    /// Of which register.
    pub register: Register,
    /// The risk, the alert, the dependency, the term.
    pub subject: Fragment,
    /// A risk's mitigation; an alert's condition and action; a term's definition.
    pub details: Vec<Fragment>,
    /// How bad it is, in the author's word; empty where nothing is said.
    pub severity: String,
    /// By when it must be there.
    pub due: Option<Deadline>,
    /// Whether it is marked as done.
    pub done: bool,
    /// The row or the item.
    pub span: Span,
}
