//! Decisions: rows of decision-log tables, headings and list items under a decision heading,
//! and the ADR that is one decision as a whole.

use mdbook_markdown::pulldown_cmark::Tag;

use super::Reader;
use super::date::{is_placeholder, when};
use super::fragment::fragment;
use super::header_fields::ItemText;
use super::id::Ids;
use super::inline::{Run, lines, span_of, trim, words};
use super::label::{Key, Scope, fold, split};
use super::person::people_in;
use super::section::{Section, Topic};
use super::status::is_pictograph;
use super::table::{Row, Table};
use crate::model::{DateText, Decision, Fragment};

/// What the columns of a decision log are called, the most telling name first.
pub(super) const DECISION: &[&str] = &[
    "decision", "decision made", "decision summary", "final choice", "choice", "chosen option", "chosen", "decisions",
    "decision taken",
];
const CHOICE: &[&str] = &[
    "choice", "final choice", "chosen", "selected", "selection", "selected option",
];
pub(super) const DATE: &[&str] = &[
    "date", "date utc", "when", "decided on", "date decided", "decision date", "decided", "day", "date made",
];
pub(super) const RATIONALE: &[&str] = &[
    "rationale", "reason", "reasoning", "why", "justification", "because", "reasons", "context", "notes", "evidence",
    "rationale notes", "note", "basis", "why this was chosen", "rationale evidence", "explanation",
];
pub(super) const DECIDED_BY: &[&str] = &[
    "decided by", "made by", "by", "decision maker", "decision makers", "decider", "deciders", "owner", "approver",
    "approved by", "author", "who", "owners", "decision owner", "approvers", "participants", "by whom",
];
pub(super) const LABEL: &[&str] = &[
    "id", "decision id", "", "no", "nr", "number", "ref", "adr", "d", "decision no",
];
const STATUS: &[&str] = &["status", "state"];

/// Every decision that the document records.
pub(crate) fn decisions(reader: &Reader<'_>) -> Vec<Decision> {
    let mut out = Vec::new();
    let mut ids = Ids::default();
    let title_is_log = reader.title_words().is_some_and(|words| words.contains("decision"));
    let mut inside_log = 0;
    for (index, section) in reader.sections.iter().enumerate() {
        let is_log = section.topic == Some(Topic::DecisionLog);
        if is_log {
            inside_log = inside_log.max(section.end);
            if section.words.as_str() != "decision record" {
                listed(reader, section, &mut ids, &mut out);
            }
            headed(reader, &reader.sections[index + 1..], section.end, &mut ids, &mut out);
        }
        let trusted =
            is_log || section.heading < inside_log || (title_is_log && section.topic != Some(Topic::ReviewHistory));
        for block in section.own(reader.tree) {
            if let Some(table) = Table::read(reader.tree, block) {
                from_table(
                    reader,
                    &table,
                    trusted,
                    section.topic == Some(Topic::ReviewHistory),
                    &mut ids,
                    &mut out,
                );
            }
        }
    }
    out
}

fn from_table(
    reader: &Reader<'_>,
    table: &Table<'_>,
    trusted: bool,
    is_review: bool,
    ids: &mut Ids,
    out: &mut Vec<Decision>,
) {
    let Some(decision) = table.column(DECISION) else { return };
    let (date, by) = (table.column(DATE), table.column(DECIDED_BY));
    let (why, label) = (
        table.column(RATIONALE),
        table.column(LABEL).filter(|column| *column != decision),
    );
    // Rounds of review name a reviewer; what they decided is not a decision of the design.
    if is_review || table.column(&["reviewer", "reviewers", "reviewed by"]).is_some() {
        return;
    }
    let telling = [date, by, why].iter().flatten().count();
    // Outside a decision log it takes a column of that name with a date, a reason or a person.
    if !trusted && (table.columns[decision] != "decision" || telling < 2) {
        return;
    }
    // Where both stand, `Decision` is the matter and `Choice` what was chosen.
    let choice = table.column(CHOICE).filter(|column| *column != decision);
    let status = table.column(STATUS);
    for row in table.rows.iter().filter(|row| !row.is_empty()) {
        if is_template_row(row, decision, date) {
            continue;
        }
        let mut text = row.cell(Some(decision)).to_vec();
        if let Some(choice) = choice.filter(|_| !text.is_empty()) {
            if let Some(last) = text.last() {
                text.push(Run::plain(": ", last.span));
            }
            text.extend_from_slice(row.cell(Some(choice)));
        }
        let number = Some(row.text(label)).filter(|text| !text.is_empty() && label.is_some());
        let status = row.text(status);
        let fragment = fragment(&text, reader.home);
        if fragment.is_empty() {
            continue;
        }
        out.push(Decision {
            id: ids.make("decision", number.as_deref(), &fragment.text),
            label: number,
            date: date
                .map(|column| date_text(row.cell(Some(column)), reader))
                .filter(|date| !date.text.is_empty()),
            rationale: super::fragment::fragment(row.cell(why), reader.home),
            decided_by: people_in(row.cell(by)),
            superseded: is_superseded(&status) || is_struck(row.cell(Some(decision))),
            status,
            span: row.span,
            anchor_at: row.start(),
            heading_id: None,
            decision: fragment,
        });
    }
}

