//! Whether a chapter is a design document. Guides, reference pages and minutes of meetings
//! also have dates and names; so one weak sign is never enough.

use pulldown_cmark::{Event, Tag};

use crate::model::Document;
use crate::parse::kind;
use crate::parse::markdown::fold::fold;
use crate::parse::markdown::fragment::leads_to_file;
use crate::parse::markdown::tree::Kind;
use crate::parse::metadata::header::CollectedFields;
use crate::parse::record::Reader;
use crate::parse::values::status::is_known;
use crate::parse::vocabulary::concept::Key;
use crate::parse::vocabulary::topics::Topic;

/// The minimum weight of a design document.
const ENOUGH: i32 = 2;

/// Whether what was read makes the chapter a design document: signs for it and against it are
/// weighed, and no weak one is enough.
pub(crate) fn is_design_document(document: &Document, collected: &CollectedFields<'_>, reader: &Reader<'_>) -> bool {
    metadata(document, collected) + content(document, reader) + against(collected, reader) >= ENOUGH
}

/// What the labelled facts weigh.
fn metadata(document: &Document, collected: &CollectedFields<'_>) -> i32 {
    let has = |key: Key| {
        collected
            .all()
            .any(|field| field.key == Some(key) && !field.values.is_empty())
    };
    let any = |keys: &[Key]| i32::from(keys.iter().any(|key| has(*key)));
    let weak = [Key::Date, Key::Link, Key::Release, Key::Supersedes, Key::SupersededBy];
    let weak: i32 = weak.iter().map(|key| any(&[*key])).sum();
    // Who wrote a page and when it was changed stands in the front matter of any page.
    let kept = [
        &collected.header, &collected.metadata, &collected.sections, &collected.footer,
    ];
    let is_kept = |key| {
        kept.iter()
            .any(|fields| fields.iter().any(|field| field.key == Some(key)))
    };
    let page = [Key::Author, Key::Updated, Key::Since];
    let page = match page.iter().any(|key| is_kept(*key)) {
        // Nor does the day of a change alone tell of a proposal.
        true if !has(Key::Author) && !has(Key::Date) => any(&[Key::Since]),
        true => page.iter().map(|key| any(&[*key])).sum(),
        false => any(&page),
    };
    status(document, collected)
        + 2 * any(&[Key::Reviewer, Key::Approver, Key::Decider])
        + 2 * any(&[Key::Created])
        + weak
        + page
}

/// The weight of the status: an unknown word can mean anything, so it has none.
fn status(document: &Document, collected: &CollectedFields<'_>) -> i32 {
    let Some(status) = &document.status else { return 0 };
    if status.is_unfilled() {
        return 2;
    }
    // In front matter `current` and `published` say of any page that it is up to date.
    let is_of_page = matches!(status.state.as_str(), "active" | "final") && {
        let mut statuses = collected.front_matter.iter().chain(&collected.nested);
        statuses.any(|field| field.key == Some(Key::Status))
    };
    i32::from(is_known(status) && !is_of_page)
}

/// The weight of the sections.
fn content(document: &Document, reader: &Reader<'_>) -> i32 {
    let has = |topic| reader.sections.iter().any(|section| section.topics.has(topic));
    let title = reader.title_section().map(|section| section.topics).unwrap_or_default();
    let (decided, asked) = (document.decisions.len(), document.questions.len());
    let is_log = has(Topic::DecisionLog) || reader.title_words().is_some_and(|words| words.contains("decision"));
    let is_structured = document
        .questions
        .iter()
        .any(|question| question.due.is_some() || !question.owners.is_empty());
    // A page of its own for questions or decisions needs no metadata.
    let is_page = title.has(Topic::DecisionLog) && decided > 1 || title.questions().is_some() && asked > 1;
    2 * i32::from(is_log && decided > 0)
        + i32::from(!is_log && decided > 1)
        + 2 * i32::from(is_page)
        + if is_structured {
            2
        } else {
            i32::from(asked > 0 || has(Topic::OpenQuestions))
        }
        + 2 * i32::from(kind::is_only_decision(reader) || kind::is_sentence(reader))
        + i32::from(is_numbered(reader))
        + skeleton(reader)
}

