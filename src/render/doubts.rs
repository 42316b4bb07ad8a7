//! What the statuses and dates of a document say against it, as `check` does: another status
//! elsewhere, and a review that does not go on.

use jiff::civil::Date;
use maud::html;

use crate::lint;
use crate::model::{Chapter, Document, OpenQuestion};
use crate::render::counts;
use crate::render::markdown;
use crate::render::words::fill;
use crate::render::writer::Writer;

/// A reason to look at a document: the words, and the last day on which they do not hold yet; None
/// if they hold on any day.
pub(super) struct Reason {
    until: Option<Date>,
    text: String,
}

impl Reason {
    fn holds(&self, today: Date) -> bool {
        self.until.is_none_or(|until| until < today)
    }
}

/// The doubts about a document, whether they hold yet or not.
pub(super) fn reasons(chapter: &Chapter, document: &Document, writer: &Writer<'_>) -> Vec<Reason> {
    let mut reasons = other_statuses(chapter, document, writer);
    if let Some((last, until)) = last_change(chapter, document, writer) {
        let text = fill(writer.words.no_change_since, &last.to_string());
        reasons.push(Reason {
            until: Some(until),
            text,
        });
    }
    reasons
}

/// What needs attention: the number of overdue questions, if it is to be said here, and the doubts.
/// In HTML it is an element that a script brings up to the reader's day, hidden while there is
/// nothing to say; elsewhere it is what holds on the day of the build.
pub(super) fn attention(
    element: &str,
    overdue: Option<&counts::Overdue<'_, OpenQuestion>>,
    reasons: &[Reason],
    writer: &Writer<'_>,
) -> Option<String> {
    let counted = overdue.filter(|overdue| overdue.now() > 0).map(counts::Overdue::phrase);
    let doubts = reasons.iter().filter(|reason| reason.holds(writer.today));
    let said: Vec<String> = counted
        .into_iter()
        .chain(doubts.map(|reason| reason.text.clone()))
        .collect();
    let said = said.join("; ");
    if !writer.html {
        return (!said.is_empty()).then(|| writer.text(&said));
    }
    if overdue.is_none() && reasons.is_empty() {
        return None;
    }
    let dues = overdue.map(counts::Overdue::dues);
    let lines = reasons.iter().map(|Reason { until, text }| match until {
        Some(until) => format!("{until} {}", markdown::one_line(text)),
        None => format!("0 {}", markdown::one_line(text)),
    });
    let lines = lines.collect::<Vec<_>>().join("\n");
    let lines = Some(lines).filter(|lines| !lines.is_empty());
    let attributes = html! {
        i data-dues=[dues] data-also=[lines] hidden[said.is_empty()] { (said) }
    };
    let rest = attributes
        .0
        .strip_prefix("<i")
        .and_then(|rest| rest.strip_suffix("i>"))?;
    Some(format!("<{element} class=\"dd-why\"{rest}{element}>"))
}

/// The statuses that differ from the one that the page shows.
fn other_statuses(chapter: &Chapter, document: &Document, writer: &Writer<'_>) -> Vec<Reason> {
    if !lint::reports_drift(chapter, writer.config) {
        return Vec::new();
    }
    let shown = document.status.as_ref().map(|status| status.state.as_str());
    let stated = document.status_contradictions().into_iter().flat_map(<[_; 2]>::from);
    let others = stated.filter(|stated| Some(stated.status.state.as_str()) != shown);
    let mut out: Vec<Reason> = others
        .map(|stated| Reason {
            until: None,
            text: fill(writer.words.elsewhere, &stated.status.text),
        })
        .collect();
    out.dedup_by(|one, other| one.text == other.text);
    out
}

/// The last change of a document in review, and the last day on which the review is not stale.
fn last_change(chapter: &Chapter, document: &Document, writer: &Writer<'_>) -> Option<(Date, Date)> {
    let last = document.in_review_since(writer.today)?;
    let days = i64::from(writer.config.stale_review_days);
    let until = last.checked_add(jiff::Span::new().days(days)).ok()?;
    lint::reports_stale_review(chapter, writer.config).then_some((last, until))
}
