//! A labelled fact of a document, before anything is made of its value.

use std::borrow::Cow;

use crate::parse::markdown::fragment::markdown;
use crate::parse::markdown::inline::{Run, span_of, words};
use crate::parse::values::replaced::current;
use crate::parse::vocabulary::Vocabulary;
use crate::parse::vocabulary::concept::Key;
use crate::parse::vocabulary::concept::Scope;
use crate::source::Span;

/// A label with its values.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Field<'a> {
    /// In the author's words; empty for a remark that has none.
    pub(crate) label: Cow<'a, str>,
    /// What the label means; None shows it as it is.
    pub(crate) key: Option<Key>,
    /// Several where the author wrote a list.
    pub(crate) values: Vec<Value<'a>>,
}

/// One value.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Value<'a> {
    pub(crate) runs: Vec<Run<'a>>,
    /// The tick of a task list.
    pub(crate) ticked: Option<bool>,
    pub(crate) span: Span,
}

impl Value<'_> {
    /// The words of the value.
    pub(crate) fn text(&self) -> Cow<'_, str> {
        words(&self.runs)
    }
}

impl<'a> Field<'a> {
    /// A field of a document whose label is looked up.
    pub(crate) fn new(label: Cow<'a, str>, values: Vec<Value<'a>>, vocabulary: &Vocabulary<'_>) -> Self {
        let key = vocabulary.key(Scope::Document, &label);
        Self { label, key, values }
    }

    /// The author's Markdown for the value, on one line; few fields are shown so.
    pub(crate) fn markdown(&self) -> String {
        if let [value] = self.values.as_slice() {
            return markdown(&value.runs);
        }
        self.values
            .iter()
            .map(|value| markdown(&value.runs))
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// The words of all values, with commas between.
    pub(crate) fn text(&self) -> Cow<'_, str> {
        self.joined(Value::text)
    }

    /// The words of what holds of all values.
    pub(crate) fn current(&self, vocabulary: &Vocabulary<'_>) -> Cow<'_, str> {
        self.joined(|value| match current(&value.runs, vocabulary) {
            Cow::Borrowed(runs) => words(runs),
            Cow::Owned(runs) => words(&runs).into_owned().into(),
        })
    }

    fn joined<'s>(&'s self, text: impl Fn(&'s Value<'a>) -> Cow<'s, str>) -> Cow<'s, str> {
        if let [value] = self.values.as_slice() {
            return text(value);
        }
        let texts = self.values.iter().map(text);
        Cow::Owned(texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", "))
    }

    /// Where the value is written.
    pub(crate) fn span(&self) -> Span {
        self.values
            .iter()
            .map(|value| value.span)
            .reduce(Span::to)
            .unwrap_or_default()
    }
}

/// Whether a key can make a block metadata. A title or a link alone stands in prose too.
pub(crate) fn is_document_key(key: Option<Key>) -> bool {
    !matches!(key, None | Some(Key::Title | Key::Email | Key::Attendees))
}

/// A field with a label of the author's; a remark where the label is empty.
pub(crate) fn field<'t>(label: Cow<'t, str>, values: Vec<Value<'t>>, vocabulary: &Vocabulary<'_>) -> Field<'t> {
    if label.is_empty() {
        return Field {
            label,
            key: None,
            values,
        };
    }
    Field::new(label, values, vocabulary)
}

/// A value that is written in `runs`.
pub(crate) fn value<'t>(runs: Vec<Run<'t>>, ticked: Option<bool>) -> Value<'t> {
    Value {
        span: span_of(&runs),
        runs,
        ticked,
    }
}
