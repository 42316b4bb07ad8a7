//! Reads `[context, book]`, as mdBook 0.4 and 0.5 send it.
//!
//! The book is not taken apart: beside the texts of its chapters only the places are kept
//! at which `write` will splice. So what we do not know survives, whatever it is, and a book
//! of 20 MB is gone through once.

use std::ops::Range;

use rayon::prelude::*;

use super::Error;
use super::context::Context;
use super::shape::{Book, Message, Text};
use super::string::decode;
use crate::source::{Origin, Source};

/// What came in, and where to splice.
#[derive(Debug)]
pub(super) struct Incoming<'a> {
    pub(super) context: Context,
    /// The chapters that have a text, depth first.
    pub(super) sources: Vec<Source>,
    pub(super) book: BookJson<'a>,
}

/// The book's JSON, and the places in it that may change.
#[derive(Debug)]
pub(super) struct BookJson<'a> {
    pub(super) text: &'a str,
    /// For each source, the JSON string of its text.
    pub(super) contents: Vec<Range<usize>>,
    /// The `]` of the book's items.
    pub(super) items_end: usize,
    /// Whether there are no items.
    pub(super) empty: bool,
    /// The book's `}`, where mdBook 0.4 must find a `__non_exhaustive` that is not there.
    pub(super) marker_at: Option<usize>,
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
    let (sources, contents) = message
        .book
        .items
        .texts()
        .par_iter()
        .map(|chapter| source(chapter, text))
        .collect::<Result<Vec<_>, _>>()?
        .into_iter()
        .unzip();
    let book = BookJson {
        contents,
        ..places(text, &message.book, context.is_v04())?
    };
    Ok(Incoming { context, sources, book })
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

fn source(text: &Text<'_, '_>, book: &str) -> Result<(Source, Range<usize>), Error> {
    let Text { chapter, path, content } = *text;
    let markdown = decode(content.get()).ok_or_else(|| {
        let name = &chapter.name;
        Error::Input(format!("the text of its chapter `{name}` is not a string of Unicode"))
    })?;
    let source = Source {
        path: slashes(path),
        file: chapter.source_path.as_deref().map(slashes),
        name: chapter.name.clone(),
        text: markdown,
        origin: Origin::Passed,
    };
    let start = offset(book, content.get());
    Ok((source, start..start + content.get().len()))
}

fn places<'a>(text: &'a str, book: &Book<'_>, v04: bool) -> Result<BookJson<'a>, Error> {
    let end = text.len().saturating_sub(1);
    let after_items = book.key_after_items.map_or(end, |key| offset(text, key.get()));
    let items_end = text[..after_items]
        .rfind(']')
        .ok_or_else(|| Error::Input("the items of its book are not an array".to_owned()))?;
    Ok(BookJson {
        text,
        contents: Vec::new(),
        items_end,
        empty: book.items.0.is_empty(),
        marker_at: (v04 && !book.marked).then_some(end),
    })
}

/// Where `part`, a piece of `whole`, begins.
fn offset(whole: &str, part: &str) -> usize {
    part.as_ptr().addr().saturating_sub(whole.as_ptr().addr())
}
