//! The words that we print, a file a language.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::config::base_language;

/// Every word and phrase of a page, in one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) details: &'static str,
    pub(super) contents: &'static str,
    pub(super) table_of_contents: &'static str,

    pub(super) status: &'static str,
    pub(super) status_not_set: &'static str,
    pub(super) author: Plural,
    pub(super) reviewer: Plural,
    pub(super) approver: Plural,
    pub(super) decider: Plural,
    pub(super) approved_of: &'static str,
    pub(super) approved: &'static str,
    pub(super) not_yet_approved: &'static str,
    pub(super) created: &'static str,
    pub(super) updated: &'static str,
    pub(super) target_release: &'static str,
    pub(super) rollout: &'static str,
    pub(super) approvals: &'static str,
    pub(super) n_of: &'static str,
    pub(super) steps_of: &'static str,
    pub(super) not_set: &'static str,

    pub(super) overdue: &'static str,
    pub(super) due: &'static str,
    pub(super) due_today: &'static str,
    pub(super) due_soon: &'static str,
    pub(super) later: &'static str,
    pub(super) resolved: &'static str,
    pub(super) was_due: &'static str,
    pub(super) waits_for: &'static str,
    pub(super) waiting: &'static str,
    pub(super) no_date: &'static str,
    pub(super) unreadable_date: &'static str,
    pub(super) ambiguous_date: &'static str,

    pub(super) design_docs: &'static str,
    pub(super) decision_log: &'static str,
    pub(super) open_questions: &'static str,
    pub(super) people: &'static str,
    pub(super) registers: &'static str,
    pub(super) risks: &'static str,
    pub(super) alerts: &'static str,
    pub(super) dependencies: &'static str,
    pub(super) glossary: &'static str,
    pub(super) no_decisions: &'static str,
    pub(super) no_questions: &'static str,
    pub(super) no_entries: &'static str,
    pub(super) document: &'static str,
    pub(super) kind_adr: &'static str,
    pub(super) kind_log: &'static str,
    pub(super) owner: &'static str,
    pub(super) decisions: &'static str,
    pub(super) date: &'static str,
    pub(super) undated: &'static str,
    pub(super) decision: &'static str,
    pub(super) rationale: &'static str,
    pub(super) superseded: &'static str,
    pub(super) settles: &'static str,
    pub(super) decided_by: &'static str,
    pub(super) question: &'static str,
    pub(super) deadline: &'static str,
    pub(super) number: &'static str,
    pub(super) person: &'static str,
    pub(super) owns: &'static str,
    pub(super) owes: &'static str,
    pub(super) to_review: &'static str,
    pub(super) risk: &'static str,
    pub(super) severity: &'static str,
    pub(super) mitigation: &'static str,
    pub(super) alert: &'static str,
    pub(super) condition: &'static str,
    pub(super) action: &'static str,
    pub(super) dependency: &'static str,
    pub(super) term: &'static str,
    pub(super) definition: &'static str,

    pub(super) n_without_status: &'static str,
    pub(super) n_overdue: &'static str,
    pub(super) n_overdue_on: &'static str,
    pub(super) n_due_today: &'static str,
    pub(super) n_due_soon: &'static str,
    pub(super) n_open: &'static str,
    pub(super) n_resolved: &'static str,
    pub(super) n_open_questions: Plural,
    pub(super) n_decisions: Plural,
    pub(super) n_documents: Plural,
    pub(super) n_people: Plural,
    pub(super) in_documents: &'static str,
    pub(super) from_to: &'static str,
    pub(super) as_of: &'static str,
    pub(super) more: &'static str,
    pub(super) download: &'static str,

    pub(super) search: &'static str,
    pub(super) all: &'static str,
    pub(super) group: &'static str,
    pub(super) show_all: &'static str,
    pub(super) n_shown: &'static str,
    pub(super) built: &'static str,
}

/// A phrase for one and a phrase for any other number.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct Plural(&'static str, &'static str);

impl Plural {
    /// The phrase for `count`, without the number.
    pub(super) fn of(self, count: usize) -> &'static str {
        if count == 1 { self.0 } else { self.1 }
    }

    /// The phrase for `count`, with the number in it.
    pub(super) fn fill(self, count: usize) -> String {
        fill(self.of(count), &count.to_string())
    }
}

/// `phrase` with `value` in its place.
pub(super) fn fill(phrase: &str, value: &str) -> String {
    phrase.replacen("{}", value, 1)
}

/// `phrase` with its first letter in upper case.
pub(super) fn capitalized(phrase: &str) -> String {
    let mut letters = phrase.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// The languages that have words, English last.
static LANGUAGES: [(&str, LazyLock<Words>); 5] = [
    ("de", LazyLock::new(|| words(include_str!("words/de.toml")))),
    ("es", LazyLock::new(|| words(include_str!("words/es.toml")))),
    ("fr", LazyLock::new(|| words(include_str!("words/fr.toml")))),
    ("pt", LazyLock::new(|| words(include_str!("words/pt.toml")))),
    ("en", LazyLock::new(|| words(include_str!("words/en.toml")))),
];

#[expect(clippy::expect_used, reason = "a test reads the file of each language")]
fn words(toml: &'static str) -> Words {
    toml::from_str(toml).expect("every word, without escapes")
}

/// The words for a book in `language`, `pt-BR`; English where there is no translation.
pub(super) fn of(language: &str) -> &'static Words {
    let primary = base_language(language);
    let known = LANGUAGES.iter().find(|(code, _)| *code == primary);
    let (_, words) = known.unwrap_or(&LANGUAGES[LANGUAGES.len() - 1]);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_fill_and_count() {
        let words = of("en");
        assert_eq!(words.n_open_questions.fill(1), "1 open question");
        assert_eq!(words.n_open_questions.fill(0), "0 open questions");
        assert_eq!(fill(&fill(words.steps_of, "2"), "5"), "2 of 5 steps");
        assert_eq!(capitalized("élan"), "Élan");
    }

    #[test]
    fn a_book_s_language_chooses_the_words() {
        for (language, expected) in [
            ("de-CH", "Offene Fragen"),
            ("pt_BR", "Questões em aberto"),
            ("", "Open questions"),
        ] {
            assert_eq!(of(language).open_questions, expected);
        }
    }

    /// A translation with a `{}` too few would lose what it is about.
    #[test]
    fn translations_keep_the_places_for_values() {
        let places = |words: &Words| -> Vec<usize> {
            let debug = format!("{words:?}");
            debug.split(',').map(|field| field.matches("{}").count()).collect()
        };
        let count = |words: &Words| places(words).iter().sum::<usize>();
        for language in ["de", "es", "fr", "pt"] {
            assert_eq!(count(of(language)), count(of("en")), "{language}");
        }
    }
}
