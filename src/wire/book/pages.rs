//! The settings in book.toml for publishing: the folder of the pages, and the version of mdBook.

use serde_json::Value;

use crate::config::NAME;
use crate::wire::book::load::built_by;

/// The build settings of a book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pages {
    /// The folder of its pages, relative to the book's folder.
    pub folder: String,
    /// The version of mdBook that builds it.
    pub mdbook: &'static str,
    /// Whether its index pages offer downloads.
    pub has_downloads: bool,
    /// Whether its pages tell what git knows.
    pub has_history: bool,
    /// The commands of other preprocessors and renderers, such as `mdbook-mermaid`, sorted.
    pub others: Vec<String>,
}

/// The built-in preprocessors and renderers of mdBook, and ours.
const KNOWN: &[&str] = &["links", "index", "html", "markdown", NAME];

/// The build settings in `toml`, the text of a book.toml.
///
/// # Errors
/// If it is not TOML.
pub fn pages(toml: &str) -> Result<Pages, String> {
    let bare = crate::wire::files::workspace::without_bom(toml);
    let table: toml::Table = toml::from_str(bare).map_err(|error| format!("book.toml is not TOML: {error}"))?;
    let config = serde_json::to_value(table).map_err(|error| error.to_string())?;
    let folder = config["build"]["build-dir"].as_str().unwrap_or("book");
    let folder = folder.trim_end_matches('/');
    // With one renderer, the build folder is its output; with several, each has a subfolder.
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
        has_history: config["preprocessor"][NAME]["history"]["enabled"] == true,
        others: others(&config),
    })
}

/// Commands of others. One whose name does not start with `mdbook-` is the team's own and comes
/// with the book.
fn others(config: &Value) -> Vec<String> {
    let tables = ["preprocessor", "output"].map(|kind| config[kind].as_object());
    let mut commands: Vec<String> = tables
        .into_iter()
        .flatten()
        .flatten()
        .filter(|(name, _)| !KNOWN.contains(&name.as_str()))
        .map(|(name, table)| match table["command"].as_str() {
            Some(command) => command.split_whitespace().next().unwrap_or_default().to_owned(),
            None => format!("mdbook-{name}"),
        })
        .filter(|command| command.starts_with("mdbook-") && !command.contains(['/', '\\', '.']))
        .collect();
    commands.sort();
    commands.dedup();
    commands
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

    #[test]
    fn other_commands_are_named() {
        let toml = "[preprocessor.links]\n[preprocessor.design-docs]\n[preprocessor.mermaid]\ncommand = \"mdbook-mermaid\"\n\
                    [preprocessor.own]\ncommand = \"python3 own.py\"\n[preprocessor.toc]\n[output.html]\n[output.linkcheck2]\n";
        let others = pages(toml).unwrap().others;
        assert_eq!(others, ["mdbook-linkcheck2", "mdbook-mermaid", "mdbook-toc"]);
        assert!(pages("[book]\n").unwrap().others.is_empty());
    }
}
