//! Writes the book: its own JSON, with the texts that changed and the chapters that are new.

use std::io::{self, BufWriter, Write};
use std::ops::Range;

use rayon::prelude::*;

use super::read::BookJson;
use super::string::{Places, encode};
use crate::render::NewChapter;
use crate::source::Edit;

/// Writes the book's JSON after `edits` to its chapters, with `chapters` at its end. Where
/// nothing changes, it is byte for byte what came in.
pub(super) fn write(
    book: &BookJson<'_>,
    edits: &[Vec<Edit>],
    chapters: &[NewChapter],
    output: impl Write,
) -> io::Result<()> {
    let changed = edits
        .par_iter()
        .zip(&book.contents)
        .map(|(edits, place)| changes(book.text, place, edits))
        .collect::<serde_json::Result<Vec<_>>>()?;
    let mut changes: Vec<_> = changed.into_iter().flatten().collect();
    if !chapters.is_empty() {
        changes.push(Change::at(book.items_end, appended(chapters, book.empty)));
    }
    if let Some(end) = book.marker_at {
        changes.push(Change::at(end, br#","__non_exhaustive":null"#.to_vec()));
    }
    // A chapter's text may stand before or after its sub-chapters.
    changes.sort_by_key(|change| change.place.start);
    put_together(book.text.as_bytes(), &changes, output)
}

/// A replacement of some of the book's JSON.
struct Change {
    place: Range<usize>,
    json: Vec<u8>,
}

impl Change {
    fn at(place: usize, json: Vec<u8>) -> Self {
        Self {
            place: place..place,
            json,
        }
    }
}

fn changes(book: &str, content: &Range<usize>, edits: &[Edit]) -> serde_json::Result<Vec<Change>> {
    let mut places = Places::new(&book[content.clone()]);
    edits
        .iter()
        .map(|edit| {
            let place = places.of(edit.span);
            Ok(Change {
                place: content.start + place.start..content.start + place.end,
                json: encode(&edit.text)?,
            })
        })
        .collect()
}

fn appended(chapters: &[NewChapter], first: bool) -> Vec<u8> {
    let items: Vec<_> = chapters.iter().map(|each| item(each).to_string()).collect();
    let comma = if first { "" } else { "," };
    format!("{comma}{}", items.join(",")).into_bytes()
}

fn item(chapter: &NewChapter) -> serde_json::Value {
    serde_json::json!({ "Chapter": {
        "name": chapter.name,
        "content": chapter.content,
        "number": null,
        "sub_items": [],
        "path": chapter.path,
        "source_path": null,
        "parent_names": [],
    }})
}

fn put_together(book: &[u8], changes: &[Change], output: impl Write) -> io::Result<()> {
    // As much as a pipe takes at once.
    let mut output = BufWriter::with_capacity(1 << 16, output);
    let mut done = 0;
    for Change { place, json } in changes {
        output.write_all(&book[done..place.start])?;
        output.write_all(json)?;
        done = place.end;
    }
    output.write_all(&book[done..])?;
    output.flush()
}
