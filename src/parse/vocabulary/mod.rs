//! The words that authors use. They are data, one file per language; [`headings`] derives the
//! topics of a heading from the roles of its words. To support a new label, column or heading, add
//! a word to a file.

pub(crate) mod concept;
mod guess;
pub(crate) mod headings;
#[cfg(test)]
mod languages;
pub(crate) mod topics;
pub(crate) mod words;

use std::hash::{Hash, Hasher};
use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use crate::config::{Config, RecordKind, StatusClass, base_language};
use crate::parse::markdown::fold::{fold, folded_in_place, is_ideograph};
use concept::{Class, Key, Scope, class_of_state, in_config};
use headings::heading_words;
use topics::{Roles, Topics};
use words::{ENGLISH, Entry, LANGUAGES, entries};

/// The words of a book, and of the languages of single chapters that the configuration does not
/// mention.
#[derive(Debug)]
pub(crate) struct Vocabularies<'c> {
    book: Vocabulary<'c>,
    others: [OnceLock<Vocabulary<'c>>; LANGUAGES.len()],
}

impl<'c> Vocabularies<'c> {
    pub(crate) fn new(config: &'c Config) -> Self {
        Self {
            book: Vocabulary::new(config),
            others: Default::default(),
        }
    }

    /// The vocabulary for a chapter with this text.
    pub(crate) fn of(&self, text: &str) -> &Vocabulary<'c> {
        let config = self.book.config;
        let language = guess::language(text).filter(|code| !reads(config, code));
        let at = language.and_then(|code| LANGUAGES.iter().position(|(other, _)| *other == code));
        at.map_or(&self.book, |at| {
            self.others[at].get_or_init(|| Vocabulary::with(config, language))
        })
    }
}

/// The words of English and of the book's languages, and the team's own. Built once per book.
#[derive(Debug)]
pub(crate) struct Vocabulary<'c> {
    pub(crate) config: &'c Config,
    /// Identifies the words: equal for books with the same languages and sections.
    pub(crate) fingerprint: u64,
    /// By the index of the scope, like the columns.
    labels: Vec<FxHashMap<String, Key>>,
    /// The meaning of a column's head, and its rank. If several columns match, the lowest rank
    /// wins.
    columns: Vec<FxHashMap<String, (Key, usize)>>,
    classes: FxHashMap<String, u32>,
    statuses: FxHashMap<String, (String, StatusClass)>,
    months: FxHashMap<String, i8>,
    headings: FxHashMap<String, Roles>,
    /// Words before a label that only name the kind of document.
    kinds: Vec<String>,
    /// The first words of phrases that introduce a fact. Most texts begin with none of them and are
    /// skipped. Without this check and the next, real documents take 25 % more instructions.
    leading: FxHashSet<String>,
    /// The words without which a heading names neither questions nor decisions.
    telling: FxHashSet<String>,
}

impl<'c> Vocabulary<'c> {
    pub(crate) fn new(config: &'c Config) -> Self {
        Self::with(config, None)
    }

    /// Like [`new`](Self::new), with the words of one more language.
    fn with(config: &'c Config, further: Option<&str>) -> Self {
        let scopes = Scope::FIXED + config.records.len();
        let mut out = Self {
            config,
            fingerprint: 0,
            labels: vec![FxHashMap::default(); scopes],
            columns: vec![FxHashMap::default(); scopes],
            classes: FxHashMap::default(),
            statuses: FxHashMap::default(),
            months: FxHashMap::default(),
            headings: FxHashMap::default(),
            kinds: Vec::new(),
            leading: FxHashSet::default(),
            telling: FxHashSet::default(),
        };
        let further = LANGUAGES
            .iter()
            .filter(|(code, _)| reads(config, code) || further == Some(code));
        let mut hasher = FxHasher::default();
        config.sections.hash(&mut hasher);
        for kind in &config.records {
            (&kind.name, &kind.sections).hash(&mut hasher);
        }
        for (code, file) in [("en", ENGLISH)].into_iter().chain(further.copied()) {
            code.hash(&mut hasher);
            for (rank, entry) in entries(file).into_iter().enumerate() {
                out.add(entry, rank);
            }
        }
        out.fingerprint = hasher.finish();
        out.add_own(config);
        out.gather_signs();
        out
    }

