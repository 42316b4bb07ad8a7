//! Writes the book: its original JSON with changed texts and new chapters.

use std::io::{self, BufWriter, Write};
use std::iter;
use std::ops::Range;

use rayon::prelude::*;

use crate::render::{Appended, Part};
use crate::source::Edit;
use crate::wire::message::read::BookJson;
use crate::wire::message::string::{Offsets, encode};

/// The number of pieces that each core prepares while earlier ones are written, so that little of
/// the book is in memory at once.
const AT_ONCE: usize = 8;

/// Writes the book's JSON with the `edits` of each of its chapters and the chapters `more` at its
/// end; `more` is called once, while the first pages are rendered. Unchanged parts are byte for
/// byte as in the input.
pub(crate) fn write<'p>(
    book: &BookJson<'_>,
    edits: impl Fn(usize) -> Vec<Edit> + Sync,
    more: impl FnOnce() -> Vec<Appended<'p>> + Send,
    output: impl Write,
) -> io::Result<()> {
    let ready = |jobs: Vec<Job<'p>>| -> Vec<Change> {
        let changes = jobs.into_par_iter().map(|job| match job {
            Job::Page(at) => change(book.text, &book.contents[at], &edits(at)),
            Job::New(part) => Change::added(book.items_end, part),
        });
        changes.collect()
    };
    let at_once = AT_ONCE * rayon::current_num_threads();
    let mut chapters = in_order(book);
    let first = chapters.by_ref().take(at_once).collect();
    let (first, more) = rayon::join(|| ready(first), || new_items(more(), book.empty));
    let mut jobs = chapters.chain(more);
    let mut out = Splicer::new(book.text, output);
    let mut changes = first;
    loop {
        let group: Vec<Job<'p>> = jobs.by_ref().take(at_once).collect();
        if changes.is_empty() && group.is_empty() {
            break;
        }
        let mut next = Vec::new();
        rayon::in_place_scope(|scope| {
            scope.spawn(|_| next = ready(group));
            changes.iter().try_for_each(|change| change.write(&mut out))
        })?;
        changes = next;
    }
    if let Some(end) = book.marker_at {
        out.replace(&(end..end), br#","__non_exhaustive":null"#)?;
    }
    out.finish()
}

/// A piece of the book to prepare.
enum Job<'p> {
    /// The changes to a chapter.
    Page(usize),
    /// An addition after the book's items.
    New(Piece<'p>),
}

/// A piece of a new chapter's JSON.
enum Piece<'p> {
    Json(Vec<u8>),
    /// A part that is yet to be written and encoded.
    Part(Part<'p>),
}

/// The chapters in the order of their texts: a chapter's text may come before or after its
/// sub-chapters.
fn in_order<'p>(book: &BookJson<'_>) -> impl Iterator<Item = Job<'p>> {
    let mut order: Vec<usize> = (0..book.contents.len()).collect();
    order.sort_by_key(|&at| book.contents[at].start);
    order.into_iter().map(Job::Page)
}

/// The pieces of new chapters as items of the book, in the form that both versions accept, after
/// the existing items if it is not `empty`.
fn new_items(chapters: Vec<Appended<'_>>, empty: bool) -> impl Iterator<Item = Job<'_>> {
    let items = chapters.into_iter().enumerate().flat_map(move |(index, chapter)| {
        let comma = if index == 0 && empty { "" } else { "," };
        let mut start = format!(r#"{comma}{{"Chapter":{{"name":""#).into_bytes();
        encode(&chapter.name, &mut start);
        start.extend_from_slice(br#"","content":""#);
        let mut end = br#"","number":null,"sub_items":[],"path":""#.to_vec();
        encode(&chapter.path, &mut end);
        end.extend_from_slice(br#"","source_path":null,"parent_names":[]}}"#);
        let parts = chapter.content.into_iter().map(Piece::Part);
        iter::once(Piece::Json(start))
            .chain(parts)
            .chain(iter::once(Piece::Json(end)))
    });
    items.map(Job::New)
}

/// The changes to a chapter: replacements in the book's JSON.
struct Change {
    /// Each place with the end of its replacement in `json`.
    places: Vec<(Range<usize>, usize)>,
    /// The replacements, one after the other.
    json: Vec<u8>,
}

impl Change {
    /// An insertion at `at`, after earlier insertions there.
    fn added(at: usize, piece: Piece<'_>) -> Self {
        let json = match piece {
            Piece::Json(json) => json,
            Piece::Part(part) => {
                let text = part.write();
                let mut json = Vec::with_capacity(text.len() * 9 / 8 + 256);
                encode(&text, &mut json);
                json
            }
        };
        Self {
            places: vec![(at..at, json.len())],
            json,
        }
    }

    fn write<W: Write>(&self, out: &mut Splicer<'_, W>) -> io::Result<()> {
        let mut start = 0;
        for (place, end) in &self.places {
            out.replace(place, &self.json[start..*end])?;
            start = *end;
        }
        Ok(())
    }
}

fn change(book: &[u8], content: &Range<usize>, edits: &[Edit]) -> Change {
    let mut follow = Offsets::new(&book[content.clone()]);
    let size: usize = edits.iter().map(|edit| edit.text.len()).sum();
    let mut json = Vec::with_capacity(size + size / 8);
    let mut places = Vec::with_capacity(edits.len());
    for edit in edits {
        let place = follow.of(edit.span);
        encode(&edit.text, &mut json);
        places.push((content.start + place.start..content.start + place.end, json.len()));
    }
    Change { places, json }
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
            // The capacity of a pipe.
            output: BufWriter::with_capacity(1 << 16, output),
        }
    }

    /// Replaces `place`, which must come after all earlier ones.
    fn replace(&mut self, place: &Range<usize>, new: &[u8]) -> io::Result<()> {
        self.output.write_all(&self.text[self.done..place.start])?;
        self.done = place.end;
        self.output.write_all(new)
    }

    fn finish(mut self) -> io::Result<()> {
        self.output.write_all(&self.text[self.done..])?;
        self.output.flush()
    }
}
