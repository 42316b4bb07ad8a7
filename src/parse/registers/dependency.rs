//! What a document waits for: the dated lines under "Timeline Dependencies".

use mdbook_markdown::pulldown_cmark::Tag;

use crate::config::RecordKind;
use crate::model::{DateText, Deadline, Dependency, When};
use crate::parse::markdown::inline::{Run, runs, span_of, words};
use crate::parse::markdown::item::ItemText;
use crate::parse::record::Reader;
use crate::parse::record::section::Section;
use crate::parse::record::text::is_struck;
use crate::parse::values::date::may_be_date;
use crate::parse::values::deadline::{deadline, leading_deadline};
use crate::parse::values::replaced::not_struck;
use crate::parse::values::status::TICKS;
use crate::parse::vocabulary::Vocabulary;

/// The dependencies of the document that have a date.
pub(crate) fn dependencies(reader: &Reader<'_>) -> Vec<Dependency> {
    let mut out = Vec::new();
    let is_one = |section: &&Section| section.topics.has_register(RecordKind::DEPENDENCIES);
    for section in reader.sections.iter().filter(is_one) {
        for block in section.own(reader.tree) {
            for node in block..reader.tree.nodes[block].end {
                out.extend(dependency(reader, node));
            }
        }
    }
    out
}

fn dependency(reader: &Reader<'_>, node: usize) -> Option<Dependency> {
    let tree = reader.tree;
    let (text, ticked) = match tree.tag(node)? {
        Tag::Item => {
            let item = ItemText::of(tree, node);
            (item.runs, item.ticked)
        }
        // An item's paragraph has been read with the item.
        Tag::Paragraph if !matches!(node.checked_sub(1).and_then(|before| tree.tag(before)), Some(Tag::Item)) => {
            (runs(tree, node + 1, tree.nodes[node].end), None)
        }
        Tag::TableRow => {
            let cells = tree.children(node);
            let cells = cells.flat_map(|cell| {
                let mut cell = runs(tree, cell + 1, tree.nodes[cell].end);
                // So that a cell's date is not read on into the next cell.
                if let Some(last) = cell.last().cloned() {
                    cell.push(Run { text: " | ", ..last });
                }
                cell
            });
            (cells.collect(), None)
        }
        _ => return None,
    };
    let said = words(&text).trim_end_matches([' ', '|']).to_owned();
    let due = due(
        words(&not_struck(&text)).trim_end_matches([' ', '|']),
        reader.vocabulary,
    )?;
    let done = ticked == Some(true) || is_struck(&text) || says_done(&said);
    Some(Dependency {
        due: Deadline(due),
        done,
        span: span_of(&text),
        text: said,
    })
}

/// The date in a line: behind a word that leads to one, else as a deadline's.
pub(crate) fn due(text: &str, vocabulary: &Vocabulary<'_>) -> Option<DateText> {
    if !may_be_date(text, vocabulary) {
        return None;
    }
    const LEADS: &[&str] = &[
        " by ", " before ", " until ", " on ", " due ", ": ", " – ", " — ", " - ", " (", " | ",
    ];
    let rest = LEADS.iter().flat_map(|lead| {
        let ends = text.match_indices(lead).map(|(at, lead)| at + lead.len());
        ends.map(|end| text[end..].split([')', '|']).next().unwrap_or_default())
    });
    let is_day = |when: &When| matches!(when, When::Day(_) | When::Month(_) | When::Milestone(Some(_)));
    let led = rest.map(|rest| leading_deadline(rest, vocabulary));
    let led = led.into_iter().find(|due| is_day(&due.when));
    led.or_else(|| {
        let when = deadline(text, vocabulary);
        is_day(&when).then(|| DateText {
            text: text.trim().to_owned(),
            when,
            ..DateText::default()
        })
    })
}

pub(crate) fn says_done(text: &str) -> bool {
    const MARKS: [&str; 8] = [
        "(done", "(complete", "(delivered", "— done", "- done", "| done", ": done", "| complete",
    ];
    let begins_mark = |(at, byte): (usize, &u8)| {
        // The first byte of the dash is that of the ticks as well.
        matches!(byte, b'(' | b'-' | b'|' | b':' | 0xe2)
            && MARKS.iter().any(|mark| {
                let start = text.as_bytes().get(at..at + mark.len());
                start.is_some_and(|start| start.eq_ignore_ascii_case(mark.as_bytes()))
            })
    };
    text.as_bytes().iter().enumerate().any(begins_mark) || text.contains(TICKS)
}
