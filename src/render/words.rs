//! The words in the output, one file per language.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::config::base_language;

/// Declares the contents of a file of words: its phrases, then those with a number.
macro_rules! words {
    ($($phrase:ident)*; $($plural:ident)*) => {
        /// Every word and phrase of a page, in one language.
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(super) struct Words {
            $(pub(super) $phrase: &'static str,)*
            $(pub(super) $plural: Plural,)*
        }

        #[cfg(test)]
        impl Words {
            /// Each phrase with its name.
            fn phrases(&self) -> Vec<(&'static str, &'static str)> {
                let mut out = vec![$((stringify!($phrase), self.$phrase)),*];
                $(out.extend([self.$plural.0, self.$plural.1].map(|phrase| (stringify!($plural), phrase)));)*
                out
            }
        }
    };
}

words! {
    details contents table_of_contents
    status status_not_set approved_of approved not_yet_approved created updated target_release rollout
    steps_of not_set
    depends_on required_by supersedes superseded_by amends amended_by referred_by in_force_now and_n_more elsewhere unread_headings
    no_change_since
    overdue due due_today due_soon later resolved was_due waits_for waiting no_date unreadable_date
    ambiguous_date revisit_by revisit_since comments_until comments_awaited
    design_docs decision_log open_questions people registers risks alerts dependencies glossary no_decisions
    no_questions no_entries document kind_adr kind_log owner date undated decision rationale
    superseded settles decided_by question deadline number person owns owes to_review risk severity
    mitigation alert condition action dependency term definition
    n_without_status n_overdue n_overdue_on n_revisit n_revisit_on n_due_today n_due_soon n_open n_resolved in_documents from_to
    as_of more download
    tags folder show needs_attention search all group show_all n_shown built
    progress overdue_by_owner without_owner last_days period newest_first waits_for_person not_here unfold fold
    waiting_for
    this_week due_in_week longest_overdue newly_overdue due_next_week decided_last_week stuck_in_review look_again
    with_nobody nothing_waiting
    asked asked_on days_in_review n_as_of newly_asked newly_moved newly_resolved
    ;
    due_within in_last_days deadline_moved
    author reviewer approver decider n_open_questions n_decisions n_documents n_people
}

/// A phrase for one, and a phrase for any other number.
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

/// `phrase` with `value` in place of `{}`.
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
static LANGUAGES: [(&str, LazyLock<Words>); 7] = [
    ("de", LazyLock::new(|| read(include_str!("words/de.toml")))),
    ("es", LazyLock::new(|| read(include_str!("words/es.toml")))),
    ("fr", LazyLock::new(|| read(include_str!("words/fr.toml")))),
    ("ja", LazyLock::new(|| read(include_str!("words/ja.toml")))),
    ("pt", LazyLock::new(|| read(include_str!("words/pt.toml")))),
    ("zh", LazyLock::new(|| read(include_str!("words/zh.toml")))),
    ("en", LazyLock::new(|| read(include_str!("words/en.toml")))),
];

#[expect(clippy::expect_used, reason = "a test reads the file of each language")]
fn read(toml: &'static str) -> Words {
    toml::from_str(toml).expect("every word, without escapes")
}

/// The languages that have words.
#[cfg(test)]
pub(super) fn languages() -> impl Iterator<Item = &'static str> {
    LANGUAGES.iter().map(|(code, _)| *code)
}

/// The words for a book in `language`, `pt-BR`; English for a language without a translation.
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
            ("ja", "未解決の質問"),
            ("zh-Hans-CN", "待解决问题"),
            ("", "Open questions"),
        ] {
            assert_eq!(of(language).open_questions, expected);
        }
    }

    /// What is read must be shown in the same language.
    #[test]
    fn every_language_that_is_read_has_words() {
        let mut read = crate::config::LANGUAGES.to_vec();
        let mut shown: Vec<&str> = languages().collect();
        read.sort_unstable();
        shown.sort_unstable();
        assert_eq!(shown, read);
    }

    /// Words that somebody forgot to translate; a few are the same in two languages.
    #[test]
    fn words_are_translated() {
        for (language, words) in LANGUAGES.iter().filter(|(language, _)| *language != "en") {
            let pairs = words.phrases().into_iter().zip(of("en").phrases());
            let same: Vec<&str> = pairs
                .filter(|(one, other)| one == other)
                .map(|(one, _)| one.0)
                .collect();
            assert!(same.len() <= MOST_ALIKE, "{language}: {same:?}");
        }
    }

    /// The largest number of words that one of the languages shares with English: French has
    /// `Date`, `Question` and the like.
    const MOST_ALIKE: usize = 12;

    /// A translation that lacks a `{}` would lose its value.
    #[test]
    fn translations_keep_the_places_for_values() {
        for (language, words) in &LANGUAGES {
            for ((name, phrase), (_, english)) in words.phrases().into_iter().zip(of("en").phrases()) {
                let places = |phrase: &str| phrase.matches("{}").count();
                assert_eq!(places(phrase), places(english), "{language}: {name}");
            }
        }
    }
}
