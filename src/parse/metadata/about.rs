//! What a document is about: its tags, and the files of the repository that it affects. Both are
//! read from labels that have no other meaning, so that the header card shows them as they are.

use std::collections::BTreeSet;

use crate::model::Document;
use crate::parse::markdown::fold::fold;
use crate::parse::metadata::field::{Field, Value};
use crate::parse::metadata::front_matter::FrontMatter;
use crate::parse::metadata::header::CollectedFields;
use crate::parse::values::date::says_nothing;
use crate::parse::values::replaced::current;
use crate::parse::vocabulary::Vocabulary;
use crate::parse::vocabulary::concept::{Key, Scope};

/// A longer one is a sentence.
const WORDS_OF_A_TAG: usize = 5;

/// The characters between two tags or two paths.
const BETWEEN: [char; 8] = [',', ';', '、', '，', '；', '|', '·', '\n'];

/// Adds the tags and the paths that the fields name. `text` is the chapter's text.
pub(crate) fn read(
    document: &mut Document,
    collected: &CollectedFields<'_>,
    front: &FrontMatter,
    text: &str,
    vocabulary: &Vocabulary<'_>,
) {
    let (mut tags, mut paths) = (Distinct::default(), Distinct::default());
    for field in collected.own() {
        match vocabulary.key(Scope::About, &field.label) {
            Some(Key::Tags) if !is_comment(field, front) => field.values.iter().for_each(|value| {
                let parts = parts(value, vocabulary);
                let tags_of = |part: &Part| part.text.split(" #").filter_map(tag).collect::<Vec<_>>();
                for tag in parts.iter().flat_map(tags_of) {
                    tags.add(fold(&tag), tag, vocabulary);
                }
            }),
            Some(Key::Affects) if !is_comment(field, front) => field.values.iter().for_each(|value| {
                for path in raw_parts(value, text, vocabulary).iter().filter_map(path) {
                    paths.add(path.clone(), path, vocabulary);
                }
            }),
            _ => {}
        }
    }
    (document.tags, document.affects) = (tags.values, paths.values);
}

/// Values without repetitions and placeholders, in order.
#[derive(Debug, Default)]
struct Distinct {
    values: Vec<String>,
    known: BTreeSet<String>,
}

impl Distinct {
    fn add(&mut self, key: String, value: String, vocabulary: &Vocabulary<'_>) {
        if !says_nothing(&value, vocabulary) && self.known.insert(key) {
            self.values.push(value);
        }
    }
}

/// Whether a field is a comment in the front matter: a remark about the key above it.
fn is_comment(field: &Field<'_>, front: &FrontMatter) -> bool {
    let at = field.span().start;
    let comments = &front.comments;
    comments.binary_search_by_key(&at, |comment| comment.span.start).is_ok()
}

/// A part of a value between two separators.
#[derive(Debug, Default)]
struct Part {
    text: String,
    is_code: bool,
}

impl Part {
    fn code(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            is_code: true,
        }
    }

    /// Adds `text`, and the parts that end in it to `out`. Commas within braces, `src/{a,b}`, do
    /// not end a part.
    fn take(&mut self, text: &str, out: &mut Vec<Self>) {
        let mut depth = 0_usize;
        for ch in text.chars() {
            match ch {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 && BETWEEN.contains(&ch) {
                out.push(std::mem::take(self));
            } else {
                self.text.push(ch);
            }
        }
    }
}

/// The parts of a value. Code is a part of its own.
fn parts(value: &Value<'_>, vocabulary: &Vocabulary<'_>) -> Vec<Part> {
    let mut out = Vec::new();
    let mut part = Part::default();
    for run in current(&value.runs, vocabulary).iter() {
        if run.code {
            out.push(std::mem::take(&mut part));
            out.push(Part::code(run.text));
        } else if run.is_break {
            out.push(std::mem::take(&mut part));
        } else {
            part.take(run.text, &mut out);
        }
    }
    out.push(part);
    out
}

