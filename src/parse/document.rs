//! Assembles a document from the facts collected in its chapter.

use std::collections::BTreeSet;

use crate::model::{Decision, Detached, Document, DocumentKind, Layout, Status, Steps};
use crate::parse::decisions::{DECISION, log as decision_log};
use crate::parse::markdown::anchor::outline::{self, Outline};
use crate::parse::markdown::anchor::page_ids::PageIds;
use crate::parse::markdown::fragment::{Home, fragment};
use crate::parse::markdown::inline::{Run, runs};
use crate::parse::markdown::tree::Tree;
use crate::parse::metadata::facts::facts;
use crate::parse::metadata::front_matter::FrontMatter;
use crate::parse::metadata::header::{CollectedFields, collect_fields};
use crate::parse::metadata::{about, contents, statements};
use crate::parse::questions::{QUESTION, section as open_questions};
use crate::parse::record::section::{Section, sections};
use crate::parse::record::{Reader, items};
use crate::parse::registers::entries as registers;
use crate::parse::registers::needs::needs;
use crate::parse::values::date::is_placeholder;
use crate::parse::vocabulary::Vocabulary;
use crate::parse::vocabulary::concept::{Key, Scope};
use crate::parse::vocabulary::headings::heading_words;
use crate::parse::vocabulary::topics::Topic;
use crate::parse::{Rules, kind, recognise};
use crate::source::{Source, Span, Spanned};

/// Reads a chapter as a design document. None if it is not one and `included` does not override
/// that.
pub(crate) fn read(
    source: &Source,
    tree: &Tree<'_>,
    front: &FrontMatter,
    rules: Rules<'_>,
    included: bool,
) -> Option<(Document, Outline)> {
    let (config, vocabulary) = (rules.config, rules.vocabularies.of(&source.text));
    let sections = sections(tree, vocabulary);
    let title = title_section(&sections, front, vocabulary);
    let collected = collect_fields(tree, front, &sections, title, vocabulary);
    let replaced = merged(&collected.replaced);
    let removed = if config.header.enabled { &replaced[..] } else { &[] };
    let outline = outline::outline(tree, config.dialect, removed);
    let page_ids = PageIds::new(tree, &outline.headings, config.dialect);
    let reader = Reader {
        tree,
        sections: &sections,
        vocabulary,
        home: Home {
            path: &source.path,
            renamed: rules.renamed,
        },
        title,
        headings: &outline.headings,
        page_ids: &page_ids,
        policy: QUESTION,
    };
    let mut document = titled(&collected, &replaced, source, &reader);
    document.questions = open_questions::open_questions(&reader);
    document.decisions = decision_log::decisions(&reader);
    document.registers = registers::entries(&reader, rules.registers);
    document.steps = steps(&reader);
    let is_short_record = kind::is_short_record(&reader);
    document.kind = kind::kind(&document, &reader, source, is_short_record);
    if document.kind == DocumentKind::Adr && document.decisions.is_empty() {
        let decision = whole_document_decision(&document, tree, title, &reader);
        document.decisions.push(decision);
    }
    if !included && !recognise::is_design_document(&document, &collected, &reader, is_short_record) {
        return None;
    }
    about::read(&mut document, &collected, front, tree.text, vocabulary);
    document.detached = detached(&reader);
    document.has_unread_sections = has_unread_sections(&sections, title);
    document.dependencies = registers::dependencies(&reader);
    document.stated = statements::statements(&collected, &reader);
    document.stated.mentions.extend(needs(&reader));
    let lost_ids = outline.lost_ids.iter().filter(|id| !page_ids.has(id));
    document.layout = Layout {
        header_at: header_at(tree, collected.below.or(title), front, removed),
        lost_ids: lost_ids.cloned().collect(),
        replaced,
        toc: contents::place(tree, &sections, title),
        crlf: has_crlf(tree.text.as_bytes()),
    };
    Some((document, outline))
}

/// Whether there are sections and the topic of not one is known. A single one may be of any topic.
fn has_unread_sections(sections: &[Section], title: Option<usize>) -> bool {
    let mut own = sections.iter().filter(|section| Some(section.heading) != title);
    own.clone().nth(1).is_some() && own.all(|section| !section.topics.are_known())
}

/// Whether a line ends in CRLF. Few texts contain a carriage return at all.
fn has_crlf(text: &[u8]) -> bool {
    memchr::memchr_iter(b'\r', text).any(|at| text.get(at + 1) == Some(&b'\n'))
}

/// The heading that is the document's title.
pub(crate) fn title_section(sections: &[Section], front: &FrontMatter, vocabulary: &Vocabulary<'_>) -> Option<usize> {
    let first = sections.first()?;
    let topics = first.topics;
    let is_page = topics.has(Topic::DecisionLog) || first.level == 1 && topics.questions().is_some();
    // These titles name a section; the document's own title is elsewhere.
    let is_title = first.level <= 2 && !topics.has(Topic::Generic) && (topics.is_empty() || is_page);
    // If the front matter has a title, a second-level heading is the first section.
    let is_section = || {
        let titles = front
            .entries
            .iter()
            .filter(|entry| vocabulary.key(Scope::Document, &entry.key) == Some(Key::Title));
        let mut titles = titles.flat_map(|entry| &entry.values);
        titles.any(|title| !title.is_empty() && !is_placeholder(title) && heading_words(title) != *first.words)
    };
    (is_title && (first.level == 1 || !is_section())).then_some(first.heading)
}

