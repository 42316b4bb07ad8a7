//! YAML front matter, including text that is not valid YAML.

mod extent;

use std::collections::HashMap;

use serde_json::{Map, Value as Yaml};

use crate::source::Span;
use extent::{Extent, extent, lines};

/// The front matter of a chapter.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct FrontMatter {
    /// From the opening `---` up to the closing `---` and its line end. Empty without front matter.
    pub(crate) span: Span,
    /// Its facts, in source order.
    pub(crate) entries: Vec<Entry>,
    /// Its comments, each with the key next to it. They are shown on the page, because readers of
    /// the file see them too.
    pub(crate) comments: Vec<Entry>,
    /// The opening line of front matter that is never closed.
    pub(crate) unclosed: Option<Span>,
}

/// One key with its values.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Entry {
    /// `creation-date`, or `prd › status` for a nested key.
    pub(crate) key: String,
    /// One value, or the values of a list.
    pub(crate) values: Vec<String>,
    /// The key's line.
    pub(crate) span: Span,
}

/// Reads the front matter at the start of `text`.
pub(crate) fn read(text: &str) -> FrontMatter {
    let (body, span) = match extent(text) {
        Extent::Block(body, span) => (body, span),
        Extent::Unclosed(opening) => {
            return FrontMatter {
                unclosed: Some(opening),
                ..FrontMatter::default()
            };
        }
        Extent::None => return FrontMatter::default(),
    };
    let key_lines = key_lines(text, body);
    // Text that YAML rejects can still be read line by line: `- @ada`, `issue: #12`.
    let entries = match serde_saphyr::from_str::<Yaml>(body.of(text)) {
        Ok(Yaml::Object(map)) if !has_lost_values(&map, &key_lines, text) => {
            let mut entries = Vec::new();
            for (key, value) in &map {
                let line = key_lines.get(key.as_str()).copied().unwrap_or(body);
                let below = Span::new(line.start, body.end).of(text);
                flatten(key, &as_written(value, line.of(text)), line, below, &mut entries);
            }
            // The map is sorted by key; sorting by line restores source order.
            entries.sort_by_key(|entry| entry.span);
            entries
        }
        _ => by_line(text, body),
    };
    FrontMatter {
        comments: comments(text, body, &entries),
        span,
        entries,
        unclosed: None,
    }
}

/// The comments after `#`, outside values.
fn comments(text: &str, body: Span, entries: &[Entry]) -> Vec<Entry> {
    let mut out: Vec<Entry> = Vec::new();
    let mut key = "";
    let is_value = |comment: &str| {
        let mut values = entries.iter().flat_map(|entry| &entry.values);
        let words = comment.trim_end_matches(['"', '\'']);
        values.any(|value| value.contains(words))
    };
    for span in lines(text, body) {
        let at = entries.partition_point(|entry| entry.span.start < span.start);
        if let Some(entry) = entries.get(at).filter(|entry| entry.span.start == span.start) {
            key = &entry.key;
        }
        let line = span.of(text);
        let starts = line.match_indices('#').map(|(start, _)| start);
        let mut starts = starts.filter(|&start| start == 0 || line[..start].ends_with([' ', '\t']));
        if let Some(start) = starts.find(|&start| !is_value(&line[start..])) {
            // A comment on a line of its own belongs to the next key.
            let is_alone = line[..start].trim().is_empty();
            out.push(Entry {
                key: if is_alone { "" } else { key }.to_owned(),
                values: some(line[start..].trim_start_matches('#').trim()),
                span: Span::new(span.start + start, span.end),
            });
        }
    }
    out.retain(|comment| !comment.values.is_empty());
    out
}

