//! The lint `invalid-marker`.

use super::BookView;
use super::findings::{Finding, Findings, lint};
use crate::diagnostic::nearest_name;
use crate::model::{Filter, FilterFault, FilterKey, FilterProblem, Marker};

lint!("invalid-marker", invalid_marker, Setup, Warn, Book);

fn check<'b>(book: &'b BookView<'b>, findings: &mut Findings<'_>) {
    for (source, chapter) in book.corpus.chapters.iter().enumerate() {
        for problem in &chapter.observed.filters {
            let marker = problem.value.kind.word(book.config);
            let finding = findings.add(source, problem.span, message(&problem.value, marker));
            help(&problem.value, finding.label("this marker shows nothing"));
        }
        for marker in chapter.markers.iter().filter(|marker| marker.is_surplus) {
            findings
                .add(source, marker.span, surplus(marker, marker.kind.word(book.config)))
                .label("a link to the index stands here")
                .help("write a link to the index in its place, or remove other markers");
        }
    }
}

fn surplus(marker: &Marker, word: &str) -> String {
    let with = if marker.filter.is_empty() { "without" } else { "with" };
    format!(
        "the book has {} markers `{word}` {with} filters before this one",
        marker.most()
    )
}

fn message(problem: &FilterProblem, marker: &str) -> String {
    let text = &problem.text;
    match problem.fault {
        FilterFault::Unknown if problem.kind.filters().is_empty() => format!("`{marker}` has no filters"),
        FilterFault::Unknown => format!("`{text}` is not a filter of `{marker}`"),
        FilterFault::Repeated(_) => format!("`{text}` is given twice"),
        FilterFault::Value(key) if text.trim().is_empty() => format!("`{}` has no value", key.word()),
        FilterFault::Value(key) => format!("`{}` cannot be `{text}`", key.word()),
        FilterFault::Form => format!("`{text}` is not a filter"),
    }
}

fn help(problem: &FilterProblem, finding: Finding<'_>) {
    let known = || problem.kind.filters().iter().map(|key| key.word());
    let listed = || known().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    match problem.fault {
        FilterFault::Unknown => match nearest_name(&problem.text, known()) {
            Some(name) => finding.help(format!("did you mean `{name}`?")),
            None if problem.kind.filters().is_empty() => finding.help("leave out what follows the name"),
            None => finding.help(format!("its filters are {}", listed())),
        },
        FilterFault::Repeated(_) => finding.help("write a marker for each value"),
        FilterFault::Value(key) => finding.help(expected(key)),
        FilterFault::Form => finding.help(format!("write `name=\"value\"`; the names are {}", listed())),
    };
}

fn expected(key: FilterKey) -> String {
    match key {
        FilterKey::Owner => "write a name: `owner=\"Ada Obi\"`".to_owned(),
        FilterKey::Folder => "write a folder or a pattern for paths: `folder=\"payments/**\"`".to_owned(),
        FilterKey::Tag => "write a tag: `tag=\"billing\"`".to_owned(),
        FilterKey::Status => "write a status: `status=\"in review\"`".to_owned(),
        FilterKey::Due => format!(
            "write `overdue`, `none` or a number of days from 0 to {}",
            Filter::MOST_DAYS
        ),
        FilterKey::Days => format!("write a number of days from 1 to {}", Filter::MOST_DAYS),
    }
}
