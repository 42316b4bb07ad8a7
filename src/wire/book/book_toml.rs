//! Reads a book's book.toml into the form in which mdBook passes it on.

use std::io;
use std::path::Path;

use serde_json::Value;

use crate::source::line_column;
use crate::wire::Error;
use crate::wire::error::{unreadable, utf8};
use crate::wire::files::file::Files;

/// The configuration of the book in `root`, with overrides from the environment. mdBook does not
/// need a book.toml; without one there must be chapters in `src`.
pub(crate) fn book_toml(files: &dyn Files, root: &Path, environment: &[(String, String)]) -> Result<Value, Error> {
    let path = root.join("book.toml");
    let mut config = match files.read(&path) {
        Ok(bytes) => parse(&path, &utf8(&path, bytes)?)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => Value::Object(Default::default()),
        Err(error) if files.is_folder(root) => return Err(Error::file(&path, unreadable(&error), BOOK)),
        Err(_) => return Err(Error::file(root, "it is not a folder", BOOK)),
    };
    if !files.is_folder(root) {
        return Err(Error::file(root, "the folder does not exist", BOOK));
    }
    override_with(&mut config, environment);
    Ok(config)
}

const BOOK: &str = "name the folder with book.toml";

fn parse(path: &Path, text: &str) -> Result<Value, Error> {
    let table = toml::from_str::<toml::Table>(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        Error::File {
            path: path.to_owned(),
            at: Some(line_column(text, at)),
            what: format!("it is not TOML: {}", error.message().replace('\n', ", ")),
            help: "correct it there; mdBook does not build the book either",
        }
    })?;
    serde_json::to_value(table).map_err(|error| Error::file(path, error.to_string(), "use other values"))
}

/// Applies `MDBOOK_…` variables as mdBook does.
fn override_with(config: &mut Value, environment: &[(String, String)]) {
    for (name, value) in environment {
        let Some(key) = name.strip_prefix("MDBOOK_") else {
            continue;
        };
        let key = key.to_lowercase().replace("__", ".").replace('_', "-");
        let value = serde_json::from_str(value).unwrap_or_else(|_| value.as_str().into());
        set(config, &key, value);
    }
}

fn set(config: &mut Value, key: &str, value: Value) {
    let mut at = config;
    for step in key.split('.') {
        if !at.is_object() {
            *at = Value::Object(serde_json::Map::new());
        }
        at = &mut at[step];
    }
    *at = value;
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_environment_stands_above_the_file() {
        let mut config = json!({"preprocessor": {"design-docs": {"due-soon-days": 7, "toc": true}}});
        let variables = [
            ("MDBOOK_PREPROCESSOR__DESIGN_DOCS__DUE_SOON_DAYS", "30"),
            ("MDBOOK_PREPROCESSOR__DESIGN_DOCS__TODAY", "2024-05-01"),
            ("MDBOOK_PREPROCESSOR__DESIGN_DOCS__TOC__DEPTH", "4"),
            ("MDBOOK_BOOK__SRC", "text"),
            ("HOME", "/"),
        ];
        let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
        override_with(&mut config, &variables);
        assert_eq!(
            config,
            json!({
                "book": {"src": "text"},
                "preprocessor": {"design-docs": {
                    "due-soon-days": 30, "today": "2024-05-01", "toc": {"depth": 4},
                }},
            })
        );
    }

    #[test]
    fn what_is_not_toml_has_a_place() {
        let error = parse(Path::new("book.toml"), "[book]\ntitle = \n").unwrap_err();
        let text = error.to_string();
        assert!(text.starts_with("book.toml:2:9: it is not TOML: "), "{text}");
    }

    #[test]
    fn dates_arrive_as_mdbook_sends_them() {
        let config = parse(Path::new("book.toml"), "today = 2024-05-01\n").unwrap();
        assert_eq!(config, json!({"today": {"$__toml_private_datetime": "2024-05-01"}}));
    }
}
