//! The index chapters: one for each [`IndexKind`], at an author's marker or appended.
//!
//! To add an index chapter, add a kind to the model, a file here that creates its [`table::Table`],
//! and a line to [`page`] and [`title`]. Long indices are [`paginate`]d by year.

mod days;
mod decisions;
mod documents;
mod entry;
mod markers;
mod open_questions;
mod paginate;
mod people;
mod plan;
mod registers;
mod table;
mod unread;
mod week;

use rayon::prelude::*;

use crate::config::Download;
use crate::model::{Corpus, IndexKind};
use crate::render::Appended;
use crate::render::assets::style::{self, Carried};
use crate::render::link;
use crate::render::part::Parts;
use crate::render::writer::Writer;
use entry::{Entries, Entry, IndexWriter};
use paginate::Years;

pub(super) use markers::{AtMarkers, at_markers, key};
pub(super) use plan::Index;

/// The pages of every index; none if the book has none.
pub(super) fn planned(corpus: &Corpus, writer: &Writer<'_>) -> Vec<Index> {
    match is_wanted(corpus, writer) {
        true => plan::plan(corpus, &Entries::new(corpus), writer),
        false => Vec::new(),
    }
}

/// Links from a page `depth` folders below the book's root to the indices in `plan`, apart from the
/// one of `here`.
pub(super) fn links(plan: &[Index], here: Option<IndexKind>, depth: usize, writer: &Writer<'_>) -> Vec<String> {
    plan.iter()
        .filter(|index| Some(index.kind) != here)
        .map(|index| {
            let href = link::to_chapter(&index.path, "", depth, writer);
            writer.link(&href, &writer.text(title(index.kind, writer)))
        })
        .collect()
}

/// The chapters for kinds without a marker, and the pages of years.
pub(super) fn appended<'a>(corpus: &'a Corpus, plan: &'a [Index], writer: &'a Writer<'a>) -> Vec<Appended<'a>> {
    let documents = Entries::new(corpus);
    let pages = plan.iter().flat_map(|index| {
        let first = index.is_appended.then_some((None, &index.path));
        let years = index.years.iter().map(|(years, path)| (Some(*years), path));
        first
            .into_iter()
            .chain(years)
            .map(move |(years, path)| (index, years, path))
    });
    let pages: Vec<_> = pages.collect();
    pages
        .into_par_iter()
        .map(|(index, years, path)| {
            let title = title(index.kind, writer);
            let name = match years {
                None => title.to_owned(),
                Some(years) => format!("{title} {years}"),
            };
            let style = style::block(
                writer,
                Carried {
                    document: false,
                    index: index.kind != IndexKind::Week,
                    week: index.kind == IndexKind::Week,
                },
            );
            let mut parts = Parts::default();
            parts.add(&format!("# {}\n\n{style}\n\n", writer.text(&name)));
            let at = place(plan, &documents, path, 0, writer);
            parts.append(page(index, years, &documents, at));
            parts.add("\n");
            Appended {
                marker: format!("<!-- {} -->", index.kind.word(writer.config)),
                name,
                path: path.clone(),
                content: parts.0,
            }
        })
        .collect()
}

fn is_wanted(corpus: &Corpus, writer: &Writer<'_>) -> bool {
    let mut external = corpus.external_documents();
    let is_done = corpus.chapters.iter().any(|chapter| chapter.done.is_some());
    writer.config.index.enabled && !is_done && (corpus.documents().next().is_some() || external.next().is_some())
}

/// The place of the page at `path`, `depth` folders below the book's root.
fn place<'a>(
    plan: &'a [Index],
    documents: &Entries<'a>,
    path: &'a str,
    depth: usize,
    writer: &'a Writer<'a>,
) -> IndexWriter<'a> {
    IndexWriter {
        writer,
        depth,
        path,
        prefix: documents.prefix,
        plan,
    }
}

