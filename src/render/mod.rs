//! Renders the output: edits to the documents, and index chapters.

mod assets;
mod badge;
mod counts;
mod doubts;
mod header;
mod index;
mod link;
mod markdown;
mod part;
mod past;
mod relations;
mod splice;
mod toc;
mod words;
mod writer;

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::config::{Anchors, Config};
use crate::model::{BadgeForm, Chapter, Corpus, Document, Heading, IndexKind, Marker};
use crate::source::Span;
use assets::style::{self, Carried};
use relations::Related;
use splice::Pieces;
use writer::Writer;

pub use self::part::Part;
pub use crate::source::Edit;

/// A chapter that is added to the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewChapter {
    /// Its name in the sidebar.
    pub name: String,
    /// The path at which it is rendered, relative to `src`.
    pub path: String,
    /// Its Markdown.
    pub content: String,
}

/// A new chapter before its text is written.
#[derive(Debug)]
pub struct Appended<'p> {
    /// Its name in the sidebar.
    pub name: String,
    /// The marker for a chapter of the author's that would hold its index.
    pub marker: String,
    /// The path at which it is rendered, relative to `src`.
    pub path: String,
    /// Its Markdown, in parts.
    pub content: Vec<Part<'p>>,
}

impl From<Appended<'_>> for NewChapter {
    fn from(appended: Appended<'_>) -> Self {
        let Appended {
            name, path, content, ..
        } = appended;
        let content = part::joined(content);
        Self { name, path, content }
    }
}

/// The rendered pages of a book, written on demand, so that a large book's pages are never all in
/// memory.
#[derive(Debug)]
pub struct Pages<'a> {
    corpus: &'a Corpus,
    writer: Writer<'a>,
    /// The pages of every index.
    plan: Vec<index::Index>,
    /// The text that replaces each marker.
    indices: index::AtMarkers,
}

impl<'a> Pages<'a> {
    /// The pages of `corpus` as of `today`.
    pub fn new(corpus: &'a Corpus, config: &'a Config, today: Date) -> Self {
        let writer = Writer::new(config, today);
        let plan = index::planned(corpus, &writer);
        let indices = index::at_markers(corpus, &plan, &writer);
        Self {
            corpus,
            writer,
            plan,
            indices,
        }
    }

    /// The edits to the chapter of the source `index`, sorted and disjoint.
    pub fn edits(&self, index: usize) -> Vec<Edit> {
        let chapter = self.corpus.chapters.get(index);
        chapter.map_or_else(Vec::new, |chapter| {
            let related = Related::new(self.corpus, index, chapter, &self.writer);
            let links = index::links(&self.plan, None, link::depth(&chapter.path), &self.writer);
            edits(chapter, related, &links, &self.indices, &self.writer)
        })
    }

    /// The index chapters without a marker.
    pub fn appended(&self) -> Vec<Appended<'_>> {
        index::appended(self.corpus, &self.plan, &self.writer)
    }

    /// The paths of those chapters that are there as long as the book has a document.
    pub fn lasting(&self) -> Vec<String> {
        self.plan.iter().filter_map(index::Index::lasting).collect()
    }

    /// The same chapters with their text written.
    pub fn new_chapters(&self) -> Vec<NewChapter> {
        self.appended().into_iter().map(NewChapter::from).collect()
    }
}

fn edits(
    chapter: &Chapter,
    related: Related<'_>,
    links: &[String],
    indices: &index::AtMarkers,
    writer: &Writer<'_>,
) -> Vec<Edit> {
    let mut pieces = Pieces::default();
    let depth = link::depth(&chapter.path);
    let filled: Vec<(&Marker, &String)> = chapter
        .markers
        .iter()
        .filter_map(|marker| Some((marker, indices.get(&index::key(marker, depth))?)))
        .collect();
    let tables = filled.iter().filter(|(marker, _)| !marker.is_surplus);
    let mut own = Pieces::default();
    let mut crlf = false;
    if let Some(document) = &chapter.document {
        document_pieces(chapter, document, related, links, writer, &mut own);
        crlf = document.layout.crlf;
    }
    let style_at = match (&chapter.document, tables.clone().next()) {
        (Some(document), _) if !own.is_empty() => Some(document.layout.header_at),
        (_, Some((marker, _))) => Some(marker.span.start),
        _ => None,
    };
    if let Some(at) = style_at {
        let any = |is: fn(&Marker) -> bool| tables.clone().any(|(marker, _)| is(marker));
        let carried = Carried {
            document: !own.is_empty(),
            index: any(|marker| marker.kind != IndexKind::Week && marker.filter.is_empty()),
            week: any(|marker| marker.kind == IndexKind::Week || !marker.filter.is_empty()),
        };
        let style = style::block(writer, carried);
        pieces.block(Span::at(at), style);
    }
    pieces.append(own);
    for (marker, index) in filled {
        pieces.block(marker.span, index);
    }
    pieces.into_edits(crlf)
}