/// Whether YAML dropped text that the author meant: it reads `issue: #12` as a comment and
/// `note: &co` as an anchor.
fn has_lost_values(map: &Map<String, Yaml>, key_lines: &HashMap<&str, Span>, text: &str) -> bool {
    let mut empty = map.iter().filter(|(_, value)| value.is_null());
    empty.any(|(key, _)| {
        let line = key_lines.get(key.as_str()).map_or("", |line| line.of(text));
        let value = line.strip_prefix(key.as_str()).map(str::trim_start);
        let value = value.and_then(|rest| rest.strip_prefix(':')).unwrap_or_default().trim();
        match value.strip_prefix('#') {
            Some(comment) => comment.starts_with(|ch: char| ch.is_ascii_digit()),
            None => !matches!(value.to_ascii_lowercase().as_str(), "" | "~" | "null"),
        }
    })
}

/// The value as written: YAML reads `0012` and `Yes` as a number and a boolean, but the author
/// wrote a word.
fn as_written(value: &Yaml, line: &str) -> Yaml {
    let word = line.split_once(':').map(|(_, word)| unquote(word)).unwrap_or_default();
    match value {
        Yaml::Number(_) | Yaml::Bool(_) if !word.is_empty() => Yaml::String(word.to_owned()),
        _ => value.clone(),
    }
}

/// Adds the entries in `value` below `key`. `span` is the key's line, and `text` is the source from
/// there on.
fn flatten(key: &str, value: &Yaml, span: Span, text: &str, out: &mut Vec<Entry>) {
    let values = match value {
        // `{proposed}`: the author meant the braces as decoration.
        Yaml::Object(map) if map.len() == 1 && map.values().all(Yaml::is_null) => map.keys().cloned().collect(),
        Yaml::Object(map) => {
            for (below, value) in map {
                let is_its = |line: &&str| {
                    let rest = line.trim_start().strip_prefix(below.as_str());
                    rest.is_some_and(|rest| rest.starts_with(':'))
                };
                let value = as_written(value, text.lines().find(is_its).unwrap_or_default());
                flatten(&format!("{key} › {below}"), &value, span, text, out);
            }
            return;
        }
        Yaml::Array(list) => list.iter().map(scalar).filter(|value| !value.is_empty()).collect(),
        _ => vec![scalar(value)],
    };
    out.push(Entry {
        key: key.to_owned(),
        values,
        span,
    });
}

fn scalar(value: &Yaml) -> String {
    let joined = |parts: Vec<String>| parts.join(", ");
    match value {
        Yaml::Null => String::new(),
        Yaml::String(text) => text.trim().to_owned(),
        Yaml::Array(list) => joined(list.iter().map(scalar).collect()),
        Yaml::Object(map) if map.get("name").is_some_and(Yaml::is_string) => person(map),
        Yaml::Object(map) => joined(
            map.iter()
                .map(|(key, value)| format!("{key}: {}", scalar(value)))
                .collect(),
        ),
        other => other.to_string(),
    }
}

/// Formats `name: Ada Obi` with an address or an account like a person in Markdown.
fn person(map: &Map<String, Yaml>) -> String {
    let mut out = map.get("name").map(scalar).unwrap_or_default();
    for (key, value) in map.iter().filter(|(key, _)| *key != "name") {
        let text = scalar(value);
        match key.as_str() {
            "email" | "mail" => out += &format!(" <{text}>"),
            "github" | "handle" | "username" | "gitlab" => out += &format!(" (@{})", text.trim_start_matches('@')),
            _ if !text.is_empty() => out += &format!(" ({text})"),
            _ => {}
        }
    }
    out
}

/// The first line of each unindented key in the front matter.
fn key_lines(text: &str, body: Span) -> HashMap<&str, Span> {
    const QUOTES: [char; 2] = ['"', '\''];
    let mut out = HashMap::new();
    for line in lines(text, body) {
        let bare = line.of(text).trim_start_matches(QUOTES);
        // A key may contain colons, though not many.
        for (colon, _) in bare.match_indices(':').take(4) {
            let key = bare[..colon].trim_end().trim_end_matches(QUOTES);
            out.entry(key).or_insert(line);
        }
    }
    out
}

