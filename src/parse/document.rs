//! Puts a document together from what was gathered in its chapter.

use super::carried::{self, Carried};
use super::date::{is_placeholder, when};
use super::field::Field;
use super::fragment::Home;
use super::front_matter::FrontMatter;
use super::gather::{Gathered, gather};
use super::label::{Key, folded_in_place};
use super::outline::Outline;
use super::page_ids::PageIds;
use super::person::people;
use super::role::{add_people, merge_handles};
use super::section::{Section, Topic, sections};
use super::status::status;
use super::tree::Tree;
use super::{Reader, Rules, contents, decision_log, open_questions, outline, recognise, registers};
use crate::config::Config;
use crate::model::{DateText, Decision, Document, Fact, Kind, Layout, Reference, Status, Steps, When};
use crate::source::{Source, Span, Spanned};

/// Reads a chapter as a design document; None where it is none and `included` does not say so.
pub(crate) fn read(
    source: &Source,
    tree: &Tree<'_>,
    front: &FrontMatter,
    rules: Rules<'_>,
    included: bool,
) -> Option<(Document, Outline)> {
    let Rules {
        labels,
        config,
        renamed,
        registers,
    } = rules;
    let sections = sections(tree);
    let title = title_section(&sections);
    let gathered = gather(tree, front, &sections, title, labels);
    let replaced = merged(&gathered.replaced);
    let removed = if config.header.enabled { &replaced[..] } else { &[] };
    let outline = outline::outline(tree, config.dialect, removed);
    let page_ids = PageIds::new(tree, &outline.headings, config.dialect);
    let reader = Reader {
        tree,
        sections: &sections,
        labels,
        config,
        home: Home {
            path: &source.path,
            renamed,
        },
        title,
        headings: &outline.headings,
        page_ids: &page_ids,
    };
    let mut document = titled(&gathered, &replaced, source, &reader);
    document.questions = open_questions::open_questions(&reader);
    document.decisions = decision_log::decisions(&reader);
    if registers {
        document.registers = registers::entries(&reader);
    }
    document.steps = steps(&reader);
    document.kind = super::kind::kind(&document, &reader, source);
    if document.kind == Kind::Adr && document.decisions.is_empty() {
        let decision = title.map(|title| whole_document_decision(&document, tree, title, &reader));
        document.decisions.extend(decision);
    }
    if !included && !recognise::is_design_document(&document, &gathered, &reader) {
        return None;
    }
    document.dependencies = super::dependency::dependencies(&reader);
    document.stated = super::stated::statements(&gathered, &reader);
    let lost_ids = outline.lost_ids.iter().filter(|id| !page_ids.has(id));
    document.layout = Layout {
        header_at: header_at(tree, title.or(gathered.below), front, removed),
        lost_ids: lost_ids.cloned().collect(),
        replaced,
        toc: contents::place(tree, &sections, title),
        crlf: has_crlf(tree.text.as_bytes()),
    };
    Some((document, outline))
}

/// Whether a line ends as on Windows. Few texts have the first of the two bytes at all.
fn has_crlf(text: &[u8]) -> bool {
    memchr::memchr_iter(b'\r', text).any(|at| text.get(at + 1) == Some(&b'\n'))
}

/// Titles that say what a section holds; the document's own title is then elsewhere.
const GENERIC_TITLES: &[&str] = &[
    "summary", "overview", "abstract", "purpose", "context", "motivation", "introduction", "title", "name",
    "background", "problem", "problem statement", "description", "tl dr", "tldr", "status", "metadata",
];

/// The heading that is the document's title.
fn title_section(sections: &[Section]) -> Option<usize> {
    let first = sections.first()?;
    let is_title = first.level <= 2
        && !GENERIC_TITLES.contains(&first.words.as_str())
        && first.topic.is_none_or(|topic| topic == Topic::DecisionLog);
    is_title.then_some(first.heading)
}

/// The facts of the metadata, with the title: the heading's, else one from elsewhere.
fn titled(gathered: &Gathered<'_>, replaced: &[Span], source: &Source, reader: &Reader<'_>) -> Document {
    let Reader {
        tree, config, title, ..
    } = *reader;
    let heading = title.map(|node| Spanned::new(tree.text_of(node).into_owned(), tree.nodes[node].span));
    let has_none = heading.is_none();
    let mut document = facts(gathered, replaced, heading, config);
    if has_none {
        document.title = title_elsewhere(gathered, source);
    }
    document
}

