//! What kind of document it is: a design, a log of decisions, or a decision record.

use memchr::memmem;
use pulldown_cmark::{Event, Tag};

use crate::model::{Document, DocumentKind};
use crate::parse::markdown::fold::folded_in_place;
use crate::parse::markdown::inline::{Run, lines, runs};
use crate::parse::markdown::item::ItemText;
use crate::parse::record::Reader;
use crate::parse::record::label;
use crate::parse::vocabulary::topics::Topic;
use crate::source::{Source, Span};

/// The kind of a document that has been read.
pub(crate) fn kind(document: &Document, reader: &Reader<'_>, source: &Source) -> DocumentKind {
    // A decision without a title of its own could not be told to anybody.
    if document.title.span.is_empty() {
        return DocumentKind::Design;
    }
    let words = reader.title_words().unwrap_or_default();
    let title = reader.title_section();
    let is_log = title.is_some_and(|title| title.topics.has(Topic::DecisionLog));
    let is_certain = title.is_some_and(|title| !title.is_weak);
    if is_log && (document.decisions.len() > 1 || is_certain && !document.decisions.is_empty()) {
        return DocumentKind::Log;
    }
    let has = |topic| reader.sections.iter().any(|section| section.topics.has(topic));
    let in_folder = source
        .path
        .to_lowercase()
        .split(['/', '-', '_', '.'])
        .any(|part| matches!(part, "adr" | "adrs" | "decisions"));
    let named =
        words.split(' ').any(|word| word == "adr") || words.contains("architecture decision record") || in_folder;
    let is_stated = || has(Topic::Decision) || is_labelled_decision(reader);
    let has_frame = has(Topic::Frame);
    if (has_frame || named) && is_stated()
        || (document.decisions.is_empty()
            && (named && document.status.is_some() || has_frame && !document.deciders.is_empty()))
    {
        return DocumentKind::Adr;
    }
    if is_only_decision(reader) || is_sentence(reader) {
        return DocumentKind::Adr;
    }
    DocumentKind::Design
}

/// Whether a block of the chapter begins with a decision so labelled.
fn is_labelled_decision(reader: &Reader<'_>) -> bool {
    // Few blocks have the word at all, and reading lines is dear.
    let text = reader.tree.text.as_bytes();
    let mut places: Vec<usize> = memmem::find_iter(text, "ecision")
        .chain(memmem::find_iter(text, "ECISION"))
        .filter(|&at| ends_label(&text[at + "ecision".len()..]))
        .collect();
    if places.is_empty() {
        return false;
    }
    places.sort_unstable();
    let has_word = |span: Span| {
        let next = places.partition_point(|&place| place < span.start);
        places.get(next).is_some_and(|&place| place < span.end)
    };
    let mut blocks = reader.tree.blocks();
    blocks.any(|block| has_word(reader.tree.nodes[block].span) && begins_with_decision(reader, block))
}

/// Whether a label may end before `rest`: a colon follows before any word.
fn ends_label(rest: &[u8]) -> bool {
    // HTML and an entity may stand for nothing or for white space; the wide colon is not ASCII.
    let is_told = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(**byte, b':' | b'<' | b'&' | 0x80..);
    rest.iter()
        .find(is_told)
        .is_some_and(|byte| !byte.is_ascii_alphanumeric())
}

/// `**Decision:** …` as a paragraph, or as the first labelled item of a list.
fn begins_with_decision(reader: &Reader<'_>, block: usize) -> bool {
    let tree = reader.tree;
    let is_decision = |text: &[Run<'_>]| {
        let (label, _) = lines(text).find_map(label::first)?;
        Some(folded_in_place(&label, |label| label == "decision"))
    };
    let first = match tree.tag(block) {
        Some(Tag::Paragraph) => is_decision(&runs(tree, block + 1, tree.nodes[block].end)),
        Some(Tag::List(_)) => tree
            .children(block)
            .find_map(|item| is_decision(&ItemText::of(tree, item).runs)),
        _ => None,
    };
    first == Some(true)
}

/// A decision told in the one sentence that names context, need, choice and price: `In the
/// context of …, facing …, we decided for …, accepting …`.
pub(crate) fn is_sentence(reader: &Reader<'_>) -> bool {
    reader.title.is_some()
        && reader
            .tree
            .blocks()
            .filter(|&block| matches!(reader.tree.tag(block), Some(Tag::Paragraph)))
            .take(3)
            .any(|block| {
                // Most paragraphs begin otherwise, and need not be put in lower case.
                if let Some(Event::Text(first)) = reader.tree.leaf(block + 1)
                    && first.starts_with(|ch: char| ch.is_ascii() && !ch.is_whitespace() && !matches!(ch, 'i' | 'I'))
                {
                    return false;
                }
                let text = reader.tree.text_of(block).to_lowercase();
                text.starts_with("in the context of") && text.contains("we decided") && text.contains("accepting")
            })
}

/// A short record whose first paragraph is labelled `Decision`.
pub(crate) fn is_only_decision(reader: &Reader<'_>) -> bool {
    let Some(title) = reader.title else { return false };
    let after = reader.tree.nodes[title].end;
    reader
        .tree
        .siblings(after, reader.tree.nodes.len())
        .next()
        .is_some_and(|block| begins_with_decision(reader, block))
}
