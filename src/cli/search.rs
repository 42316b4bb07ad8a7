//! Whether mdBook's search finds our indices before the documents.

use std::path::Path;

use crate::Analysis;
use crate::config::{NAME, Part, Problem};
use crate::wire::{self, Context};

/// With fewer documents than this, the results of a search have room for the indices.
const MANY: usize = 30;

/// A warning if the search contains our indices in a book in which that matters.
pub(super) fn warning(analysis: &Analysis, context: &Context, root: &Path) -> Option<Problem> {
    let is_enabled = context.config["preprocessor"][NAME].is_object();
    if !is_enabled || analysis.corpus.documents().count() < MANY {
        return None;
    }
    let indices = analysis.pages().lasting();
    let searched = wire::searched(&context.config, &indices);
    let (first, rest) = searched.split_first()?;
    let others = match rest.len() {
        0 => String::new(),
        1 => " and 1 other index".to_owned(),
        count => format!(" and {count} other indices"),
    };
    let lines: Vec<String> = searched
        .iter()
        .map(|path| format!("\"{path}\".enable = false"))
        .collect();
    Some(Problem {
        key: Vec::new(),
        part: Part::Key,
        message: format!("the book's search finds {first}{others} before the documents with a title"),
        help: Some(format!(
            "`mdbook-design-docs init {}` adds these lines to book.toml:\n[output.html.search.chapter]\n{}",
            root.display(),
            lines.join("\n")
        )),
        fatal: false,
    })
}
