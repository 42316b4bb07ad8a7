//! The lint `invalid-marker`.

use std::collections::BTreeMap;

use super::BookView;
use super::findings::{Finding, Findings, lint};
use crate::config::StatusClass;
use crate::diagnostic::nearest_name;
use crate::model::{Corpus, Filter, FilterFault, FilterKey, FilterProblem, Folder, Marker};

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
    let markers = || {
        let chapters = book.corpus.chapters.iter().enumerate();
        chapters.flat_map(|(source, chapter)| {
            let shown = chapter.markers.iter().filter(|marker| !marker.is_surplus);
            shown.map(move |marker| (source, marker))
        })
    };
    // A table without rows would look as if there were nothing to do.
    if markers().all(|(_, marker)| marker.filter.is_empty()) {
        return;
    }
    let known = Known::new(book.corpus);
    for (source, marker) in markers() {
        for (key, value, nearest) in known.missing(&marker.filter) {
            let what = match key {
                FilterKey::Owner => "no document names the person",
                FilterKey::Tag => "no document has the tag",
                FilterKey::Status => "no document has the status",
                _ => "no document is in the folder",
            };
            let finding = findings.add(source, marker.span, format!("{what} `{value}`"));
            let finding = finding.label("this marker shows nothing");
            if let Some(nearest) = nearest {
                finding.help(format!("did you mean `{nearest}`?"));
            }
        }
    }
}

/// With how many names or paths a value is compared, so that many markers in a large book stay fast.
const MOST_NAMES: usize = 1000;

/// The values that occur in a book, each in lower case with the text as it is written.
struct Known<'b> {
    people: BTreeMap<String, &'b str>,
    tags: BTreeMap<String, &'b str>,
    statuses: BTreeMap<String, &'b str>,
    /// The paths of the documents, in order.
    paths: Vec<&'b str>,
}

impl<'b> Known<'b> {
    fn new(corpus: &'b Corpus) -> Self {
        let mut known = Self {
            people: BTreeMap::new(),
            tags: BTreeMap::new(),
            statuses: BTreeMap::new(),
            paths: corpus
                .documents()
                .map(|(_, chapter, _)| chapter.path.as_str())
                .collect(),
        };
        known.paths.sort_unstable();
        let others = corpus.external.iter().flat_map(|book| &book.chapters);
        for document in corpus
            .chapters
            .iter()
            .chain(others)
            .filter_map(|chapter| chapter.document.as_ref())
        {
            let deciders = document.decisions.iter().flat_map(|decision| &decision.decided_by);
            for person in document.people().chain(deciders) {
                known.people.extend(person.keys().map(|key| (key, person.display())));
            }
            known.tags.extend(
                document
                    .tags
                    .iter()
                    .map(|tag| (tag.trim().to_lowercase(), tag.as_str())),
            );
            if let Some(status) = &document.status {
                known.statuses.insert(status.state.clone(), &status.state);
            }
        }
        known.statuses.extend(
            StatusClass::ALL
                .iter()
                .map(|class| (class.word().to_owned(), class.word())),
        );
        known
    }

    /// The values of `filter` that do not occur, each with one that is written nearly so.
    fn missing<'f>(&self, filter: &'f Filter) -> Vec<(FilterKey, &'f str, Option<&'b str>)> {
        let folded = filter.folded();
        let lists = [
            (FilterKey::Owner, &filter.owner, folded.owner, &self.people),
            (FilterKey::Tag, &filter.tag, folded.tag, &self.tags),
            (FilterKey::Status, &filter.status, folded.status, &self.statuses),
        ];
        let values = lists.into_iter().filter_map(|(key, written, folded, known)| {
            let folded = folded.filter(|folded| !known.contains_key(folded))?;
            let nearest = nearest_name(&folded, known.keys().take(MOST_NAMES).map(String::as_str));
            Some((
                key,
                written.as_deref()?,
                nearest.and_then(|name| known.get(name).copied()),
            ))
        });
        let folder = filter.folder.as_deref().filter(|folder| !self.has_folder(folder));
        values
            .chain(folder.map(|folder| (FilterKey::Folder, folder, None)))
            .collect()
    }

    fn has_folder(&self, folder: &str) -> bool {
        let folder = Folder::new(folder);
        let start = self.paths.partition_point(|path| *path < folder.prefix);
        let mut paths = self.paths[start..]
            .iter()
            .take_while(|path| path.starts_with(folder.prefix));
        let is_found = paths.by_ref().take(MOST_NAMES).any(|path| folder.has(path));
        // If there are more, it is not looked for any longer and so not reported.
        is_found || paths.next().is_some()
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
