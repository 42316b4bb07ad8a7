//! What one version of a document says, as far as its history needs it.

use std::collections::HashSet;

use super::likeness::{Named, folded};
use crate::model::{Chapter, OpenQuestion, StatusClass};

/// What one version of a document says, as far as its history needs it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// The title, as words in lower case.
    pub(super) title: String,
    /// The state, and its class; None if it has none.
    pub(super) status: Option<(String, StatusClass)>,
    pub(super) questions: Vec<Asked>,
}

/// A question in one version.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) id: String,
    pub(super) number: Option<String>,
    pub(super) text: String,
    pub(super) due: Option<String>,
    pub(super) is_resolved: bool,
}

impl Facts {
    /// The facts of a chapter; empty if it is not a design document.
    pub fn of(chapter: &Chapter) -> Self {
        let Some(document) = &chapter.document else {
            return Self::default();
        };
        let status = document.status.as_ref().filter(|status| !status.is_unfilled());
        let status = status.filter(|status| !status.state.is_empty());
        Self {
            title: folded(&document.title.value),
            status: status.map(|status| (status.state.clone(), status.class)),
            questions: document.questions.iter().map(Asked::of).collect(),
        }
    }

    /// Whether two versions have the same title or a question in common: what they have only from a
    /// template is not enough.
    pub(super) fn is_alike(&self, other: &Self) -> bool {
        let words = |facts: &Self| -> HashSet<String> {
            let questions = facts.questions.iter().map(|asked| folded(&asked.text));
            let all = questions.chain([facts.title.clone()]);
            all.filter(|words| !words.is_empty()).collect()
        };
        !words(self).is_disjoint(&words(other))
    }
}

impl Asked {
    pub(super) fn of(question: &OpenQuestion) -> Self {
        Self {
            id: question.id.clone(),
            number: question.number.clone(),
            text: question.question.text.clone(),
            due: question.due.as_ref().and_then(super::document::said),
            is_resolved: question.resolved,
        }
    }

    pub(super) fn named(&self) -> Named<'_> {
        Named {
            id: &self.id,
            number: self.number.as_deref(),
            text: &self.text,
        }
    }
}