/// The title of a document that has none as a heading: a label's, else the chapter's name.
fn title_elsewhere(gathered: &Gathered<'_>, source: &Source) -> Spanned<String> {
    let labelled = gathered
        .all()
        .find(|field| field.key == Some(Key::Title) && !is_placeholder(&field.text()));
    match labelled.filter(|field| !field.text().is_empty()) {
        Some(field) => Spanned::new(field.text().into_owned(), field.span()),
        None => Spanned::new(source.name.clone(), Span::default()),
    }
}

/// The facts of the metadata: for each the most telling place that has it. The places of
/// `replaced`, sorted and disjoint, make way for the card. `heading` is the title, where the page
/// has it as a heading.
fn facts(gathered: &Gathered<'_>, replaced: &[Span], heading: Option<Spanned<String>>, config: &Config) -> Document {
    let has_heading = heading.is_some();
    let mut document = Document {
        title: heading.unwrap_or_default(),
        status: best_status(gathered, config),
        ..Document::default()
    };
    let (mut dated, mut since) = (None, None);
    let mut emails = Vec::new();
    let mut unused = Vec::new();
    for field in gathered.all() {
        let text = field.text();
        if text.is_empty() {
            continue;
        }
        let is_used = match field.key {
            Some(Key::Author) => add_people(
                &mut document.authors,
                field,
                folded_in_place(&field.label, |label| label.starts_with("co")),
            ),
            Some(Key::Reviewer) => add_people(&mut document.reviewers, field, true),
            Some(Key::Approver) => add_people(&mut document.approvers, field, true),
            Some(Key::Decider) => add_people(&mut document.deciders, field, true),
            Some(Key::Created) => set_date(&mut document.created, field, config),
            Some(Key::Updated) => set_date(&mut document.updated, field, config),
            Some(Key::Date) => set_date(&mut dated, field, config),
            Some(Key::Since) => set_date(&mut since, field, config),
            Some(Key::Release) if document.target_release.is_none() && !is_placeholder(&text) => {
                document.target_release = Some(text.clone().into_owned());
                true
            }
            Some(Key::Link) if !is_placeholder(&text) => {
                document.links.push(reference(field));
                true
            }
            Some(Key::Email) => {
                emails.extend(people(&field.values).into_iter().filter_map(|person| person.email));
                text.contains('@') && !is_placeholder(&text)
            }
            Some(Key::Status) => true,
            Some(Key::Title) => has_heading,
            _ => false,
        };
        // What the card replaces it must tell in full, remarks and links included.
        if !is_used || is_within(replaced, field.span()) {
            unused.push((field, is_used));
        }
    }
    merge_handles(&mut document.reviewers);
    merge_handles(&mut document.approvers);
    document.created = document.created.or(dated).or(since);
    let without_email = document.authors.iter_mut().filter(|author| author.email.is_none());
    for (author, email) in without_email.zip(emails) {
        author.email = Some(email);
    }
    document.facts = told_besides(&document, &unused);
    document
}

/// Whether one of `spans`, sorted and disjoint, holds all of `span`.
fn is_within(spans: &[Span], span: Span) -> bool {
    let behind = spans.partition_point(|other| other.start <= span.start);
    behind > 0 && spans[behind - 1].contains(span)
}

