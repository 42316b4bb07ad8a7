//! The lint `unlisted-document`.

use super::findings::{Findings, lint};
use super::{BookView, DocumentView};
use crate::source::Span;

lint!("unlisted-document", unlisted_document, Setup, Warn, Book);

/// One finding for all files: a folder that a team keeps beside the book would otherwise cause
/// many.
fn check<'b>(book: &'b BookView<'b>, findings: &mut Findings<'_>) {
    let unlisted = &book.corpus.unlisted;
    let documents = unlisted.chapters.iter().filter_map(|chapter| {
        let document = chapter.document.as_ref()?;
        let source = unlisted.source;
        Some(DocumentView {
            book,
            source,
            chapter,
            document,
        })
    });
    let files: Vec<&str> = documents
        .filter(|page| !page.is_template())
        .map(|page| page.path())
        .collect();
    let src = match unlisted.folder.as_str() {
        "" | "." => "the book's folder",
        folder => folder,
    };
    let what = match files.len() {
        0 => return,
        1 => format!("1 file below {src} looks like a design document and is"),
        count => format!("{count} files below {src} look like design documents and are"),
    };
    let mut named = files.iter().take(MOST).copied().collect::<Vec<_>>().join(", ");
    if files.len() > MOST {
        named += &format!(" and {} more", files.len() - MOST);
    }
    let message = format!("{what} not in SUMMARY.md: {named}");
    findings
        .add(unlisted.source, Span::default(), message)
        .label("mdBook builds no page for a file that is not listed here")
        .help(
            "add them to SUMMARY.md or to `exclude`; \
             set `include` if they are not design documents",
        );
}

/// The maximum number of files to name: enough to show where they are.
const MOST: usize = 8;
