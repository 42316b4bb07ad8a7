//! The index of design documents, by status.

use std::collections::BTreeMap;

use jiff::civil::Date;
use maud::{PreEscaped, html};

use super::paginate::Pager;
use super::table::{Column, Row, Rows, Table};
use super::{Entry, IndexWriter};
use crate::lint::{Attention, attention};
use crate::model::{DateText, Document, DocumentKind, OpenQuestion, Status, StatusClass, When};
use crate::render::words::{capitalized, fill};
use crate::render::writer::Writer;
use crate::render::{badge, counts, doubts, link};

/// Every document of the page with its key facts, by status.
pub(super) fn table<'a>(documents: &[Entry<'a>], at: IndexWriter<'a>, pager: Pager) -> Table<'a> {
    list(pager.page(sorted(documents), year), &at)
}

/// These documents, as they are sorted.
pub(super) fn list<'a>(documents: Vec<Entry<'a>>, at: &IndexWriter<'a>) -> Table<'a> {
    let at = *at;
    let words = at.writer.words;
    Table {
        summary: summary(&documents, at.writer),
        columns: vec![
            Column::subject(words.document, "document text"),
            Column::short(words.status, "status name"),
            Column::short(words.owner, "owner people"),
            Column::short(words.updated, "updated date"),
            Column::short(words.open_questions, "open text"),
            Column::short(words.decisions, "decisions text").labelled(),
            Column::short(words.approvals, "approvals text").labelled(),
            Column::short(words.rollout, "rollout text").labelled(),
        ],
        filters: filters(&documents, at.writer),
        rows: Rows::new(documents, move |&entry| row(entry, &at)),
        ..Table::default()
    }
}

/// The filters that are not columns: by tag, by folder, and by what needs attention.
fn filters(documents: &[Entry<'_>], writer: &Writer<'_>) -> Vec<(&'static str, String)> {
    let words = writer.words;
    let has_tags = documents.iter().any(|entry| !entry.document.tags.is_empty());
    let mut filters = vec![
        ("folder", words.folder.to_owned()),
        ("show", words.show.to_owned()),
        ("late", capitalized(words.needs_attention)),
    ];
    filters.extend(has_tags.then(|| ("tags", words.tags.to_owned())));
    filters
}

/// The years that have their own page.
pub(super) fn years(documents: &[Entry<'_>], pager: Pager) -> Vec<i16> {
    pager.years(documents, year)
}

/// Documents under discussion first, closed ones last; otherwise in the book's order.
pub(super) fn sorted<'a>(documents: &[Entry<'a>]) -> Vec<Entry<'a>> {
    let mut documents = documents.to_vec();
    documents.sort_by_key(|entry| rank(entry.document.status.as_ref().map(|status| status.class)));
    documents
}

fn rank(class: Option<StatusClass>) -> usize {
    match class {
        Some(StatusClass::Review) => 0,
        Some(StatusClass::Draft) => 1,
        None | Some(StatusClass::Unknown) => 2,
        Some(StatusClass::Agreed) => 3,
        Some(StatusClass::Paused) => 4,
        Some(StatusClass::Done) => 5,
        Some(StatusClass::Closed) => 6,
    }
}

fn changed(document: &Document) -> Option<&DateText> {
    [&document.updated, &document.created]
        .into_iter()
        .flatten()
        .find(|date| date.when != When::Unset)
}

fn year(entry: &Entry<'_>) -> Option<i16> {
    changed(entry.document)?.last_day().map(Date::year)
}

fn row(entry: Entry<'_>, at: &IndexWriter<'_>) -> Row {
    let Entry { chapter, document, .. } = entry;
    let writer = at.writer;
    let decisions = document.decisions.first().map(|first| {
        let anchor = link::decision_anchor(chapter, first, writer);
        let count = document.decisions.len().to_string();
        writer.link(&at.href(entry, anchor), &count)
    });
    let steps = document.steps;
    Row {
        state: None,
        fine: fine(entry, writer),
        cells: vec![
            subject(entry, at),
            status(document, writer),
            writer.names(document.owners()),
            changed(document).map(|date| writer.date(date)).unwrap_or_default(),
            questions(entry, at),
            decisions.unwrap_or_default(),
            approvals(document, writer),
            progress(steps.done, steps.total, writer),
        ],
    }
}

/// The number of people on the review list who have approved.
fn approvals(document: &Document, writer: &Writer<'_>) -> String {
    let people = document.reviewers.iter().chain(&document.approvers);
    let ticks: Vec<bool> = people.filter_map(|person| person.approved).collect();
    progress(ticks.iter().filter(|tick| **tick).count(), ticks.len(), writer)
}