fn document_pieces(
    chapter: &Chapter,
    document: &Document,
    related: Related<'_>,
    links: &[String],
    writer: &Writer<'_>,
    pieces: &mut Pieces<'_>,
) {
    let layout = &document.layout;
    if link::marks_headings(writer) {
        let own: BTreeSet<&str> = chapter.observed.ids.iter().map(String::as_str).collect();
        let is_missing = |heading: &&Heading| !heading.words.id.is_empty() && !own.contains(&*heading.words.id);
        for heading in chapter.headings.iter().filter(is_missing) {
            let anchor = link::anchor(&heading.words.id, Anchors::Anywhere, writer);
            pieces.inline(heading.text_at, anchor);
        }
    }
    if writer.config.header.enabled {
        if let Some(card) = header::card(chapter, document, related, links, writer) {
            pieces.block(Span::at(layout.header_at), card);
        }
        for &span in &layout.replaced {
            pieces.cut(span);
        }
    }
    if writer.config.toc.enabled
        && let Some((span, toc)) = toc::toc(chapter, document, writer)
    {
        pieces.block(span, toc);
    }
    if writer.config.badges.enabled {
        related.marks(pieces);
        for question in &document.questions {
            let badge = badge::in_place(question, writer);
            match question.badge_form {
                BadgeForm::Inline | BadgeForm::ShortRow(_) => pieces.inline(question.badge_at, badge),
                BadgeForm::Paragraph => pieces.block(Span::at(question.badge_at), badge),
            }
        }
        for decision in document
            .decisions
            .iter()
            .filter(|_| link::has_anchors(Anchors::Anywhere, writer))
        {
            if let Some(at) = decision.anchor_at {
                pieces.inline(at, link::anchor(&decision.id, Anchors::Anywhere, writer));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Decision, Filter, HeadingWords, IndexKind, Layout, OpenQuestion, Status, TocPlace};
    use crate::source::splice;
    use jiff::civil::date;

    const TEXT: &str = "# T\n\n**Status:** Draft\n\n## Questions\n\n1. Why?\n";

    fn chapter() -> Chapter {
        Chapter {
            path: "a/t.md".into(),
            headings: vec![Heading {
                level: 2,
                words: HeadingWords {
                    text: "Questions".into(),
                    markup: None,
                    id: "questions".into(),
                }
                .into(),
                span: Span::new(24, 36),
                text_at: 27,
            }],
            document: Some(Document {
                status: Some(Status {
                    text: "Draft".into(),
                    state: "draft".into(),
                    ..Status::default()
                }),
                questions: vec![OpenQuestion {
                    id: "q".into(),
                    badge_at: 45,
                    span: Span::new(41, 45),
                    ..OpenQuestion::default()
                }],
                decisions: vec![Decision {
                    id: "d".into(),
                    anchor_at: Some(41),
                    ..Decision::default()
                }],
                layout: Layout {
                    header_at: 5,
                    replaced: vec![Span::new(5, 23)],
                    ..Layout::default()
                },
                ..Document::default()
            }),
            ..Chapter::default()
        }
    }

    fn off() -> Config {
        let mut config = Config::default();
        config.header.enabled = false;
        config.toc.enabled = false;
        config.badges.enabled = false;
        config.index.enabled = false;
        config
    }

    fn spliced(chapter: Chapter, text: &str, config: &Config) -> String {
        let corpus = Corpus {
            chapters: vec![chapter],
            ..Corpus::default()
        };
        let edits = Pages::new(&corpus, config, date(2026, 3, 1)).edits(0);
        splice(text, &edits)
    }

    fn without_style(page: &str) -> String {
        match (page.find("<style"), page.find("</script>")) {
            (Some(start), Some(end)) => format!("{}{}", &page[..start], &page[end + 9..]),
            _ => page.to_owned(),
        }
    }

    #[test]
    fn with_everything_off_nothing_changes() {
        let mut chapter = chapter();
        chapter.markers.push(Marker {
            kind: IndexKind::Decisions,
            filter: Filter::default(),
            span: Span::new(0, 3),
            is_surplus: false,
        });
        assert_eq!(spliced(chapter.clone(), TEXT, &off()), TEXT);
        let corpus = Corpus {
            chapters: vec![chapter],
            ..Corpus::default()
        };
        let config = off();
        let pages = Pages::new(&corpus, &config, date(2026, 3, 1));
        assert!(pages.appended().is_empty());
    }

    #[test]
    fn each_switch_is_for_its_own_piece() {
        let mut config = off();
        config.header.enabled = true;
        let page = spliced(chapter(), TEXT, &config);
        assert!(page.contains("dd-header") && !page.contains("**Status"));
        assert!(!page.contains("<nav") && !page.contains("id=\"q\""));
        let mut config = off();
        config.toc.enabled = true;
        let page = without_style(&spliced(chapter(), TEXT, &config));
        assert!(page.contains("<nav") && page.contains("**Status:** Draft"));
        assert!(!page.contains("dd-header"));
        let mut config = off();
        config.badges.enabled = true;
        let page = without_style(&spliced(chapter(), TEXT, &config));
        assert!(
            page.ends_with(
                "1. <a id=\"d\"></a>Why? <span class=\"dd-due\" data-state=\"undated\" id=\"q\">No date</span>\n"
            ),
            "{page}"
        );
    }

    #[test]
    fn style_card_and_contents_come_in_this_order_and_once() {
        let page = spliced(chapter(), TEXT, &Config::default());
        let at = |part| page.find(part).unwrap();
        assert!(page.starts_with("# T\n\n\n\n<style>"));
        assert!(at("</script>\n\n<div class=\"dd-header\"") < at("</div>\n\n<nav class=\"dd-toc\""));
        assert!(at("</nav>\n\n\n## Questions") > at("<nav"));
        assert_eq!(page.matches("<style").count(), 1);
    }

    #[test]
    fn elsewhere_there_is_no_html() {
        let config = Config {
            html: false,
            ..Config::default()
        };
        assert_eq!(
            spliced(chapter(), TEXT, &config),
            "# T\n\n\n\n[design-docs: done]: #\n\n- **Status:** Draft\n- [1 open question](#questions)\n- 1 decision\n\n\
             **Contents**\n\n- [Questions](#questions)\n\n\n## Questions\n\n1. Why? *(no date)*\n"
        );
    }

    #[test]
    fn contents_with_nothing_to_list_stay_the_author_s() {
        let mut chapter = chapter();
        chapter.headings.clear();
        let mut config = off();
        config.toc.enabled = true;
        if let Some(document) = &mut chapter.document {
            document.layout.toc = TocPlace::Marker(Span::new(5, 10));
        }
        assert_eq!(spliced(chapter, TEXT, &config), TEXT);
    }

    #[test]
    fn a_marker_becomes_the_index_where_there_are_documents() {
        let marked = Chapter {
            path: "team/log.md".into(),
            markers: vec![Marker {
                kind: IndexKind::Documents,
                filter: Filter::default(),
                span: Span::new(3, 6),
                is_surplus: false,
            }],
            ..Chapter::default()
        };
        assert_eq!(
            spliced(marked.clone(), "a\n\n<!>\n\nb\n", &Config::default()),
            "a\n\n<!>\n\nb\n"
        );
        let corpus = Corpus {
            chapters: vec![chapter(), marked],
            ..Corpus::default()
        };
        let config = Config::default();
        let edits = Pages::new(&corpus, &config, date(2026, 3, 1)).edits(1);
        let page = splice("a\n\n<!>\n\nb\n", &edits);
        assert!(page.starts_with("a\n\n\n\n<style>"));
        assert!(page.contains("</script>\n\n<div class=\"dd-index\""));
        assert!(page.contains("<a href=\"../a/t.html\">"));
        assert!(page.ends_with("</div>\n\n\n\nb\n"));
    }
}
