//! What the statuses and dates of a document say against it, as `check` does: another status
//! elsewhere, and a review that does not go on.

use jiff::civil::Date;
use maud::html;

use crate::lint;
use crate::model::{Chapter, Document};
use crate::render::words::fill;
use crate::render::writer::Writer;

/// The doubts on the document's own page, where a script brings them up to the reader's day.
pub(super) fn on_page(chapter: &Chapter, document: &Document, writer: &Writer<'_>) -> Vec<String> {
    let mut doubts = other_statuses(chapter, document, writer);
    if let Some((last, until)) = last_change(chapter, document, writer) {
        let (text, is_stale) = (no_change(last, writer), until < writer.today);
        if writer.html {
            let chip = html! { span.dd-count data-count="stale" data-dues=(until) hidden[!is_stale] { (text) } };
            doubts.push(chip.into_string());
        } else if is_stale {
            doubts.push(writer.text(&text));
        }
    }
    doubts
}

/// The doubts on the day of the build, for an index.
pub(super) fn in_index(chapter: &Chapter, document: &Document, writer: &Writer<'_>) -> Vec<String> {
    let mut doubts = other_statuses(chapter, document, writer);
    let stale = last_change(chapter, document, writer).filter(|(_, until)| *until < writer.today);
    doubts.extend(stale.map(|(last, _)| writer.muted(&no_change(last, writer))));
    doubts
}

/// The statuses that differ from the one that the page shows.
fn other_statuses(chapter: &Chapter, document: &Document, writer: &Writer<'_>) -> Vec<String> {
    if !lint::reports_drift(chapter, writer.config) {
        return Vec::new();
    }
    let shown = document.status.as_ref().map(|status| status.state.as_str());
    let stated = document.status_contradictions().into_iter().flat_map(<[_; 2]>::from);
    let others = stated.filter(|stated| Some(stated.status.state.as_str()) != shown);
    let mut out: Vec<String> = others
        .map(|stated| writer.muted(&fill(writer.words.elsewhere, &stated.status.text)))
        .collect();
    out.dedup();
    out
}

/// The last change of a document in review, and the last day on which the review is not stale.
fn last_change(chapter: &Chapter, document: &Document, writer: &Writer<'_>) -> Option<(Date, Date)> {
    let last = document.in_review_since(writer.today)?;
    let days = i64::from(writer.config.stale_review_days);
    let until = last.checked_add(jiff::Span::new().days(days)).ok()?;
    lint::reports_stale_review(chapter, writer.config).then_some((last, until))
}

/// `no change since …`, which is true on any day.
fn no_change(last: Date, writer: &Writer<'_>) -> String {
    fill(writer.words.no_change_since, &last.to_string())
}
