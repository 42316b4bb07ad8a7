//! Adds our table to a book.toml and keeps its formatting and comments.

use toml_edit::{Array, DocumentMut, Item, Table, TableLike, Value, value};

use crate::config::{NAME, Neighbor};
use crate::wire::files::workspace::without_bom;

/// `toml` with the preprocessor added, in its place among those that are there, and with `timezone`
/// if given; unchanged if nothing is missing.
///
/// # Errors
/// If it is not TOML, or has something else in place of our table.
pub fn enabled(toml: &str, timezone: Option<&str>) -> Result<String, String> {
    let bare = without_bom(toml);
    let mut document: DocumentMut = bare.parse().map_err(|error| format!("it is not TOML: {error}"))?;
    let preprocessors = document.entry("preprocessor").or_insert_with(implicit);
    let preprocessors = preprocessors
        .as_table_like_mut()
        .ok_or("its `preprocessor` is not a table")?;
    let neighbors: Vec<&Neighbor> = Neighbor::ALL
        .iter()
        .filter(|neighbor| match preprocessors.get(neighbor.name) {
            None => neighbor.name == Neighbor::LINKS,
            Some(table) => !table.as_table_like().is_some_and(|table| names(table, NAME)),
        })
        .collect();
    let is_inline = preprocessors.get(NAME).is_none() && preprocessors.iter().any(|(_, each)| each.is_inline_table());
    let ours = preprocessors.entry(NAME).or_insert_with(|| match is_inline {
        true => Item::Value(Value::InlineTable(toml_edit::InlineTable::new())),
        false => Item::Table(Table::new()),
    });
    let ours = ours
        .as_table_like_mut()
        .ok_or("its `preprocessor.design-docs` is not a table")?;
    for neighbor in neighbors {
        place(ours, neighbor)?;
    }
    if let Some(zone) = timezone.filter(|zone| ours.get("timezone").and_then(Item::as_str) != Some(zone)) {
        ours.insert("timezone", value(zone));
    }
    if !is_enabled(bare) {
        give_back_last_words(&mut document);
    }
    Ok(as_it_was(&document, toml))
}

/// Whether the `table` of a preprocessor says on which side of the preprocessor `name` it is.
fn names(table: &dyn TableLike, name: &str) -> bool {
    let lists = ["before", "after"].map(|key| table.get(key).and_then(Item::as_array));
    let mut all = lists.into_iter().flatten().flatten();
    all.any(|each| each.as_str() == Some(name))
}

/// Puts our table on the right side of a neighbour, unless it says on which side it is.
fn place(ours: &mut dyn TableLike, neighbor: &Neighbor) -> Result<(), String> {
    if names(ours, neighbor.name) {
        return Ok(());
    }
    let key = neighbor.key();
    match ours.get_mut(key).map(Item::as_array_mut) {
        None => drop(ours.insert(key, value(Array::from_iter([neighbor.name])))),
        Some(Some(list)) => list.push(neighbor.name),
        Some(None) => return Err(format!("its `preprocessor.{NAME}.{key}` is not a list")),
    }
    Ok(())
}

/// Whether `toml` has our table.
pub fn is_enabled(toml: &str) -> bool {
    let bare = without_bom(toml);
    let document = bare.parse::<DocumentMut>().ok();
    document.is_some_and(|document| document.get("preprocessor").and_then(|all| all.get(NAME)).is_some())
}

/// Comments at the end of the file belong to the table before them, not to ours, which now comes
/// last.
fn give_back_last_words(document: &mut DocumentMut) {
    let words = document.trailing().as_str().unwrap_or_default().to_owned();
    if words.trim().is_empty() {
        return;
    }
    let text = document.to_string();
    let header = format!("[preprocessor.{NAME}]");
    let is_last = text.lines().rfind(|line| line.starts_with('[')) == Some(header.as_str());
    let ours = document.get_mut("preprocessor").and_then(|all| all.get_mut(NAME));
    if let Some(table) = ours.and_then(Item::as_table_mut).filter(|_| is_last) {
        table.decor_mut().set_prefix(format!("{}\n\n", words.trim_end()));
        document.set_trailing("");
    }
}

