//! Adds a chapter to SUMMARY.md as its author would: one line, at the right place, in the style of
//! the lines around it. Everything else stays byte for byte.

use std::collections::BTreeMap;

use mdbook_summary::parse_summary;
use percent_encoding::percent_decode_str;

use crate::model::Absent;
use crate::report::below;
use crate::source::{Span, folder, percent_encoded};
use crate::wire::book::load::locations;

/// `summary` with a line for the chapter in `file`, relative to `src`; unchanged if the chapter has
/// one.
///
/// # Errors
/// If mdBook would not read the result as the same book with one additional chapter.
pub fn with_chapter(summary: &str, file: &str, title: &str) -> Result<String, String> {
    let before = chapters(summary)?;
    if before.iter().any(|chapter| chapter == file) {
        return Ok(summary.to_owned());
    }
    let after = inserted(summary, file, title);
    let mut expected = before;
    expected.push(file.to_owned());
    expected.sort();
    let mut found = chapters(&after)?;
    found.sort();
    if found == expected {
        Ok(after)
    } else {
        Err("its form leaves no certain place for a new chapter; add the line by hand".to_owned())
    }
}

/// The chapters of `summary` whose files, relative to `src`, do not exist according to `is_there`.
/// `source` is the index of SUMMARY.md among the sources.
pub fn absent(summary: &str, src: &str, source: usize, is_there: impl Fn(&str) -> bool) -> Vec<Absent> {
    let named = chapters(summary).unwrap_or_default();
    let absent: Vec<_> = named.into_iter().filter(|file| !is_there(file)).collect();
    if absent.is_empty() {
        return Vec::new();
    }
    let links: BTreeMap<String, Span> = lines(summary)
        .filter_map(|(start, line)| {
            let target = target(line)?;
            Some((target.file, Span::new(start + target.open, start + target.close + 1)))
        })
        .collect();
    let absent = absent.into_iter().map(|file| Absent {
        source,
        // The path of a reference link is elsewhere; such a finding is about the file as a whole.
        span: links.get(file.trim_start_matches("./")).copied().unwrap_or_default(),
        file: below(src, &file),
    });
    absent.collect()
}

fn chapters(summary: &str) -> Result<Vec<String>, String> {
    let parsed = parse_summary(summary).map_err(|error| format!("mdBook cannot read it: {error:#}"))?;
    Ok(locations(parsed))
}

/// A line of the list.
#[derive(Debug)]
struct Item<'s> {
    /// Its end, including the line end.
    end: usize,
    indent: &'s str,
    /// `-`, or `1.`.
    marker: &'s str,
    title: &'s str,
    /// The span of the path; empty for a draft.
    path: Span,
    /// The path, decoded.
    file: String,
}

impl Item<'_> {
    fn folder(&self) -> &str {
        folder(&self.file)
    }

    /// Whether it is one of several designs, rather than their overview page or template.
    fn is_one_of_many(&self) -> bool {
        let name = self.file.rsplit('/').next().unwrap_or_default().to_lowercase();
        let stem = name.split('.').next().unwrap_or_default();
        !matches!(stem, "" | "readme" | "index") && !stem.contains("template")
    }

    fn is_page_of(&self, folder: &str) -> bool {
        let (at, name) = self.file.rsplit_once('/').unwrap_or(("", &self.file));
        at == folder && ["readme.md", "index.md"].contains(&name.to_lowercase().as_str())
    }
}

fn inserted(summary: &str, file: &str, title: &str) -> String {
    let items = items(summary);
    let title = escaped(title);
    if let Some(draft) = items.iter().find(|item| item.path.is_empty() && item.title == title) {
        let at = draft.path.start;
        return format!("{}{}{}", &summary[..at], encoded(file), &summary[at..]);
    }
    let newline = if summary.contains("\r\n") { "\r\n" } else { "\n" };
    let place = place(summary, &items, folder(file));
    let line = format!("{}{} [{title}]({}){newline}", place.indent, place.marker, encoded(file));
    let (head, tail) = summary.split_at(place.at);
    let gap = match (items.is_empty(), head.ends_with('\n') || head.is_empty()) {
        (false, true) => "",
        (false, false) | (true, true) => newline,
        (true, false) => &newline.repeat(2),
    };
    format!("{head}{gap}{line}{tail}")
}

