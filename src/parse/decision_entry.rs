//! Decisions below a decision heading that are no rows of a table: headings and list items.

use mdbook_markdown::pulldown_cmark::Tag;

use super::Reader;
use super::date::when;
use super::decision_bracket::{take_before, take_behind};
use super::decision_fact::{date_text, deciders, is_struck, is_superseded};
use super::fragment::fragment;
use super::id::Ids;
use super::inline::{Run, cut, lines, runs, span_of, trim, without_start, words};
use super::item::ItemText;
use super::label::{Key, Scope, fold, split};
use super::section::Section;
use super::status::is_pictograph;
use crate::model::{DateText, Decision, Fragment, When};

/// `### Decision 1: Use a queue` below a decision heading, or a heading below which the facts of
/// a decision stand.
pub(crate) fn headed(reader: &Reader<'_>, below: &[Section], end: usize, ids: &mut Ids, out: &mut Vec<Decision>) {
    let mut taken_up_to = 0;
    for section in below.iter().take_while(|section| section.heading < end) {
        // What stands below a decision is its text, not another one.
        if section.heading < taken_up_to {
            continue;
        }
        if let Some(mut decision) = from_heading(reader, section) {
            // Links lead to the heading, which has an id of its own.
            decision.id = ids.make("decision", decision.label.as_deref(), &decision.decision.text, |_| {
                false
            });
            taken_up_to = section.end;
            out.push(decision);
        }
    }
}

fn from_heading(reader: &Reader<'_>, section: &Section) -> Option<Decision> {
    let node = section.heading;
    let heading = runs(reader.tree, node + 1, reader.tree.nodes[node].end);
    let title = words(&heading);
    // A heading that asks is a matter, not a decision.
    if title.ends_with('?') {
        return None;
    }
    let mut decision = Decision {
        span: reader.tree.nodes[node].span,
        heading_id: reader.heading_id(node),
        ..Decision::default()
    };
    let numbered = numbered_title(&title);
    let dated = leading_date(&heading, reader).filter(|(_, rest)| !rest.is_empty());
    let mut told = 0;
    if let Some((label, text_at)) = &numbered {
        let text = title[*text_at..].trim();
        decision.label = Some(label.clone()).filter(|label| label.bytes().any(|byte| byte.is_ascii_digit()));
        let markdown = super::fragment::markdown(&plain(&heading, text));
        decision.decision = Fragment::new(text.to_owned(), markdown, Vec::new());
    } else if let Some((date, rest)) = &dated {
        decision.date = Some(date.clone());
        decision.decision = fragment(rest, reader.home);
    }
    for block in section.own(reader.tree) {
        for (label, value) in reader.labelled_lines(block) {
            let key = reader.labels.key(Scope::Decision, &label);
            told += usize::from(matches!(key, Some(Key::Decision | Key::Rationale)));
            take_fact(&mut decision, &label, &value, reader);
        }
    }
    if numbered.is_none() && dated.is_none() {
        if told == 0 {
            return None;
        }
        if decision.decision.is_empty() {
            decision.decision = fragment(&heading, reader.home);
        }
    }
    (!decision.decision.is_empty()).then_some(decision)
}

fn plain<'a>(heading: &[Run<'a>], text: &'a str) -> Vec<Run<'a>> {
    let span = span_of(heading);
    vec![Run::plain(text, span)]
}

/// `Decision 1: …`, `D-07 — …`, `ADR 3. …`, `Decision: …`: the label, and where the text begins.
fn numbered_title(title: &str) -> Option<(String, usize)> {
    let at = title
        .find([':', '—', '–'])
        .or_else(|| title.find(" - "))
        .or_else(|| title.find(". "))?;
    let after = title[at..]
        .find(|ch: char| ch.is_whitespace())
        .map_or(title.len(), |space| at + space);
    let is_decision = fold(&title[..at]) == "decision";
    (is_decision || is_number(&title[..at])).then(|| (title[..at].trim().to_owned(), after))
}

/// Whether `text` numbers a decision: `D-07`, `ADR 3`, `Decision #4`, `d2`.
fn is_number(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "decision", "d", "adr", "dec", "dr", "dd", "kd", "ad", "td", "pd", "dl", "tdr", "dn",
    ];
    let folded = fold(text);
    let letters = folded.bytes().take_while(u8::is_ascii_lowercase).count();
    let (word, rest) = folded.split_at(letters);
    let rest = rest.trim_start();
    WORDS.contains(&word)
        && !rest.is_empty()
        && rest
            .split(' ')
            .all(|part| part.len() <= 4 && part.bytes().next().is_some_and(|byte| byte.is_ascii_digit()))
}

