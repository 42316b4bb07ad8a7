//! Writes the book: its own JSON, with the texts that changed and the chapters that are new.

use std::io::{self, BufWriter, Write};
use std::ops::Range;

use rayon::prelude::*;

use super::read::BookJson;
use super::string::{Places, encode};
use crate::render::NewChapter;
use crate::source::Edit;

/// How many chapters are made ready before they are written: enough for every core, and
/// little of the book in memory at once.
const AT_ONCE: usize = 256;

/// Writes the book's JSON after `edits` to its chapters, with `chapters` at its end. Where
/// nothing changes, it is byte for byte what came in.
pub(super) fn write(
    book: &BookJson<'_>,
    edits: &[Vec<Edit>],
    chapters: &[NewChapter],
    output: impl Write,
) -> io::Result<()> {
    let mut out = Splicer::new(book.text.as_bytes(), output);
    let mut changed: Vec<(&Range<usize>, &[Edit])> = book
        .contents
        .iter()
        .zip(edits)
        .filter(|(_, edits)| !edits.is_empty())
        .map(|(place, edits)| (place, edits.as_slice()))
        .collect();
    // A chapter's text may stand before or after its sub-chapters.
    changed.sort_by_key(|(place, _)| place.start);
    for some in changed.chunks(AT_ONCE) {
        let ready: Vec<_> = some
            .par_iter()
            .map(|(place, edits)| changes(book.text, place, edits))
            .collect();
        for Change { place, json } in ready.iter().flatten() {
            out.replace(place, json)?;
        }
    }
    if !chapters.is_empty() {
        out.replace(&(book.items_end..book.items_end), &appended(chapters, book.empty)?)?;
    }
    if let Some(end) = book.marker_at {
        out.replace(&(end..end), br#","__non_exhaustive":null"#)?;
    }
    out.finish()
}

/// A replacement of some of the book's JSON.
struct Change {
    place: Range<usize>,
    json: Vec<u8>,
}

fn changes(book: &str, content: &Range<usize>, edits: &[Edit]) -> Vec<Change> {
    let mut places = Places::new(&book[content.clone()]);
    edits
        .iter()
        .map(|edit| {
            let place = places.of(edit.span);
            let mut json = Vec::new();
            encode(&edit.text, &mut json);
            Change {
                place: content.start + place.start..content.start + place.end,
                json,
            }
        })
        .collect()
}

fn appended(chapters: &[NewChapter], first: bool) -> serde_json::Result<Vec<u8>> {
    let mut json = Vec::with_capacity(chapters.iter().map(|each| each.content.len() * 9 / 8 + 256).sum());
    for (index, chapter) in chapters.iter().enumerate() {
        if index > 0 || !first {
            json.push(b',');
        }
        serde_json::to_writer(&mut json, &Item::from(chapter))?;
    }
    Ok(json)
}

/// A chapter, as both versions want it.
#[derive(serde::Serialize)]
enum Item<'a> {
    Chapter {
        name: &'a str,
        content: &'a str,
        number: Option<()>,
        sub_items: [(); 0],
        path: &'a str,
        source_path: Option<()>,
        parent_names: [(); 0],
    },
}

impl<'a> From<&'a NewChapter> for Item<'a> {
    fn from(chapter: &'a NewChapter) -> Self {
        Self::Chapter {
            name: &chapter.name,
            content: &chapter.content,
            number: None,
            sub_items: [],
            path: &chapter.path,
            source_path: None,
            parent_names: [],
        }
    }
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
        self.output.write_all(new)?;
        self.done = place.end;
        Ok(())
    }

    fn finish(mut self) -> io::Result<()> {
        self.output.write_all(&self.text[self.done..])?;
        self.output.flush()
    }
}
