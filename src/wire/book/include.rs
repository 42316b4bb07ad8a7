//! Expands `{{#include}}` and similar directives as mdBook's `links` preprocessor does, and records
//! the origin of every line.

mod link;

use std::borrow::Cow;
use std::ops::RangeBounds;
use std::path::Path;

use crate::source::{LineMap, LineOrigin};
use crate::wire::book::load::NotIncluded;
use crate::wire::error::unreadable;
use crate::wire::files::file::Files;
use crate::wire::files::workspace::Workspace;
use crate::wire::message::read::slashes;
use link::{Lines, Link, LinkKind, next_link};

/// A chapter's text with its includes expanded, and the includes that failed.
#[derive(Debug, Default)]
pub(crate) struct Expanded {
    pub(crate) text: String,
    pub(crate) map: LineMap,
    /// The includes that failed; their directives are left as they are.
    pub(crate) missing: Vec<NotIncluded>,
}

/// The depth to which mdBook follows includes in included files.
const DEEPEST: usize = 10;

/// The most includes of a chapter that are followed. A file that includes itself twice is read a
/// thousand times, one that does so ten times ten billion times.
const MOST: usize = 100_000;

/// The text of a chapter after which no more is included.
const LONGEST: usize = 200_000_000;

/// The text of the chapter `file` (relative to `src`) with its includes expanded; None if it has
/// none.
pub(crate) fn expand(text: &str, file: &str, src: &Path) -> Option<Expanded> {
    expand_from(&Workspace::default(), text, file, src)
}

/// As [`expand`], but reads the included files from `files`.
pub(crate) fn expand_from(files: &dyn Files, text: &str, file: &str, src: &Path) -> Option<Expanded> {
    next_link(text, 0)?;
    let mut expander = Expander {
        files,
        src,
        out: Expanded::default(),
        line_open: false,
        followed: 0,
    };
    expander.out.map.files.push(file.to_owned());
    let own = (1..).map(|line| LineOrigin {
        file: 0,
        line,
        own_line: line,
    });
    let lines: Vec<_> = own.take(text.split('\n').count()).collect();
    let folder = src.join(file);
    let folder = folder.parent().unwrap_or(src);
    expander.replace(text, &lines, folder, 0);
    Some(expander.out)
}

struct Expander<'a> {
    files: &'a dyn Files,
    src: &'a Path,
    out: Expanded,
    /// Whether the last line of the output has begun.
    line_open: bool,
    /// The number of includes that were followed.
    followed: usize,
}

impl Expander<'_> {
    /// Appends `text`, whose lines come from `lines`, with its links replaced.
    fn replace(&mut self, text: &str, lines: &[LineOrigin], folder: &Path, depth: usize) {
        let mut done = 0;
        let mut line = 0;
        let mut search = 0;
        while let Some(link) = next_link(text, search) {
            search = link.span.end;
            let before = &text[done..link.span.start];
            self.push(before, &lines[line..]);
            line += newlines(before);
            done = link.span.start;
            if self.link(&link, lines[line], folder, depth) {
                line += newlines(&text[done..link.span.end]);
                done = link.span.end;
            }
        }
        self.push(&text[done..], &lines[line..]);
    }

    /// Appends the expansion of `link`; returns false if its directive must be kept.
    fn link(&mut self, link: &Link<'_>, at: LineOrigin, folder: &Path, depth: usize) -> bool {
        let path = match &link.kind {
            LinkKind::Title => return true,
            LinkKind::Escaped(text) => {
                self.push(text, &[at]);
                return true;
            }
            LinkKind::Include(path, _) | LinkKind::Rustdoc(path, _) | LinkKind::Playground(path, _) => path,
        };
        let target = folder.join(path);
        let content = match self.read(&target) {
            Ok(content) => content,
            Err(why) => {
                self.out.missing.push(NotIncluded {
                    by: self.out.map.files[at.file].clone(),
                    line: at.line,
                    file: self.name(&target),
                    why,
                });
                return false;
            }
        };
        if depth < DEEPEST {
            let file = self.file(&target);
            let (text, lines) = selected(&link.kind, &content);
            let origin = |line| LineOrigin {
                file,
                line,
                own_line: at.own_line,
            };
            let lines: Vec<_> = lines.into_iter().map(origin).collect();
            let folder = target.parent().unwrap_or(folder);
            self.replace(&text, &lines, folder, depth + 1);
        }
        true
    }

    fn read(&mut self, target: &Path) -> Result<String, String> {
        if self.followed == MOST || self.out.text.len() > LONGEST {
            return Err("the chapter includes too much; does a file include itself?".to_owned());
        }
        self.followed += 1;
        let bytes = self.files.read(target).map_err(|error| unreadable(&error))?;
        String::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())
    }

    fn push(&mut self, text: &str, lines: &[LineOrigin]) {
        for (number, part) in text.split_inclusive('\n').enumerate() {
            if !self.line_open {
                self.out.map.lines.extend(lines.get(number));
            }
            self.line_open = !part.ends_with('\n');
        }
        self.out.text.push_str(text);
    }

    fn file(&mut self, path: &Path) -> usize {
        let name = self.name(path);
        let files = &mut self.out.map.files;
        files.iter().position(|file| *file == name).unwrap_or_else(|| {
            files.push(name);
            files.len() - 1
        })
    }

    fn name(&self, path: &Path) -> String {
        let path = path.strip_prefix(self.src).unwrap_or(path);
        slashes(&path.to_string_lossy())
    }
}

