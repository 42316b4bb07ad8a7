//! The filter of an index at a marker: `<!-- open-questions owner="Ada Obi" due="overdue" -->`.

mod folder;

pub use folder::Folder;

use super::IndexKind;
use crate::source::worded;

/// What a filtered index shows; an empty filter shows everything.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Filter {
    /// A name, a handle or an email address: who owns a question or a document, or made a decision.
    pub owner: Option<String>,
    /// A folder with all that is below it, or a pattern for paths.
    pub folder: Option<String>,
    /// A tag of the document.
    pub tag: Option<String>,
    /// A status of the document or its class: `In Review`, `review`.
    pub status: Option<String>,
    /// When a question is due.
    pub due: Option<Due>,
    /// The number of days before today in which a decision was made.
    pub days: Option<u16>,
}

/// When a question is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Due {
    /// Its day has passed.
    Overdue,
    /// Today or within that number of days.
    Within(u16),
    /// It has no day.
    Undated,
}

worded! {
    /// The name of a filter.
    pub enum FilterKey {
        /// Who owns it.
        Owner = "owner",
        /// Where its document is.
        Folder = "folder",
        /// A tag of its document.
        Tag = "tag",
        /// The status of its document.
        Status = "status",
        /// When it is due.
        Due = "due",
        /// In how many days before today it was decided.
        Days = "days",
    }
}

impl Filter {
    /// The most days that `due` and `days` can name.
    pub const MOST_DAYS: u16 = 3650;

    /// The filter as its values are compared: in lower case, and a status with `-` between its words.
    #[must_use]
    pub fn folded(&self) -> Self {
        let lower = |value: &Option<String>| value.as_ref().map(|value| value.to_lowercase());
        let slug = |value: String| {
            let words = value.split([' ', '_', '-']).filter(|word| !word.is_empty());
            words.collect::<Vec<_>>().join("-")
        };
        Self {
            owner: lower(&self.owner),
            tag: lower(&self.tag),
            status: lower(&self.status).map(slug),
            ..self.clone()
        }
    }

    /// Whether it shows everything.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl IndexKind {
    /// The filters that its marker can have.
    pub const fn filters(self) -> &'static [FilterKey] {
        use FilterKey::*;
        match self {
            Self::Documents => &[Owner, Folder, Tag, Status],
            Self::Decisions => &[Owner, Folder, Tag, Status, Days],
            Self::Questions => &[Owner, Folder, Tag, Status, Due],
            _ => &[],
        }
    }
}

/// What is wrong in the filters of a marker, which shows nothing until it is corrected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterProblem {
    /// The index that was asked for.
    pub kind: IndexKind,
    /// The part of the comment as it is written.
    pub text: String,
    /// Why it cannot be a filter.
    pub fault: FilterFault,
}

/// Why a part of a marker cannot be a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilterFault {
    /// The index has no filter of this name.
    Unknown,
    /// The filter was given before.
    Repeated(FilterKey),
    /// The filter cannot have this value.
    Value(FilterKey),
    /// It does not have the form `name="value"`.
    Form,
}