/// Like [`parts`], but from the source if Markdown has taken the stars of globs for emphasis:
/// `src/*.rs, src/*.toml`.
fn raw_parts(value: &Value<'_>, text: &str, vocabulary: &Vocabulary<'_>) -> Vec<Part> {
    let raw = text.get(value.span().start..value.span().end).unwrap_or_default();
    let is_emphasised = value.runs.iter().any(|run| run.emphasis || run.strong);
    if !is_emphasised || !raw.contains("/*") {
        return parts(value, vocabulary);
    }
    let mut out = Vec::new();
    for (at, stretch) in raw.split('`').enumerate() {
        match at % 2 {
            1 => out.push(Part::code(stretch)),
            _ => {
                let mut part = Part::default();
                part.take(stretch, &mut out);
                out.push(part);
            }
        }
    }
    out
}

/// The tag in a part; None if it is empty or a sentence.
fn tag(part: &str) -> Option<String> {
    let tag = part.trim().trim_start_matches('#').trim_end_matches('.').trim();
    let is_tag = tag.contains(char::is_alphanumeric) && tag.split_whitespace().count() <= WORDS_OF_A_TAG;
    is_tag.then(|| tag.to_owned())
}

/// The path or glob in a part, relative to the repository's root; None if it is something else.
fn path(part: &Part) -> Option<String> {
    let text = part.text.trim();
    let text = if part.is_code { text } else { text.trim_end_matches('.') };
    let path = text.strip_prefix("./").unwrap_or(text).trim_start_matches('/');
    let is_named = path.contains(|ch: char| ch.is_alphanumeric() || ch == '*');
    let is_one = part.is_code || !path.contains(char::is_whitespace);
    let is_like_a_path = part.is_code || path.contains(['/', '*']) || has_extension(path);
    let is_address = path.contains("://") || path.contains('@') && !path.contains('/');
    (is_named && is_one && is_like_a_path && !is_address).then(|| path.to_owned())
}

