//! The folder and file name of a new document.

use std::collections::BTreeMap;

use crate::model::{Corpus, DocumentKind};
use crate::source::{self, composed, is_of_word};

/// A title as a file name: lower-case words of any script, joined by hyphens.
pub fn slug(title: &str) -> String {
    const LONGEST: usize = 80;
    let lower = composed(title).to_lowercase();
    let words = lower
        .split(|letter| !is_of_word(letter))
        .filter(|word| !word.is_empty());
    let mut slug = String::new();
    for word in words {
        if slug.len() + word.len() >= LONGEST && !slug.is_empty() {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(word);
    }
    slug
}

/// The folder of the book's designs, relative to `src`: the one that contains all of them, else the
/// one with the most; None if there are no designs yet.
pub fn folder(corpus: &Corpus) -> Option<String> {
    let is_template = |path: &str| path.rsplit('/').next().is_some_and(|name| name.contains("template"));
    let documents = || corpus.documents().filter(|(_, chapter, _)| !is_template(&chapter.path));
    let designs = documents().filter(|(_, _, document)| document.kind == DocumentKind::Design);
    let mut folders: Vec<String> = designs
        .map(|(_, chapter, _)| source::folder(&chapter.path).to_owned())
        .collect();
    if folders.is_empty() {
        folders = documents()
            .map(|(_, chapter, _)| source::folder(&chapter.path).to_owned())
            .collect();
    }
    let common = folders.iter().cloned().reduce(|one, other| shared(&one, &other))?;
    if !common.is_empty() || folders.iter().all(String::is_empty) {
        return Some(common);
    }
    let count = |folder: &String| folders.iter().filter(|other| *other == folder).count();
    // Of several with the same number, the first in the book.
    folders.iter().rev().max_by_key(|folder| count(folder)).cloned()
}

fn shared(one: &str, other: &str) -> String {
    let parts = one.split('/').zip(other.split('/'));
    let same: Vec<_> = parts
        .take_while(|(one, other)| one == other)
        .map(|(part, _)| part)
        .collect();
    same.join("/")
}

/// Whether most documents in `folder` are decision records.
pub fn holds_decisions(corpus: &Corpus, folder: &str) -> bool {
    let in_folder = corpus
        .documents()
        .filter(|(_, chapter, _)| source::folder(&chapter.path) == folder);
    let (adrs, others): (Vec<_>, Vec<_>) = in_folder.partition(|(_, _, document)| document.kind == DocumentKind::Adr);
    adrs.len() > others.len()
}

/// The file among `files` whose name is `slug`, with any number.
pub fn namesake<'f>(files: &'f [String], slug: &str) -> Option<&'f str> {
    let files = files.iter().map(String::as_str);
    files.into_iter().find(|file| {
        let stem = file.strip_suffix(".md").unwrap_or(file);
        let bare = number(stem).map_or(stem, |(_, width, _)| &stem[width + 1..]);
        // Some file systems do not distinguish `SUMMARY.md` from `summary.md`.
        composed(bare).to_lowercase() == slug
    })
}

/// The file or mdBook page that `file` would overwrite in the built book. `files` are the files of
/// its folder; `is_top` if that is the top folder.
pub fn same_page<'f>(files: &'f [String], file: &str, is_top: bool) -> Option<&'f str> {
    // Both are rendered as index.html.
    const INDEX: [&str; 2] = ["index.md", "readme.md"];
    const PAGES: [(&str, &str); 5] = [
        ("index.md", "the book's first page, index.html"),
        ("readme.md", "the book's first page, index.html"),
        ("print.md", "print.html, which mdBook makes"),
        ("toc.md", "toc.html, which mdBook makes"),
        ("404.md", "404.html, which mdBook makes"),
    ];
    let is_index = |name: &str| INDEX.contains(&name.to_lowercase().as_str());
    let other = files.iter().find(|other| is_index(file) && is_index(other));
    let made = PAGES.iter().find(|(name, _)| is_top && *name == file);
    other.map(String::as_str).or(made.map(|(_, page)| *page))
}

/// The next number in a folder with these `files`, in their format, with the character after it:
/// `("0008", '-')`; None if most have no number.
pub fn next_number<'f>(files: impl Iterator<Item = &'f str>) -> Option<(String, char)> {
    let mut others = 0;
    let mut numbers: Vec<(usize, usize, char)> = Vec::new();
    for file in files {
        let Some(stem) = file.strip_suffix(".md") else { continue };
        match number(stem) {
            Some(number) => numbers.push(number),
            None if matches!(stem.to_lowercase().as_str(), "readme" | "index" | "summary") => {}
            None if stem.to_lowercase().contains("template") => {}
            None => others += 1,
        }
    }
    let &(last, width, mark) = numbers.iter().max()?;
    (numbers.len() > others).then(|| (format!("{:0width$}", last + 1), mark))
}

/// A number that the book does not have yet, but that another branch has given to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The number as it would be written: `0013`.
    pub number: String,
    /// The branch: `feature/x`.
    pub branch: String,
    /// The file.
    pub file: String,
}