fn date_text(runs: &[Run<'_>], reader: &Reader<'_>) -> DateText {
    let text = words(runs);
    DateText {
        when: when(&text, reader.config),
        text,
        span: span_of(runs),
    }
}

/// The row that the template shows as an example.
pub(super) fn is_template_row(row: &Row<'_>, decision: usize, date: Option<usize>) -> bool {
    let date = fold(&row.text(date));
    matches!(date.as_str(), "yyyy mm dd" | "dd mm yyyy" | "mm dd yyyy") || is_placeholder(&row.text(Some(decision)))
}

fn is_superseded(status: &str) -> bool {
    let words = fold(status);
    [
        "superseded", "replaced by", "reversed", "obsolete", "revoked", "overturned",
    ]
    .iter()
    .any(|word| words.starts_with(word))
}

fn is_struck(runs: &[Run<'_>]) -> bool {
    !runs.is_empty() && runs.iter().all(|run| run.struck || run.text.trim().is_empty())
}

/// `### Decision 1: Use a queue` below a decision heading.
fn headed(reader: &Reader<'_>, below: &[Section], end: usize, ids: &mut Ids, out: &mut Vec<Decision>) {
    for section in below.iter().take_while(|section| section.heading < end) {
        let node = section.heading;
        let heading = super::inline::runs(reader.tree, node + 1, reader.tree.nodes[node].end);
        let title = words(&heading);
        let Some((label, text_at)) = numbered_title(&title) else {
            continue;
        };
        let text = title[text_at..].trim();
        // A heading that asks is a matter, not a decision.
        if text.is_empty() || text.ends_with('?') {
            continue;
        }
        let mut decision = Decision {
            id: ids.make("decision", Some(&label), text),
            label: Some(label),
            decision: Fragment {
                text: text.to_owned(),
                markdown: super::fragment::markdown(&plain(&heading, text)),
                relative_links: Vec::new(),
            },
            span: reader.tree.nodes[node].span,
            heading_id: reader.heading_id(node),
            ..Decision::default()
        };
        for block in section.own(reader.tree) {
            for line in reader.labelled_lines(block) {
                take_fact(&mut decision, &line.0, &line.1, reader);
            }
        }
        out.push(decision);
    }
}

fn plain<'a>(heading: &[Run<'a>], text: &'a str) -> Vec<Run<'a>> {
    let span = span_of(heading);
    vec![Run::plain(text, span)]
}

/// `Decision 1: …`, `D-07 — …`, `ADR 3. …`: the label, and where the text begins.
fn numbered_title(title: &str) -> Option<(String, usize)> {
    let at = title.find([':', '—', '–']).or_else(|| title.find(" - "))?;
    let head = fold(&title[..at]);
    let mut words = head.split(' ');
    let first = words.next()?;
    let number = words.next();
    let is_word = matches!(first, "decision" | "d" | "adr" | "dec" | "dr");
    let is_short = first
        .strip_prefix(['d'])
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()));
    let is_number = number.is_some_and(|number| number.bytes().any(|byte| byte.is_ascii_digit()));
    if words.next().is_some() || !(is_short && number.is_none() || is_word && is_number) {
        return None;
    }
    let after = title[at..]
        .find(|ch: char| ch.is_whitespace())
        .map_or(title.len(), |space| at + space);
    Some((title[..at].trim().to_owned(), after))
}

/// List items below a decision heading that carry a date, a reason or somebody's name.
fn listed(reader: &Reader<'_>, section: &Section, ids: &mut Ids, out: &mut Vec<Decision>) {
    for block in reader.tree.siblings(section.start, section.end) {
        if !matches!(reader.tree.tag(block), Some(Tag::List(_))) {
            continue;
        }
        for item in reader.tree.children(block) {
            if let Some(mut decision) = from_item(reader, item) {
                decision.id = ids.make("decision", decision.label.as_deref(), &decision.decision.text);
                out.push(decision);
            }
        }
    }
}

fn from_item(reader: &Reader<'_>, item: usize) -> Option<Decision> {
    let content = ItemText::of(reader.tree, item);
    let mut decision = Decision {
        span: reader.tree.nodes[item].span,
        ..Decision::default()
    };
    let mut facts = 0;
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
    let mut text = trim(&content.runs);
    // `**2026-01-02**: text` and `2026-01-02 — text` begin with their date.
    if let Some((date, rest)) = leading_date(&text, reader) {
        decision.date = Some(date);
        text = rest;
        facts += 1;
    }
    if facts == 0 {
        return None;
    }
    if decision.decision.is_empty() {
        decision.decision = fragment(&text, reader.home);
    }
    decision.anchor_at = content.runs.first().map(|run| run.span.start);
    (!decision.decision.is_empty()).then_some(decision)
}

/// The date with which an item begins, and what follows it.
fn leading_date<'a>(runs: &[Run<'a>], reader: &Reader<'_>) -> Option<(DateText, Vec<Run<'a>>)> {
    let first = runs.first()?;
    let text = first.text.trim_start_matches(['[', '(']);
    let length = text
        .find(|ch: char| !(ch.is_ascii_digit() || matches!(ch, '-' | '/')))
        .unwrap_or(text.len());
    let date = when(&text[..length], reader.config);
    if length < 8 || !matches!(date, crate::model::When::Day(_) | crate::model::When::Ambiguous { .. }) {
        return None;
    }
    let at = first.text.len() - text.len() + length;
    let mut rest = vec![super::inline::cut(first, at, first.text.len())];
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
            rest[0] = super::inline::cut(head, from, head.text.len());
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

/// Adds a labelled fact to a decision; whether it was one.
fn take_fact(decision: &mut Decision, label: &str, value: &[Run<'_>], reader: &Reader<'_>) -> bool {
    match reader.labels.key(Scope::Decision, label) {
        Some(Key::Date) => decision.date = Some(date_text(value, reader)),
        Some(Key::Rationale) => decision.rationale = fragment(value, reader.home),
        Some(Key::Decider) => decision.decided_by = people_in(value),
        Some(Key::Decision) if decision.decision.is_empty() => decision.decision = fragment(value, reader.home),
        Some(Key::Status) => {
            decision.status = words(value);
            decision.superseded = is_superseded(&decision.status);
        }
        _ => return false,
    }
    true
}