/// Reads `key: value` lines, and `- item` lines below a key.
fn by_line(text: &str, body: Span) -> Vec<Entry> {
    let mut out: Vec<Entry> = Vec::new();
    for span in lines(text, body) {
        let line = span.of(text);
        let bare = line.trim_start();
        if bare.is_empty() || bare.starts_with('#') {
            continue;
        }
        let item = bare.strip_prefix("- ").or((bare == "-").then_some(""));
        let is_key = item.is_none() && line.len() == bare.len();
        if let Some((key, value)) = line.split_once(':').filter(|_| is_key) {
            let value = value.trim();
            let list = value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
            out.push(Entry {
                key: unquote(key).to_owned(),
                values: match list {
                    Some(list) => list.split(',').flat_map(|item| some(unquote(item))).collect(),
                    None => some(unquote(value)),
                },
                span,
            });
        } else if let Some(entry) = out.last_mut() {
            match entry.values.last_mut().filter(|_| item.is_none()) {
                Some(value) => *value += &format!(" {}", unquote(bare)),
                None => entry.values.extend(some(unquote(item.unwrap_or(bare)))),
            }
        }
    }
    out
}

fn some(text: &str) -> Vec<String> {
    Some(text)
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
        .into_iter()
        .collect()
}

/// A scalar: if it is quoted, the text in the quotes; otherwise without a trailing comment.
fn unquote(text: &str) -> &str {
    let text = text.trim();
    let quoted = ['"', '\''].into_iter().find_map(|quote| {
        let (inner, _) = text.strip_prefix(quote)?.split_once(quote)?;
        Some(inner)
    });
    quoted.unwrap_or_else(|| text.split(" #").next().unwrap_or(text).trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &str) -> Vec<(String, Vec<String>)> {
        read(text)
            .entries
            .into_iter()
            .map(|entry| (entry.key, entry.values))
            .collect()
    }

    fn pair(key: &str, values: &[&str]) -> (String, Vec<String>) {
        (key.into(), values.iter().map(|value| (*value).into()).collect())
    }

    #[test]
    fn valid_yaml() {
        let text = "---\nauthors: [\"@ada\"] # who\ncreation-date: 2026-01-02\nstatus:\nprd:\n  status: Draft\n  done: yes\n---\n# T\n";
        assert_eq!(
            pairs(text),
            [
                pair("authors", &["@ada"]),
                pair("creation-date", &["2026-01-02"]),
                pair("status", &[""]),
                pair("prd › done", &["yes"]),
                pair("prd › status", &["Draft"]),
            ]
        );
        assert_eq!(read(text).span.of(text), &text[..text.len() - 4]);
    }

    #[test]
    fn not_quite_yaml() {
        assert_eq!(
            pairs("---\nauthors:\n  - @ada\n  - \"@tunde\"\nstatus: {proposed}\nissue: #12\n---\n"),
            [
                pair("authors", &["@ada", "@tunde"]),
                pair("status", &["{proposed}"]),
                pair("issue", &["#12"])
            ]
        );
        assert_eq!(pairs("---\nstatus: {proposed}\n---\n"), [pair("status", &["proposed"])]);
        assert_eq!(pairs("---\nteam: &co\n---\n"), [pair("team", &["&co"])]);
        assert_eq!(
            pairs("---\nauthor: Ada @ada\nissue id: #12\n---\n"),
            [pair("author", &["Ada @ada"]), pair("issue id", &["#12"])]
        );
    }

    #[test]
    fn comments_are_kept_with_their_keys_and_what_only_looks_like_one_is_a_value() {
        for more in ["issue: #12\n", "notes: |\n  # Steps\n"] {
            let keys = "# All optional.\nreviewers:\n  - ada # the network\ntitle: \"Slip #3 # 4\"\n";
            let read = read(&format!("---\n{keys}{more}---\n"));
            let comments = read.comments.into_iter().map(|entry| (entry.key, entry.values));
            let expected = [pair("", &["All optional."]), pair("reviewers", &["the network"])];
            assert_eq!(comments.collect::<Vec<_>>(), expected, "{more}");
        }
    }
}