/// The facts of the metadata, with the title: the heading's, or one from elsewhere.
fn titled(collected: &CollectedFields<'_>, replaced: &[Span], source: &Source, reader: &Reader<'_>) -> Document {
    let Reader {
        tree,
        vocabulary,
        title,
        ..
    } = *reader;
    let heading = title.map(|node| Spanned::new(tree.text_of(node).into_owned(), tree.nodes[node].span));
    let has_none = heading.is_none();
    let mut document = facts(collected, replaced, heading, vocabulary);
    for due in [&mut document.revisit, &mut document.review_until]
        .into_iter()
        .flatten()
    {
        // A value of the front matter has the place of its line.
        due.0.span = statements::place_of(tree.text, due.0.span, &due.0.text).unwrap_or(due.0.span);
    }
    if has_none {
        document.title = title_elsewhere(collected, source);
    }
    document
}

/// The title of a document without a title heading: a labelled one, or else the chapter's name.
fn title_elsewhere(collected: &CollectedFields<'_>, source: &Source) -> Spanned<String> {
    let labelled = collected
        .all()
        .find(|field| field.key == Some(Key::Title) && !is_placeholder(&field.text()));
    match labelled.filter(|field| !field.text().is_empty()) {
        Some(field) => Spanned::new(field.text().into_owned(), field.span()),
        None => Spanned::new(source.name.clone(), Span::default()),
    }
}

/// The facts next to, rather than inside, their questions and decisions.
fn detached(reader: &Reader<'_>) -> Vec<Detached> {
    let mut out = Vec::new();
    let (mut asked_to, mut decided_to) = (0, 0);
    for section in reader.sections {
        if section.topics.questions().is_some() {
            asked_to = asked_to.max(section.end);
        }
        if section.topics.has(Topic::DecisionLog) {
            decided_to = decided_to.max(section.end);
        }
        let policy = match section.heading {
            heading if heading < asked_to => QUESTION,
            heading if heading < decided_to => DECISION,
            _ => continue,
        };
        out.extend(items::detached(section.start, section.own_end, &reader.of(policy)));
    }
    // Assumptions below open questions are read as both.
    let known: BTreeSet<Span> = out.iter().map(|detached| detached.span).collect();
    let records = registers::detached(reader).into_iter();
    out.extend(records.filter(|record| !known.contains(&record.span)));
    out
}

fn steps(reader: &Reader<'_>) -> Steps {
    let mut steps = Steps::default();
    let mut up_to = 0;
    for section in reader
        .sections
        .iter()
        .filter(|section| section.topics.has(Topic::Rollout))
    {
        if section.heading >= up_to {
            let (done, total) = reader.boxes(section.start, section.end);
            steps = Steps {
                done: steps.done + done,
                total: steps.total + total,
            };
            up_to = section.end;
        }
    }
    steps
}

/// The decision of a document that records a single one, such as an ADR: its title.
fn whole_document_decision(
    document: &Document,
    tree: &Tree<'_>,
    title: Option<usize>,
    reader: &Reader<'_>,
) -> Decision {
    let words = match title {
        Some(title) => runs(tree, title + 1, tree.nodes[title].end),
        None => vec![Run::plain(&document.title.value, document.title.span)],
    };
    let decision = fragment(&words, reader.home);
    Decision {
        id: crate::parse::values::id::Ids::default().make("decision", None, &decision.text, |_| false),
        decision,
        date: document.created.clone().or_else(|| document.updated.clone()),
        decided_by: document.deciders.clone(),
        status: document
            .status
            .as_ref()
            .map(|status| status.text.clone())
            .unwrap_or_default(),
        class: document.status.as_ref().map(|status| status.class).unwrap_or_default(),
        revisit: document.revisit.clone(),
        superseded: document.status.as_ref().is_some_and(Status::is_superseded),
        span: document.title.span,
        heading_id: title.and_then(|title| reader.heading_id(title)),
        ..Decision::default()
    }
}

/// The byte after the title's line, or else the start of the document.
fn header_at(tree: &Tree<'_>, title: Option<usize>, front: &FrontMatter, removed: &[Span]) -> usize {
    let at = title.map_or(front.span.end, |node| {
        crate::parse::markdown::lines::line_end(tree.text, tree.nodes[node].span)
    });
    // Never inside a removed span: the card takes its place.
    removed
        .iter()
        .find(|span| span.start < at && at < span.end)
        .map_or(at, |span| span.end)
}

/// `spans`, sorted, with touching or overlapping ones merged.
fn merged(spans: &[Span]) -> Vec<Span> {
    let mut sorted = spans.to_vec();
    sorted.sort_unstable();
    let mut out: Vec<Span> = Vec::new();
    for span in sorted {
        match out.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => out.push(span),
        }
    }
    out
}
