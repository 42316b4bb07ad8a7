//! The summary that `init` prints: the chapters recognised as design documents, a proposed
//! `include` if recognition may be wrong, and the findings that `check` would report.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::cli::OpenBook;
use crate::cli::commands::check;
use crate::diagnostic::{Diagnostic, Level};
use crate::model::Corpus;

/// The documents recognised in the book, and the findings that `check` would report.
pub(super) fn found(book: &OpenBook, root: &Path) -> String {
    let analysis = check::read(book);
    let corpus = &analysis.corpus;
    let mut findings = analysis.findings();
    findings.retain(|finding| finding.level > Level::Allow);
    let mut said = recognised(corpus);
    if book.config.include.is_none() {
        said += &proposal(corpus);
    }
    let unlisted = findings.iter().find(|finding| finding.lint == "unlisted-document");
    said += &unlisted
        .map(|finding| format!("\n{}\n", finding.message))
        .unwrap_or_default();
    if corpus.documents().next().is_some() {
        said += &to_report(&findings, root);
    }
    said
}

fn counted(count: usize, one: &str) -> String {
    match count {
        1 => format!("1 {one}"),
        _ => format!("{count} {one}s"),
    }
}

/// A chapter as `init` counts it: its file, and its title if it is a design document.
type Counted<'c> = (&'c str, Option<&'c str>);

fn chapters(corpus: &Corpus) -> impl Iterator<Item = Counted<'_>> {
    corpus.chapters.iter().map(|chapter| {
        let file = chapter.file.as_deref().unwrap_or(&chapter.path);
        let document = chapter.document.as_ref();
        (file, document.map(|document| document.title.value.as_str()))
    })
}

/// The design documents by folder.
fn recognised(corpus: &Corpus) -> String {
    const FOLDERS: usize = 12;
    const EACH: usize = 4;
    let documents = || corpus.documents().map(|(_, _, document)| document);
    let open = |document: &crate::model::Document| document.questions.iter().filter(|each| !each.resolved).count();
    if documents().next().is_none() {
        return "\nNo design documents yet. `mdbook-design-docs new TITLE` creates one.\n".to_owned();
    }
    let mut said = format!(
        "\n{} in {}, with {} and {}:\n",
        counted(documents().count(), "design document"),
        counted(corpus.chapters.len(), "chapter"),
        counted(documents().map(|document| document.decisions.len()).sum(), "decision"),
        counted(documents().map(open).sum(), "open question"),
    );
    let mut folders: BTreeMap<&str, Vec<Counted<'_>>> = BTreeMap::new();
    for chapter in chapters(corpus) {
        folders.entry(folder(chapter.0)).or_default().push(chapter);
    }
    let taken = |chapters: &[Counted<'_>]| chapters.iter().filter(|(_, title)| title.is_some()).count();
    let mut folders: Vec<_> = folders.into_iter().filter(|(_, own)| taken(own) > 0).collect();
    folders.sort_by_key(|(_, own)| Reverse(taken(own)));
    for (folder, own) in folders.iter().take(FOLDERS) {
        let name = if folder.is_empty() { "./" } else { folder };
        said += &format!("  {name}: {} of {}\n", taken(own), counted(own.len(), "chapter"));
        let titled = own.iter().filter_map(|(file, title)| Some((file, (*title)?)));
        for (file, title) in titled.take(EACH) {
            said += &format!("    {file}: {title}\n");
        }
        if taken(own) > EACH {
            said += &format!("    … and {} more\n", taken(own) - EACH);
        }
    }
    if folders.len() > FOLDERS {
        let rest = folders[FOLDERS..].iter().map(|(_, own)| taken(own)).sum();
        said += &format!(
            "  … and {} in {}\n",
            counted(rest, "other"),
            counted(folders.len() - FOLDERS, "more folder")
        );
    }
    said
}

/// The folder of a file, with a slash at its end; empty for the source folder itself.
fn folder(file: &str) -> &str {
    &file[..file.rfind('/').map_or(0, |slash| slash + 1)]
}

/// An `include` for book.toml, if nearly all chapters of some folders are design documents, and
/// elsewhere only a few are, perhaps by chance.
fn proposal(corpus: &Corpus) -> String {
    // The numbers of documents and of chapters in and below each folder. A folder's own page counts
    // only if it is a design document; otherwise it is an overview of the others.
    let mut below: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (file, title) in chapters(corpus).filter(|(file, title)| title.is_some() || !is_page(file)) {
        for (slash, _) in file.match_indices('/') {
            let (documents, all) = below.entry(&file[..=slash]).or_default();
            *documents += usize::from(title.is_some());
            *all += 1;
        }
    }
    let mut chosen: Vec<&str> = Vec::new();
    for (folder, (documents, all)) in &below {
        let is_below = chosen.iter().any(|chosen| folder.starts_with(chosen));
        if *documents >= 3 && documents * 5 >= all * 4 && !is_below {
            chosen.push(folder);
        }
    }
    let is_chosen = |file: &str| chosen.iter().any(|chosen| file.starts_with(chosen));
    let (strays, others): (Vec<_>, Vec<_>) = chapters(corpus)
        .filter(|(file, _)| !is_chosen(file))
        .partition(|(_, title)| title.is_some());
    if chosen.is_empty() || strays.is_empty() || strays.len() * 4 > strays.len() + others.len() {
        return String::new();
    }
    let quoted = |words: &mut dyn Iterator<Item = String>| {
        let words: Vec<_> = words.map(|word| format!("{word:?}")).collect();
        words.join(", ")
    };
    let include = quoted(&mut chosen.iter().map(|folder| format!("{}**", globset::escape(folder))));
    let within = chapters(corpus).filter(|(file, title)| is_chosen(file) && title.is_none());
    let exclude: BTreeSet<String> = within.map(|(file, _)| globset::escape(file)).collect();
    let mut said = format!(
        "\nNearly all chapters of {} are design documents; of the {} elsewhere, {} may be recognised by chance:\n",
        chosen.join(", "),
        counted(strays.len() + others.len(), "chapter"),
        counted(strays.len(), "document")
    );
    for (file, _) in strays.iter().take(4) {
        said += &format!("  {file}\n");
    }
    said += &format!(
        "To include only those folders, add this to book.toml below [preprocessor.design-docs]:\n  include = [{include}]\n"
    );
    if !exclude.is_empty() {
        said += &format!("  exclude = [{}]\n", quoted(&mut exclude.into_iter()));
    }
    said
}

/// Whether a file is its folder's own page.
fn is_page(file: &str) -> bool {
    let name = file[folder(file).len()..].to_ascii_lowercase();
    matches!(name.as_str(), "readme.md" | "index.md")
}

/// The number of findings that `check` would report, by lint.
fn to_report(findings: &[Diagnostic], root: &Path) -> String {
    let mut by_lint: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in findings {
        *by_lint.entry(finding.lint).or_default() += 1;
    }
    if by_lint.is_empty() {
        return "\nNothing to report.\n".to_owned();
    }
    let mut said = "\n`mdbook-design-docs check` reports:\n".to_owned();
    for (lint, count) in by_lint {
        said += &format!("  {lint}: {count}\n");
    }
    said += &format!(
        "\nTo report only new findings from now on, write these to a baseline:\n  \
         mdbook-design-docs check{} --write-baseline design-docs-known.toml\n",
        match root == Path::new(".") {
            true => String::new(),
            false => format!(" {}", root.display()),
        }
    );
    said
}
