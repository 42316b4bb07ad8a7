//! Determines the kind of a document: a design, a decision log or a decision record.

use pulldown_cmark::Tag;

use crate::model::{Document, DocumentKind};
use crate::parse::markdown::fold::fold;
use crate::parse::markdown::inline::find_in_any_case;
use crate::parse::record::Reader;
use crate::parse::vocabulary::topics::Topic;
use crate::source::Source;

/// The kind of a document that has been read, which may be a short record.
pub(crate) fn kind(document: &Document, reader: &Reader<'_>, source: &Source, is_short: bool) -> DocumentKind {
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
    if is_record || is_short {
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
    let may_be = matches!(reader.tree.tag(block), Some(Tag::Paragraph | Tag::List(_)));
    // Few blocks contain the word at all. Without this check, templated documents take 6 % more
    // instructions.
    may_be
        && find_in_any_case(reader.tree.source(block), "decision").is_some()
        && reader
            .first_label(block)
            .is_some_and(|label| fold(&label) == "decision")
}

/// Whether the document is a short record of one decision: its first paragraph is labelled
/// `Decision`, or one of the first names context, need, choice and price: `In the context of …,
/// facing …, we decided for …, accepting …`.
pub(crate) fn is_short_record(reader: &Reader<'_>) -> bool {
    const START: &str = "in the context of";
    let Some(title) = reader.title else { return false };
    let first = reader.tree.nodes[title].end;
    let is_paragraph = |block: &usize| matches!(reader.tree.tag(*block), Some(Tag::Paragraph));
    let is_sentence = |block: usize| {
        let text = reader.tree.text_of(block);
        let begins = text
            .get(..START.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(START));
        let has = |words| find_in_any_case(&text, words).is_some();
        begins && has("we decided") && has("accepting")
    };
    first < reader.tree.nodes.len() && begins_with_decision(reader, first)
        || reader.tree.blocks().filter(is_paragraph).take(3).any(is_sentence)
}