/// Whether a word ends like a file's name: `main.rs`.
fn has_extension(word: &str) -> bool {
    word.rsplit_once('.').is_some_and(|(name, extension)| {
        let is_word = extension.bytes().all(|byte| byte.is_ascii_alphanumeric());
        !name.is_empty()
            && is_word
            && (1..=5).contains(&extension.len())
            && extension.starts_with(|ch: char| ch.is_ascii_alphabetic())
    })
}

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use crate::model::Document;
    use crate::source::Source;

    fn read_in(language: &str, text: &str) -> Document {
        let source = Source {
            path: "a.md".to_owned(),
            text: text.to_owned(),
            ..Source::default()
        };
        let config = Config {
            language: language.to_owned(),
            ..Config::default()
        };
        let corpus = crate::parse::corpus(&[source], &config);
        corpus.chapters[0].document.clone().unwrap()
    }

    /// The tags and the paths of a document with these lines in its header.
    fn about(lines: &str) -> (Vec<String>, Vec<String>) {
        let document = read_in(
            "en",
            &format!("# A\n\n- Status: Draft\n- Author: Ada Obi\n{lines}\n\n## Goals\n\nx\n"),
        );
        (document.tags, document.affects)
    }

    fn tags(lines: &str) -> Vec<String> {
        about(lines).0
    }

    fn paths(lines: &str) -> Vec<String> {
        about(lines).1
    }

    #[test]
    fn tags_are_read_from_each_label_and_once() {
        let lines = "- Tags: payments, #Refunds; [Ledger](x.md)\n- Team: Trust and Safety\n- Component: `payments`";
        assert_eq!(tags(lines), ["payments", "Refunds", "Ledger", "Trust and Safety"]);
        assert_eq!(tags("- Labels: #a #b"), ["a", "b"]);
        assert_eq!(tags("- Area:\n  - Search\n  - Orders"), ["Search", "Orders"]);
        assert_eq!(tags("- Tags: ~~old~~ new"), ["new"]);
    }

    #[test]
    fn placeholders_and_sentences_are_not_tags() {
        for lines in [
            "- Tags: TBD",
            "- Tags: <tags>",
            "- Tags: none",
            "- Area: everything that touches the flow of money",
            "- Colour: red",
        ] {
            assert!(tags(lines).is_empty(), "{lines}");
        }
    }

    #[test]
    fn paths_are_read_as_code_as_text_and_as_globs() {
        assert_eq!(
            paths("- Affects: `services/pay/**`, ./libs/money, /Cargo.toml"),
            ["services/pay/**", "libs/money", "Cargo.toml"]
        );
        assert_eq!(
            paths("- Applies to: src/{a,b}/*.rs and\n- Scope: `Makefile`"),
            ["Makefile"],
            "words around a path make it a sentence"
        );
        assert_eq!(paths("- Scope: src/{a,b}/x"), ["src/{a,b}/x"]);
        // Markdown reads the stars of the two globs as emphasis.
        assert_eq!(paths("- Affects: src/*.rs, src/*.toml"), ["src/*.rs", "src/*.toml"]);
        assert!(paths("- Scope: the refunds of all shops, https://example.com/a/b, N/A").is_empty());
    }

    #[test]
    fn front_matter_and_tables_name_them_too_and_the_facts_stay() {
        let text = "---\nstatus: draft\nauthor: Ada Obi\ntags: [payments, refunds] # or more\naffects:\n  - services/pay/**\n  - libs/money\n---\n\n# A\n\n## Goals\n\nx\n";
        let document = read_in("en", text);
        assert_eq!(document.tags, ["payments", "refunds"]);
        assert_eq!(document.affects, ["services/pay/**", "libs/money"]);
        let facts: Vec<&str> = document.facts.iter().map(|fact| fact.label.as_str()).collect();
        assert_eq!(facts, ["tags", "tags", "affects"], "the second one is the comment");
        let text = "# A\n\n| | |\n|---|---|\n| Status | Draft |\n| Author | Ada Obi |\n| Team | Payments |\n| Scope | `services/**` |\n\n## Goals\n\nx\n";
        let document = read_in("en", text);
        assert_eq!(
            (document.tags, document.affects),
            (vec!["Payments".to_owned()], vec!["services/**".to_owned()])
        );
    }

    #[test]
    fn a_team_has_labels_of_its_own_and_they_stay_facts() {
        let source = Source {
            path: "a.md".to_owned(),
            text: "# A\n\n- Status: Draft\n- Author: Ada Obi\n- Chapter: payments\n- Owns code: src/pay\n\n## Goals\n\nx\n".to_owned(),
            ..Source::default()
        };
        let mut config = Config::default();
        config.labels.insert("tags".to_owned(), vec!["Chapter".to_owned()]);
        config.labels.insert("affects".to_owned(), vec!["Owns code".to_owned()]);
        let corpus = crate::parse::corpus(&[source], &config);
        let document = corpus.chapters[0].document.as_ref().unwrap();
        assert_eq!(document.tags, ["payments"]);
        assert_eq!(document.affects, ["src/pay"]);
        assert_eq!(document.facts.len(), 2);
        assert!(document.facts.iter().all(|fact| !fact.is_known));
    }

    #[test]
    fn every_language_has_labels_for_them() {
        for (language, tags, affects) in [
            ("de", "Schlagwörter", "Betrifft"),
            ("fr", "Mots-clés", "S’applique à"),
            ("es", "Etiquetas", "Afecta a"),
            ("pt", "Equipe", "Escopo"),
            ("ja", "タグ", "影響範囲"),
            ("zh", "标签", "影响范围"),
        ] {
            let text = format!(
                "# A\n\n- Status: Draft\n- Author: Ada Obi\n- {tags}: payments\n- {affects}: `src/**`\n\n## Goals\n\nx\n"
            );
            let document = read_in(language, &text);
            assert_eq!(document.tags, ["payments"], "{language}");
            assert_eq!(document.affects, ["src/**"], "{language}");
        }
    }
}
