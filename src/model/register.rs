//! The entries that a document adds to the book's registers: risks, alerts, dependencies, terms, and
//! records of the kinds that a team declares.

use jiff::civil::Date;

use super::{Deadline, Fragment, Standing};
use crate::source::Span;

/// One entry of a register.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RegisterEntry {
    /// The index of its kind in the configuration.
    pub kind: usize,
    /// Its text: the risk, the alert, the dependency, the term.
    pub subject: Fragment,
    /// The other columns; empty where nothing is stated.
    pub facts: Vec<Fragment>,
    /// Its deadline.
    pub due: Option<Deadline>,
    /// Whether it is marked as done.
    pub done: bool,
    /// The row, the item or the heading.
    pub span: Span,
}

impl RegisterEntry {
    /// The standing of its deadline.
    pub fn standing(&self, today: Date, due_soon_days: u16) -> Standing {
        match &self.due {
            _ if self.done => Standing::Resolved,
            Some(due) => due.standing(today, due_soon_days),
            None => Standing::Undated,
        }
    }
}
