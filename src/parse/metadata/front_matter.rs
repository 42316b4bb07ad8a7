//! YAML front matter, also where it is not quite YAML.

mod extent;

use std::collections::HashMap;

use serde_json::Value as Yaml;

use crate::source::Span;
use extent::{Extent, extent, line_end};

/// The front matter of a chapter.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct FrontMatter {
    /// From the opening `---` up to the line after the closing one; empty where there is none.
    pub(crate) span: Span,
    /// Its facts, in the author's order.
    pub(crate) entries: Vec<Entry>,
    /// What its comments say, each with the key beside which it stands: a reader of the file sees
    /// them, and so does one of the page.
    pub(crate) comments: Vec<Entry>,
    /// The line that opens apparent front matter which no line closes.
    pub(crate) unclosed: Option<Span>,
}

/// One key with its values.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Entry {
    /// `creation-date`; `prd › status` below another key.
    pub(crate) key: String,
    /// One, or a list's.
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
    let lines = key_lines(text, body);
    // What YAML makes nothing of can still be read line by line: `- @ada`, `issue: #12`.
    let entries = match serde_saphyr::from_str::<Yaml>(body.of(text)) {
        Ok(Yaml::Object(map)) if !has_lost_values(&map, &lines, text) => {
            let mut entries = Vec::new();
            for (key, value) in &map {
                let line = lines.get(key.as_str()).copied().unwrap_or(body);
                let below = Span::new(line.start, body.end).of(text);
                flatten(key, &as_written(value, line.of(text)), (line, below), &mut entries);
            }
            // The map is sorted by key; the author's order is that of the lines.
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

/// The comment after `#`, outside of any value.
fn comments(text: &str, body: Span, entries: &[Entry]) -> Vec<Entry> {
    let mut out: Vec<Entry> = Vec::new();
    let mut key = String::new();
    let mut at = body.start;
    while at < body.end {
        let end = line_end(text, at);
        let line = text[at..end].trim_end();
        if let Some(entry) = entries.iter().find(|entry| entry.span.start == at) {
            key.clone_from(&entry.key);
        }
        let starts = line.match_indices('#').map(|(start, _)| start);
        let mut starts = starts.filter(|&start| start == 0 || line[..start].ends_with([' ', '\t']));
        let is_value = |comment: &str| {
            let mut values = entries.iter().flat_map(|entry| &entry.values);
            let words = comment.trim().trim_end_matches(['"', '\'']);
            values.any(|value| value.contains(words))
        };
        if let Some(start) = starts.find(|&start| !is_value(&line[start..])) {
            let words = line[start..].trim_start_matches('#').trim();
            out.push(Entry {
                // A comment on a line of its own belongs to the next key.
                key: if line[..start].trim().is_empty() {
                    String::new()
                } else {
                    key.clone()
                },
                values: some(words.to_owned()).into_iter().collect(),
                span: Span::new(at + start, at + line.len()),
            });
        }
        at = end;
    }
    out.retain(|comment| !comment.values.is_empty());
    out
}

/// Whether YAML dropped something that the author meant: `issue: #12` is a comment to it, and
/// `note: &co` a name for nothing.
fn has_lost_values(map: &serde_json::Map<String, Yaml>, lines: &HashMap<&str, Span>, text: &str) -> bool {
    map.iter().filter(|(_, value)| value.is_null()).any(|(key, _)| {
        let line = lines.get(key.as_str()).map_or("", |line| line.of(text));
        let value = line.strip_prefix(key.as_str()).map(str::trim_start);
        let value = value.and_then(|rest| rest.strip_prefix(':')).unwrap_or_default().trim();
        match value.strip_prefix('#') {
            Some(comment) => comment.starts_with(|ch: char| ch.is_ascii_digit()),
            None => !matches!(value.to_ascii_lowercase().as_str(), "" | "~" | "null"),
        }
    })
}

/// `0012` and `Yes` are a number and a truth to YAML; the author wrote a word.
fn as_written(value: &Yaml, line: &str) -> Yaml {
    let is_other = matches!(value, Yaml::Number(_) | Yaml::Bool(_));
    let word = line
        .split_once(':')
        .map(|(_, word)| unquote(word))
        .filter(|word| !word.is_empty());
    match word {
        Some(word) if is_other => Yaml::String(word),
        _ => value.clone(),
    }
}

/// Adds what `value` says of `key`, which stands at `span`; `text` begins there.
fn flatten(key: &str, value: &Yaml, (span, text): (Span, &str), out: &mut Vec<Entry>) {
    match value {
        Yaml::Object(map) if map.len() == 1 && map.values().all(Yaml::is_null) => {
            // `{proposed}`: braces that the author meant as decoration.
            let values = map.keys().cloned().collect();
            out.push(Entry {
                key: key.to_owned(),
                values,
                span,
            });
        }
        Yaml::Object(map) => {
            for (below, value) in map {
                let is_its = |line: &&str| {
                    line.trim_start()
                        .strip_prefix(below.as_str())
                        .is_some_and(|rest| rest.starts_with(':'))
                };
                let value = as_written(value, text.lines().find(is_its).unwrap_or_default());
                flatten(&format!("{key} › {below}"), &value, (span, text), out);
            }
        }
        Yaml::Array(list) => {
            let values = list.iter().map(scalar).filter(|value| !value.is_empty()).collect();
            out.push(Entry {
                key: key.to_owned(),
                values,
                span,
            });
        }
        _ => out.push(Entry {
            key: key.to_owned(),
            values: vec![scalar(value)],
            span,
        }),
    }
}

fn scalar(value: &Yaml) -> String {
    match value {
        Yaml::Null => String::new(),
        Yaml::String(text) => text.trim().to_owned(),
        Yaml::Array(list) => list.iter().map(scalar).collect::<Vec<_>>().join(", "),
        Yaml::Object(map) if map.get("name").is_some_and(Yaml::is_string) => person(map),
        Yaml::Object(map) => map
            .iter()
            .map(|(key, value)| format!("{key}: {}", scalar(value)))
            .collect::<Vec<_>>()
            .join(", "),
        other => other.to_string(),
    }
}

/// `name: Ada Obi` with an address or an account beside it, as people are written elsewhere.
fn person(map: &serde_json::Map<String, Yaml>) -> String {
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

/// The lines of the keys at the left edge of the front matter, the first of each.
fn key_lines(text: &str, body: Span) -> HashMap<&str, Span> {
    const QUOTES: [char; 2] = ['"', '\''];
    let mut out = HashMap::new();
    let mut at = body.start;
    while at < body.end {
        let end = line_end(text, at);
        let line = text[at..end].trim_end();
        let bare = line.trim_start_matches(QUOTES);
        // A key may have colons of its own, though not many.
        for (colon, _) in bare.match_indices(':').take(4) {
            let key = bare[..colon].trim_end().trim_end_matches(QUOTES);
            out.entry(key).or_insert(Span::new(at, at + line.len()));
        }
        at = end;
    }
    out
}

/// Reads `key: value` lines and `- item` lines below a key.
fn by_line(text: &str, body: Span) -> Vec<Entry> {
    let mut out: Vec<Entry> = Vec::new();
    let mut at = body.start;
    while at < body.end {
        let end = line_end(text, at);
        let line = text[at..end].trim_end();
        let span = Span::new(at, at + line.len());
        at = end;
        let bare = line.trim_start();
        if bare.is_empty() || bare.starts_with('#') {
            continue;
        }
        if let Some(item) = bare.strip_prefix("- ").or((bare == "-").then_some("")) {
            if let Some(entry) = out.last_mut() {
                entry.values.extend(some(unquote(item)));
            }
        } else if let Some((key, value)) = line.split_once(':').filter(|_| !line.starts_with(char::is_whitespace)) {
            let value = value.trim();
            let list = value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
            let values = match list {
                Some(list) => list.split(',').map(unquote).filter(|item| !item.is_empty()).collect(),
                None => some(unquote(value)).into_iter().collect(),
            };
            out.push(Entry {
                key: unquote(key),
                values,
                span,
            });
        } else if let Some(entry) = out.last_mut() {
            match entry.values.last_mut() {
                Some(value) => *value += &format!(" {}", unquote(bare)),
                None => entry.values.extend(some(unquote(bare))),
            }
        }
    }
    out
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// A scalar without its quotes, or without the comment after it.
fn unquote(text: &str) -> String {
    let text = text.trim();
    for quote in ['"', '\''] {
        if let Some(rest) = text.strip_prefix(quote)
            && let Some(end) = rest.find(quote)
        {
            return rest[..end].to_owned();
        }
    }
    let text = text.split(" #").next().unwrap_or(text).trim();
    text.to_owned()
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