struct Insertion {
    at: usize,
    indent: String,
    marker: String,
}

/// The place for a new line: after the last design of the same folder; else below the folder's
/// page; else after the last design of a parent folder; else at the end of the list.
fn place(summary: &str, items: &[Item<'_>], folder: &str) -> Insertion {
    let after = |index: usize| Insertion {
        at: subtree_end(items, index),
        indent: items[index].indent.to_owned(),
        marker: items[index].marker.to_owned(),
    };
    let last =
        |is_near: &dyn Fn(&Item<'_>) -> bool| items.iter().rposition(|item| item.is_one_of_many() && is_near(item));
    if let Some(sibling) = last(&|item| item.folder() == folder) {
        return after(sibling);
    }
    if !folder.is_empty()
        && let Some(page) = items.iter().position(|item| item.is_page_of(folder))
    {
        let child = items
            .get(page + 1)
            .filter(|next| next.indent.len() > items[page].indent.len());
        let indent = child.map_or_else(
            || format!("{}{}", items[page].indent, unit(items)),
            |child| child.indent.to_owned(),
        );
        return Insertion { indent, ..after(page) };
    }
    let mut around = folder;
    while let Some((parent, _)) = around.rsplit_once('/') {
        around = parent;
        let below = format!("{around}/");
        if let Some(near) = last(&|item| item.file.starts_with(&below)) {
            return after(near);
        }
    }
    match items.iter().rposition(|item| item.indent.is_empty()) {
        Some(top) => after(top),
        None => Insertion {
            at: summary.len(),
            indent: String::new(),
            marker: "-".to_owned(),
        },
    }
}

/// The position after the item and all items nested in it.
fn subtree_end(items: &[Item<'_>], index: usize) -> usize {
    let depth = items[index].indent.len();
    let nested = items[index + 1..].iter().take_while(|item| item.indent.len() > depth);
    nested.last().unwrap_or(&items[index]).end
}

/// The indentation of nested items in this file.
fn unit(items: &[Item<'_>]) -> String {
    let first = items.iter().map(|item| item.indent).find(|indent| !indent.is_empty());
    first.map_or_else(|| "  ".to_owned(), str::to_owned)
}

fn items(summary: &str) -> Vec<Item<'_>> {
    lines(summary).filter_map(|(start, line)| item(start, line)).collect()
}

/// Each line with its end, and where it starts.
fn lines(summary: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    summary.split_inclusive('\n').map(move |line| {
        start += line.len();
        (start - line.len(), line)
    })
}

/// The link of a line: the positions of its brackets and parentheses, and the file.
struct Target {
    open: usize,
    middle: usize,
    close: usize,
    file: String,
}

fn target(line: &str) -> Option<Target> {
    let open = line.find('[')?;
    let middle = line.rfind("](")?;
    let close = line.rfind(')')?;
    let inside = line.get(middle + 2..close)?;
    // A title may follow it.
    let file = match inside.strip_prefix('<') {
        Some(rest) => rest.split('>').next(),
        None => inside.split([' ', '\t']).next(),
    };
    let file = decoded(file.unwrap_or_default());
    Some(Target {
        open,
        middle,
        close,
        file: file.trim_start_matches("./").to_owned(),
    })
}

fn item(start: usize, line: &str) -> Option<Item<'_>> {
    let text = line.trim_start_matches([' ', '\t']);
    let indent = &line[..line.len() - text.len()];
    let marker = text.split([' ', '\t']).next()?;
    let is_ordered = marker
        .strip_suffix(['.', ')'])
        .is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()));
    if !(is_ordered || matches!(marker, "-" | "*" | "+")) {
        return None;
    }
    let Target {
        open,
        middle,
        close,
        file,
    } = target(line)?;
    Some(Item {
        end: start + line.len(),
        indent,
        marker,
        title: line.get(open + 1..middle)?,
        path: Span::new(start + middle + 2, start + close),
        file,
    })
}

