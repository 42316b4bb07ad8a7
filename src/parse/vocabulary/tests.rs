//! Tests of the files of words as a whole.

use super::*;

#[test]
fn labels_fold_case_and_punctuation() {
    let config = Config::default();
    let words = Vocabulary::new(&config);
    assert_eq!(words.key(Scope::Document, "Author(s)"), Some(Key::Author));
    assert_eq!(words.key(Scope::Document, "creation-date"), Some(Key::Created));
    assert_eq!(words.key(Scope::Document, "Colour"), None);
    assert_eq!(words.key(Scope::Question, "Decision needed by"), Some(Key::Due));
}

/// In every file, no word occurs twice in a section and a place, all words are folded, and
/// every concept is in use.
#[test]
fn the_files_of_words_are_sound() {
    let files = LANGUAGES.iter().copied().chain([("en", ENGLISH)]);
    let config = Config::default();
    let mut problems = Vec::new();
    for (code, file) in files {
        let mut seen = FxHashMap::default();
        for entry in entries(file) {
            let Entry {
                section,
                concept,
                place,
                word,
            } = entry;
            if fold(word) != word && section != "month" {
                problems.push(format!("{code}: [{section}] {concept}: `{word}` is not folded"));
            }
            let is_known = match section {
                "word" => Class::named(concept).is_some(),
                "month" => concept.parse::<i8>().is_ok_and(|month| (1..=12).contains(&month)),
                "status" => class_of_state(concept) != StatusClass::Unknown,
                "heading" => Roles::default().add(concept, &config),
                "document" if concept == "kind" => true,
                _ => Scope::named(section, &config).is_some_and(|scope| scope.key(concept, &config).is_some()),
            };
            if !is_known {
                problems.push(format!("{code}: [{section}] {concept} means nothing"));
            }
            // The roles of words in headings and the classes are many-to-many.
            let is_many = section == "heading" && !Roles::is_topic(concept, &config) || section == "word";
            let places: &[&str] = if place.is_empty() {
                &["label", "column"]
            } else {
                &[place]
            };
            for place in places.iter().filter(|_| !is_many && concept != "kind") {
                if let Some(other) = seen.insert((section, *place, word), concept) {
                    problems.push(format!("{code}: [{section}] `{word}` is {other} and {concept}"));
                }
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
