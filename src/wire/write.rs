//! Writes the book: its own JSON, with the texts that changed and the chapters that are new.

use std::ops::Range;

use rayon::prelude::*;

use super::Error;
use super::read::BookJson;
use crate::render::{Edit, NewChapter, splice};
use crate::source::Source;

/// The book's JSON after `edits` to its sources, with `chapters` at its end. Where nothing
/// changes, it is byte for byte what came in.
pub(super) fn write(
    book: &BookJson<'_>,
    sources: &[Source],
    edits: &[Vec<Edit>],
    chapters: &[NewChapter],
) -> Result<Vec<u8>, Error> {
    let mut changes = sources
        .par_iter()
        .zip(edits)
        .zip(&book.contents)
        .filter(|((_, edits), _)| !edits.is_empty())
        .map(|((source, edits), place)| {
            let json = serde_json::to_vec(&splice(&source.text, edits))?;
            Ok((place.clone(), json))
        })
        .collect::<serde_json::Result<Vec<_>>>()
        .map_err(|error| Error::Stdout(error.into()))?;
    if !chapters.is_empty() {
        changes.push((at(book.items_end), appended(chapters, book.empty)));
    }
    if let Some(end) = book.marker_at {
        changes.push((at(end), br#","__non_exhaustive":null"#.to_vec()));
    }
    // A chapter's text may stand before or after its sub-chapters.
    changes.sort_by_key(|(place, _)| place.start);
    Ok(put_together(book.text.as_bytes(), &changes))
}

fn at(place: usize) -> Range<usize> {
    place..place
}

fn appended(chapters: &[NewChapter], first: bool) -> Vec<u8> {
    let items: Vec<_> = chapters
        .iter()
        .map(|chapter| item(chapter).to_string())
        .collect();
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

fn put_together(book: &[u8], changes: &[(Range<usize>, Vec<u8>)]) -> Vec<u8> {
    let added: usize = changes.iter().map(|(_, json)| json.len()).sum();
    let mut out = Vec::with_capacity(book.len() + added);
    let mut done = 0;
    for (place, json) in changes {
        out.extend_from_slice(&book[done..place.start]);
        out.extend_from_slice(json);
        done = place.end;
    }
    out.extend_from_slice(&book[done..]);
    out
}
