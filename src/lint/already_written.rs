//! The lint `already-written`.

use super::BookView;
use super::findings::{Findings, lint};

lint!("already-written", already_written, Setup, Warn, Book);

fn check<'b>(book: &'b BookView<'b>, findings: &mut Findings<'_>) {
    for (source, chapter) in book.corpus.chapters.iter().enumerate() {
        if let Some(span) = chapter.done {
            findings
                .add(
                    source,
                    span,
                    "this chapter is the output of an earlier run, and is not read again",
                )
                .help("put the file back that you wrote, or let the preprocessor run once");
        }
    }
}
