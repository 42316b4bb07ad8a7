//! Finds the Markdown files below a book's source folder that are not chapters.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::source::{Origin, Source};
use crate::wire::book::load::Loaded;
use crate::wire::files::file::read_text;
use crate::wire::files::workspace::without_bom;
use crate::wire::message::read::slashes;

/// The Markdown files below `src` that are neither a chapter nor included in one, sorted by path.
/// Files that cannot be read are omitted: they may not be meant for the book.
pub fn unlisted(book: &Loaded) -> Vec<Source> {
    let root = &book.context.root;
    let src = root.join(book.context.src());
    let used: BTreeSet<PathBuf> = book
        .sources
        .iter()
        .flat_map(files)
        .map(|file| real(&src.join(file)))
        .collect();
    let build = book.context.config["build"]["build-dir"].as_str().unwrap_or("book");
    let skipped = [real(&root.join(build))];
    let mut found = Vec::new();
    walk(&src, &skipped, &mut found);
    found.sort();
    let source = |path: PathBuf| {
        let file = slashes(&path.strip_prefix(&src).ok()?.to_string_lossy());
        let text = read_text(&path).ok()?;
        Some(Source {
            path: file.clone(),
            name: path.file_stem()?.to_string_lossy().into_owned(),
            file: Some(file),
            text: without_bom(&text).to_owned(),
            origin: Origin::File,
        })
    };
    let loose = found.into_iter().filter(|path| !used.contains(&real(path)));
    loose.filter_map(source).collect()
}

/// The files that make up a chapter.
fn files(source: &Source) -> Vec<&str> {
    let included = match &source.origin {
        Origin::Included(map) => &map.files[..],
        _ => &[],
    };
    let own = source.file.as_deref();
    own.into_iter().chain(included.iter().map(String::as_str)).collect()
}

/// The canonical path, so that two paths of the same file are equal.
fn real(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// Adds the Markdown files below `folder` that are written by hand and meant for this book.
fn walk(folder: &Path, skipped: &[PathBuf], found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        let name = name.to_string_lossy().to_lowercase();
        // Links to folders may form cycles.
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() {
            // If the source folder is the repository's root, it contains these beside the chapters.
            let is_foreign = name.starts_with('.') || matches!(&*name, "node_modules" | "target" | "vendor");
            let is_book = path.join("book.toml").exists();
            if !is_foreign && !is_book && !skipped.contains(&real(&path)) {
                walk(&path, skipped, found);
            }
        } else if kind.is_file() && name.ends_with(".md") && name != "summary.md" && !name.contains("template") {
            found.push(path);
        }
    }
}