/// The page of these years, or the first page.
fn page<'a>(index: &Index, years: Option<Years>, documents: &Entries<'a>, at: IndexWriter<'a>) -> Parts<'a> {
    let IndexWriter { writer, depth, .. } = at;
    let page = index.page(years);
    if index.kind == IndexKind::Week {
        return week::page(documents, at);
    }
    let title = title(index.kind, writer);
    let documents = documents.of(index.kind);
    let mut table = match index.kind {
        IndexKind::Documents => documents::table(documents, at, page),
        IndexKind::Decisions => decisions::table(documents, at, page),
        IndexKind::Questions => open_questions::table(documents, at, page),
        IndexKind::People => people::table(documents, at),
        kind => return registers::write(kind, documents, at),
    };
    table.pages = index.other_pages(years, title, &at);
    if writer.html {
        table.downloads = downloads(index.kind, &at);
        table.others = links(at.plan, Some(index.kind), depth, writer);
    }
    table.write(index.kind, title, writer)
}

/// Links to the exports of an index that are published beside the book's pages.
fn downloads(kind: IndexKind, at: &IndexWriter<'_>) -> Vec<String> {
    let files = kind.downloads(at.writer.config);
    let up = "../".repeat(at.depth);
    let link =
        |(download, name): &(Download, String)| at.writer.link(&format!("{up}{name}"), &download.word().to_uppercase());
    let word = (!files.is_empty()).then(|| at.writer.text(at.writer.words.download));
    word.into_iter().chain(files.iter().map(link)).collect()
}