/// List items and numbered paragraphs below a decision heading that carry a date, a reason,
/// somebody's name or a number.
pub(crate) fn listed(
    reader: &Reader<'_>,
    section: &Section,
    below: &[Section],
    ids: &mut Ids,
    out: &mut Vec<Decision>,
) {
    let tree = reader.tree;
    let decided: Vec<&Section> = below
        .iter()
        .take_while(|other| other.heading < section.end)
        .filter(|other| from_heading(reader, other).is_some())
        .collect();
    for block in tree.siblings(section.start, section.end) {
        // What stands below a decision's heading is told with it.
        if decided.iter().any(|other| other.start <= block && block < other.end) {
            continue;
        }
        let mut found = Vec::new();
        match tree.tag(block) {
            Some(Tag::List(_)) => found.extend(tree.children(block).filter_map(|item| from_item(reader, item))),
            Some(Tag::Paragraph) => {
                let text = trim(&runs(tree, block + 1, tree.nodes[block].end));
                let mut decision = Decision {
                    span: tree.nodes[block].span,
                    ..Decision::default()
                };
                if text.first().is_some_and(|run| run.strong) && take_number(&mut decision, &text, reader) {
                    decision.anchor_at = text.first().map(|run| run.span.start);
                    found.push(decision);
                }
            }
            _ => {}
        }
        for mut decision in found {
            decision.id = ids.make("decision", decision.label.as_deref(), &decision.decision.text, |id| {
                reader.page_ids.has(id)
            });
            out.push(decision);
        }
    }
}

fn from_item(reader: &Reader<'_>, item: usize) -> Option<Decision> {
    let content = ItemText::of(reader.tree, item);
    let mut decision = Decision {
        span: reader.tree.nodes[item].span,
        anchor_at: content.runs.first().map(|run| run.span.start),
        ..Decision::default()
    };
    let mut facts = 0;
    let mut text = trim(&content.runs);
    // `**2026-01-02**: text` and `2026-01-02 — text` begin with their date.
    if let Some((date, rest)) = leading_date(&text, reader) {
        decision.date = Some(date);
        text = rest;
        facts += 1;
        if let Some(rest) = take_before(&mut decision, &text, reader) {
            text = rest;
        }
    }
    if let Some(rest) = take_behind(&mut decision, &text, reader) {
        text = rest;
        facts += 1;
    }
    facts += usize::from(take_number(&mut decision, &text, reader));
    // `**Decision:** text`
    for line in lines(&text) {
        for part in split(line).unwrap_or_default() {
            let key = reader.labels.key(Scope::Decision, &part.label);
            if key == Some(Key::Decision) || facts > 0 && key.is_some() {
                facts += usize::from(take_fact(&mut decision, &part.label, &part.value, reader));
            }
        }
    }
    for node in item + 1..reader.tree.nodes[item].end {
        if matches!(reader.tree.tag(node), Some(Tag::Item)) {
            let nested = ItemText::of(reader.tree, node);
            for line in lines(&nested.runs) {
                for part in split(line).unwrap_or_default() {
                    facts += usize::from(take_fact(&mut decision, &part.label, &part.value, reader));
                }
            }
        }
    }
    if facts == 0 {
        return None;
    }
    if decision.decision.is_empty() {
        decision.decision = fragment(&text, reader.home);
    }
    decision.superseded |= is_struck(&text);
    (!decision.decision.is_empty()).then_some(decision)
}

/// Takes `D-07: text`, `**D-07** text`, `**D-07: text.** reason`; whether there was a number.
fn take_number(decision: &mut Decision, text: &[Run<'_>], reader: &Reader<'_>) -> bool {
    let Some(first) = text.first() else { return false };
    let end = first.text.find([':', '—', '–', '.', ' ']).unwrap_or(first.text.len());
    // `Decision 4: …` has a space before its number.
    let end = match first.text[end..].strip_prefix(' ') {
        Some(rest) if !is_number(&first.text[..end]) => {
            end + 1 + rest.find([':', '—', '–', '.', ' ']).unwrap_or(rest.len())
        }
        _ => end,
    };
    let label = first.text[..end].trim_matches(|ch: char| ch == ',' || ch.is_whitespace());
    let after = first.text[end..].trim_start();
    let mut is_apart = after.is_empty() && first.strong || after.starts_with([':', '—', '–', '.', '-']);
    if !is_number(label) {
        return false;
    }
    let mut rest = vec![cut(first, end, first.text.len())];
    rest.extend_from_slice(&text[1..]);
    // `D-07 (2026-03-01): text`
    let dated = leading_date(
        &without_start(rest.clone(), |ch| ch == ',' || ch.is_whitespace()),
        reader,
    );
    if let Some((date, behind)) = dated.filter(|(_, behind)| decision.date.is_none() && !behind.is_empty()) {
        decision.date = Some(date);
        rest = behind;
        is_apart = true;
    }
    if !is_apart {
        return false;
    }
    let lead = rest.iter().take_while(|run| run.strong).count();
    if first.strong && !after.is_empty() && lead > 0 {
        // Bold up to here is the decision, what follows it the reason.
        decision.decision = fragment(&bare(&rest[..lead]), reader.home);
        decision.rationale = fragment(&bare(&rest[lead..]), reader.home);
    } else {
        decision.decision = fragment(&bare(&rest), reader.home);
    }
    decision.label = Some(label.to_owned());
    decision.superseded = is_struck(text);
    !decision.decision.is_empty()
}

/// `runs` without the punctuation that set them apart.
fn bare<'a>(runs: &[Run<'a>]) -> Vec<Run<'a>> {
    without_start(trim(runs), |ch| {
        ch.is_whitespace() || matches!(ch, ':' | '—' | '–' | '.' | '-')
    })
}

