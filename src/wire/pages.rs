//! What a book.toml says about publishing: where the pages are built, and by which mdBook.

use serde_json::Value;

use super::context::NAME;
use super::load::built_by;

/// How a book is built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pages {
    /// The folder of its pages, from the book's.
    pub folder: String,
    /// The version of mdBook that builds it.
    pub mdbook: &'static str,
    /// Whether its index pages offer downloads.
    pub has_downloads: bool,
}

/// What `toml`, the text of a book.toml, says.
///
/// # Errors
/// If it is not TOML.
pub fn pages(toml: &str) -> Result<Pages, String> {
    let bare = super::desk::without_bom(toml);
    let table: toml::Table = toml::from_str(bare).map_err(|error| format!("book.toml is not TOML: {error}"))?;
    let config = serde_json::to_value(table).map_err(|error| error.to_string())?;
    let folder = config["build"]["build-dir"].as_str().unwrap_or("book");
    let folder = folder.trim_end_matches('/');
    // With one renderer its output is the folder; with several each has a folder in it.
    let renderers = config["output"].as_object().map_or(0, serde_json::Map::len);
    let downloads = &config["preprocessor"][NAME]["index"]["downloads"];
    Ok(Pages {
        folder: if renderers > 1 {
            format!("{folder}/html")
        } else {
            folder.to_owned()
        },
        mdbook: built_by(&config),
        has_downloads: downloads
            .as_array()
            .is_some_and(|list| !list.is_empty() && list.iter().all(Value::is_string)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renderers_move_the_pages() {
        let folder = |toml: &str| pages(toml).unwrap().folder;
        assert_eq!(folder("[book]\n"), "book");
        assert_eq!(folder("[build]\nbuild-dir = \"out/\"\n[output.html]\n"), "out");
        assert_eq!(folder("[output.html]\n[output.linkcheck]\n"), "book/html");
        assert!(pages("[book").is_err());
        assert_eq!(pages("[book]\nmultilingual = false\n").unwrap().mdbook, "0.4.52");
    }
}
