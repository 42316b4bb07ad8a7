//! Reads a book for the commands, exactly as a build sees it: from disk, or from a version in git.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use mdbook_summary::{Link, Summary, SummaryItem, parse_summary};
use rayon::prelude::*;
use serde_json::Value;

use crate::model::Absent;
use crate::source::{Origin, Source};
use crate::wire::Error;
use crate::wire::book::book_toml::book_toml;
use crate::wire::book::include::expand_from;
use crate::wire::book::summary::absent;
use crate::wire::context::Context;
use crate::wire::error::{unreadable, utf8};
use crate::wire::files::file::Files;
use crate::wire::files::workspace::{Workspace, without_bom};
use crate::wire::message::read::slashes;
use crate::wire::order::runs_before_us;

/// A book from disk, or from a version in git.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The configuration, as mdBook would pass it to the html renderer's preprocessors.
    pub context: Context,
    /// The chapters that could be read, in SUMMARY.md's order.
    pub sources: Vec<Source>,
    /// The errors for files that could not be read.
    pub errors: Vec<Error>,
    /// Whether the chapters have other files included; else their directives are text.
    pub expands_includes: bool,
    /// Includes that failed.
    pub missing: Vec<NotIncluded>,
    /// SUMMARY.md. It is not a chapter.
    pub summary: Source,
    /// The chapters whose files do not exist and that mdBook would create. Their `source` is the
    /// index that [`Loaded::summary`] has when it is appended to the chapters.
    pub absent: Vec<Absent>,
}

/// An include that failed; mdBook keeps its directive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotIncluded {
    /// The file with the directive, relative to `src`.
    pub by: String,
    /// The line of the directive, from 1.
    pub line: usize,
    /// The file to include, relative to `src`.
    pub file: String,
    /// Why it could not be read.
    pub why: String,
}

/// Reads the book in `root`. The `MDBOOK_…` variables in `environment` override book.toml. Nothing
/// is written, not even the chapters that mdBook would create.
///
/// # Errors
/// If the book is not valid: the folder is missing, book.toml is not TOML, or SUMMARY.md has no
/// chapters. A chapter that cannot be read is among [`Loaded::errors`] instead.
pub fn load(root: &Path, environment: &[(String, String)]) -> Result<Loaded, Error> {
    load_from(&Workspace::default(), root, environment)
}

/// As [`load`], but reads from `files`.
///
/// # Errors
/// As [`load`].
pub fn load_from(files: &dyn Files, root: &Path, environment: &[(String, String)]) -> Result<Loaded, Error> {
    let config = book_toml(files, root, environment)?;
    let context = Context {
        root: root.to_owned(),
        renderer: "html".to_owned(),
        mdbook_version: built_by(&config).to_owned(),
        config,
    };
    load_with(files, context)
}

/// As [`load_from`], with the settings of another version of the book, or of the build. The context's root
/// is a folder of `files`.
///
/// # Errors
/// As [`load`].
pub(crate) fn load_with(files: &dyn Files, context: Context) -> Result<Loaded, Error> {
    let shelf = Shelf::new(&context, files);
    let summary = shelf.summary()?;
    let links = shelf.chapters(&summary)?;
    let read: Vec<_> = links.par_iter().map(|link| shelf.chapter(link)).collect();
    let mut book = Loaded {
        expands_includes: shelf.links,
        context,
        ..Loaded::default()
    };
    let mut created = BTreeSet::new();
    for chapter in read {
        match chapter {
            Ok(chapter) => {
                if chapter.is_created {
                    created.extend(chapter.source.file.as_ref().map(|file| shelf.src.join(file)));
                }
                book.missing.extend(chapter.missing);
                book.sources.push(chapter.source);
            }
            Err(error) => book.errors.push(error),
        }
    }
    let src = book.context.src();
    // After joining, `./a.md` and `a.md` are the same path.
    let is_there = |file: &str| !created.contains(&shelf.src.join(file));
    book.absent = absent(&summary, src, book.sources.len(), is_there);
    book.summary = Source {
        path: SUMMARY.to_owned(),
        file: Some(SUMMARY.to_owned()),
        name: SUMMARY.to_owned(),
        text: summary,
        origin: Origin::File,
    };
    Ok(book)
}

const SUMMARY: &str = "SUMMARY.md";

/// The version of mdBook that builds the book: 0.5 rejects a key that every book.toml of 0.4 had.
pub(crate) fn built_by(config: &Value) -> &'static str {
    let (book, html) = (&config["book"], &config["output"]["html"]);
    if book["multilingual"].is_null() && html["curly-quotes"].is_null() {
        mdbook_preprocessor::MDBOOK_VERSION
    } else {
        "0.4.52"
    }
}

