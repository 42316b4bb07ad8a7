//! The lint `unclosed-front-matter`.

use super::BookView;
use super::findings::{Findings, lint};

lint!("unclosed-front-matter", unclosed_front_matter, Page, Warn, Book);

fn check<'b>(book: &'b BookView<'b>, findings: &mut Findings<'_>) {
    for (source, chapter) in book.corpus.chapters.iter().enumerate() {
        if let Some(span) = chapter.observed.unclosed {
            findings
                .add(source, span, "the front matter that begins here is not closed")
                .label("it is read as Markdown")
                .help("put a line `---` below its last key");
        }
    }
}
