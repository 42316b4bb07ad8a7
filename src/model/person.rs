//! A person whom a document names.

use serde::Serialize;

use crate::source::Span;

/// A person, a team or a role, as named by the document; in JSON, the display name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Person {
    /// `Ada Obi`.
    pub name: Option<String>,
    /// `ada@example.com`.
    pub email: Option<String>,
    /// `@ada`, with its `@`.
    pub handle: Option<String>,
    /// A page about them.
    pub url: Option<String>,
    /// Whether they are ticked in a review list; None if they are not in one.
    #[serde(skip)]
    pub approved: Option<bool>,
    /// Where the document names them.
    #[serde(skip)]
    pub span: Span,
}

impl Person {
    /// The display name: name, else handle, else email.
    pub fn display(&self) -> &str {
        self.name
            .as_deref()
            .or(self.handle.as_deref())
            .or(self.email.as_deref())
            .unwrap_or_default()
    }

    /// The handle, the email address and the name in lower case, by which a person is found.
    pub fn keys(&self) -> impl Iterator<Item = String> {
        let names = [&self.handle, &self.email, &self.name].into_iter().flatten();
        names.map(|key| key.trim().to_lowercase()).filter(|key| !key.is_empty())
    }

    /// Whether both are the same person: compares their emails if both have one, else their
    /// handles, else their names.
    pub fn is_same(&self, other: &Self) -> bool {
        fn both(a: Option<&String>, b: Option<&String>) -> Option<bool> {
            Some(a?.eq_ignore_ascii_case(b?))
        }
        both(self.email.as_ref(), other.email.as_ref())
            .or_else(|| both(self.handle.as_ref(), other.handle.as_ref()))
            .or_else(|| both(self.name.as_ref(), other.name.as_ref()))
            .unwrap_or(false)
    }
}