/// The facts that the card shows as they are: those without a use, and those of which what
/// was made of them leaves something untold.
fn told_besides(document: &Document, fields: &[(&Field<'_>, bool)]) -> Vec<Fact> {
    let words = std::cell::OnceCell::new();
    let carried = std::cell::OnceCell::new();
    // Few fields need all the words of the card to be gathered.
    let has = |field: &Field<'_>| {
        carried::is_told(document, field) || {
            let words = words.get_or_init(|| carried::words(document));
            carried.get_or_init(|| Carried::by(document, words)).has(field)
        }
    };
    fields
        .iter()
        .filter(|(field, is_used)| !is_used || !has(field))
        .map(|(field, _)| Fact {
            label: field.label.to_string(),
            text: field.text().into_owned(),
            markdown: field.markdown(),
        })
        .collect()
}

fn set_date(slot: &mut Option<DateText>, field: &Field<'_>, config: &Config) -> bool {
    let text = field.text();
    let when = when(&text, config);
    if when == When::Unset {
        return false;
    }
    // A date that can be read is worth more than words in a better place.
    if slot
        .as_ref()
        .is_none_or(|date| date.date().is_none() && matches!(when, When::Day(_)))
    {
        *slot = Some(DateText {
            text: text.into_owned(),
            when,
            span: field.span(),
        });
    }
    true
}

fn reference(field: &Field<'_>) -> Reference {
    let url = field
        .values
        .iter()
        .flat_map(|value| &value.runs)
        .find_map(|run| run.link);
    let text = field.text();
    let bare = text
        .split_whitespace()
        .find(|word| word.starts_with("https://") || word.starts_with("http://"));
    let url = url.or(bare).map(str::to_owned);
    Reference {
        label: field.label.to_string(),
        url,
        markdown: field.markdown(),
        text: text.into_owned(),
    }
}

/// The first status that somebody has filled in; one left unfilled only where there is no other.
fn best_status(gathered: &Gathered<'_>, config: &Config) -> Option<Status> {
    let mut unfilled = None;
    for field in gathered.all().filter(|field| field.key == Some(Key::Status)) {
        let statuses = statuses(field, config);
        // A section may go on to say what has become of it: `Accepted`, then `Superseded by …`.
        let last_word = statuses.iter().find(|status| status.state == "superseded");
        match last_word.or(statuses.first()) {
            Some(found) if found.is_unfilled() => unfilled = unfilled.or(Some(found.clone())),
            Some(found) => return Some(found.clone()),
            None => {}
        }
    }
    unfilled
}

/// The statuses that a field's values name, of a list of boxes the ticked one.
fn statuses(field: &Field<'_>, config: &Config) -> Vec<Status> {
    let is_checklist = field.values.len() > 1 && field.values.iter().all(|value| value.ticked.is_some());
    if is_checklist && field.values.iter().all(|value| value.ticked == Some(false)) {
        return vec![super::status::unfilled(field.span())];
    }
    field
        .values
        .iter()
        .filter(|value| !is_checklist || value.ticked == Some(true))
        .filter_map(|value| {
            // `~~Draft~~ Accepted`
            let kept: Vec<_> = value.runs.iter().filter(|run| !run.struck).cloned().collect();
            let text = super::inline::words(&kept);
            status(&if text.is_empty() { value.text() } else { text }, value.span, config)
        })
        .collect()
}

fn steps(reader: &Reader<'_>) -> Steps {
    let mut steps = Steps::default();
    let mut up_to = 0;
    for section in reader
        .sections
        .iter()
        .filter(|section| section.topic == Some(Topic::Rollout))
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

/// An ADR is one decision: its title.
fn whole_document_decision(document: &Document, tree: &Tree<'_>, title: usize, reader: &Reader<'_>) -> Decision {
    let words = super::inline::runs(tree, title + 1, tree.nodes[title].end);
    let decision = super::fragment::fragment(&words, reader.home);
    Decision {
        id: super::id::Ids::default().make("decision", None, &decision.text, |_| false),
        decision,
        date: document.created.clone().or_else(|| document.updated.clone()),
        decided_by: document.deciders.clone(),
        status: document
            .status
            .as_ref()
            .map(|status| status.text.clone())
            .unwrap_or_default(),
        superseded: document
            .status
            .as_ref()
            .is_some_and(|status| status.state == "superseded"),
        span: document.title.span,
        heading_id: reader.heading_id(title),
        ..Decision::default()
    }
}

/// Behind the title's line; else where the document begins.
fn header_at(tree: &Tree<'_>, title: Option<usize>, front: &FrontMatter, removed: &[Span]) -> usize {
    let at = title.map_or(front.span.end, |node| {
        super::lines::line_end(tree.text, tree.nodes[node].span)
    });
    // Never within what is cut: the card takes its place.
    removed
        .iter()
        .find(|span| span.start < at && at < span.end)
        .map_or(at, |span| span.end)
}

/// `spans`, sorted, with those that touch or overlap made one.
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