    /// Collects the words that most texts do not contain.
    fn gather_signs(&mut self) {
        const LEADS: u32 = Class::DueLead.bit() | Class::OwnerLead.bit() | Class::DeciderLead.bit();
        let leads = self.classes.iter().filter(|(_, classes)| **classes & LEADS != 0);
        let leads = leads.map(|(words, _)| words);
        let is_lead = |key: &Key| matches!(key, Key::Due | Key::Date | Key::Owner | Key::Decider);
        let labels = self.labels.iter().flatten().filter(|(_, key)| is_lead(key));
        let labels = labels.map(|(words, _)| words);
        let first = |words: &String| words.split(' ').next().unwrap_or_default().to_owned();
        self.leading = leads
            .chain(labels)
            .map(first)
            .chain(self.kinds.iter().cloned())
            .collect();
        let is_filler = |word: &str| self.headings.get(word).is_some_and(Roles::is_filler);
        let phrases = self.headings.iter().filter(|(_, roles)| roles.tells());
        let words = phrases.flat_map(|(words, _)| words.split(' '));
        self.telling = words.filter(|word| !is_filler(word)).map(str::to_owned).collect();
    }

    /// Whether a folded word names a kind of document: `adr`, `rfc`.
    pub(crate) fn is_kind(&self, word: &str) -> bool {
        self.kinds.iter().any(|kind| kind == word)
    }

    /// Whether `text` may begin with words that introduce a fact.
    pub(crate) fn may_lead(&self, text: &str) -> bool {
        let word = &text[..text.find(|ch: char| !ch.is_alphanumeric()).unwrap_or(text.len())];
        !word.is_ascii() || folded_in_place(word, |word| self.leading.contains(word))
    }

    /// Whether the words of a heading may name questions or decisions.
    fn may_tell(&self, words: &str) -> bool {
        words.contains(is_ideograph) || words.split(' ').any(|word| self.telling.contains(word))
    }

