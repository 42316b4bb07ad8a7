//! Which headings below a section of questions gather questions rather than asking one.

use pulldown_cmark::Tag;

use crate::parse::markdown::fold::asks;
use crate::parse::markdown::item::ItemText;
use crate::parse::record::Reader;
use crate::parse::record::section::Section;
use crate::parse::vocabulary::concept::Class;

/// Whether a heading below a question section gathers questions rather than asking one, and
/// whether those are settled.
pub(super) fn group(reader: &Reader<'_>, section: &Section) -> Option<bool> {
    let title = reader.tree.text_of(section.heading);
    if let Some(resolved) = section.topics.questions().filter(|_| !is_one(&title)) {
        return Some(resolved);
    }
    let first = section.words.split(' ').next().unwrap_or_default();
    let short = section.words.split(' ').count() <= 10;
    if short && !asks(&title) && reader.vocabulary.is(Class::Settled, first) {
        return Some(true);
    }
    if asks(&title) || is_numbered(&title) {
        return None;
    }
    if section.words.ends_with("questions") || section.words.ends_with("issues") {
        return Some(false);
    }
    let asks = section.own(reader.tree).any(|block| match reader.tree.tag(block) {
        Some(Tag::Table(_)) => true,
        Some(Tag::List(_)) => reader.tree.children(block).any(|item| {
            let text = ItemText::of(reader.tree, item);
            text.ticked.is_some() || text.runs.iter().any(|run| asks(run.text))
        }),
        _ => false,
    });
    asks.then_some(false)
}

/// Whether a heading that calls itself a question goes on with that question: `Question 1: Who
/// pays?`, `Open: who pays?`; not `Open questions: payments`.
fn is_one(title: &str) -> bool {
    let goes_on = title.contains([':', '：', '–', '—']) || title.contains(" - ");
    goes_on && (asks(title) || is_numbered(title))
}

/// Whether nothing but a list stands below a heading that asks nothing itself.
pub(super) fn is_only_list(reader: &Reader<'_>, section: &Section) -> bool {
    let title = reader.tree.text_of(section.heading);
    let mut own = section.own(reader.tree);
    matches!(own.next().and_then(|block| reader.tree.tag(block)), Some(Tag::List(_)))
        && own.next().is_none()
        && !asks(&title)
        && !is_numbered(&title)
}

/// `Q1: …`, `OQ-2 …`, `Question 3`, `1. …`.
pub(super) fn is_numbered(title: &str) -> bool {
    let title = title.trim_start();
    let letters = title.bytes().take_while(u8::is_ascii_alphabetic).count();
    let rest = title[letters..].trim_start_matches(['-', ' ', '#', '.']);
    let known = matches!(
        title[..letters].to_ascii_lowercase().as_str(),
        "" | "q" | "oq" | "question" | "issue"
    );
    known && rest.starts_with(|ch: char| ch.is_ascii_digit())
}