/// The first number from `first` on that no branch has taken, and the taken ones before it. Each
/// branch has a name and files.
pub fn free_number<'b>(
    (first, mark): (String, char),
    branches: impl Iterator<Item = (&'b str, &'b [String])>,
) -> ((String, char), Vec<Taken>) {
    let width = first.len();
    let mut numbers: BTreeMap<usize, (&str, &str)> = BTreeMap::new();
    for (branch, files) in branches {
        for file in files {
            let known = file.strip_suffix(".md").and_then(number);
            if let Some((number, _, _)) = known {
                numbers.entry(number).or_insert((branch, file));
            }
        }
    }
    let mut next: usize = first.parse().unwrap_or_default();
    let mut taken = Vec::new();
    while let Some((branch, file)) = numbers.get(&next) {
        taken.push(Taken {
            number: format!("{next:0width$}"),
            branch: (*branch).to_owned(),
            file: (*file).to_owned(),
        });
        next += 1;
    }
    ((format!("{next:0width$}"), mark), taken)
}

/// The number that a name begins with, its width, and what follows it; None for a date.
fn number(stem: &str) -> Option<(usize, usize, char)> {
    let width = stem.bytes().take_while(u8::is_ascii_digit).count();
    let mark = stem[width..]
        .chars()
        .next()
        .filter(|mark| matches!(mark, '-' | '_' | '.'))?;
    let is_date = stem[width + 1..].starts_with(|c: char| c.is_ascii_digit());
    let number = stem[..width].parse().ok()?;
    (!is_date).then_some((number, width, mark))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Chapter, Document};

    #[test]
    fn names_come_from_titles() {
        assert_eq!(
            slug("  Ada's *big* Idea: Über/Ünder 2.0 "),
            "ada-s-big-idea-über-ünder-2-0"
        );
        assert_eq!(slug("Ẹ̀rọ for Zoe\u{308}"), "ẹ̀rọ-for-zoë");
        assert_eq!(slug("?!"), "");
        assert!(slug(&"word ".repeat(50)).len() <= 80);
    }

    #[test]
    fn no_two_documents_have_one_page() {
        let files = ["Index.md".to_owned(), "a.md".to_owned()];
        assert_eq!(same_page(&files, "readme.md", false), Some("Index.md"));
        assert_eq!(same_page(&files, "b.md", true), None);
        assert_eq!(same_page(&files[1..], "readme.md", false), None);
        assert!(same_page(&[], "readme.md", true).is_some());
        assert!(same_page(&[], "print.md", true).is_some());
        assert_eq!(same_page(&[], "print.md", false), None);
        assert_eq!(namesake(&["SUMMARY.md".to_owned()], "summary"), Some("SUMMARY.md"));
    }

    #[test]
    fn numbers_go_on_as_they_are_written() {
        let next = |files: &[&str]| next_number(files.iter().copied());
        assert_eq!(
            next(&["0001-a.md", "0007-b.md", "README.md", "template.md"]),
            Some(("0008".into(), '-'))
        );
        assert_eq!(next(&["9_a.md", "x.png"]), Some(("10".into(), '_')));
        assert_eq!(next(&["refunds.md", "search.md", "2-x.md"]), None);
        assert_eq!(next(&["2026-11-meeting.md", "2026-12-meeting.md"]), None);
        assert_eq!(next(&[]), None);
    }

    #[test]
    fn numbers_of_other_branches_are_left_out() {
        let files = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let branches = [
            ("main", files(&["0001-a.md"])),
            ("feature/x", files(&["0001-a.md", "0003-x.md", "0005-far.md"])),
            (
                "feature/y",
                files(&["0003-y.md", "4_z.md", "2026-11-notes.md", "6.png"]),
            ),
        ];
        let all = || branches.iter().map(|(branch, files)| (*branch, files.as_slice()));
        let (next, taken) = free_number(("0003".into(), '-'), all());
        assert_eq!(next, ("0006".into(), '-'));
        let taken: Vec<_> = taken
            .iter()
            .map(|each| (&*each.number, &*each.branch, &*each.file))
            .collect();
        assert_eq!(
            taken,
            [
                ("0003", "feature/x", "0003-x.md"),
                ("0004", "feature/y", "4_z.md"),
                ("0005", "feature/x", "0005-far.md")
            ]
        );
        assert_eq!(free_number(("0002".into(), '-'), all()).0.0, "0002", "a gap is used");
    }

    #[test]
    fn the_folder_is_the_one_around_all_designs() {
        let folder_of = |paths: &[&str]| {
            let chapters = paths.iter().map(|path| Chapter {
                path: (*path).into(),
                document: Some(Document::default()),
                ..Chapter::default()
            });
            folder(&Corpus {
                chapters: chapters.collect(),
                ..Corpus::default()
            })
        };
        assert_eq!(folder_of(&["d/pay/a.md", "d/pay/b.md", "d/ship/c.md"]).unwrap(), "d");
        assert_eq!(
            folder_of(&["d/a.md", "rfc/b.md", "rfc/c.md", "template.md"]).unwrap(),
            "rfc"
        );
        assert_eq!(folder_of(&["a.md"]).unwrap(), "");
        assert_eq!(folder_of(&[]), None);
    }
}
