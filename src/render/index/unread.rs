//! The sentence for an index without records.

use super::{Entry, IndexWriter};
use crate::render::words::fill;

/// The number of documents that are named.
const NAMED: usize = 5;

/// `none`, the sentence for a book without such records, rendered; but where documents have sections
/// and not one heading is understood, nobody knows, so it names these documents.
pub(super) fn sentence(none: &str, documents: &[Entry<'_>], at: &IndexWriter<'_>) -> String {
    let writer = at.writer;
    let unread = documents.iter().filter(|entry| entry.document.has_unread_sections);
    let unread: Vec<Entry<'_>> = unread.copied().collect();
    if unread.is_empty() {
        return writer.text(none);
    }
    let mut names: Vec<String> = unread.iter().take(NAMED).map(|entry| at.document(*entry)).collect();
    if unread.len() > NAMED {
        let more = fill(writer.words.and_n_more, &(unread.len() - NAMED).to_string());
        names.push(writer.text(&more));
    }
    writer.phrase(writer.words.unread_headings, &[&names.join(", ")])
}