/// A title as the text of a link.
fn escaped(title: &str) -> String {
    let mut out = String::with_capacity(title.len());
    for letter in title.chars() {
        if matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<') {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

/// A path as the target of a link.
fn encoded(file: &str) -> String {
    percent_encoded(file, |letter| !" ()%".contains(letter))
}

fn decoded(target: &str) -> String {
    percent_decode_str(target).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SUMMARY: &str = "# Summary\n\n[Introduction](intro.md)\n\n* [Designs](designs/README.md)\n    * [Refunds](designs/pay/refunds.md)\n        * [Notes](designs/pay/notes.md)\n    * [Search](designs/search.md)\n    * [Robots]()\n* [RFCs](rfcs/index.md)\n* [Template](rfcs/template.md)\n\n---\n\n[About](about.md)\n";

    #[track_caller]
    fn line(file: &str, after: &str, line: &str) {
        let title = "A [new] one";
        let expected = SUMMARY.replacen(after, &format!("{after}{line}\n"), 1);
        assert_eq!(with_chapter(SUMMARY, file, title).unwrap(), expected, "{file}");
    }

    #[test]
    fn a_chapter_goes_to_its_like() {
        let search = "    * [Search](designs/search.md)\n";
        line("designs/new.md", search, r"    * [A \[new\] one](designs/new.md)");
        let notes = "        * [Notes](designs/pay/notes.md)\n";
        line(
            "designs/pay/new.md",
            notes,
            r"        * [A \[new\] one](designs/pay/new.md)",
        );
        line("designs/x/new.md", search, r"    * [A \[new\] one](designs/x/new.md)");
        let rfcs = "* [RFCs](rfcs/index.md)\n";
        line("rfcs/1 a.md", rfcs, r"    * [A \[new\] one](rfcs/1%20a.md)");
        let last = "* [Template](rfcs/template.md)\n";
        line("else/new.md", last, r"* [A \[new\] one](else/new.md)");
    }

    #[test]
    fn a_draft_of_that_name_becomes_the_chapter() {
        let expected = SUMMARY.replace("[Robots]()", "[Robots](designs/robots.md)");
        assert_eq!(with_chapter(SUMMARY, "designs/robots.md", "Robots").unwrap(), expected);
    }

    #[test]
    fn a_chapter_without_a_file_has_its_place_whatever_form_its_link_has() {
        let text =
            "# Summary\r\n\r\n- [A](./a.md)\r\n* [B \\] x](<sub/b c.md> \"Words\")\r\n- [C][c]\r\n\r\n[c]: c.md\r\n";
        let found = absent(text, "src", 7, |file| file == "./none.md");
        let found: Vec<_> = found
            .iter()
            .map(|each| (each.source, &*each.file, each.span.of(text)))
            .collect();
        assert_eq!(
            found,
            [
                (7, "src/a.md", "[A](./a.md)"),
                (7, "src/sub/b c.md", "[B \\] x](<sub/b c.md> \"Words\")"),
                (7, "src/c.md", ""),
            ]
        );
        assert_eq!(absent(text, "src", 7, |_| true), []);
    }

    #[test]
    fn line_ends_and_missing_ones_are_kept() {
        let text = "- [A](a.md)\r\n- [B](b.md)";
        assert_eq!(
            with_chapter(text, "c.md", "C").unwrap(),
            "- [A](a.md)\r\n- [B](b.md)\r\n- [C](c.md)\r\n"
        );
        assert_eq!(with_chapter(text, "b.md", "B").unwrap(), text, "it is there");
        assert_eq!(
            with_chapter("# Summary\n", "c.md", "C").unwrap(),
            "# Summary\n\n- [C](c.md)\n"
        );
    }
}
