//! The documents that say that they affect a path.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use globset::GlobBuilder;

use crate::export::ExportInput;

/// How closely a document affects a path; the closest one is the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Nearness {
    /// Whether it affects only a part of the path, a folder.
    is_part: bool,
    /// The letters of its pattern before the first wildcard, then all of them.
    letters: Reverse<(usize, usize)>,
}

/// A path from the root of the repository, without `./` and without a slash at its ends.
pub(super) struct Asked<'q> {
    path: &'q str,
    /// What everything in it begins with.
    inside: String,
}

impl<'q> Asked<'q> {
    pub(super) fn new(path: &'q str) -> Self {
        let path = path.trim_matches('/');
        Self {
            path,
            inside: format!("{path}/"),
        }
    }

    /// How closely the pattern of a document is about the path.
    fn nearness(&self, pattern: &str) -> Option<Nearness> {
        let pattern = pattern.trim_end_matches('/');
        // A folder stands for all of its files.
        let folder = pattern.strip_suffix("/**").unwrap_or(pattern);
        let literal = &folder[..folder.find(['*', '?', '[', '{']).unwrap_or(folder.len())];
        let is_part = literal.starts_with(&self.inside);
        let is_about = || self.path.starts_with(literal) && self.is_in(folder, literal);
        (!folder.is_empty() && (is_part || is_about())).then_some(Nearness {
            is_part,
            letters: Reverse((literal.len(), folder.len())),
        })
    }

    /// Whether the path is what `folder` matches, or in it; `literal` is the part of it before the
    /// first wildcard.
    fn is_in(&self, folder: &str, literal: &str) -> bool {
        if literal.len() == folder.len() {
            return self.path.len() == folder.len() || self.path[folder.len()..].starts_with('/');
        }
        // A pattern that is not a valid glob matches nothing.
        let Ok(glob) = GlobBuilder::new(folder).literal_separator(true).build() else {
            return false;
        };
        let glob = glob.compile_matcher();
        let folders = self.path.match_indices('/').map(|(slash, _)| &self.path[..slash]);
        folders.chain([self.path]).any(|folder| glob.is_match(folder))
    }
}

/// The documents that affect the path, by their index among the documents.
pub(super) fn affecting(book: &ExportInput<'_>, asked: &Asked<'_>) -> BTreeMap<usize, Nearness> {
    let nearest = |patterns: &[String]| patterns.iter().filter_map(|pattern| asked.nearness(pattern)).min();
    let documents = book.pages().enumerate();
    documents
        .filter_map(|(at, page)| Some((at, nearest(&page.document.affects)?)))
        .collect()
}

/// The words of a path, without the extension of its file: `services pay refund`.
pub(super) fn words_of(path: &str) -> String {
    let (folders, file) = path.rsplit_once('/').unwrap_or(("", path));
    let name = match file.rsplit_once('.') {
        Some((name, _)) if !name.is_empty() => name,
        _ => file,
    };
    format!("{folders} {name}").replace(['/', '_', '-', '.'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nearness(path: &str, pattern: &str) -> Option<Nearness> {
        Asked::new(path).nearness(pattern)
    }

    #[test]
    fn globs_folders_and_files_match_what_is_in_them() {
        for (path, pattern) in [
            ("services/pay/src/lib.rs", "services/pay/**"),
            ("services/pay/src/lib.rs", "services/pay"),
            ("services/pay/src/lib.rs", "services/*/src"),
            ("services/pay/src/lib.rs", "services/**/*.rs"),
            ("services/pay", "services/pay/**"),
            ("services/pay/", "services/pay/"),
            ("Cargo.toml", "*.toml"),
            ("services/pay", "services/pay/src/lib.rs"),
            ("a/x.ts", "{a,b}/*.ts"),
        ] {
            assert!(nearness(path, pattern).is_some(), "{path} {pattern}");
        }
        for (path, pattern) in [
            ("services/payments/lib.rs", "services/pay"),
            ("services/pay/Cargo.toml", "*.toml"),
            ("services", "service"),
            ("a", "[b"),
            ("a", ""),
        ] {
            assert!(nearness(path, pattern).is_none(), "{path} {pattern}");
        }
    }

    #[test]
    fn the_most_specific_pattern_comes_first_and_parts_come_last() {
        let path = "services/pay";
        let mut patterns = ["services/pay/src/**", "**", "services/**", "services/pay", "services/*"];
        patterns.sort_by_key(|pattern| nearness(path, pattern).map(|nearness| (nearness.is_part, nearness)));
        assert_eq!(
            patterns,
            ["services/pay", "services/*", "services/**", "**", "services/pay/src/**"]
        );
    }

    #[test]
    fn the_words_of_a_path_are_its_names() {
        assert_eq!(
            words_of("services/pay_out/refund-fee.test.rs"),
            "services pay out refund fee test"
        );
        assert_eq!(words_of(".gitignore").trim(), "gitignore");
    }
}