/// `2 of 3`, with a bar; empty if there are no steps.
fn progress(done: usize, total: usize, writer: &Writer<'_>) -> String {
    if total == 0 {
        return String::new();
    }
    let said = writer.of(writer.words.n_of, done, total);
    if !writer.html {
        return writer.text(&said);
    }
    html! { span.dd-bar style={ "--dd-p:" (done * 100 / total) "%" } { (said) } }.into_string()
}

/// The last day on which the document needs no attention; `0` if it needs attention on the day of
/// the build, which is shorter. None if a question is overdue on that day or before: its cell has the
/// days. Only the script reads it.
fn fine(entry: Entry<'_>, writer: &Writer<'_>) -> Option<String> {
    let attention = attention(entry.chapter, writer.config, writer.today).filter(|_| writer.html)?;
    let now = Attention::After(writer.today);
    let open = entry.document.questions.iter().filter(|question| !question.resolved);
    let asked = open.filter_map(OpenQuestion::day).min().map(Attention::After);
    match attention {
        _ if asked.is_some_and(|asked| asked < now || asked <= attention) => None,
        Attention::After(day) if attention >= now => Some(day.to_string()),
        _ => Some("0".to_owned()),
    }
}

/// The title with the kind, above the tags. A column of tags would make the table too wide.
fn subject(entry: Entry<'_>, at: &IndexWriter<'_>) -> String {
    let (title, tags) = (titled(entry, at), &entry.document.tags);
    let tags = tags.join(", ");
    match (tags.is_empty(), at.writer.html) {
        (true, _) => title,
        // The newline prevents search from joining the two into one word.
        (false, true) => html! { (PreEscaped(title)) "\n" small { (tags) } }.into_string(),
        (false, false) => at.writer.below(&title, &at.writer.text(&tags)),
    }
}

fn titled(entry: Entry<'_>, at: &IndexWriter<'_>) -> String {
    let words = at.writer.words;
    let title = at.document(entry);
    let named = match entry.document.kind {
        // The most common kind is not labelled.
        DocumentKind::Design => title,
        DocumentKind::Adr => format!("{title} {}", at.writer.muted(words.kind_adr)),
        DocumentKind::Log => format!("{title} {}", at.writer.muted(words.kind_log)),
    };
    let promises = entry.document.promises();
    let badges = promises.map(|(promise, due)| badge::of_promise(promise, due, at.writer));
    let doubts = doubts::in_index(entry.chapter, entry.document, at.writer);
    badges
        .chain(doubts)
        .fold(named, |before, more| at.writer.below(&before, &more))
}

fn status(document: &Document, writer: &Writer<'_>) -> String {
    let status = document.status.as_ref();
    status.map(|status| writer.status(status)).unwrap_or_default()
}

/// The numbers of open and overdue questions, with a link to the one that is overdue longest.
fn questions(entry: Entry<'_>, at: &IndexWriter<'_>) -> String {
    let writer = at.writer;
    let questions = &entry.document.questions;
    let open = questions.iter().filter(|question| !question.resolved);
    let Some(first) = open.clone().next() else {
        return String::new();
    };
    let to = |question| at.href(entry, link::question_anchor(entry.chapter, question, writer));
    let text = fill(writer.words.n_open, &open.count().to_string());
    let mut out = writer.link(&to(first), &writer.text(&text));
    if let Some(overdue) = counts::Overdue::of(questions.iter(), writer) {
        let said = overdue.write(&to(overdue.first), true, writer);
        if !said.is_empty() {
            out.push_str(if writer.html { " " } else { ", " });
            out.push_str(&said);
        }
    }
    out
}

/// `8 design documents: 3 implemented, 2 in review. As of …`.
fn summary(documents: &[Entry<'_>], writer: &Writer<'_>) -> String {
    let mut states: BTreeMap<_, usize> = BTreeMap::new();
    for Entry { document, .. } in documents {
        if let Some(status) = &document.status {
            *states
                .entry((rank(Some(status.class)), status.state.as_str()))
                .or_default() += 1;
        }
    }
    let counted: Vec<String> = states
        .iter()
        .map(|(&(_, state), count)| match state {
            Status::UNFILLED => fill(writer.words.n_without_status, &count.to_string()),
            state => format!("{count} {}", state.replace('-', " ")),
        })
        .map(|text| writer.text(&text))
        .collect();
    let total = writer.text(&writer.words.n_documents.fill(documents.len()));
    let of_them = match counted.is_empty() {
        true => String::new(),
        false => format!(": {}", counted.join(", ")),
    };
    format!("{total}{of_them}. {}", writer.as_of())
}

#[cfg(test)]
mod tests;
