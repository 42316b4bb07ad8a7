//! The base of a report's paths.

use std::path::Path;

use crate::wire::message::read::slashes;

/// The folder with book.toml for programs that know the repository: relative to the root of the git
/// work tree that contains it, else to `working`, else to itself.
pub fn in_repository(book: &Path, working: &Path) -> String {
    let (Ok(book), Ok(working)) = (book.canonicalize(), working.canonicalize()) else {
        return ".".to_owned();
    };
    // In a linked work tree or a submodule `.git` is a file.
    let top = book.ancestors().find(|folder| folder.join(".git").exists());
    let top = top.unwrap_or(&working);
    let below = book.strip_prefix(top).map(|below| slashes(&below.to_string_lossy()));
    match below {
        Ok(below) if !below.is_empty() => below,
        _ => ".".to_owned(),
    }
}

/// The folder with book.toml as it was named on the command line.
pub fn as_named(book: &Path) -> String {
    slashes(&book.to_string_lossy())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn paths_start_at_the_repository_else_where_we_are() {
        let folder = tempfile::tempdir().unwrap();
        let (root, other) = (folder.path(), tempfile::tempdir().unwrap());
        let book = root.join("team/docs");
        fs::create_dir_all(&book).unwrap();
        assert_eq!(in_repository(&book, root), "team/docs");
        assert_eq!(in_repository(&book, &root.join("team")), "docs");
        assert_eq!(in_repository(&book, &book), ".");
        assert_eq!(in_repository(&book, other.path()), ".");
        fs::write(root.join("team/.git"), "gitdir: elsewhere\n").unwrap();
        for working in [root, other.path(), &book] {
            assert_eq!(in_repository(&book, working), "docs");
        }
        assert_eq!(in_repository(&root.join("none"), root), ".");
    }
}