fn newlines(text: &str) -> usize {
    text.bytes().filter(|&byte| byte == b'\n').count()
}

/// The text that `kind` selects from a file, and the numbers of its lines.
fn selected<'a>(kind: &LinkKind<'_>, content: &'a str) -> (Cow<'a, str>, Vec<usize>) {
    let mut lines: Vec<(usize, Cow<'a, str>)> = Vec::new();
    let numbered = content.lines().zip(1..);
    match kind {
        LinkKind::Include(_, Lines::Range(range)) => {
            let taken = numbered.filter(|(_, line)| range.contains(&(line - 1)));
            lines.extend(taken.map(|(text, line)| (line, text.into())));
        }
        LinkKind::Rustdoc(_, Lines::Range(range)) => {
            lines.extend(numbered.map(|(text, line)| match range.contains(&(line - 1)) {
                true => (line, text.into()),
                false => (line, format!("# {text}").into()),
            }));
        }
        LinkKind::Include(_, Lines::Anchor(name)) => anchored(numbered, name, false, &mut lines),
        LinkKind::Rustdoc(_, Lines::Anchor(name)) => anchored(numbered, name, true, &mut lines),
        LinkKind::Playground(_, properties) => {
            let rust = if properties.is_empty() { "rust" } else { "rust," };
            let fence = format!("```{rust}{}", properties.join(","));
            let end = content.strip_suffix('\n').unwrap_or(content);
            lines.push((1, fence.into()));
            lines.extend(end.split('\n').zip(1..).map(|(text, line)| (line, text.into())));
            let last = lines.len() - 1;
            lines.push((last, "```\n".into()));
        }
        LinkKind::Escaped(_) | LinkKind::Title => {}
    }
    let (numbers, texts): (Vec<_>, Vec<_>) = lines.into_iter().unzip();
    // Even an empty include needs an origin.
    let numbers = if numbers.is_empty() { vec![1] } else { numbers };
    (texts.join("\n").into(), numbers)
}

/// The lines between `ANCHOR: name` and `ANCHOR_END: name`, without lines that contain an anchor.
/// For rustdoc, the other lines are kept but hidden, and the anchor may open again.
fn anchored<'a>(
    numbered: impl Iterator<Item = (&'a str, usize)>,
    name: &str,
    rustdoc: bool,
    into: &mut Vec<(usize, Cow<'a, str>)>,
) {
    let mut within = false;
    for (text, line) in numbered {
        let start = anchor(text, "ANCHOR:");
        let end = anchor(text, "ANCHOR_END:");
        if within {
            match (start, end) {
                (_, Some(end)) if end == name && !rustdoc => return,
                (_, Some(end)) if end == name => within = false,
                (None, None) => into.push((line, text.into())),
                _ => {}
            }
        } else if let Some(start) = start {
            within = start == name;
        } else if rustdoc && end.is_none() {
            into.push((line, format!("# {text}").into()));
        }
    }
}

/// The name after the first `marker` in the line that is followed by one.
fn anchor<'a>(line: &'a str, marker: &str) -> Option<&'a str> {
    line.match_indices(marker).find_map(|(at, _)| {
        let rest = line[at + marker.len()..].trim_start();
        let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
        let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
        (end > 0).then(|| &rest[..end])
    })
}

#[cfg(test)]
mod tests;
