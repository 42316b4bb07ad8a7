//! The facts of a book's design documents, as plain data: no Markdown, no HTML, no clock.

mod corpus;
mod deadline;
mod decision;
mod document;
mod filter;
mod fragment;
mod observations;
mod open_question;
mod person;
mod promise;
mod register;
mod relations;
mod status;

pub use corpus::{Absent, Chapter, Corpus, ExternalBook, IndexKind, Marker, Unlisted};
pub use deadline::{DateText, Deadline, Standing, When, days_between};
pub use decision::Decision;
pub use document::{Detached, Document, DocumentKind, Fact, Heading, HeadingWords, Layout, Reference, Steps, TocPlace};
pub use filter::{Due, Filter, FilterFault, FilterKey, FilterProblem, Folder};
pub use fragment::{Fragment, Styled};
pub use observations::{
    Allow, DateKind, Dependency, Link, Mangled, Observations, SectionName, StatedDate, StatedStatus, Statements,
};
pub use open_question::{BadgeForm, DecisionLink, OpenQuestion, Past};
pub use person::Person;
pub use promise::Promise;
pub use register::RegisterEntry;
pub use relations::{Item, Mention, Relation, RelationKind, Relations, Unresolved};
pub use status::{Status, StatusClass};