/// The text of `document`, with the byte order mark and the line ends of `toml`, from which it was read.
pub(super) fn as_it_was(document: &DocumentMut, toml: &str) -> String {
    let bare = without_bom(toml);
    let mut text = document.to_string();
    // toml_edit writes LF instead of CR LF.
    if bare.contains("\r\n") {
        text = text.replace("\r\n", "\n").replace('\n', "\r\n");
    }
    format!("{}{text}", &toml[..toml.len() - bare.len()])
}

/// A table whose header is written only if it has keys of its own.
pub(super) fn implicit() -> Item {
    let mut table = Table::new();
    table.set_implicit(true);
    Item::Table(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn becomes(toml: &str, expected: &str) {
        let once = enabled(toml, None).unwrap();
        assert_eq!(once, expected);
        assert_eq!(enabled(&once, None).unwrap(), once, "twice is once");
        assert!(is_enabled(&once));
    }

    #[test]
    fn formatting_and_comments_stay() {
        becomes(
            "# Ours\n[book]\ntitle   = \"X\" # the title\n\n[output.html]\n# dark\n",
            "# Ours\n[book]\ntitle   = \"X\" # the title\n\n[output.html]\n# dark\n\n[preprocessor.design-docs]\nafter = [\"links\"]\n",
        );
    }

    #[test]
    fn what_is_there_is_added_to() {
        becomes(
            "[preprocessor.design-docs] # docs\nafter = [ \"mermaid\" ]\ndue-soon-days = 7\n",
            "[preprocessor.design-docs] # docs\nafter = [ \"mermaid\" , \"links\"]\ndue-soon-days = 7\n",
        );
        becomes(
            "[preprocessor.mermaid]\ncommand = \"m\"\n\n[output.html]\n",
            "[preprocessor.mermaid]\ncommand = \"m\"\n\n[preprocessor.design-docs]\nafter = [\"links\"]\n\n[output.html]\n",
        );
    }

    #[test]
    fn formulas_are_read_as_they_are_written() {
        becomes(
            "[preprocessor.katex]\n",
            "[preprocessor.katex]\n\n[preprocessor.design-docs]\nafter = [\"links\"]\nbefore = [\"katex\"]\n",
        );
        for ordered in [
            "[preprocessor.katex]\nbefore = [\"design-docs\"]\n\n[preprocessor.design-docs]\nafter = [\"links\"]\n",
            "[preprocessor.katex]\n\n[preprocessor.design-docs]\nafter = [\"katex\", \"links\"]\n",
        ] {
            becomes(ordered, ordered);
        }
    }

    #[test]
    fn translations_come_first_and_links_become_html_last() {
        becomes(
            "[preprocessor.gettext]\nafter = [\"links\"]\n[preprocessor.external-links]\n[preprocessor.footnote]\n",
            "[preprocessor.gettext]\nafter = [\"links\"]\n[preprocessor.external-links]\n[preprocessor.footnote]\n\n\
             [preprocessor.design-docs]\nafter = [\"links\", \"gettext\"]\nbefore = [\"footnote\", \"external-links\"]\n",
        );
    }

    #[test]
    fn other_forms_of_tables_work() {
        for toml in [
            "preprocessor.mermaid.command = \"m\"\n[book]\n",
            "preprocessor = { mermaid = { command = \"m\" } }\n",
            "[preprocessor]\nmermaid = { command = \"m\" }\n",
            "",
        ] {
            let text = enabled(toml, Some("Africa/Lagos")).unwrap();
            let table: toml::Table = toml::from_str(&text).unwrap();
            let ours = &table["preprocessor"]["design-docs"];
            assert_eq!(ours["after"].as_array().unwrap().len(), 1, "{text}");
            assert_eq!(ours["timezone"].as_str(), Some("Africa/Lagos"), "{text}");
            assert!(toml.is_empty() || table["preprocessor"]["mermaid"]["command"].is_str());
        }
        assert!(enabled("preprocessor = 1\n", None).is_err());
        assert!(enabled("[book\n", None).is_err());
    }

    #[test]
    fn line_ends_are_kept() {
        becomes(
            "[book]\r\ntitle = \"X\"\r\n",
            "[book]\r\ntitle = \"X\"\r\n\r\n[preprocessor.design-docs]\r\nafter = [\"links\"]\r\n",
        );
    }
}