fn title<'a>(kind: IndexKind, writer: &Writer<'a>) -> &'a str {
    let words = writer.words;
    match kind {
        IndexKind::Week => words.this_week,
        IndexKind::Documents => words.design_docs,
        IndexKind::Decisions => words.decision_log,
        IndexKind::Questions => words.open_questions,
        IndexKind::People => words.people,
        IndexKind::Registers => words.registers,
        IndexKind::Register(kind) => registers::title(kind, writer),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::model::{Chapter, DateText, Decision, Document, Filter, Marker, When};
    use crate::render::NewChapter;
    use crate::source::Span;
    use jiff::civil::date;

    fn corpus(paths: &[&str]) -> Corpus {
        let mut corpus = Corpus {
            chapters: paths
                .iter()
                .map(|&path| Chapter {
                    path: path.into(),
                    ..Chapter::default()
                })
                .collect(),
            ..Corpus::default()
        };
        corpus.chapters[0].document = Some(Document::default());
        corpus
    }

    fn appended_paths(corpus: &Corpus) -> Vec<String> {
        let config = Config::default();
        let writer = Writer::new(&config, date(2026, 3, 1));
        appended(corpus, &planned(corpus, &writer), &writer)
            .into_iter()
            .map(|chapter| chapter.path)
            .collect()
    }

    #[test]
    fn no_chapter_is_overwritten() {
        assert_eq!(
            appended_paths(&corpus(&["Design-Docs.md", "design-docs-1.txt", "x/decision-log.md"])),
            [
                "this-week.md", "design-docs-2.md", "decision-log.md", "open-questions.md"
            ]
        );
    }

    #[test]
    fn what_has_a_place_is_not_appended() {
        let mut corpus = corpus(&["a.md", "team/log.md"]);
        corpus.chapters[1].markers.push(Marker {
            kind: IndexKind::Decisions,
            filter: Filter::default(),
            span: Span::new(0, 5),
            is_surplus: false,
        });
        assert_eq!(
            appended_paths(&corpus),
            ["this-week.md", "design-docs.md", "open-questions.md"]
        );
        let config = Config::default();
        let writer = Writer::new(&config, date(2026, 3, 1));
        let placed = at_markers(&corpus, &planned(&corpus, &writer), &writer);
        assert_eq!(
            placed.keys().collect::<Vec<_>>(),
            [&(IndexKind::Decisions, Some(Filter::default()), 1)]
        );
    }

    #[test]
    fn people_and_registers_are_for_those_who_ask() {
        let mut corpus = corpus(&["a.md"]);
        let paths = |corpus: &Corpus| {
            let mut config = Config::default();
            config.index.people = true;
            config.index.registers = true;
            let writer = Writer::new(&config, date(2026, 3, 1));
            let plan = planned(corpus, &writer);
            let chapters = appended(corpus, &plan, &writer);
            chapters
                .into_iter()
                .map(|chapter| chapter.path)
                .skip(4)
                .collect::<Vec<_>>()
        };
        assert_eq!(paths(&corpus), ["people.md"], "no register has an entry");
        if let Some(document) = &mut corpus.chapters[0].document {
            document.registers.push(crate::model::RegisterEntry::default());
        }
        assert_eq!(paths(&corpus), ["people.md", "registers.md"]);
    }

    /// A decision on the first day of each of these years.
    fn decide_yearly(corpus: &mut Corpus, years: std::ops::RangeInclusive<i16>) {
        let decision = |year| Decision {
            date: Some(DateText {
                when: When::Day(date(year, 1, 1)),
                ..DateText::default()
            }),
            ..Decision::default()
        };
        if let Some(document) = &mut corpus.chapters[0].document {
            document.decisions = years.map(decision).collect();
        }
    }

    #[test]
    fn a_long_index_has_pages_by_year_and_they_know_each_other() {
        let mut corpus = corpus(&["a.md", "x/log.md", "decision-log-2025.md"]);
        corpus.chapters[1].markers.push(Marker {
            kind: IndexKind::Decisions,
            filter: Filter::default(),
            span: Span::new(0, 5),
            is_surplus: false,
        });
        decide_yearly(&mut corpus, 2024..=2026);
        let mut config = Config::default();
        config.index.page_rows = 1;
        let writer = Writer::new(&config, date(2026, 3, 1));
        let plan = planned(&corpus, &writer);
        let chapters: Vec<_> = appended(&corpus, &plan, &writer)
            .into_iter()
            .map(NewChapter::from)
            .collect();
        let year = chapters
            .iter()
            .find(|chapter| chapter.path == "decision-log-2024.md")
            .unwrap();
        assert_eq!(year.name, "Decision log 2024");
        assert!(year.content.contains(
            "<p class=\"dd-pages\">More: <a href=\"x/log.html\">Decision log</a> <a href=\"decision-log-2025-1.html\">2025</a> </p>"
        ));
        let placed = &at_markers(&corpus, &plan, &writer)[&(IndexKind::Decisions, Some(Filter::default()), 1)];
        assert!(
            placed.contains("<a href=\"../decision-log-2024.html\">2024</a>"),
            "{placed}"
        );
        assert_eq!(placed.matches("<tr>").count(), 2, "the head and 2026");
    }

    #[test]
    fn an_index_of_many_pages_lists_them_on_the_first() {
        let mut corpus = corpus(&["a.md"]);
        decide_yearly(&mut corpus, 1990..=2025);
        let mut config = Config::default();
        config.index.page_rows = 1;
        let writer = Writer::new(&config, date(2026, 3, 1));
        let plan = planned(&corpus, &writer);
        let links = |name: &str| {
            let page = appended(&corpus, &plan, &writer)
                .into_iter()
                .map(NewChapter::from)
                .find(|page| page.name == name);
            let content = page.unwrap().content;
            let (_, links) = content.split_once("<p class=\"dd-pages\">More: ").unwrap();
            links[..links.find("</p>").unwrap()].to_owned()
        };
        assert_eq!(links("Decision log").matches("<a ").count(), 35);
        assert_eq!(
            links("Decision log 2010"),
            "<a href=\"decision-log.html\">Decision log</a> <a href=\"decision-log-2011.html\">2011</a> \
             <a href=\"decision-log-2009.html\">2009</a> "
        );
        assert_eq!(links("Decision log 1990").matches("<a ").count(), 2);
    }

    #[test]
    fn a_book_without_documents_gets_nothing() {
        let mut corpus = corpus(&["a.md"]);
        corpus.chapters[0].document = None;
        assert_eq!(appended_paths(&corpus), [""; 0]);
    }
}
