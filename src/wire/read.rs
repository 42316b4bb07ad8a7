//! Reads `[context, book]`, as mdBook 0.4 and 0.5 send it.
//!
//! The book is not taken apart: only the places are kept of its chapters' texts, which are made
//! when they are asked for, and those at which `write` will splice. So what we do not know
//! survives, whatever it is, and a book of 20 MB is gone through once.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::Error;
use super::context::Context;
use super::shape::{Book, Message, Text};
use super::string::decode;
use crate::source::{Chapters, Origin, Source};

/// What came in, and where to splice.
#[derive(Debug)]
pub(super) struct Incoming<'a> {
    pub(super) context: Context,
    pub(super) book: BookJson<'a>,
}

/// The book's JSON, and the places in it that may change.
#[derive(Debug)]
pub(super) struct BookJson<'a> {
    pub(super) text: &'a str,
    /// The chapters that have a text, depth first, without it.
    pub(super) heads: Vec<Source>,
    /// The JSON string of each one's text.
    pub(super) contents: Vec<Range<usize>>,
    /// The `]` of the book's items.
    pub(super) items_end: usize,
    /// Whether there are no items.
    pub(super) empty: bool,
    /// The book's `}`, where mdBook 0.4 must find a `__non_exhaustive` that is not there.
    pub(super) marker_at: Option<usize>,
    /// The first chapter whose text turned out to be none.
    broken: AtomicUsize,
}

impl Chapters for BookJson<'_> {
    fn heads(&self) -> &[Source] {
        &self.heads
    }

    fn open(&self, index: usize) -> Cow<'_, Source> {
        let text = decode(&self.text[self.contents[index].clone()]).unwrap_or_else(|| {
            self.broken.fetch_min(index, Ordering::Relaxed);
            String::new()
        });
        Cow::Owned(Source {
            text,
            ..self.heads[index].clone()
        })
    }
}

impl BookJson<'_> {
    /// Whether all texts that have been asked for were texts.
    pub(super) fn checked(&self) -> Result<(), Error> {
        match self.heads.get(self.broken.load(Ordering::Relaxed)) {
            None => Ok(()),
            Some(Source { name, .. }) => {
                let what = format!("the text of its chapter `{name}` is not a string of Unicode");
                Err(Error::Input(what))
            }
        }
    }
}

/// Takes the whole of stdin apart.
pub(super) fn read(input: &[u8]) -> Result<Incoming<'_>, Error> {
    let input = std::str::from_utf8(input)
        .map_err(|error| Error::Input(format!("byte {} is not UTF-8", error.valid_up_to())))?;
    if input.trim_ascii().is_empty() {
        return Err(Error::Input("it is empty".to_owned()));
    }
    let message: Message<'_> = serde_json::from_str(input).map_err(|error| Error::json(&error))?;
    let context = message.context.get();
    let text = book_text(input, offset(input, context) + context.len());
    let context: Context = serde_json::from_str(context).map_err(|error| Error::json(&error))?;
    let book = book_json(text, &message.book, context.is_v04())?;
    Ok(Incoming { context, book })
}

/// On Windows, mdBook writes the paths of chapters with backslashes.
pub(super) fn slashes(path: &str) -> String {
    path.replace(std::path::MAIN_SEPARATOR, "/")
}

/// The book's own JSON: between the comma after the context and the last bracket.
fn book_text(input: &str, context_end: usize) -> &str {
    let text = input[context_end..].trim_ascii();
    let text = text.strip_prefix(',').unwrap_or(text);
    text.strip_suffix(']').unwrap_or(text).trim_ascii()
}

fn head(text: &Text<'_, '_>) -> Source {
    let Text { chapter, path, .. } = *text;
    Source {
        path: slashes(path),
        file: chapter.source_path.as_deref().map(slashes),
        name: chapter.name.clone(),
        text: String::new(),
        origin: Origin::Passed,
    }
}

fn book_json<'a>(text: &'a str, book: &Book<'_>, v04: bool) -> Result<BookJson<'a>, Error> {
    let end = text.len().saturating_sub(1);
    let after_items = book.key_after_items.map_or(end, |key| offset(text, key.get()));
    let items_end = text[..after_items]
        .rfind(']')
        .ok_or_else(|| Error::Input("the items of its book are not an array".to_owned()))?;
    let texts = book.items.texts();
    let content = |chapter: &Text<'_, '_>| {
        let content = chapter.content.get();
        let start = offset(text, content);
        start..start + content.len()
    };
    Ok(BookJson {
        text,
        heads: texts.iter().map(head).collect(),
        contents: texts.iter().map(content).collect(),
        items_end,
        empty: book.items.0.is_empty(),
        marker_at: (v04 && !book.marked).then_some(end),
        broken: AtomicUsize::new(usize::MAX),
    })
}

/// Where `part`, a piece of `whole`, begins.
fn offset(whole: &str, part: &str) -> usize {
    part.as_ptr().addr().saturating_sub(whole.as_ptr().addr())
}
