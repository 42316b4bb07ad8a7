//! The history of each document: every version of it, read from git.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use jiff::civil::Date;

use super::{Log, Replay, Repository};
use crate::config::Config;
use crate::history::{Facts, Timeline, Version, timeline};
use crate::model::Chapter;
use crate::parse;
use crate::report::below;
use crate::source::{Origin, Source};
use crate::wire::{Error, Loaded};

/// So many texts are in memory at once.
const AT_ONCE: usize = 512;

/// The version of a book from which its documents are followed back.
#[derive(Debug)]
pub struct LastVersion<'a> {
    /// The book, as it is in that commit.
    pub loaded: &'a Loaded,
    /// The folder of its chapters, from the top of the repository.
    pub src: &'a str,
    /// The settings with which all versions are read.
    pub config: &'a Config,
    /// The day until which a review lasts.
    pub today: Date,
}

impl LastVersion<'_> {
    /// The path of a chapter's file from the top of the repository.
    fn path(&self, chapter: usize) -> String {
        below(self.src, self.loaded.sources[chapter].shown_path())
    }
}

/// The history of the chapters at these indices in `book`, the version of the commit `head`. With each
/// stands what it says now, for a chapter whose text git does not have.
///
/// # Errors
/// If git fails.
pub fn timelines(
    repository: &Repository,
    head: &str,
    book: &LastVersion<'_>,
    chapters: &[(usize, &Chapter)],
) -> Result<Vec<Timeline>, Error> {
    let (included, files) = included(book);
    let log = repository.log(head, &files)?;
    let files: Vec<String> = chapters.iter().map(|(at, _)| book.path(*at)).collect();
    let replay = Replay::new(&log, &files, &included);
    let documents: Vec<(usize, Vec<usize>)> = chapters
        .iter()
        .zip(&files)
        .map(|((chapter, _), file)| {
            let last = replay.last(file);
            (*chapter, last.map_or_else(Vec::new, |last| replay.ancestors(last)))
        })
        .collect();
    let mut reader = Reader {
        repository,
        book,
        log: &log,
        replay: &replay,
        read: HashMap::new(),
    };
    reader.read(&documents)?;
    let authors = authors(&log);
    let today = book.today;
    let histories = documents.iter().zip(chapters).map(|((chapter, versions), (_, now))| {
        let mut versions = reader.versions(*chapter, versions, &authors);
        if versions.is_empty() {
            // A link, or a file that git does not have: only what it says now is known.
            versions.push(Version {
                parents: Vec::new(),
                day: log.commits.last().map_or(today, |commit| commit.day),
                author: Arc::default(),
                renamed: None,
                is_edge: true,
                facts: Some(Facts::of(now)),
            });
        }
        timeline(&versions, today)
    });
    Ok(histories.collect())
}

/// For each file that chapters include, these chapters, from the top of the repository; and all files that
/// the log must look at although their names do not end in `.md`.
fn included(book: &LastVersion<'_>) -> (HashMap<String, Vec<String>>, Vec<String>) {
    let mut included: HashMap<String, Vec<String>> = HashMap::new();
    let mut files = BTreeSet::new();
    for source in &book.loaded.sources {
        let chapter = below(book.src, source.shown_path());
        if let Origin::Included(map) = &source.origin {
            for file in map.files.iter().skip(1).map(|file| below(book.src, file)) {
                included.entry(file.clone()).or_default().push(chapter.clone());
                files.insert(file);
            }
        }
        files.insert(chapter);
    }
    let others = files.into_iter().filter(|file| !file.ends_with(".md"));
    (included, others.collect())
}

/// One name for all commits of an author.
fn authors(log: &Log) -> BTreeMap<&str, Arc<str>> {
    let names = log.commits.iter().map(|commit| commit.author.as_str());
    names.map(|name| (name, Arc::from(name))).collect()
}

/// Reads each distinct text of each chapter once.
struct Reader<'r> {
    repository: &'r Repository,
    book: &'r LastVersion<'r>,
    log: &'r Log,
    replay: &'r Replay,
    read: HashMap<Text, Read>,
}

