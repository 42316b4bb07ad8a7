//! The index of design documents, by status.

use std::collections::BTreeMap;

use super::paginate::{Page, Years};
use super::table::{Cell, Column, Row, Rows, Table};
use super::{Entry, IndexWriter};
use crate::lint::{Attention, attention};
use crate::model::{DateText, Document, DocumentKind, IndexKind, OpenQuestion, Person, Status, StatusClass, When};
use crate::render::words::{capitalized, fill};
use crate::render::writer::Writer;
use crate::render::{badge, counts, doubts, link};
use jiff::civil::Date;

/// Every document of the page with its key facts, by status.
pub(super) fn table<'a>(documents: &[Entry<'a>], at: IndexWriter<'a>, page: Page) -> Table<'a> {
    list(sorted(documents, page), &at)
}

/// These documents, as they are sorted.
pub(super) fn list<'a>(documents: Vec<Entry<'a>>, at: &IndexWriter<'a>) -> Table<'a> {
    let at = *at;
    let words = at.writer.words;
    Table {
        summary: summary(&documents, &at),
        views: views(&at),
        columns: vec![
            Column::subject(words.document, "document text"),
            Column::short(words.status, "status status"),
            Column::short(words.owner, "owner people"),
            Column::short(words.open_questions, "open text"),
            Column::short(words.progress, "progress text"),
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
        ("waits", words.waits_for_person.to_owned()),
    ];
    filters.extend(has_tags.then(|| ("tags", words.tags.to_owned())));
    filters
}

/// Links to what a lead asks first.
fn views(at: &IndexWriter<'_>) -> Vec<String> {
    let words = at.writer.words;
    let late = capitalized(words.needs_attention);
    let first = at.link_to_view(&late, &[("show", &late)]);
    let newest = at.link_to_view(words.newest_first, &[("sort", "-updated")]);
    first.into_iter().chain(newest).chain(at.last_days()).collect()
}

/// The years of the further pages, if the first one has at most so many `rows`.
pub(super) fn years(documents: &[Entry<'_>], rows: usize) -> Vec<Years> {
    Years::of(documents, rows, year)
}

/// The documents of the page: those under discussion first, closed ones last; otherwise in the book's
/// order.
pub(super) fn sorted<'a>(documents: &[Entry<'a>], page: Page) -> Vec<Entry<'a>> {
    let mut documents = documents.to_vec();
    documents.retain(|entry| page.has(year(entry)));
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

fn row<'a>(entry: Entry<'a>, at: &IndexWriter<'a>) -> Row {
    let document = entry.document;
    let writer = at.writer;
    Row {
        fine: fine(entry, writer),
        waits: waits(document).filter(|_| writer.html),
        cells: vec![
            subject(entry, at).into(),
            status(document, writer),
            writer.names(document.owners()).into(),
            questions(entry, at).into(),
            progress(document, writer).into(),
        ],
        ..Row::default()
    }
}

/// The people whose approval the document waits for.
fn waits(document: &Document) -> Option<String> {
    let is_asked = document.status.as_ref().is_none_or(|status| {
        let class = matches!(
            status.class,
            StatusClass::Review | StatusClass::Draft | StatusClass::Unknown
        );
        class && !status.is_unfilled()
    });
    let people = document.reviewers.iter().chain(&document.approvers);
    let waiting = people.filter(|person| person.approved != Some(true) && is_asked);
    let mut names: Vec<&str> = waiting.map(Person::display).filter(|name| !name.is_empty()).collect();
    names.dedup();
    (!names.is_empty()).then(|| names.join(", "))
}