/// The weight against it. Minutes and check lists record past work and are not maintained
/// afterwards; an index of records is not a record itself.
fn against(collected: &CollectedFields<'_>, reader: &Reader<'_>) -> i32 {
    let has = |key| collected.all().any(|field| field.key == Some(key));
    let title_has = |names: &[&str]| {
        let words = reader.title_words().unwrap_or_default();
        words.split(' ').any(|word| names.contains(&word))
    };
    let met = [
        "meeting", "minutes", "agenda", "retro", "retrospective", "postmortem", "changelog",
    ];
    let is_minutes = has(Key::Attendees) || title_has(&met) && !has(Key::Status);
    -4 * (i32::from(is_minutes) + i32::from(is_account(reader)) + i32::from(is_index(reader)))
}

/// Whether the title calls it a check list or an account of what was done: `Test summary: …`.
fn is_account(reader: &Reader<'_>) -> bool {
    const NAMES: [&str; 5] = ["checklist", "tasks", "summary", "report", "changelog"];
    let title = reader.title.map(|title| reader.tree.text_of(title)).unwrap_or_default();
    let parts = title.split([':', '—', '–', '|']).flat_map(|part| part.split(" - "));
    parts.into_iter().any(|part| {
        let words = fold(part);
        words.split(' ').next_back().is_some_and(|last| NAMES.contains(&last))
    })
}

/// Whether the title begins with a kind of document and a number: `ADR-0007: …`, `RFC 42`.
fn is_numbered(reader: &Reader<'_>) -> bool {
    let mut words = reader.title_words().unwrap_or_default().split(' ');
    let is_kind = words.next().is_some_and(|word| reader.vocabulary.is_kind(word));
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    is_kind && words.next().is_some_and(is_number)
}

/// Whether most items and rows of the chapter begin with a link to a page.
fn is_index(reader: &Reader<'_>) -> bool {
    let tree = reader.tree;
    let (mut all, mut links) = (0, 0);
    for block in tree.blocks() {
        let entries: Vec<usize> = match tree.tag(block) {
            Some(Tag::List(_)) => tree.children(block).collect(),
            Some(Tag::Table(_)) => tree.children(block).skip(1).collect(),
            _ => continue,
        };
        for entry in entries {
            all += 1;
            let mut inner = tree.nodes[entry + 1..tree.nodes[entry].end].iter();
            let first = inner.find_map(|node| match &node.kind {
                Kind::Open(Tag::Link { dest_url, .. }) => Some(leads_to_file(dest_url)),
                Kind::Leaf(Event::Text(text)) if !text.trim().is_empty() => Some(false),
                Kind::Leaf(Event::Code(_)) => Some(false),
                _ => None,
            });
            links += usize::from(first == Some(true));
        }
    }
    links >= 3 && links * 2 > all
}

/// Headings that only a proposal has, whatever its metadata; two of them are a sign, three
/// leave no doubt. Headings that other texts have too count half.
fn skeleton(reader: &Reader<'_>) -> i32 {
    let sections = |topic| {
        let all = reader.sections.iter().filter(move |section| section.topics.has(topic));
        let mut words: Vec<&str> = all.map(|section| section.words.as_str()).collect();
        words.sort_unstable();
        words.dedup();
        words
    };
    let (found, common) = (sections(Topic::Proposal), sections(Topic::Common));
    // The sections of a decision record, which may have nothing else: those of MADR, or a decision
    // between its context and its consequences.
    let is_madr = ["context and problem statement", "decision outcome"];
    let has_decision = !sections(Topic::Decision).is_empty();
    if is_madr.iter().all(|words| found.contains(words)) || has_decision && sections(Topic::Frame).len() > 1 {
        return 2;
    }
    match found.len() + common.len() / 2 {
        0 | 1 => 0,
        2 => 1,
        _ => 2,
    }
}