/// The date with which an item begins, and what follows it.
fn leading_date<'a>(runs: &[Run<'a>], reader: &Reader<'_>) -> Option<(DateText, Vec<Run<'a>>)> {
    let first = runs.first()?;
    let text = first.text.trim_start_matches(['[', '(']);
    let (length, date) = date_at_start(text, reader)?;
    let at = first.text.len() - text.len() + length;
    let mut rest = vec![cut(first, at, first.text.len())];
    rest.extend_from_slice(&runs[1..]);
    let mut rest = trim(&rest);
    while let Some(head) = rest.first() {
        let kept = head.text.trim_start_matches(|ch: char| {
            ch.is_whitespace() || matches!(ch, ':' | '—' | '–' | '-' | ')' | ']' | ',') || is_pictograph(ch)
        });
        let from = head.text.len() - kept.len();
        if from == 0 {
            break;
        }
        if kept.is_empty() {
            rest.remove(0);
        } else {
            rest[0] = cut(head, from, head.text.len());
        }
    }
    Some((
        DateText {
            text: text[..length].to_owned(),
            when: date,
            span: first.span,
        },
        rest,
    ))
}

/// How long the day is with which `text` begins: `2026-01-02`, `13.03.2026`, `Mar 3, 2026:`.
fn date_at_start(text: &str, reader: &Reader<'_>) -> Option<(usize, When)> {
    let is_day = |length: usize| {
        let date = when(&text[..length], reader.config);
        matches!(date, When::Day(_) | When::Ambiguous { .. }).then_some((length, date))
    };
    let digits = text.find(|ch: char| !(ch.is_ascii_digit() || matches!(ch, '-' | '/' | '.')));
    let digits = text[..digits.unwrap_or(text.len())].trim_end_matches('.').len();
    if digits >= 8 {
        return is_day(digits);
    }
    // With the month's name it is told from words by the sign behind it.
    let end = text.find([':', '—', '–', ']', ')']).or_else(|| text.find(" - "))?;
    let date = text[..end].trim_end();
    let words = || date.split([' ', ',']).filter(|word| !word.is_empty());
    let months = words().filter(|word| word.bytes().all(|byte| byte.is_ascii_alphabetic()));
    let is_date = months.count() == 1 && words().count() == 3 && date.len() <= LONGEST_DATE;
    is_date.then(|| is_day(date.len())).flatten()
}

/// `September 30th, 2026`
const LONGEST_DATE: usize = 20;

/// Adds a labelled fact to a decision; whether it was one.
fn take_fact(decision: &mut Decision, label: &str, value: &[Run<'_>], reader: &Reader<'_>) -> bool {
    match reader.labels.key(Scope::Decision, label) {
        Some(Key::Date) => decision.date = Some(date_text(value, reader)),
        Some(Key::Rationale) => decision.rationale = fragment(value, reader.home),
        Some(Key::Decider) => decision.decided_by = deciders(value, reader),
        Some(Key::Decision) if decision.decision.is_empty() => decision.decision = fragment(value, reader.home),
        Some(Key::Status) => {
            decision.status = words(value).into_owned();
            decision.superseded = is_superseded(&decision.status);
        }
        _ => return label_of_succession(decision, label, value),
    }
    super::succession::take(decision, value);
    true
}

/// `Supersedes: D-03`
fn label_of_succession(decision: &mut Decision, label: &str, value: &[Run<'_>]) -> bool {
    let folded = fold(label);
    let named = super::succession::named(value);
    if super::succession::SUPERSEDES.contains(&folded.as_str()) {
        decision.supersedes.extend(named);
    } else if super::succession::SUPERSEDED_BY.contains(&folded.as_str()) {
        decision.superseded_by.extend(named);
    } else {
        return false;
    }
    true
}
