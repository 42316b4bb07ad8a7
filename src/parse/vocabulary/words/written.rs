//! The words that commands write into a document, in its language.

use super::{ENGLISH, LANGUAGES, WRITTEN, all_entries};
use crate::config::{Config, base_language};
use crate::parse::vocabulary::guess;

/// The words of one language.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Written(&'static str);

impl Written {
    /// The words for a document with this text: those of its language if that is certain, else those
    /// of the book's.
    pub(crate) fn of(text: &str, config: &Config) -> Self {
        let book = base_language(&config.language);
        let code = guess::language(text).unwrap_or(&book);
        let known = LANGUAGES.iter().find(|(other, _)| *other == code);
        Self(known.map_or(ENGLISH, |(_, file)| file))
    }

    /// The word for a concept: `Owner`.
    pub(crate) fn word(self, concept: &str) -> &'static str {
        let mut own = all_entries(self.0).into_iter().filter(|entry| entry.section == WRITTEN);
        own.find(|entry| entry.concept == concept)
            .map_or("", |entry| entry.word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::markdown::fold::fold;
    use crate::parse::vocabulary::concept::{Class, Key, Scope};
    use crate::parse::vocabulary::headings::{heading_words, read};
    use crate::parse::vocabulary::{Vocabulary, prefixes};

    #[test]
    fn each_language_reads_what_it_writes() {
        for code in ["en", "de", "fr", "es", "pt", "ja", "zh"] {
            let config = Config {
                language: code.to_owned(),
                ..Config::default()
            };
            let vocabulary = Vocabulary::new(&config);
            let written = Written::of("", &config);
            let key = |scope, concept| vocabulary.key(scope, written.word(concept));
            assert_eq!(key(Scope::Document, "supersedes"), Some(Key::Supersedes), "{code}");
            assert_eq!(key(Scope::Document, "superseded-by"), Some(Key::SupersededBy), "{code}");
            assert_eq!(key(Scope::Question, "owner"), Some(Key::Owner), "{code}");
            assert_eq!(key(Scope::Question, "due"), Some(Key::Due), "{code}");
            assert!(vocabulary.is(Class::Open, &fold(written.word("open"))), "{code}");
            let title = written.word("open-questions");
            let heading = read(title, &heading_words(title), &vocabulary);
            assert_eq!(heading.topics.questions(), Some(false), "{code}");
            let status = fold(written.word("replaced-by"));
            let state = prefixes(&status).find_map(|words| vocabulary.status(words));
            assert_eq!(state.map(|(state, _)| state.as_str()), Some("superseded"), "{code}");
        }
    }
}
