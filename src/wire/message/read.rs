//! Reads `[context, book]`, as mdBook 0.4 and 0.5 send it.
//!
//! The book is not fully parsed: only the places of its chapters' texts and the places at which
//! `write` will splice are kept, so unknown data survives. The texts are decoded on demand, on
//! every core.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::source::{Chapters, Origin, Source};
use crate::wire::Error;
use crate::wire::context::Context;
use crate::wire::message::shape::{Message, Text};
use crate::wire::message::skeleton::Skeleton;
use crate::wire::message::string::decode;

/// The message, with the places to splice.
#[derive(Debug)]
pub(crate) struct Incoming<'a> {
    pub(crate) context: Context,
    pub(crate) book: BookJson<'a>,
}

/// The book's JSON, and the places in it that may change.
#[derive(Debug)]
pub(crate) struct BookJson<'a> {
    pub(crate) text: &'a [u8],
    /// The chapters that have a text, depth first, without the text itself.
    pub(crate) heads: Vec<Source>,
    /// The JSON string of each chapter's text.
    pub(crate) contents: Vec<Range<usize>>,
    /// The `]` of the book's items.
    pub(crate) items_end: usize,
    /// Whether there are no items.
    pub(crate) empty: bool,
    /// The book's `}`, before which the `__non_exhaustive` required by mdBook 0.4 must be added, if
    /// it is missing.
    pub(crate) marker_at: Option<usize>,
    /// The first chapter whose text is not a valid string.
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
    /// Checks every text, for a book that is otherwise not read.
    pub(crate) fn look(&self) {
        (0..self.contents.len())
            .into_par_iter()
            .for_each(|index| drop(self.open(index)));
    }

    /// Fails if a text that was decoded is not a valid string.
    pub(crate) fn checked(&self) -> Result<(), Error> {
        match self.heads.get(self.broken.load(Ordering::Relaxed)) {
            None => Ok(()),
            Some(Source { name, .. }) => {
                let what = format!("the text of its chapter `{name}` is not a string of Unicode");
                Err(Error::Input(what))
            }
        }
    }
}

/// Parses all of stdin.
pub(crate) fn read(input: &[u8]) -> Result<Incoming<'_>, Error> {
    if let Some(skeleton) = Skeleton::of(input)
        && let Ok(incoming) = read_by(&skeleton, input)
        && !has_broken_string(&skeleton, &incoming.book, input)
    {
        return Ok(incoming);
    }
    // Errors give a position in the input, so the complete input is parsed.
    let text = std::str::from_utf8(input)
        .map_err(|error| Error::Input(format!("byte {} is not UTF-8", error.valid_up_to())))?;
    if text.trim_ascii().is_empty() {
        return Err(Error::Input("it is empty".to_owned()));
    }
    read_by(&Skeleton::whole(text), input)
}

fn read_by<'a>(skeleton: &Skeleton<'_>, input: &'a [u8]) -> Result<Incoming<'a>, Error> {
    let message: Message<'_> = serde_json::from_str(&skeleton.json).map_err(|error| Error::json(&error))?;
    let context = message.context.get();
    let start = offset(&skeleton.json, context);
    // Take the context from the input, where none of its strings is left out.
    let context = &input[skeleton.in_input(start)..skeleton.in_input(start + context.len())];
    let context: Context = serde_json::from_slice(context).map_err(|error| Error::json(&error))?;
    let book = book_json(skeleton, &message, input, context.is_v04())?;
    Ok(Incoming { context, book })
}

/// Whether an invalid string was left out that is not a chapter's text; texts are checked when they
/// are decoded.
fn has_broken_string(skeleton: &Skeleton<'_>, book: &BookJson<'_>, input: &[u8]) -> bool {
    let start = offset_of(input, book.text);
    let mut texts: Vec<usize> = book.contents.iter().map(|content| start + content.start).collect();
    texts.sort_unstable();
    let is_text = |string: &&Range<usize>| texts.binary_search(&string.start).is_ok();
    let mut others = skeleton.left_out().filter(|string| !is_text(string));
    others.any(|string| decode(&input[string.clone()]).is_none())
}

