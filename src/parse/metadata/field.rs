//! A labelled fact of a document, before its value is interpreted.

use std::borrow::Cow;

use crate::model::{Mention, RelationKind};
use crate::parse::markdown::fragment::markdown;
use crate::parse::markdown::inline::{Run, span_of, words};
use crate::parse::values::deadline::promised;
use crate::parse::values::mention::{named, relation};
use crate::parse::values::replaced::current;
use crate::parse::vocabulary::Vocabulary;
use crate::parse::vocabulary::concept::Key;
use crate::parse::vocabulary::concept::Scope;
use crate::source::Span;

/// The roles that people have in a document, in the order of the header.
pub(crate) const ROLES: [Key; 4] = [Key::Author, Key::Reviewer, Key::Approver, Key::Decider];

/// A label with its values.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Field<'a> {
    /// The label as written; empty for a remark without one.
    pub(crate) label: Cow<'a, str>,
    /// The meaning of the label. None shows the field verbatim.
    pub(crate) key: Option<Key>,
    /// Several if the author wrote a list.
    pub(crate) values: Vec<Value<'a>>,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Value<'a> {
    pub(crate) runs: Vec<Run<'a>>,
    /// The state of its task box, if it has one.
    pub(crate) ticked: Option<bool>,
}

impl<'a> Value<'a> {
    pub(crate) fn new(runs: Vec<Run<'a>>, ticked: Option<bool>) -> Self {
        Self { runs, ticked }
    }

    /// The words of the value.
    pub(crate) fn text(&self) -> Cow<'_, str> {
        words(&self.runs)
    }

    /// The span of the value.
    pub(crate) fn span(&self) -> Span {
        span_of(&self.runs)
    }
}

impl<'a> Field<'a> {
    /// Creates a field and looks up its label.
    pub(crate) fn new(label: Cow<'a, str>, values: Vec<Value<'a>>, vocabulary: &Vocabulary<'_>) -> Self {
        let key = vocabulary.key(Scope::Document, &label);
        let has_date = || values.iter().any(|value| promised(&value.runs, vocabulary).is_some());
        // `Expires: 15 minutes after login` is not about the document.
        let is_other = key.is_some_and(Key::is_promise) && has_value(&values) && !has_date();
        let key = key.filter(|_| !is_other);
        Self { label, key, values }
    }

    /// Whether its values are people.
    pub(crate) fn names_people(&self) -> bool {
        self.key.is_some_and(|key| ROLES.contains(&key))
    }

    /// The author's Markdown for the value, on one line. Few fields need it.
    pub(crate) fn markdown(&self) -> String {
        self.joined(|value| markdown(&value.runs).into()).into_owned()
    }

    /// The words of all values, joined by commas.
    pub(crate) fn text(&self) -> Cow<'_, str> {
        self.joined(Value::text)
    }

    /// The words of the current part of each value, after replacements by the author.
    pub(crate) fn current(&self, vocabulary: &Vocabulary<'_>) -> Cow<'_, str> {
        self.joined(|value| match current(&value.runs, vocabulary) {
            Cow::Borrowed(runs) => words(runs),
            Cow::Owned(runs) => words(&runs).into_owned().into(),
        })
    }

    /// The documents that its label says it names: `Supersedes: ADR-0123`.
    pub(crate) fn mentions(&self, vocabulary: &Vocabulary<'_>) -> Vec<Mention> {
        let is_link = self.key == Some(Key::Link);
        let kind = self
            .key
            .and_then(relation)
            .or(is_link.then_some(RelationKind::RefersTo));
        let Some(kind) = kind else { return Vec::new() };
        let named = self
            .values
            .iter()
            .flat_map(|value| named(&value.runs, kind, vocabulary));
        // Most of what such labels link to is not in the book.
        let is_certain = !is_link;
        named.map(|mention| Mention { is_certain, ..mention }).collect()
    }

    fn joined<'s>(&'s self, text: impl Fn(&'s Value<'a>) -> Cow<'s, str>) -> Cow<'s, str> {
        if let [value] = self.values.as_slice() {
            return text(value);
        }
        let texts = self.values.iter().map(text);
        Cow::Owned(texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", "))
    }

    /// The span of the value.
    pub(crate) fn span(&self) -> Span {
        let spans = self.values.iter().map(Value::span);
        spans.reduce(Span::to).unwrap_or_default()
    }
}

/// Whether any value has text. Those of a definition list are added later.
fn has_value(values: &[Value<'_>]) -> bool {
    values.iter().any(|value| !value.runs.is_empty())
}

/// Whether this key can make a block metadata. A title or a need alone also occurs in prose.
pub(crate) fn is_document_key(key: Option<Key>) -> bool {
    let occurs_in_prose = [Key::Title, Key::Email, Key::Attendees, Key::DependsOn, Key::RequiredBy];
    key.is_some_and(|key| !occurs_in_prose.contains(&key))
}

/// Whether a label with this meaning is sufficient to distinguish a fact from prose.
pub(crate) fn is_fact(key: Option<Key>) -> bool {
    let occurs_in_prose = [Key::Title, Key::Link, Key::Attendees, Key::DependsOn, Key::RequiredBy];
    key.is_some_and(|key| !occurs_in_prose.contains(&key))
}
