//! The lint `missing-chapter`.

use super::BookView;
use super::findings::{Findings, lint};

lint!("missing-chapter", missing_chapter, Setup, Warn, Book);

fn check<'b>(book: &'b BookView<'b>, findings: &mut Findings<'_>) {
    for absent in &book.corpus.absent {
        let message = format!("this chapter's file does not exist: {}", absent.file);
        findings
            .add(absent.source, absent.span, message)
            .label("its page will be empty")
            .help("write the file, correct its path, or make the chapter a draft: `[Title]()`");
    }
}