/// On Windows, mdBook writes the paths of chapters with backslashes.
pub(crate) fn slashes(path: &str) -> String {
    path.replace(std::path::MAIN_SEPARATOR, "/")
}

/// The book's JSON: between the comma after the context and the last bracket.
fn book_text(json: &str, context_end: usize) -> &str {
    let text = json[context_end..].trim_ascii();
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

fn book_json<'a>(
    skeleton: &Skeleton<'_>,
    message: &Message<'_>,
    input: &'a [u8],
    v04: bool,
) -> Result<BookJson<'a>, Error> {
    let (json, book) = (&*skeleton.json, &message.book);
    let context = message.context.get();
    let text = book_text(json, offset(json, context) + context.len());
    let (start, end) = (offset(json, text), offset(json, text) + text.len());
    let in_input = |range: Range<usize>| skeleton.in_input(range.start)..skeleton.in_input(range.end);
    let whole = in_input(start..end);
    let in_book = |at: usize| skeleton.in_input(at) - whole.start;
    let last = end.saturating_sub(1);
    let after_items = book.key_after_items.map_or(last, |key| offset(json, key.get()));
    let items_end = json[start..after_items]
        .rfind(']')
        .ok_or_else(|| Error::Input("the items of its book are not an array".to_owned()))?;
    let texts = book.items.texts();
    let content = |chapter: &Text<'_, '_>| {
        let content = chapter.content.get();
        let at = offset(json, content);
        in_book(at)..in_book(at + content.len())
    };
    Ok(BookJson {
        text: &input[whole.clone()],
        heads: texts.iter().map(head).collect(),
        contents: texts.iter().map(content).collect(),
        items_end: in_book(start + items_end),
        empty: book.items.0.is_empty(),
        marker_at: (v04 && !book.marked).then_some(in_book(last)),
        broken: AtomicUsize::new(usize::MAX),
    })
}

/// The offset of `part`, a subslice of `whole`.
fn offset(whole: &str, part: &str) -> usize {
    offset_of(whole.as_bytes(), part.as_bytes())
}

fn offset_of(whole: &[u8], part: &[u8]) -> usize {
    part.as_ptr().addr().saturating_sub(whole.as_ptr().addr())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_book_without_its_texts_has_the_same_places() {
        let long = r#"long \"text\"\n\\ ü "#.repeat(20);
        let chapter = |path: &str, inner: &str| {
            format!(
                r#"{{"Chapter":{{"name":"{path}","content":"{long}","sub_items":[{inner}],"path":"{path}","x":{{"content":"{long}"}}}}}}"#
            )
        };
        let (one, two) = (chapter("b.md", ""), chapter("c.md", "\"Separator\""));
        let draft = r#"{"Chapter":{"name":"d","content":"","path":null}}"#;
        for items in [
            String::new(),
            one.clone(),
            format!("{one} , {draft},{two}"),
            chapter("a.md", &format!("{one},{two}")),
        ] {
            for book in [
                format!(r#"{{"items":[{items}]}}"#),
                format!(
                    r#"{{ "x" : ["{long}"], "sections" : [{items}] , "content" : "{long}", "__non_exhaustive":null }} "#
                ),
            ] {
                for version in ["0.4.52", "0.5.4"] {
                    let input =
                        format!(r#"[{{"mdbook_version":"{version}","config":{{"content":"{long}"}}}}, {book} ]"#);
                    let skeleton = Skeleton::of(input.as_bytes()).unwrap();
                    assert!(skeleton.json.len() < input.len());
                    let by = |skeleton: &Skeleton<'_>| format!("{:?}", read_by(skeleton, input.as_bytes()).unwrap());
                    assert_eq!(by(&skeleton), by(&Skeleton::whole(&input)));
                }
            }
        }
    }
}
