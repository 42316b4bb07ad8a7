//! What git knows of the questions and reviews of a book, for its pages.

use std::collections::HashMap;

use jiff::civil::Date;

use super::book::load::load_with;
use super::book::place::as_named;
use super::{Context, Error, LastVersion, Repository, timelines};
use crate::config::Config;
use crate::history::Timeline;
use crate::model::{Chapter, Corpus};
use crate::report::below;

/// Gives the documents of `corpus`, if book.toml asks for it, what git knows of them as of `HEAD`. Returns a
/// note if it knows nothing, or not everything: a book is built all the same.
pub(super) fn remember(corpus: &mut Corpus, context: &Context, config: &Config, today: Date) -> Option<String> {
    if !config.history.enabled || corpus.documents().next().is_none() {
        return None;
    }
    let Past { timelines, is_shallow } = match past(corpus, context, config, today) {
        Ok(past) => past,
        Err(error) => return Some(unknown(&error)),
    };
    let is_cut = timelines.iter().any(|(_, each)| each.unknown_before.is_some());
    for (chapter, timeline) in timelines {
        if let Some(document) = &mut corpus.chapters[chapter].document {
            timeline.tell(document);
        }
    }
    let why = if is_shallow { SHALLOW } else { WITHOUT_TEXTS };
    is_cut.then(|| why.to_owned())
}

const SHALLOW: &str = "the clone is shallow, so the pages leave out what is older than its oldest commit: \
                       `git fetch --unshallow` gets the rest (`fetch-depth: 0` with actions/checkout)";

const WITHOUT_TEXTS: &str = "git does not have the texts of all versions here (Git LFS, a partial clone, a link), so \
                             the pages leave out what is older; `mdbook-design-docs history` names the documents";

/// The history of the documents, by the indices of their chapters.
struct Past {
    timelines: Vec<(usize, Timeline)>,
    is_shallow: bool,
}

fn past(corpus: &Corpus, context: &Context, config: &Config, today: Date) -> Result<Past, Error> {
    let repository = Repository::open(context.folder())?;
    let head = repository.commit("HEAD");
    let head = head.map_err(|_| Error::Git("nothing has been committed yet".to_owned()))?;
    let root = repository.book().to_owned();
    let src = below(&as_named(&root), context.src());
    // By the settings of this build: they say how its pages are to be read.
    let loaded = load_with(
        &repository.version(&head),
        Context {
            root,
            ..context.clone()
        },
    )?;
    let files = loaded.sources.iter().enumerate();
    let files: HashMap<&str, usize> = files.map(|(at, source)| (source.shown_path(), at)).collect();
    let committed = corpus.documents().filter_map(|(index, chapter, _)| {
        let at = files.get(chapter.file.as_deref()?)?;
        Some((index, (*at, chapter)))
    });
    let (indices, chapters): (Vec<usize>, Vec<(usize, &Chapter)>) = committed.unzip();
    let book = LastVersion {
        loaded: &loaded,
        src: &src,
        config,
        today,
    };
    let timelines = timelines(&repository, &head, &book, &chapters)?;
    Ok(Past {
        timelines: indices.into_iter().zip(timelines).collect(),
        is_shallow: repository.is_shallow(),
    })
}

/// The note about a history that cannot be read, in one line.
fn unknown(error: &Error) -> String {
    let said = error.to_string();
    let why = match error {
        // Git's advice is on further lines.
        Error::Git(_) => said.split_whitespace().collect::<Vec<_>>().join(" "),
        _ => format!("in the last commit, {}", said.lines().next().unwrap_or_default()),
    };
    format!(
        "the pages tell no history: {why}; build in a clone of the book's repository, or set `enabled = false` \
         in [preprocessor.design-docs.history]"
    )
}
