//! The text at the markers: an index, some of its rows, or a link to it.
//!
//! A marker is a short line and an index may be long, so the number of both has a limit: a book's
//! pages must not grow as their product.

mod catalog;
mod filtered;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use self::filtered::Filtered;
use super::entry::{Entries, IndexWriter};
use super::plan::Index;
use super::{page, place, title};
use crate::model::{Corpus, Filter, IndexKind, Marker};
use crate::render::link;
use crate::render::part::{self, Parts};
use crate::render::writer::Writer;

/// The text that replaces each marker, by its kind, its filter and its chapter's depth. None in place
/// of the filter is a link to the index.
pub(in crate::render) type AtMarkers = BTreeMap<(IndexKind, Option<Filter>, usize), String>;

/// The key of the text that replaces a marker in a chapter of a `depth`.
pub(in crate::render) fn key(marker: &Marker, depth: usize) -> (IndexKind, Option<Filter>, usize) {
    let filter = (!marker.is_surplus).then(|| marker.filter.clone());
    (marker.kind, filter, depth)
}

/// The text that replaces the markers; markers that show the same in the same depth share it.
pub(in crate::render) fn at_markers(corpus: &Corpus, plan: &[Index], writer: &Writer<'_>) -> AtMarkers {
    let places: BTreeSet<(IndexKind, Option<Filter>, usize)> = corpus
        .chapters
        .iter()
        .flat_map(|chapter| {
            let depth = link::depth(&chapter.path);
            chapter.markers.iter().map(move |marker| key(marker, depth))
        })
        .collect();
    if places.is_empty() || plan.is_empty() {
        return AtMarkers::new();
    }
    let documents = Entries::new(corpus);
    let is_filtered = places
        .iter()
        .any(|(_, filter, _)| filter.as_ref().is_some_and(|filter| !filter.is_empty()));
    let filtered = is_filtered.then(|| Filtered::new(&documents, writer));
    places
        .into_par_iter()
        .filter_map(|key| {
            let (kind, filter, depth) = &key;
            let index = plan.iter().find(|index| index.kind == *kind)?;
            let at = place(plan, &documents, &index.path, *depth, writer);
            let page = match (filter, &filtered) {
                (None, _) => more(index, &at),
                (Some(filter), Some(filtered)) if !filter.is_empty() => part(index, filter, filtered, at),
                _ => page(index, None, &documents, at),
            };
            Some((key, part::joined(page.0)))
        })
        .collect()
}

/// A link to an index in place of its table.
fn more<'a>(index: &Index, at: &IndexWriter<'_>) -> Parts<'a> {
    let link = index.link(at).join(" ");
    let mut parts = Parts::default();
    match at.writer.html {
        true => parts.add(&format!("<p>{link}</p>")),
        false => parts.add(&link),
    }
    parts
}

/// Some of the rows of an index, with a link to all of them.
fn part<'a>(index: &Index, filter: &Filter, filtered: &Filtered<'a>, at: IndexWriter<'a>) -> Parts<'a> {
    let writer = at.writer;
    let title = title(index.kind, writer);
    let mut table = filtered.table(index.kind, filter, title, at);
    if writer.html {
        table.downloads = index.link(&at);
    } else if table.is_cut() {
        table.pages = index.link(&at);
    }
    table.write(index.kind, title, writer)
}

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use crate::lint;
    use crate::parse;
    use crate::render::Pages;
    use crate::source::{Source, splice};
    use jiff::civil::date;

    fn source(path: &str, text: String) -> Source {
        Source {
            path: path.to_owned(),
            text,
            ..Source::default()
        }
    }

    fn design(questions: usize) -> Source {
        let questions = (0..questions).map(|number| format!("1. Who pays {number}?\n   - Owner: Ada Obi\n"));
        let text = format!(
            "# T\n\n**Author:** Ada Obi\n**Status:** Draft\n\n## Open Questions\n\n{}",
            questions.collect::<String>()
        );
        source("t.md", text)
    }

    fn pages(sources: &[Source], html: bool) -> (Vec<String>, Vec<String>) {
        let config = Config {
            html,
            ..Config::default()
        };
        let corpus = parse::corpus(sources, &config);
        let today = date(2026, 3, 1);
        let pages = Pages::new(&corpus, &config, today);
        let texts = sources.iter().enumerate();
        let texts = texts
            .map(|(at, source)| splice(&source.text, &pages.edits(at)))
            .collect();
        let findings = lint::check(&corpus, &config, today).into_iter();
        let found = findings.filter(|finding| finding.lint == "invalid-marker");
        (texts, found.map(|finding| finding.message).collect())
    }

    #[test]
    fn the_index_is_written_ten_times_and_then_linked() {
        for (html, table, link) in [
            (true, "<table", "<p>More: <a href=\"m0.html\">Open questions</a></p>"),
            (false, "| Question |", "More: [Open questions](m0.md)"),
        ] {
            let marker = "# M\n\n<!-- open-questions -->\n".to_owned();
            let mut sources: Vec<Source> = (0..12)
                .map(|number| source(&format!("m{number}.md"), marker.clone()))
                .collect();
            sources.push(design(1));
            let (pages, found) = pages(&sources, html);
            assert!(pages[..10].iter().all(|page| page.contains(table)), "{}", pages[0]);
            for page in &pages[10..12] {
                assert!(
                    page.starts_with("# M\n\n") && page.trim_end().ends_with(link) && !page.contains(table),
                    "{page}"
                );
            }
            assert_eq!(
                found,
                vec!["the book has 10 markers `open-questions` without filters before this one"; 2]
            );
        }
    }

    #[test]
    fn a_marker_with_filters_shows_five_hundred_rows_and_says_of_how_many() {
        for (html, said) in [
            (true, "<b class=\"dd-n\">500</b> of 501 shown · Owner: Ada Obi"),
            (false, "Open questions: 500 of 501 shown · Owner: Ada Obi"),
        ] {
            let marker = "# M\n\n<!-- open-questions owner=\"Ada Obi\" -->\n".to_owned();
            let (pages, found) = pages(&[source("m.md", marker), design(501)], html);
            assert!(pages[0].contains(said), "{:.900}", pages[0]);
            assert_eq!(pages[0].matches("Who pays").count(), 500, "{:.900}", pages[0]);
            let link = [
                "<a href=\"open-questions.html\">",
                "More: [Open questions](open-questions.md)",
            ];
            assert!(pages[0].contains(link[usize::from(!html)]));
            assert_eq!(found, [""; 0]);
        }
    }
}
