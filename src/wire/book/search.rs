//! mdBook's own search: our index chapters repeat the titles of all documents, so in a large book they
//! crowd the documents out of the results. `[output.html.search.chapter]` leaves them out.

use serde_json::Value;
use toml_edit::{DocumentMut, InlineTable, Item, Table, value};

use super::enable::{as_it_was, implicit};
use crate::wire::files::workspace::without_bom;

/// The chapters among `paths` that the search of the book with this `config` contains; none if the
/// book has no search.
pub fn searched<'p>(config: &Value, paths: &'p [String]) -> Vec<&'p str> {
    let outputs = config["output"].as_object();
    let html = &config["output"]["html"];
    // mdBook builds HTML if book.toml names no renderer.
    let is_html = html.is_object() || outputs.is_none_or(serde_json::Map::is_empty);
    let search = &html["search"];
    if !is_html || search["enable"] == Value::Bool(false) {
        return Vec::new();
    }
    let is_left_out = |path: &str| search["chapter"][path]["enable"] == Value::Bool(false);
    let paths = paths.iter().map(String::as_str);
    paths.filter(|path| !is_left_out(path)).collect()
}

/// `toml` with `paths` left out of the search.
///
/// mdBook 0.4.45 and newer read these lines, older versions ignore them. A path that is no chapter
/// stops mdBook, so `paths` must be those of chapters.
///
/// # Errors
/// If it is not TOML, or has something else in place of one of the tables.
pub fn without_search(toml: &str, paths: &[&str]) -> Result<String, String> {
    let bare = without_bom(toml);
    let mut document: DocumentMut = bare.parse().map_err(|error| format!("it is not TOML: {error}"))?;
    if paths.is_empty() {
        return Ok(toml.to_owned());
    }
    let mut at = document.as_item_mut();
    let mut name = String::new();
    for step in ["output", "html", "search", "chapter"] {
        name = if name.is_empty() {
            step.to_owned()
        } else {
            format!("{name}.{step}")
        };
        let table = at
            .as_table_like_mut()
            .ok_or_else(|| format!("its `{name}` is not in a table"))?;
        at = table.entry(step).or_insert_with(|| match step {
            "chapter" => Item::Table(Table::new()),
            _ => implicit(),
        });
    }
    let chapters = at
        .as_table_like_mut()
        .ok_or_else(|| format!("its `{name}` is not a table"))?;
    let is_new = chapters.is_empty();
    for path in paths {
        let mut settings = InlineTable::new();
        settings.insert("enable", false.into());
        chapters.insert(path, value(settings));
    }
    if is_new && let Some(mut first) = chapters.key_mut(paths[0]) {
        first.leaf_decor_mut().set_prefix(REASON);
    }
    Ok(as_it_was(&document, toml))
}

/// The comment above the lines.
const REASON: &str = "# Take a line out if its index moves: mdBook stops at a path that no chapter has.\n";

#[cfg(test)]
mod tests {
    use super::*;

    fn config(toml: &str) -> Value {
        serde_json::to_value(toml::from_str::<toml::Table>(toml).unwrap()).unwrap()
    }

    fn paths() -> Vec<String> {
        ["design-docs.md", "open-questions.md"].map(str::to_owned).to_vec()
    }

    #[test]
    fn a_book_without_search_has_nothing_to_leave_out() {
        let count = |toml: &str| searched(&config(toml), &paths()).len();
        assert_eq!(count(""), 2);
        assert_eq!(count("[output.html]\n"), 2);
        assert_eq!(count("[output.markdown]\n"), 0);
        assert_eq!(count("[output.html.search]\nenable = false\n"), 0);
        assert_eq!(
            count("[output.html.search.chapter]\n\"design-docs.md\" = { enable = false }\n"),
            1
        );
    }

    #[test]
    fn the_lines_are_added_once_and_the_rest_stays() {
        let toml =
            "[book] # ours\ntitle = \"X\"\n\n[output.html.search]\nlimit-results = 9 # few\n\n[preprocessor.x]\n";
        let paths = paths();
        let once = without_search(toml, &searched(&config(toml), &paths)).unwrap();
        let lines = "# Take a line out if its index moves: mdBook stops at a path that no chapter has.\n\
                     \"design-docs.md\" = { enable = false }\n\"open-questions.md\" = { enable = false }\n";
        assert!(
            once.contains(&format!("\n[output.html.search.chapter]\n{lines}")),
            "{once}"
        );
        for kept in ["[book] # ours\n", "limit-results = 9 # few\n", "[preprocessor.x]\n"] {
            assert!(once.contains(kept), "{once}");
        }
        assert!(searched(&config(&once), &paths).is_empty());
        assert_eq!(without_search(&once, &[]).unwrap(), once);
    }

    #[test]
    fn inline_tables_and_line_ends_are_kept() {
        let paths = paths();
        for toml in [
            "output = { html = { search = {} } }\r\n",
            "[output]\r\nhtml = {}\r\n",
            "",
        ] {
            let text = without_search(toml, &["design-docs.md"]).unwrap();
            assert_eq!(searched(&config(&text), &paths), ["open-questions.md"], "{text}");
            assert_eq!(
                text.matches('\n').count(),
                text.matches(if toml.is_empty() { "\n" } else { "\r\n" }).count()
            );
        }
        assert!(without_search("output = 1\n", &["a.md"]).is_err());
        assert!(without_search("[output.html]\nsearch = 1\n", &["a.md"]).is_err());
    }
}