    /// The English words, for tests.
    #[cfg(test)]
    pub(crate) fn english() -> Vocabulary<'static> {
        static CONFIG: std::sync::LazyLock<Config> = std::sync::LazyLock::new(Config::default);
        Vocabulary::new(&CONFIG)
    }

    /// Adds a word. The first language that contains it determines its meaning.
    fn add(&mut self, entry: Entry<'_>, rank: usize) {
        let word = entry.word.to_owned();
        match entry.section {
            "word" => {
                if let Some(class) = Class::named(entry.concept) {
                    *self.classes.entry(word).or_default() |= class.bit();
                }
            }
            "month" => {
                if let Ok(month) = entry.concept.parse() {
                    self.months.entry(word).or_insert(month);
                }
            }
            "status" => {
                let class = class_of_state(entry.concept);
                self.statuses.entry(word).or_insert((entry.concept.to_owned(), class));
            }
            "heading" => {
                let roles = self.headings.entry(word).or_default();
                roles.add(entry.concept, self.config);
            }
            "document" if entry.concept == "kind" => self.kinds.push(word),
            section => {
                let scope = Scope::named(section, self.config);
                let known = scope.and_then(|scope| Some((scope, scope.key(entry.concept, self.config)?)));
                let Some((scope, key)) = known else { return };
                if entry.place != "column" {
                    self.labels[scope.index()].entry(word.clone()).or_insert(key);
                }
                if entry.place != "label" {
                    self.columns[scope.index()].entry(word).or_insert((key, rank));
                }
            }
        }
    }

    /// Adds the team's own words, which take precedence over the built-in ones.
    fn add_own(&mut self, config: &Config) {
        for (field, words) in &config.labels {
            let Some((scopes, key)) = in_config(field) else {
                continue;
            };
            for (scope, word) in scopes
                .iter()
                .flat_map(|scope| words.iter().map(move |word| (*scope, fold(word))))
            {
                // Columns are ranked by their order in the built-in data file.
                self.columns[scope.index()]
                    .entry(word.clone())
                    .or_insert((key, usize::MAX))
                    .0 = key;
                self.labels[scope.index()].insert(word, key);
            }
        }
        let sections = || {
            let all = config.sections.iter();
            all.flat_map(|(topic, titles)| titles.iter().map(move |title| (topic, heading_words(title))))
        };
        for (_, words) in sections() {
            self.headings.entry(words).or_default().topics = Topics::default();
        }
        for (topic, words) in sections() {
            self.headings.entry(words).or_default().add(topic, config);
        }
        for (kind, own) in config.records.iter().enumerate().skip(RecordKind::OURS) {
            let scope = Scope::Register(kind).index();
            for (column, word) in own.columns.iter().enumerate() {
                let key = Key::Column(column);
                self.labels[scope].insert(fold(word), key);
                self.columns[scope].insert(fold(word), (key, column));
            }
            for heading in &own.sections {
                let roles = self.headings.entry(heading_words(heading)).or_default();
                roles.topics.add_register(kind);
            }
        }
        for (state, own) in &config.statuses {
            let word = fold(state);
            let class = own
                .class
                .or_else(|| Some(self.statuses.get(&word)?.1))
                .unwrap_or_default();
            let aliases = own.aliases.iter().map(|alias| fold(alias));
            for word in aliases.chain([word]) {
                self.statuses.insert(word, (state.clone(), class));
            }
        }
    }

    /// The meaning of `label` in `scope`. `RFC Approver` and `LastUpdated` mean the same as
    /// `Approver` and `Last updated`.
    pub(crate) fn key(&self, scope: Scope, label: &str) -> Option<Key> {
        let map = &self.labels[scope.index()];
        let find = |words: &str| map.get(words).or_else(|| map.get(words.strip_suffix(" s")?)).copied();
        let found = folded_in_place(label, |folded| {
            find(folded).or_else(|| {
                let (first, rest) = folded.split_once(' ')?;
                find(rest).filter(|_| self.is_kind(first))
            })
        });
        found.or_else(|| find(&fold(&camel_parted(label)?)))
    }

    /// The labels of a scope, and their meanings.
    pub(crate) fn labels(&self, scope: Scope) -> impl Iterator<Item = (&str, Key)> {
        let labels = self.labels[scope.index()].iter();
        labels.map(|(label, key)| (label.as_str(), *key))
    }

    /// Whether the words are a common label in any scope.
    pub(crate) fn is_usual(&self, label: &str) -> bool {
        folded_in_place(label, |folded| self.labels.iter().any(|map| map.contains_key(folded)))
    }

    /// The meaning of a column with this folded head, and its rank. If several columns match, the
    /// lowest rank wins.
    pub(crate) fn column(&self, scope: Scope, head: &str) -> Option<(Key, usize)> {
        self.columns[scope.index()].get(head).copied()
    }

    /// Whether the folded words are a member of a class.
    pub(crate) fn is(&self, class: Class, folded: &str) -> bool {
        self.classes
            .get(folded)
            .is_some_and(|classes| classes & class.bit() != 0)
    }

    /// The longest word or phrase of a class at the start of the folded words.
    pub(crate) fn leads<'t>(&self, class: Class, folded: &'t str) -> Option<&'t str> {
        prefixes(folded).find(|start| self.is(class, start))
    }

    /// The state named by the folded words, with its class.
    pub(crate) fn status(&self, folded: &str) -> Option<&(String, StatusClass)> {
        self.statuses.get(folded)
    }

    /// Every word for a status.
    pub(crate) fn status_words(&self) -> impl Iterator<Item = &str> {
        self.statuses.keys().map(String::as_str)
    }

    /// The month that a word names.
    pub(crate) fn month(&self, word: &str) -> Option<i8> {
        self.months.get(&word.to_lowercase()).copied()
    }
}

/// The prefixes of the folded `text` of up to four words, the longest first.
pub(crate) fn prefixes(text: &str) -> impl Iterator<Item = &str> {
    let ends = text.match_indices(' ').map(|(at, _)| at).take(4);
    let mut ends: Vec<usize> = ends.collect();
    if ends.len() < 4 {
        ends.push(text.len());
    }
    ends.into_iter().rev().map(|end| &text[..end])
}

/// `LastUpdated` with a space between its words. None if the label is not in camel case.
fn camel_parted(label: &str) -> Option<String> {
    let is_hump = |pair: &[u8]| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase();
    if !label.as_bytes().windows(2).any(is_hump) {
        return None;
    }
    let mut out = String::with_capacity(label.len() + 2);
    for ch in label.chars() {
        if ch.is_ascii_uppercase() && out.ends_with(|before: char| before.is_ascii_lowercase()) {
            out.push(' ');
        }
        out.push(ch);
    }
    Some(out)
}

/// Whether a book is read in the language with this code.
fn reads(config: &Config, code: &str) -> bool {
    base_language(&config.language) == code || config.languages.iter().any(|language| language == code)
}

#[cfg(test)]
mod tests {
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
}
