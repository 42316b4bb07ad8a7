//! `check`: everything that is wrong, for a person.

use std::collections::BTreeSet;
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use jiff::civil::Date;

use super::{Failure, Outcome, args, colour, load};
use crate::diagnostic::{Diagnostic, Level};
use crate::report::{Sites, human};
use crate::{lint, parse};

/// Writes the report to stdout.
pub(super) fn check(args: &args::Check, today: Option<Date>) -> Outcome {
    let book = load(&args.book, today)?;
    let sources = &book.loaded.sources;
    let (corpus, mut diagnostics) = parse::corpus(sources, &book.config);
    diagnostics.extend(lint::check(&corpus, &book.config, book.today));
    diagnostics.retain(|diagnostic| diagnostic.level > Level::Allow);
    diagnostics.sort_by_key(|diagnostic| diagnostic.place);

    let stdout = io::stdout().lock();
    let colour = colour(&stdout);
    let mut sites = Sites::new(sources, book.loaded.context.src());
    let mut out = BufWriter::new(stdout);
    let mut write = |text: String| out.write_all(text.as_bytes());
    diagnostics
        .iter()
        .filter_map(|diagnostic| sites.entry(diagnostic))
        .try_for_each(|entry| write(human::long(&entry, colour)))
        .and_then(|()| write(summary(&diagnostics, corpus.documents().count())))
        .and_then(|()| out.flush())
        .map_err(Failure::stdout)?;

    let denied = diagnostics.iter().any(|each| each.level == Level::Deny);
    Ok(match (book.loaded.errors.as_slice(), denied) {
        ([_, ..], _) => ExitCode::from(2),
        ([], true) => ExitCode::from(1),
        ([], false) => ExitCode::SUCCESS,
    })
}

fn summary(diagnostics: &[Diagnostic], documents: usize) -> String {
    let levels: Vec<_> = diagnostics.iter().map(|each| each.level).collect();
    let affected: BTreeSet<_> = diagnostics.iter().map(|each| each.place.source).collect();
    human::summary(&levels, affected.len(), documents)
}
