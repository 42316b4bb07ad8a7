//! Decides whether a chapter is a design document. Guides, reference pages and meeting minutes also
//! have dates and names, so one weak sign is never sufficient.

use pulldown_cmark::{Event, Tag};

use crate::model::Document;
use crate::parse::markdown::fold::fold;
use crate::parse::markdown::fragment::leads_to_file;
use crate::parse::markdown::tree::NodeKind;
use crate::parse::metadata::header::CollectedFields;
use crate::parse::record::Reader;
use crate::parse::values::status::is_known;
use crate::parse::vocabulary::concept::{Class, Key};
use crate::parse::vocabulary::topics::Topic;

/// The minimum weight of a design document.
const ENOUGH: i32 = 2;

/// Whether the chapter is a design document: evidence for and against it is weighed, and a single
/// weak sign is not sufficient.
pub(crate) fn is_design_document(
    document: &Document,
    collected: &CollectedFields<'_>,
    reader: &Reader<'_>,
    is_short_record: bool,
) -> bool {
    metadata(document, collected) + content(document, reader, is_short_record) + against(collected, reader) >= ENOUGH
}

/// The weight of the labelled facts.
fn metadata(document: &Document, collected: &CollectedFields<'_>) -> i32 {
    let has = |key: Key| {
        let mut fields = collected.all();
        fields.any(|field| field.key == Some(key) && !field.values.is_empty())
    };
    let sum = |keys: &[Key]| keys.iter().map(|key| i32::from(has(*key))).sum::<i32>();
    let any = |keys: &[Key]| sum(keys).min(1);
    // Any page may have its author and last change in the front matter.
    let page = [Key::Author, Key::Updated, Key::Since];
    let places = [
        &collected.header, &collected.metadata, &collected.sections, &collected.footer,
    ];
    let mut kept = places.into_iter().flatten().filter_map(|field| field.key);
    let page = match kept.any(|key| page.contains(&key)) {
        // In front matter, a date of last change without an author or a date counts nothing.
        true if !has(Key::Author) && !has(Key::Date) => sum(&[Key::Since]),
        true => sum(&page),
        false => any(&page),
    };
    status(document, collected)
        + 2 * any(&[Key::Reviewer, Key::Approver, Key::Decider])
        + 2 * sum(&[Key::Created])
        + sum(&[Key::Date, Key::Link, Key::Release, Key::SupersededBy])
        + any(&[Key::Supersedes, Key::Amends])
        + page
}

/// The weight of the status. An unknown word can mean anything, so it has none.
fn status(document: &Document, collected: &CollectedFields<'_>) -> i32 {
    let Some(status) = &document.status else { return 0 };
    if status.is_unfilled() {
        return 2;
    }
    // In front matter, `current` and `published` may describe any page that is up to date.
    let mut front_matter = collected.front_matter.iter().chain(&collected.nested);
    let is_of_page =
        matches!(status.state.as_str(), "active" | "final") && front_matter.any(|field| field.key == Some(Key::Status));
    i32::from(is_known(status) && !is_of_page)
}

/// The weight of the sections.
fn content(document: &Document, reader: &Reader<'_>, is_short_record: bool) -> i32 {
    let has = |topic| reader.sections.iter().any(|section| section.topics.has(topic));
    let title = reader.title_section().map(|section| section.topics).unwrap_or_default();
    let (decided, asked) = (document.decisions.len(), document.questions.len());
    let is_log = has(Topic::DecisionLog) || reader.title_words().is_some_and(|words| words.contains("decision"));
    let mut questions = document.questions.iter();
    let is_structured = questions.any(|question| question.due.is_some() || !question.owners.is_empty());
    // A page dedicated to questions or decisions needs no metadata.
    let is_page = title.has(Topic::DecisionLog) && decided > 1 || title.questions().is_some() && asked > 1;
    let certain = [is_log && decided > 0, is_page, is_structured, is_short_record];
    let weak = [
        !is_log && decided > 1,
        !is_structured && (asked > 0 || has(Topic::OpenQuestions)),
        is_numbered(reader),
    ];
    2 * count(&certain) + count(&weak) + skeleton(reader)
}

fn count(signs: &[bool]) -> i32 {
    signs.iter().map(|sign| i32::from(*sign)).sum()
}

/// The weight of the evidence against it. Minutes and checklists describe past work; a list of
/// links to documents is not a document.
fn against(collected: &CollectedFields<'_>, reader: &Reader<'_>) -> i32 {
    let has = |key| collected.all().any(|field| field.key == Some(key));
    let mut words = reader.title_words().unwrap_or_default().split(' ');
    let is_meeting = words.any(|word| reader.vocabulary.is(Class::Meeting, word));
    let is_minutes = has(Key::Attendees) || is_meeting && !has(Key::Status);
    -4 * count(&[is_minutes, is_account(reader), is_index(reader)])
}

/// Whether the title identifies a checklist or a report of past work: `Test summary: …`.
fn is_account(reader: &Reader<'_>) -> bool {
    let title = reader.title.map(|title| reader.tree.text_of(title)).unwrap_or_default();
    let mut parts = title.split([':', '—', '–', '|']).flat_map(|part| part.split(" - "));
    parts.any(|part| {
        let words = fold(part);
        let last = words.split(' ').next_back();
        last.is_some_and(|last| reader.vocabulary.is(Class::Account, last))
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
        let heads = match tree.tag(block) {
            Some(Tag::List(_)) => 0,
            Some(Tag::Table(_)) => 1,
            _ => continue,
        };
        for entry in tree.children(block).skip(heads) {
            let mut inner = tree.nodes[entry + 1..tree.nodes[entry].end].iter();
            let first = inner.find_map(|node| match &node.kind {
                NodeKind::Open(Tag::Link { dest_url, .. }) => Some(leads_to_file(dest_url)),
                NodeKind::Leaf(Event::Text(text)) if text.trim().is_empty() => None,
                NodeKind::Leaf(Event::Text(_) | Event::Code(_)) => Some(false),
                _ => None,
            });
            all += 1;
            links += usize::from(first == Some(true));
        }
    }
    links >= 3 && links * 2 > all
}

/// The weight of headings that only proposals have, regardless of the metadata. Two of them are a
/// sign, three are conclusive. Headings that other texts have too count half.
fn skeleton(reader: &Reader<'_>) -> i32 {
    let sections = |topic| {
        let all = reader.sections.iter().filter(move |section| section.topics.has(topic));
        let mut words: Vec<&str> = all.map(|section| section.words.as_str()).collect();
        words.sort_unstable();
        words.dedup();
        words
    };
    let (found, common) = (sections(Topic::Proposal), sections(Topic::Common));
    // A decision record may have only these sections: MADR's two, or a decision with its context
    // and consequences.
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