/// The number of people on the review list who have approved, and of steps that are done: plain
/// words, since the rows of a large book are many.
fn progress(document: &Document, writer: &Writer<'_>) -> String {
    let words = writer.words;
    let people = document.reviewers.iter().chain(&document.approvers);
    let ticks: Vec<bool> = people.filter_map(|person| person.approved).collect();
    let approved = ticks.iter().filter(|tick| **tick).count();
    let said: Vec<String> = [
        (words.approved_of, approved, ticks.len()),
        (words.steps_of, document.steps.done, document.steps.total),
    ]
    .into_iter()
    .filter(|(_, _, total)| *total > 0)
    .map(|(phrase, done, total)| writer.text(&writer.of(phrase, done, total)))
    .collect();
    writer.lines(&said)
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

/// The title with the kind, above what needs attention and the tags. Columns of their own would make
/// the table too wide.
fn subject<'a>(entry: Entry<'a>, at: &IndexWriter<'a>) -> String {
    let (document, writer) = (entry.document, at.writer);
    let title = at.document(entry);
    let mut out = match document.kind {
        // The most common kind is not labelled.
        DocumentKind::Design => title,
        DocumentKind::Adr => format!("{title} {}", writer.remark(writer.words.kind_adr)),
        DocumentKind::Log => format!("{title} {}", writer.remark(writer.words.kind_log)),
    };
    for (promise, due) in document.promises() {
        out = writer.beside(&out, &badge::of_promise(promise, due, writer));
    }
    // Elsewhere the number of overdue questions is beside that of the open ones.
    let overdue = counts::Overdue::of(document.questions.iter(), writer).filter(|_| writer.html);
    let reasons = doubts::reasons(entry.chapter, document, writer);
    if let Some(why) = doubts::attention("em", overdue.as_ref(), &reasons, writer) {
        out = writer.beside(&out, &why);
    }
    match document.tags.as_slice() {
        [] => out,
        tags => writer.beside(&out, &writer.small(&tags.join(", "))),
    }
}

/// The status and the day of the last change.
fn status(document: &Document, writer: &Writer<'_>) -> Cell {
    let changed = changed(document).map(|date| writer.date(date));
    let (attributes, status) = match &document.status {
        Some(status) => writer.status_cell(status),
        None => (String::new(), String::new()),
    };
    let said: Vec<String> = [Some(status), changed]
        .into_iter()
        .flatten()
        .filter(|said| !said.is_empty())
        .collect();
    Cell {
        attributes,
        content: writer.lines(&said),
    }
}

/// The number of open questions: in HTML with a link to them in their index; elsewhere with one to
/// the first of them, and with the number of the overdue ones.
fn questions<'a>(entry: Entry<'a>, at: &IndexWriter<'a>) -> String {
    let writer = at.writer;
    let questions = &entry.document.questions;
    let open = questions.iter().filter(|question| !question.resolved);
    let Some(first) = open.clone().next() else {
        return String::new();
    };
    let to = |question| at.href(entry, link::question_anchor(entry.chapter, question, writer));
    let text = writer.text(&fill(writer.words.n_open, &open.count().to_string()));
    let title = at.title(entry);
    let filters = [("due", "open"), ("document", &*title)];
    let listed = at.view(Some(IndexKind::Questions), &filters).filter(|_| writer.html);
    let mut out = writer.link(&listed.unwrap_or_else(|| to(first)), &text);
    if let Some(overdue) = counts::Overdue::of(questions.iter(), writer).filter(|_| !writer.html) {
        let said = overdue.write(&to(overdue.first), true, writer);
        if !said.is_empty() {
            out.push_str(", ");
            out.push_str(&said);
        }
    }
    out
}

/// `8 design documents: 3 implemented, 2 in review. As of …`.
fn summary(documents: &[Entry<'_>], at: &IndexWriter<'_>) -> String {
    let writer = at.writer;
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
        .map(|(&(_, state), count)| {
            let text = match state {
                Status::UNFILLED => fill(writer.words.n_without_status, &count.to_string()),
                state => format!("{count} {}", state.replace('-', " ")),
            };
            at.counted(&text, &[("status", state)])
        })
        .collect();
    let total = at.counted(&writer.words.n_documents.fill(documents.len()), &[]);
    let of_them = match counted.is_empty() {
        true => String::new(),
        false => format!(": {}", counted.join(", ")),
    };
    format!("{total}{of_them}. {}", writer.as_of())
}

#[cfg(test)]
mod tests;
