//! The lint `duplicate-number`.

use super::BookView;
use super::findings::{Findings, lint, shortened};

lint!("duplicate-number", duplicate_number, Decisions, Warn, Book);

fn check<'b>(book: &'b BookView<'b>, findings: &mut Findings<'_>) {
    for same in &book.corpus.relations.same_number {
        let Some((first, others)) = same.split_first() else {
            continue;
        };
        for item in others {
            match (book.corpus.decision(*item), book.corpus.decision(*first)) {
                (Some(decision), Some(first)) => {
                    let label = shortened(decision.label.as_deref().unwrap_or_default());
                    let text = shortened(&first.decision.text);
                    let message = format!("the number {label} is taken by the decision \"{text}\"");
                    findings
                        .add(item.chapter, decision.span, message)
                        .label("references to this number are ambiguous")
                        .help("give it the next free number");
                }
                _ => {
                    let message = format!("`{}` has the same number", book.path(first.chapter));
                    findings
                        .add(item.chapter, book.head(item.chapter), message)
                        .label("references to this number are ambiguous")
                        .help("give the later one the next free number, in its file name and in its title");
                }
            }
        }
    }
}
