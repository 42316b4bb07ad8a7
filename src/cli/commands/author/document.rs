//! The file of a document that a command changes.

use std::fs;
use std::path::{Path, PathBuf};

use crate::cli::commands::export::unwritten;
use crate::cli::{Failure, OpenBook, below};
use crate::source::{Edit, Lines, Source, splice};
use crate::wire;

/// The file of a document, as it was read.
pub(crate) struct DocumentFile {
    /// Its path.
    pub(crate) path: PathBuf,
    /// The document, without its includes expanded: included text belongs to other files.
    pub(crate) source: Source,
    /// The whole file, with its byte order mark if it has one.
    text: String,
}

impl DocumentFile {
    /// Reads the file of a chapter.
    pub(crate) fn read(book: &OpenBook, chapter: &Source) -> Result<Self, Failure> {
        let context = &book.loaded.context;
        let path = below(&context.root, context.src()).join(chapter.shown_path());
        let text = fs::read_to_string(&path)
            .map_err(|error| Failure::Usage(format!("could not read {}: {error}", path.display())))?;
        let bare = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let source = Source {
            text: bare.to_owned(),
            path: chapter.path.clone(),
            file: chapter.file.clone(),
            name: chapter.name.clone(),
            ..Source::default()
        };
        Ok(Self { path, source, text })
    }

    /// A failure that concerns this file.
    pub(crate) fn failure(&self, what: &str) -> Failure {
        Failure::Usage(format!("{}: {what}", self.path.display()))
    }

    /// Writes the edited file.
    pub(crate) fn write(&self, edits: &[Edit]) -> Result<(), Failure> {
        let edited = self.edited(edits);
        match edited == self.text {
            true => Ok(()),
            false => self.replace(&self.text, &edited),
        }
    }

    /// Writes the file as it was before the edits.
    pub(crate) fn restore(&self, edits: &[Edit]) -> Result<(), Failure> {
        self.replace(&self.edited(edits), &self.text)
    }

    fn replace(&self, old: &str, new: &str) -> Result<(), Failure> {
        wire::update(&self.path, old.as_bytes(), new.as_bytes()).map_err(|error| unwritten(&self.path, &error))
    }

    fn edited(&self, edits: &[Edit]) -> String {
        let bom = &self.text[..self.text.len() - self.source.text.len()];
        format!("{bom}{}", splice(&self.source.text, edits))
    }

    /// The changed lines in their new form, each with its position.
    pub(crate) fn changes(&self, edits: &[Edit]) -> String {
        changes(&self.path, &self.source.text, &splice(&self.source.text, edits), edits)
    }
}

/// The changed lines in their new form, each with its position.
fn changes(path: &Path, before: &str, after: &str, edits: &[Edit]) -> String {
    if before == after {
        return format!("{}: already up to date\n", path.display());
    }
    let lines = Lines::new(after);
    let mut moved = 0_usize;
    let mut said = String::new();
    for edit in edits {
        let skipped = edit.text.len() - edit.text.trim_start().len();
        let (line, _) = lines.line_column(edit.span.start + moved - removed(edits, edit) + skipped);
        if edit.span.of(before) != edit.text {
            said += &format!("{}:{line}: {}\n", path.display(), lines.span(line).of(after).trim());
        }
        moved += edit.text.len();
    }
    said
}

/// The number of bytes that the edits before `edit` remove.
fn removed(edits: &[Edit], edit: &Edit) -> usize {
    let before = edits.iter().filter(|other| other.span < edit.span);
    before.map(|other| other.span.end - other.span.start).sum()
}

/// The only design document that `wanted` matches.
pub(crate) fn find<'b>(book: &'b OpenBook, wanted: &str) -> Result<&'b Source, Failure> {
    let sources = &book.loaded.sources;
    let corpus = book.analysis().corpus;
    let documents: Vec<(&Source, &str)> = corpus
        .documents()
        .filter_map(|(index, _, document)| Some((sources.get(index)?, document.title.value.as_str())))
        .collect();
    let slashed = wanted.replace('\\', "/");
    let slashed = slashed.trim_start_matches("./");
    let src = format!("{}/", book.loaded.context.src());
    let bare = slashed.rsplit_once(&src).map_or(slashed, |(_, rest)| rest);
    let lower = wanted.to_lowercase();
    let is_way = |way: usize, source: &Source, title: &str| {
        let path = source.shown_path();
        let name = path.rsplit('/').next().unwrap_or_default();
        match way {
            0 => path == bare || path == slashed,
            1 => path.ends_with(&format!("/{bare}")) || name.strip_suffix(".md") == Some(bare),
            2 => title.to_lowercase() == lower,
            _ => title.to_lowercase().contains(&lower),
        }
    };
    // More exact ways to name a document come first.
    for way in 0..4 {
        let is_meant = |(source, title): &&(&Source, &str)| is_way(way, source, title);
        let found: Vec<_> = documents.iter().filter(is_meant).collect();
        match found.as_slice() {
            [] => {}
            [(source, _)] => return Ok(source),
            several => {
                let lines: String = several.iter().map(|(source, title)| line(source, title)).collect();
                return Err(Failure::Usage(format!("\"{wanted}\" matches several documents{lines}")));
            }
        }
    }
    let lines: String = documents.iter().map(|(source, title)| line(source, title)).collect();
    Err(Failure::Usage(format!("no document matches \"{wanted}\"{lines}")))
}

fn line(source: &Source, title: &str) -> String {
    format!("\n  {}: {title}", source.shown_path())
}
