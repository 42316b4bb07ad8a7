//! The lint `conflicting-supersedes`.

use std::collections::{HashMap, HashSet};

use super::BookView;
use super::findings::{Findings, lint};
use super::succession::{Target, target};
use crate::model::StatusClass;

lint!("conflicting-supersedes", conflicting_supersedes, Decisions, Warn, Book);

fn check<'b>(book: &'b BookView<'b>, findings: &mut Findings<'_>) {
    let mut claims: HashMap<usize, usize> = HashMap::new();
    let mut pairs: HashSet<(usize, usize)> = HashSet::new();
    for page in book.pages() {
        for reference in page
            .document
            .stated
            .supersedes
            .iter()
            .filter(|reference| !reference.amends)
        {
            let Target::Chapter(old) = target(&page, reference) else {
                continue;
            };
            if old == page.source {
                continue;
            }
            pairs.insert((page.source, old));
            if pairs.contains(&(old, page.source)) {
                let message = format!("this document and {} supersede each other", named(book, old));
                findings
                    .add(page.source, reference.span, message)
                    .help("one of the two is the later; take the line out of the other");
                continue;
            }
            let first = *claims.entry(old).or_insert(page.source);
            if first != page.source {
                let message = format!("{} supersedes {} already", named(book, first), named(book, old));
                findings
                    .add(page.source, reference.span, message)
                    .help("name the document that this one really follows");
            } else if let Some(word) = still_in_force(book, old) {
                let message = format!("{} is superseded here, but calls itself `{word}`", named(book, old));
                findings
                    .add(page.source, reference.span, message)
                    .help("give it the status `Superseded by` with a link to this document");
            }
        }
    }
}

/// The title and path of a document.
fn named(book: &BookView<'_>, index: usize) -> String {
    let chapter = book.corpus.chapters.get(index);
    let path = chapter.map(|chapter| chapter.file.as_deref().unwrap_or(&chapter.path));
    format!("`{}`", path.unwrap_or_default())
}

/// The status of a document, unless that means that the document has ended.
fn still_in_force<'b>(book: &BookView<'b>, index: usize) -> Option<&'b str> {
    let document = book.corpus.chapters.get(index)?.document.as_ref()?;
    let status = document.status.as_ref()?;
    let holds = matches!(
        status.class,
        StatusClass::Draft | StatusClass::Review | StatusClass::Agreed | StatusClass::Done
    );
    (holds && !status.is_unfilled() && document.stated.superseded_by.is_empty()).then_some(status.text.as_str())
}
