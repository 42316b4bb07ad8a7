//! Determines the kind of a document: a design, a decision log or a decision record.

use pulldown_cmark::Tag;

use crate::model::{Document, DocumentKind};
use crate::parse::markdown::fold::folded_in_place;
use crate::parse::markdown::inline::{Run, find_in_any_case, lines};
use crate::parse::record::{Reader, label};
use crate::parse::vocabulary::topics::Topic;
use crate::source::Source;

/// The kind of a document that has been read.
pub(crate) fn kind(document: &Document, reader: &Reader<'_>, source: &Source) -> DocumentKind {
    // A decision without a title of its own cannot be named.
    if document.title.span.is_empty() {
        return DocumentKind::Design;
    }
    let title = reader.title_section();
    let is_log = title.is_some_and(|title| title.topics.has(Topic::DecisionLog));
    let is_certain = title.is_some_and(|title| !title.is_weak);
    if is_log && (document.decisions.len() > 1 || is_certain && !document.decisions.is_empty()) {
        return DocumentKind::Log;
    }
    let has = |topic| reader.sections.iter().any(|section| section.topics.has(topic));
    let (has_frame, is_named) = (has(Topic::Frame), is_named(reader, source));
    let is_stated = || has(Topic::Decision) || reader.tree.blocks().any(|block| begins_with_decision(reader, block));
    let has_facts = is_named && document.status.is_some() || has_frame && !document.deciders.is_empty();
    let is_record = document.decisions.is_empty() && has_facts || (has_frame || is_named) && is_stated();
    if is_record || is_only_decision(reader) || is_sentence(reader) {
        DocumentKind::Adr
    } else {
        DocumentKind::Design
    }
}

/// Whether its title or its folder identifies it as a decision record.
fn is_named(reader: &Reader<'_>, source: &Source) -> bool {
    let words = reader.title_words().unwrap_or_default();
    let path = source.path.to_lowercase();
    let mut parts = path.split(['/', '-', '_', '.']);
    words.split(' ').any(|word| word == "adr")
        || words.contains("architecture decision record")
        || parts.any(|part| matches!(part, "adr" | "adrs" | "decisions"))
}

/// Whether a block states the decision: `**Decision:** …` as a paragraph, or as the first labelled
/// item of a list.
fn begins_with_decision(reader: &Reader<'_>, block: usize) -> bool {
    let tree = reader.tree;
    // Few blocks contain the word at all. Without this check, templated documents take 6 % more
    // instructions.
    if find_in_any_case(tree.source(block), "decision").is_none() {
        return false;
    }
    let is_decision = |text: &[Run<'_>]| {
        let (label, _) = lines(text).find_map(label::first)?;
        Some(folded_in_place(&label, |label| label == "decision"))
    };
    let first = match tree.tag(block) {
        Some(Tag::Paragraph) => is_decision(&reader.runs(block)),
        Some(Tag::List(_)) => {
            let mut items = tree.children(block);
            items.find_map(|item| is_decision(&reader.item(item).runs))
        }
        _ => None,
    };
    first == Some(true)
}

/// Whether the document is a decision in one sentence that names context, need, choice and price:
/// `In the context of …, facing …, we decided for …, accepting …`.
pub(crate) fn is_sentence(reader: &Reader<'_>) -> bool {
    let is_paragraph = |block: &usize| matches!(reader.tree.tag(*block), Some(Tag::Paragraph));
    let mut first = reader.tree.blocks().filter(is_paragraph).take(3);
    reader.title.is_some()
        && first.any(|block| {
            let text = reader.tree.text_of(block).to_lowercase();
            text.starts_with("in the context of") && text.contains("we decided") && text.contains("accepting")
        })
}

/// Whether the document is a short record whose first paragraph is labelled `Decision`.
pub(crate) fn is_only_decision(reader: &Reader<'_>) -> bool {
    let first = reader.title.map(|title| reader.tree.nodes[title].end);
    first.is_some_and(|block| block < reader.tree.nodes.len() && begins_with_decision(reader, block))
}
