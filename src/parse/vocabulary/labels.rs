//! What a label means: the built-in words of a scope, and a team's own.

use rustc_hash::FxHashMap;

use crate::config::Config;
use crate::parse::markdown::fold::{fold, folded_in_place};
use crate::parse::vocabulary::synonyms::{DECISION_LABELS, DOCUMENT_LABELS, DOCUMENT_WORDS, Key, QUESTION_LABELS};

/// Which synonyms apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    Document,
    Question,
    Decision,
}

/// The synonyms of every scope, a team's own included; built once for a book.
#[derive(Debug, Default)]
pub(crate) struct Labels {
    document: FxHashMap<String, Key>,
    question: FxHashMap<String, Key>,
    decision: FxHashMap<String, Key>,
}

impl Labels {
    pub(crate) fn new(config: &Config) -> Self {
        fn table(rows: &[(Key, &[&str])]) -> FxHashMap<String, Key> {
            rows.iter()
                .flat_map(|(key, words)| words.iter().map(|word| ((*word).to_owned(), *key)))
                .collect()
        }
        let mut labels = Self {
            document: table(DOCUMENT_LABELS),
            question: table(QUESTION_LABELS),
            decision: table(DECISION_LABELS),
        };
        for (field, words) in &config.labels {
            let (map, key) = match field.as_str() {
                "author" => (&mut labels.document, Key::Author),
                "reviewer" => (&mut labels.document, Key::Reviewer),
                "approver" => (&mut labels.document, Key::Approver),
                "decider" => (&mut labels.document, Key::Decider),
                "status" => (&mut labels.document, Key::Status),
                "created" => (&mut labels.document, Key::Created),
                "updated" => (&mut labels.document, Key::Updated),
                "target-release" => (&mut labels.document, Key::Release),
                "link" => (&mut labels.document, Key::Link),
                "due" => (&mut labels.question, Key::Due),
                "owner" => (&mut labels.question, Key::Owner),
                "context" => (&mut labels.question, Key::Context),
                "answer" => (&mut labels.question, Key::Answer),
                _ => continue,
            };
            map.extend(words.iter().map(|word| (fold(word), key)));
        }
        labels
    }

    /// What `label` means in `scope`.
    pub(crate) fn key(&self, scope: Scope, label: &str) -> Option<Key> {
        let map = match scope {
            Scope::Document => &self.document,
            Scope::Question => &self.question,
            Scope::Decision => &self.decision,
        };
        let find = |words: &str| map.get(words).or_else(|| map.get(words.strip_suffix(" s")?)).copied();
        folded_in_place(label, |folded| {
            // `RFC Approver` and `ADR date` say what `Approver` and `Date` say.
            find(folded).or_else(|| {
                find(
                    folded
                        .split_once(' ')
                        .filter(|(first, _)| DOCUMENT_WORDS.contains(first))?
                        .1,
                )
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn synonyms_fold_case_and_punctuation() {
        let labels = Labels::new(&Config::default());
        assert_eq!(labels.key(Scope::Document, "Author(s)"), Some(Key::Author));
        assert_eq!(labels.key(Scope::Document, "creation-date"), Some(Key::Created));
        assert_eq!(labels.key(Scope::Document, "Colour"), None);
        assert_eq!(labels.key(Scope::Question, "Decision needed by"), Some(Key::Due));
    }
}
