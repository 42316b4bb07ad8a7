//! Parses words as a date, a person or a status.

pub(crate) mod address;
pub(crate) mod date;
pub(crate) mod deadline;
pub(crate) mod id;
pub(crate) mod mention;
pub(crate) mod person;
pub(crate) mod person_list;
pub(crate) mod replaced;
pub(crate) mod status;
