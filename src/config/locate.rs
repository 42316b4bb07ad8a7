//! Finds the place of a key in book.toml.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::source::Span;

/// Which half of `key = value`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The key.
    Key,
    /// The value.
    Value,
}

/// The place of the key or value at `path` in `toml`, even if the file has errors elsewhere; None
/// if it is missing, as for values from the environment. The elements of an array are named by
/// their index.
pub fn locate(toml: &str, path: &[&str], part: Part) -> Option<Span> {
    let (first, rest) = path.split_first()?;
    let (root, _) = DeTable::parse_recoverable(toml);
    let (mut key, mut value) = entry(root.get_ref(), first)?;
    for step in rest {
        (key, value) = match value.get_ref() {
            DeValue::Table(table) => entry(table, step)?,
            DeValue::Array(array) => {
                let element = array.get(step.parse::<usize>().ok()?)?;
                (element.span().into(), element)
            }
            _ => return None,
        };
    }
    Some(match part {
        Part::Key => key,
        Part::Value => value.span().into(),
    })
}

fn entry<'t, 'i>(table: &'t DeTable<'i>, name: &str) -> Option<(Span, &'t Spanned<DeValue<'i>>)> {
    let (key, value) = table.get_key_value(name)?;
    Some((key.span().into(), value))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOML: &str = "[preprocessor.design-docs]\nafter = [\"links\"]\ninclude = [\"a\", \"[\"]\ntoc.depth = 9\n\n[preprocessor.design-docs.lints]\nx = \"loud\"\n";

    fn at(path: &[&str], part: Part) -> Option<&'static str> {
        let path: Vec<_> = ["preprocessor", "design-docs"].iter().chain(path).copied().collect();
        locate(TOML, &path, part).map(|span| span.of(TOML))
    }

    #[test]
    fn keys_and_values_are_found_in_tables_arrays_and_dotted_keys() {
        assert_eq!(at(&["toc", "depth"], Part::Value), Some("9"));
        assert_eq!(at(&["toc", "depth"], Part::Key), Some("depth"));
        assert_eq!(at(&["include", "1"], Part::Value), Some("\"[\""));
        assert_eq!(at(&["lints", "x"], Part::Value), Some("\"loud\""));
        assert_eq!(at(&["lints", "y"], Part::Key), None);
    }
}