/// A text of a chapter: its id, and where it includes others, the commit.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Text {
    chapter: usize,
    id: String,
    commit: Option<usize>,
}

struct Read {
    /// None if the text is not in git.
    facts: Option<Facts>,
    has_includes: bool,
}

impl Reader<'_> {
    fn read(&mut self, documents: &[(usize, Vec<usize>)]) -> Result<(), Error> {
        for with_includes in [false, true] {
            let mut wanted: Vec<(Text, usize)> = Vec::new();
            let mut seen = BTreeSet::new();
            for (chapter, versions) in documents {
                for &version in versions {
                    let text = self.text(*chapter, version, with_includes);
                    let includes = || {
                        let plain = self.text(*chapter, version, false);
                        self.read.get(&plain).is_some_and(|read| read.has_includes)
                    };
                    let key = (*chapter, text.id.clone(), text.commit);
                    if (!with_includes || includes()) && seen.insert(key) {
                        wanted.push((text, version));
                    }
                }
            }
            for part in wanted.chunks(AT_ONCE) {
                self.read_part(part, with_includes)?;
            }
        }
        Ok(())
    }

    fn text(&self, chapter: usize, version: usize, with_includes: bool) -> Text {
        let version = &self.replay.versions[version];
        Text {
            chapter,
            id: version.id.clone(),
            commit: with_includes.then_some(version.commit),
        }
    }

    fn read_part(&mut self, part: &[(Text, usize)], with_includes: bool) -> Result<(), Error> {
        let sources = &self.book.loaded.sources;
        let ids: Vec<String> = part.iter().map(|(text, _)| text.id.clone()).collect();
        let texts = self.repository.texts(&ids)?;
        let mut found = Vec::new();
        for ((text, version), bytes) in part.iter().zip(texts) {
            let version = &self.replay.versions[*version];
            let commit = &self.log.commits[version.commit];
            let content = bytes.and_then(|bytes| self.repository.chapter(version, commit, bytes, with_includes));
            let head = &sources[text.chapter];
            let expands = self.book.loaded.expands_includes;
            let has_includes = expands && content.as_ref().is_some_and(|content| content.contains("{{#"));
            let source = Source {
                path: head.path.clone(),
                file: head.file.clone(),
                name: head.name.clone(),
                text: content.clone().unwrap_or_default(),
                origin: Origin::File,
            };
            found.push((text.clone(), content.is_some(), has_includes, source));
        }
        let read: Vec<Source> = found.iter().map(|(.., source)| source.clone()).collect();
        let chapters = parse::chapters(&read, self.book.config);
        for ((text, is_there, has_includes, _), chapter) in found.into_iter().zip(chapters) {
            let facts = is_there.then(|| Facts::of(&chapter));
            self.read.insert(text, Read { facts, has_includes });
        }
        Ok(())
    }

    /// The versions of a document, with what each says.
    fn versions(&self, chapter: usize, versions: &[usize], authors: &BTreeMap<&str, Arc<str>>) -> Vec<Version> {
        let places: HashMap<usize, usize> = versions
            .iter()
            .enumerate()
            .map(|(at, version)| (*version, at))
            .collect();
        let version = |at: &usize| {
            let version = &self.replay.versions[*at];
            let commit = &self.log.commits[version.commit];
            let read = [true, false]
                .into_iter()
                .find_map(|with_includes| self.read.get(&self.text(chapter, *at, with_includes)));
            Version {
                parents: version
                    .parents
                    .iter()
                    .filter_map(|parent| places.get(parent).copied())
                    .collect(),
                day: commit.day,
                author: authors.get(commit.author.as_str()).cloned().unwrap_or_default(),
                renamed: version.renamed,
                is_edge: commit.is_edge,
                facts: read.and_then(|read| read.facts.clone()),
            }
        };
        versions.iter().map(version).collect()
    }
}
