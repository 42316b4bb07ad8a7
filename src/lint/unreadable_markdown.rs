//! The lint `unreadable-markdown`.

use super::BookView;
use super::findings::{Findings, lint};
use crate::source::Span;

lint!("unreadable-markdown", unreadable_markdown, Page, Warn, Book);

fn check<'b>(book: &'b BookView<'b>, findings: &mut Findings<'_>) {
    for (source, chapter) in book.corpus.chapters.iter().enumerate() {
        if let Some(span) = chapter.observed.fails_at {
            findings
                .add(source, span, "mdBook's Markdown parser fails at this line")
                .label("what follows is not read, and mdBook itself ends here")
                .help("write the line or the one above it in another way");
        }
        if let Some(span) = chapter.observed.takes_long_at {
            findings
                .add(
                    source,
                    span,
                    "mdBook's Markdown parser would take very long from this line on",
                )
                .label("what follows is not read, and mdBook itself may take minutes")
                .help("close the title of its link, nest its lists less deep, or put a blank line after it");
        }
        if let Some(fault) = &chapter.observed.fault {
            findings
                .add(
                    source,
                    Span::default(),
                    format!("mdbook-design-docs itself fails on this chapter: {fault}"),
                )
                .label("the page keeps its text, and nothing of it is read")
                .help("please report this, with the text of the chapter if you may");
        }
    }
}
