//! The comments at which an author wants an index: `<!-- open-questions -->`, and
//! `<!-- open-questions owner="Ada Obi" due="overdue" -->` for some of its rows.

use globset::GlobBuilder;

use super::comment;
use crate::config::Config;
use crate::model::{Due, Filter, FilterFault, FilterKey, FilterProblem, IndexKind, Marker};
use crate::source::{Span, Spanned};

/// The marker, or what is wrong in its filters; None if `html`, which begins at `at`, is none.
pub(crate) fn read(html: &str, at: usize, config: &Config) -> Option<Result<Marker, Vec<Spanned<FilterProblem>>>> {
    let html = html.trim_end();
    let text = comment(html)?;
    let (kind, rest) = split(text, config)?;
    // `comment` only cuts `html`, so its text begins where the first word is.
    let rest_at = at + html.find(text)? + (text.len() - rest.len());
    let mut reader = Reader {
        kind,
        rest,
        at: rest_at,
        filter: Filter::default(),
        seen: Vec::new(),
        problems: Vec::new(),
    };
    while reader.next() {}
    if !reader.problems.is_empty() {
        return Some(Err(reader.problems));
    }
    Some(Ok(Marker {
        kind,
        filter: reader.filter,
        span: Span::new(at, at + html.len()),
        is_surplus: false,
    }))
}

/// The index for which a comment with `text` is a marker.
pub(crate) fn kind(text: &str, config: &Config) -> Option<IndexKind> {
    split(text, config).map(|(kind, _)| kind)
}

/// The index and its filters. `<!-- people to ask: … -->` is a comment like any other, so the first
/// word after the index must be followed by `=`.
fn split<'t>(text: &'t str, config: &Config) -> Option<(IndexKind, &'t str)> {
    if let Some(kind) = IndexKind::named(text, config) {
        return Some((kind, ""));
    }
    let (word, rest) = text.split_once(char::is_whitespace)?;
    let (name, value) = rest.split_once('=')?;
    let is_name = !name.trim().is_empty() && name.trim().chars().all(is_of_name) && !value.starts_with('=');
    Some((IndexKind::named(word, config).filter(|_| is_name)?, rest))
}

fn is_of_name(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '-' | '_')
}

/// Reads filters one after another.
struct Reader<'t> {
    kind: IndexKind,
    rest: &'t str,
    /// The place of `rest`.
    at: usize,
    filter: Filter,
    seen: Vec<FilterKey>,
    problems: Vec<Spanned<FilterProblem>>,
}

impl<'t> Reader<'t> {
    /// Whether there was another filter.
    fn next(&mut self) -> bool {
        self.skip(self.rest.len() - self.rest.trim_start().len());
        if self.rest.is_empty() {
            return false;
        }
        let (text, at) = (self.rest, self.at);
        let name = &text[..text.find(|letter| !is_of_name(letter)).unwrap_or(text.len())];
        let behind = text[name.len()..].trim_start();
        let Some(value) = behind.strip_prefix('=').filter(|_| !name.is_empty()) else {
            let end = text.find(char::is_whitespace).unwrap_or(text.len());
            self.wrong(&text[..end], at, FilterFault::Form);
            self.skip(end);
            return true;
        };
        let value = value.trim_start();
        let value_at = text.len() - value.len();
        let (value, quotes, length) = match quoted(value) {
            Some(inner) => (inner, 1, inner.len() + 2),
            None if value.starts_with(['"', '\'']) => {
                self.wrong(value, at + value_at, FilterFault::Form);
                self.skip(text.len());
                return true;
            }
            None => {
                let end = value.find(char::is_whitespace).unwrap_or(value.len());
                (&value[..end], 0, end)
            }
        };
        self.filter(name, at, value, at + value_at + quotes);
        self.skip(value_at + length);
        true
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = &self.rest[bytes..];
        self.at += bytes;
    }

    fn filter(&mut self, name: &str, name_at: usize, value: &str, value_at: usize) {
        let key = self.kind.filters().iter().copied().find(|key| key.word() == name);
        let Some(key) = key else {
            self.wrong(name, name_at, FilterFault::Unknown);
            return;
        };
        if self.seen.contains(&key) {
            self.wrong(name, name_at, FilterFault::Repeated(key));
        } else if set(&mut self.filter, key, value.trim()).is_none() {
            self.wrong(value, value_at, FilterFault::Value(key));
        }
        self.seen.push(key);
    }