struct Chapter {
    source: Source,
    missing: Vec<NotIncluded>,
    /// Whether mdBook would create its file.
    is_created: bool,
}

/// The context for reading a chapter.
struct Shelf<'d> {
    files: &'d dyn Files,
    src: PathBuf,
    create_missing: bool,
    index: bool,
    links: bool,
}

impl<'d> Shelf<'d> {
    fn new(context: &Context, files: &'d dyn Files) -> Self {
        let config = &context.config;
        let create_missing = config["build"]["create-missing"].as_bool();
        Self {
            files,
            src: context.root.join(context.src()),
            create_missing: create_missing.unwrap_or(true),
            index: runs_before_us("index", config),
            links: runs_before_us("links", config),
        }
    }

    /// The text of SUMMARY.md.
    fn summary(&self) -> Result<String, Error> {
        let path = self.src.join(SUMMARY);
        let bytes = self
            .files
            .read(&path)
            .map_err(|error| Error::file(&path, unreadable(&error), NO_SUMMARY))?;
        utf8(&path, bytes)
    }

    /// The chapters in SUMMARY.md, depth first, without drafts.
    fn chapters(&self, summary: &str) -> Result<Vec<Link>, Error> {
        let path = self.src.join(SUMMARY);
        let summary = parse_summary(summary).map_err(|error| {
            let what = format!("mdBook cannot read it: {error:#}");
            Error::file(&path, what, "correct the list of chapters")
        })?;
        let chapters = links(summary);
        if chapters.is_empty() {
            return Err(Error::file(&path, "it names no chapters", NO_SUMMARY));
        }
        Ok(chapters)
    }

    fn chapter(&self, link: &Link) -> Result<Chapter, Error> {
        let location = link.location.as_deref().unwrap_or(Path::new(""));
        let path = self.src.join(location);
        let mut is_created = false;
        let text = match self.files.read(&path) {
            Ok(bytes) => utf8(&path, bytes)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound && self.create_missing => {
                is_created = true;
                created(&link.name)
            }
            Err(error) => {
                let help = "SUMMARY.md names it as a chapter";
                return Err(Error::file(&path, unreadable(&error), help));
            }
        };
        let file = path.strip_prefix(&self.src).unwrap_or(&path);
        let file = slashes(&file.to_string_lossy());
        let mut chapter = Chapter {
            source: Source {
                path: if self.index { rendered(&file) } else { file.clone() },
                file: Some(file),
                name: link.name.clone(),
                text: without_bom(&text).to_owned(),
                origin: Origin::File,
            },
            missing: Vec::new(),
            is_created,
        };
        if self.links {
            chapter.include(&self.src, self.files);
        }
        Ok(chapter)
    }
}

/// The path that mdBook's `index` gives to `file`: README.md becomes index.md.
pub(crate) fn rendered(file: &str) -> String {
    let path = Path::new(file);
    let stem = path.file_stem().unwrap_or_default();
    match stem.eq_ignore_ascii_case("readme") {
        true => slashes(&path.with_file_name("index.md").to_string_lossy()),
        false => file.to_owned(),
    }
}

impl Chapter {
    fn include(&mut self, src: &Path, files: &dyn Files) {
        let file = self.source.file.as_deref().unwrap_or_default();
        if let Some(expanded) = expand_from(files, &self.source.text, file, src) {
            self.source.text = expanded.text;
            self.source.origin = Origin::Included(expanded.map);
            self.missing = expanded.missing;
        }
    }
}

const NO_SUMMARY: &str = "name the folder with book.toml; src/SUMMARY.md lists the book's chapters";

/// The text that mdBook writes to a missing chapter's file.
fn created(name: &str) -> String {
    let name = name.replace('&', "&amp;");
    let name = name.replace('<', "&lt;").replace('>', "&gt;");
    format!("# {name}\n")
}

fn links(summary: Summary) -> Vec<Link> {
    let mut chapters = Vec::new();
    let parts = [
        summary.prefix_chapters, summary.numbered_chapters, summary.suffix_chapters,
    ];
    collect(parts.into_iter().flatten(), &mut chapters);
    chapters
}

/// The files in a list of chapters.
pub(crate) fn locations(summary: Summary) -> Vec<String> {
    let files = links(summary).into_iter().filter_map(|link| link.location);
    files.map(|file| slashes(&file.to_string_lossy())).collect()
}

fn collect(items: impl Iterator<Item = SummaryItem>, into: &mut Vec<Link>) {
    for item in items {
        if let SummaryItem::Link(mut link) = item {
            let nested = std::mem::take(&mut link.nested_items);
            if link.location.is_some() {
                into.push(link);
            }
            collect(nested.into_iter(), into);
        }
    }
}

#[cfg(test)]
mod tests;
