//! Decisions: rows of decision-log tables, headings and list items under a decision heading,
//! and the ADR that is one decision as a whole.

use std::borrow::Cow;

use super::Reader;
use super::date::is_placeholder;
use super::decision_entry;
use super::decision_fact::{date_text, deciders, is_struck, is_superseded};
use super::fragment::fragment;
use super::id::Ids;
use super::inline::Run;
use super::label::folded_in_place;
use super::section::Topic;
use super::succession;
use super::table::{Row, Table};
use crate::model::Decision;

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
    let mut tables = reader.tree.tables.iter().copied().peekable();
    for (index, section) in reader.sections.iter().enumerate() {
        let is_log = section.topic == Some(Topic::DecisionLog);
        // What lies within another log has been read with it.
        if is_log && section.heading >= inside_log {
            inside_log = inside_log.max(section.end);
            let below = &reader.sections[index + 1..];
            if section.words.as_str() != "decision record" {
                decision_entry::listed(reader, section, below, &mut ids, &mut out);
            }
            decision_entry::headed(reader, below, section.end, &mut ids, &mut out);
        }
        let trusted =
            is_log || section.heading < inside_log || (title_is_log && section.topic != Some(Topic::ReviewHistory));
        while tables.next_if(|&table| table < section.start).is_some() {}
        while let Some(block) = tables.next_if(|&table| table < section.own_end) {
            let is_log = |column: &str| DECISION.contains(&column);
            if let Some(mut table) = Table::heads_where(reader.tree, block, is_log)
                && let Some(columns) = Columns::of(&table, trusted, section.topic == Some(Topic::ReviewHistory))
            {
                table.read_rows(reader.tree, block);
                from_table(reader, &table, &columns, &mut ids, &mut out);
            }
        }
    }
    succession::settle(&mut out);
    out
}

fn from_table(reader: &Reader<'_>, table: &Table<'_>, columns: &Columns, ids: &mut Ids, out: &mut Vec<Decision>) {
    for row in table.rows.iter().filter(|row| !row.is_empty()) {
        if !is_template_row(row, columns.decision, columns.date)
            && let Some(mut found) = from_row(reader, row, columns)
        {
            found.id = ids.make("decision", found.label.as_deref(), &found.decision.text, |id| {
                reader.page_ids.has(id)
            });
            out.push(found);
        }
    }
}

/// Which column of a decision log says what.
#[derive(Debug, Clone, Copy)]
struct Columns {
    decision: usize,
    choice: Option<usize>,
    date: Option<usize>,
    by: Option<usize>,
    why: Option<usize>,
    label: Option<usize>,
    status: Option<usize>,
    replaced: Option<usize>,
    successor: Option<usize>,
}

impl Columns {
    /// Those of a table, by its heads; None where it is no log of decisions.
    fn of(table: &Table<'_>, trusted: bool, is_review: bool) -> Option<Self> {
        // Rounds of review name a reviewer; what they decided is not a decision of the design.
        if is_review || table.column(&["reviewer", "reviewers", "reviewed by"]).is_some() {
            return None;
        }
        let decision = table.column(DECISION)?;
        let (date, by, why) = (table.column(DATE), table.column(DECIDED_BY), table.column(RATIONALE));
        let telling = [date, by, why].iter().flatten().count();
        // Outside a decision log it takes a column of that name with a date, a reason or a person.
        if !trusted && (table.columns[decision] != "decision" || telling < 2) {
            return None;
        }
        Some(Self {
            decision,
            // Where both stand, `Decision` is the matter and `Choice` what was chosen.
            choice: table.column(CHOICE).filter(|column| *column != decision),
            date,
            by,
            why,
            label: table.column(LABEL).filter(|column| *column != decision),
            status: table.column(STATUS),
            replaced: table.column(succession::SUPERSEDES),
            successor: table.column(succession::SUPERSEDED_BY),
        })
    }
}

fn from_row(reader: &Reader<'_>, row: &Row<'_>, columns: &Columns) -> Option<Decision> {
    let decided = row.cell(Some(columns.decision));
    let mut text = Cow::Borrowed(decided);
    if let Some(choice) = columns.choice
        && let Some(last) = decided.last()
    {
        let text = text.to_mut();
        text.push(Run::plain(": ", last.span));
        text.extend_from_slice(row.cell(Some(choice)));
    }
    let number = Some(row.text(columns.label)).filter(|text| !text.is_empty() && columns.label.is_some());
    let status = row.text(columns.status);
    let fragment = fragment(&text, reader.home);
    if fragment.is_empty() {
        return None;
    }
    let mut found = Decision {
        label: number.map(Cow::into_owned),
        date: columns
            .date
            .map(|column| date_text(row.cell(Some(column)), reader))
            .filter(|date| !date.text.is_empty()),
        rationale: super::fragment::fragment(row.cell(columns.why), reader.home),
        decided_by: deciders(row.cell(columns.by), reader),
        superseded: is_superseded(&status) || is_struck(decided),
        status: status.into_owned(),
        span: row.span,
        anchor_at: row.start(),
        supersedes: succession::named(row.cell(columns.replaced)),
        superseded_by: succession::named(row.cell(columns.successor)),
        decision: fragment,
        ..Decision::default()
    };
    for cell in [columns.status, Some(columns.decision), columns.why] {
        succession::take(&mut found, row.cell(cell));
    }
    Some(found)
}

/// The row that the template shows as an example.
pub(super) fn is_template_row(row: &Row<'_>, decision: usize, date: Option<usize>) -> bool {
    let is_form = |date: &str| matches!(date, "yyyy mm dd" | "dd mm yyyy" | "mm dd yyyy");
    folded_in_place(&row.text(date), is_form) || is_placeholder(&row.text(Some(decision)))
}
