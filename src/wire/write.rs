//! Writes the book: its own JSON, with the texts that changed and the chapters that are new.

use std::io::{self, BufWriter, Write};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use super::read::BookJson;
use super::string::{Places, encode};
use crate::render::{NewChapter, Page};

/// How many chapters are made ready while those before them are written: enough for every
/// core, and little of the book in memory at once.
const AT_ONCE: usize = 64;

/// Writes the book's JSON with what changes on each `page` of its chapters and with the items
/// `more` at its end; both are asked for while the beginning of the book is being written. Where nothing changes,
/// it is byte for byte what came in.
pub(super) fn write<'p>(
    book: &BookJson<'_>,
    page: impl Fn(usize) -> Page<'p> + Sync,
    more: impl FnOnce() -> Vec<Vec<u8>> + Send,
    output: impl Write,
) -> io::Result<()> {
    let mut out = Splicer::new(book.text.as_bytes(), output);
    let mut last = Vec::new();
    rayon::in_place_scope(|scope| {
        scope.spawn(|_| last = more());
        write_pages(book, page, &mut out)
    })?;
    let end = book.items_end..book.items_end;
    for (index, item) in last.iter().enumerate() {
        if index > 0 || !book.empty {
            out.replace(&end, b",")?;
        }
        out.replace(&end, item)?;
    }
    if let Some(end) = book.marker_at {
        out.replace(&(end..end), br#","__non_exhaustive":null"#)?;
    }
    out.finish()
}

fn write_pages<'p, W: Write>(
    book: &BookJson<'_>,
    page: impl Fn(usize) -> Page<'p> + Sync,
    out: &mut Splicer<'_, W>,
) -> io::Result<()> {
    let mut order: Vec<usize> = (0..book.contents.len()).collect();
    // A chapter's text may stand before or after its sub-chapters.
    order.sort_by_key(|&at| book.contents[at].start);
    let encoded = Encoded::default();
    let ready = |some: &[usize]| -> Vec<Change> {
        let pages = some.par_iter();
        pages
            .map(|&at| change(book.text, &book.contents[at], &page(at), &encoded))
            .collect()
    };
    let mut groups = order.chunks(AT_ONCE);
    let mut next = groups.next().map(ready);
    while let Some(changes) = next.take() {
        rayon::in_place_scope(|scope| {
            if let Some(group) = groups.next() {
                scope.spawn(|_| next = Some(ready(group)));
            }
            changes.iter().try_for_each(|change| change.write(out))
        })?;
    }
    Ok(())
}

/// What changes in a chapter: replacements of some of the book's JSON.
struct Change {
    /// Each place with where its replacement ends in `json`.
    places: Vec<(Range<usize>, usize)>,
    /// The replacements, one after the other.
    json: Vec<u8>,
    /// What belongs into a replacement: its index, the byte of `json` and what it is.
    shared: Option<(usize, usize, Arc<[u8]>)>,
}

impl Change {
    fn write<W: Write>(&self, out: &mut Splicer<'_, W>) -> io::Result<()> {
        let mut start = 0;
        for (index, (place, end)) in self.places.iter().enumerate() {
            match &self.shared {
                Some((into, at, shared)) if *into == index => {
                    out.replace(place, &self.json[start..*at])?;
                    out.add(shared)?;
                    out.add(&self.json[*at..*end])?;
                }
                _ => out.replace(place, &self.json[start..*end])?,
            }
            start = *end;
        }
        Ok(())
    }
}

fn change<'p>(book: &str, content: &Range<usize>, page: &Page<'p>, encoded: &Encoded<'p>) -> Change {
    let mut follow = Places::new(&book[content.clone()]);
    let size: usize = page.edits.iter().map(|edit| edit.text.len()).sum();
    let mut json = Vec::with_capacity(size + size / 8);
    let mut shared = None;
    let mut places = Vec::with_capacity(page.edits.len());
    for (index, edit) in page.edits.iter().enumerate() {
        let place = follow.of(edit.span);
        let mut text = edit.text.as_str();
        if let Some(part) = page.shared.filter(|part| part.edit == index) {
            let (before, after) = text.split_at(part.at);
            encode(before, &mut json);
            shared = Some((index, json.len(), encoded.of(part.text)));
            text = after;
        }
        encode(text, &mut json);
        places.push((content.start + place.start..content.start + place.end, json.len()));
    }
    Change { places, json, shared }
}

/// Texts that pages share, encoded once.
#[derive(Default)]
struct Encoded<'p>(Mutex<Vec<Pair<'p>>>);

/// A text and its JSON.
type Pair<'p> = (&'p str, Arc<[u8]>);

impl<'p> Encoded<'p> {
    fn of(&self, text: &'p str) -> Arc<[u8]> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // The very text, not one that is like it: there are few, and each page asks.
        if let Some((_, json)) = known.iter().find(|(other, _)| std::ptr::eq(*other, text)) {
            return Arc::clone(json);
        }
        let mut json = Vec::new();
        encode(text, &mut json);
        let json: Arc<[u8]> = json.into();
        known.push((text, Arc::clone(&json)));
        json
    }
}

/// A new chapter as an item of the book, as both versions want it.
pub(super) fn item(chapter: NewChapter) -> Vec<u8> {
    let NewChapter { name, path, content } = chapter;
    let mut json = Vec::with_capacity(content.len() * 9 / 8 + 256);
    let strings = [(r#"{"Chapter":{"name":""#, &name), (r#"","content":""#, &content)];
    for (before, text) in strings {
        json.extend_from_slice(before.as_bytes());
        encode(text, &mut json);
    }
    json.extend_from_slice(br#"","number":null,"sub_items":[],"path":""#);
    encode(&path, &mut json);
    json.extend_from_slice(br#"","source_path":null,"parent_names":[]}}"#);
    json
}

/// Writes a text with some of its pieces replaced.
struct Splicer<'a, W: Write> {
    text: &'a [u8],
    done: usize,
    output: BufWriter<W>,
}

impl<'a, W: Write> Splicer<'a, W> {
    fn new(text: &'a [u8], output: W) -> Self {
        Self {
            text,
            done: 0,
            // As much as a pipe takes at once.
            output: BufWriter::with_capacity(1 << 16, output),
        }
    }

    /// Replaces `place`, which lies behind all that were replaced before it.
    fn replace(&mut self, place: &Range<usize>, new: &[u8]) -> io::Result<()> {
        self.output.write_all(&self.text[self.done..place.start])?;
        self.done = place.end;
        self.add(new)
    }

    /// Adds to the replacement.
    fn add(&mut self, more: &[u8]) -> io::Result<()> {
        self.output.write_all(more)
    }

    fn finish(mut self) -> io::Result<()> {
        self.output.write_all(&self.text[self.done..])?;
        self.output.flush()
    }
}