    fn wrong(&mut self, text: &str, at: usize, fault: FilterFault) {
        self.problems.push(Spanned {
            value: FilterProblem {
                kind: self.kind,
                text: text.to_owned(),
                fault,
            },
            span: Span::new(at, at + text.len()),
        });
    }
}

/// The text in quotes at the beginning of `value`.
fn quoted(value: &str) -> Option<&str> {
    let quote = value.chars().next().filter(|first| matches!(first, '"' | '\''))?;
    let inner = &value[1..];
    Some(&inner[..inner.find(quote)?])
}

/// Sets a filter; None if it cannot have this value.
fn set(filter: &mut Filter, key: FilterKey, value: &str) -> Option<()> {
    if value.is_empty() {
        return None;
    }
    match key {
        FilterKey::Owner => filter.owner = Some(value.to_owned()),
        FilterKey::Tag => filter.tag = Some(value.to_owned()),
        FilterKey::Status => filter.status = Some(value.to_owned()),
        FilterKey::Folder => {
            GlobBuilder::new(value).literal_separator(true).build().ok()?;
            filter.folder = Some(value.trim_start_matches("./").to_owned());
        }
        FilterKey::Due => {
            filter.due = Some(match value {
                "overdue" => Due::Overdue,
                "none" => Due::Undated,
                number => Due::Within(days(number, 0)?),
            });
        }
        FilterKey::Days => filter.days = Some(days(value, 1)?),
    }
    Some(())
}

fn days(number: &str, least: u16) -> Option<u16> {
    let number = number.parse().ok()?;
    (least..=Filter::MOST_DAYS).contains(&number).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marker(html: &str) -> Option<Result<Marker, Vec<Spanned<FilterProblem>>>> {
        read(html, 0, &Config::default())
    }

    #[test]
    fn a_marker_may_have_filters_in_any_order_and_quotes() {
        let found = marker("<!-- open-questions due = 7 owner='Ada Obi'\n folder=\"payments/**\" -->\n").unwrap();
        let found = found.unwrap();
        assert_eq!(found.kind, IndexKind::Questions);
        assert_eq!(
            found.filter,
            Filter {
                owner: Some("Ada Obi".into()),
                folder: Some("payments/**".into()),
                due: Some(Due::Within(7)),
                ..Filter::default()
            }
        );
        assert!(marker("<!--decision-log-->").unwrap().unwrap().filter.is_empty());
    }

    #[test]
    fn other_comments_are_none() {
        for comment in [
            "<!-- people to ask: x=y -->", "<!-- open-questions of Ada -->", "<!-- open-questions == x -->",
            "<!-- questions owner=\"Ada\" -->", "<!-- open-questions --> x",
        ] {
            assert_eq!(marker(comment), None, "{comment}");
        }
    }

    #[test]
    fn what_is_wrong_has_its_place() {
        use FilterFault::*;
        for (html, text, fault) in [
            ("<!-- open-questions ownr=\"Ada\" -->", "ownr", Unknown),
            ("<!-- people owner=\"Ada\" -->", "owner", Unknown),
            ("<!-- open-questions days=\"3\" -->", "days", Unknown),
            ("<!-- open-questions due=\"soon\" -->", "soon", Value(FilterKey::Due)),
            ("<!-- open-questions due=\"-1\" -->", "-1", Value(FilterKey::Due)),
            ("<!-- decision-log days=\"0\" -->", "0", Value(FilterKey::Days)),
            ("<!-- decision-log folder=\"a/[\" -->", "a/[", Value(FilterKey::Folder)),
            ("<!-- decision-log tag=a tag=b -->", "tag", Repeated(FilterKey::Tag)),
            ("<!-- decision-log tag=a and more -->", "and", Form),
            ("<!-- decision-log tag=\"a -->", "\"a", Form),
        ] {
            let problems = marker(html).unwrap().unwrap_err();
            let first = &problems[0];
            assert_eq!((first.value.text.as_str(), first.value.fault), (text, fault), "{html}");
            assert_eq!(&html[first.span.start..first.span.end], text, "{html}");
        }
        let empty = marker("<!-- decision-log tag=\"\" -->").unwrap().unwrap_err();
        assert_eq!(empty[0].value.fault, Value(FilterKey::Tag));
    }
}
