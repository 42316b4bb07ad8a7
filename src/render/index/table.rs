//! A table of an index, as HTML or as a Markdown table.

pub(super) mod dashes;

use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;
use maud::{Markup, PreEscaped, html};

use self::dashes::line;
use super::days::DayRange;
use crate::model::IndexKind;
use crate::render::badge::InCell;
use crate::render::markdown;
use crate::render::part::Parts;
use crate::render::writer::Writer;

/// A table.
#[derive(Default)]
pub(super) struct Table<'a> {
    /// The rendered summary line.
    pub(super) summary: String,
    pub(super) columns: Vec<Column<'a>>,
    pub(super) rows: Rows<'a>,
    /// Closed records, shown below the others.
    pub(super) apart: Option<Apart<'a>>,
    /// Names of further filters for the script, each with its key.
    pub(super) filters: Vec<(&'static str, String)>,
    /// The rendered sentence to show if there are no rows.
    pub(super) empty: String,
    /// Rendered links to the other pages of the index.
    pub(super) pages: Vec<String>,
    /// Rendered links to views of the table.
    pub(super) views: Vec<String>,
    /// Rendered links to the other indices.
    pub(super) others: Vec<String>,
    /// For some of the rows of an index, at a marker with filters.
    pub(super) window: Option<Arc<Window>>,
    /// Rendered links to the same records as files, after a label.
    pub(super) downloads: Vec<String>,
}

/// The days of the rows that a marker with filters shows.
pub(super) struct Window {
    /// The days that are shown, if they depend on the reader's day.
    pub(super) range: Option<DayRange>,
    /// The day of each row, then those of the rows that are cut off.
    pub(super) days: Vec<Option<Date>>,
    pub(super) today: Date,
}

impl Window {
    /// The row's `data-on`, and whether it waits for its day.
    pub(super) fn row(&self, at: usize) -> Option<(Date, bool)> {
        let (range, day) = (self.range?, self.days.get(at).copied().flatten()?);
        Some((day, !range.has(self.today, day)))
    }
}

/// Closed records.
#[derive(Default)]
pub(super) struct Apart<'a> {
    /// Their rendered summary.
    pub(super) summary: String,
    pub(super) rows: Rows<'a>,
}

/// A column and its purpose.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column<'a> {
    name: &'a str,
    role: Role,
    /// Its name in a URL and its functions for the script: `owner people`.
    script: &'static str,
    /// Whether its cells need a label if the head is not visible, as on a phone.
    is_labelled: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// The subject of the row.
    Subject,
    /// A fact about it.
    Fact,
}

/// Rows, each created when it is written: those of a large book take megabytes.
#[derive(Clone)]
pub(super) struct Rows<'a> {
    count: usize,
    /// Creates the row at an index.
    row: Arc<dyn Fn(usize) -> Row + Send + Sync + 'a>,
}

/// A record.
#[derive(Debug, Default)]
pub(super) struct Row {
    /// Its `data-state`.
    pub(super) state: Option<&'static str>,
    /// Its `data-fine`: the last day on which it needs no attention.
    pub(super) fine: Option<String>,
    /// Its `data-waits`: the people whose approval it waits for.
    pub(super) waits: Option<String>,
    /// The cells, one for each column.
    pub(super) cells: Vec<Cell>,
}

/// A cell of a record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Cell {
    /// Its attributes, rendered: a status or a badge without a date is the cell itself.
    pub(super) attributes: String,
    /// What is in it, rendered.
    pub(super) content: String,
}

impl From<String> for Cell {
    fn from(content: String) -> Self {
        Self {
            attributes: String::new(),
            content,
        }
    }
}

impl From<InCell> for Cell {
    fn from(badge: InCell) -> Self {
        let InCell { attributes, content } = badge;
        Self { attributes, content }
    }
}

impl<'a> Column<'a> {
    pub(super) const fn subject(name: &'a str, script: &'static str) -> Self {
        Self::new(name, Role::Subject, script)
    }

    pub(super) const fn short(name: &'a str, script: &'static str) -> Self {
        Self::new(name, Role::Fact, script)
    }

    const fn new(name: &'a str, role: Role, script: &'static str) -> Self {
        Self {
            name,
            role,
            script,
            is_labelled: false,
        }
    }

    /// The column with its name before each cell on narrow screens.
    pub(super) const fn labelled(self) -> Self {
        Self {
            is_labelled: true,
            ..self
        }
    }

    fn cell(self, cell: &Cell, out: &mut String) {
        let name = if self.role == Role::Subject { "th" } else { "td" };
        out.push('<');
        out.push_str(name);
        if self.role == Role::Subject {
            out.push_str(" scope=\"row\"");
        }
        if self.is_labelled {
            out.push_str(&format!(" data-label=\"{}\"", html! { (self.name) }.0));
        }
        // Without the space, the search of mdBook 0.4 joins two cells into one word.
        for part in [&cell.attributes, ">", &cell.content, "</", name, "> "] {
            out.push_str(part);
        }
    }
}

impl<'a> Rows<'a> {
    /// The rows that `row` creates from `items`.
    pub(super) fn new<T: Send + Sync + 'a>(items: Vec<T>, row: impl Fn(&T) -> Row + Send + Sync + 'a) -> Self {
        Self {
            count: items.len(),
            row: Arc::new(move |at| row(&items[at])),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The contents of the first rows, `most` at most.
    fn first(&self, most: usize) -> impl Iterator<Item = Vec<String>> {
        let rows = (0..self.count.min(most)).map(|at| (self.row)(at));
        rows.map(|row| row.cells.into_iter().map(|cell| cell.content).collect())
    }

    /// The number of rows to write at once: about as much text as a document's page.
    const AT_ONCE: usize = 24;

    /// Adds the output of `write` for each row, in batches.
    fn write(&self, parts: &mut Parts<'a>, write: impl Fn(usize, &Row, &mut String) + Send + Sync + 'a) {
        let write = Arc::new(write);
        for start in (0..self.count).step_by(Self::AT_ONCE) {
            let some = start..self.count.min(start + Self::AT_ONCE);
            let (rows, write) = (self.clone(), Arc::clone(&write));
            parts.later(move || rows.written(some, &*write));
        }
    }

    fn written(&self, some: Range<usize>, write: impl Fn(usize, &Row, &mut String)) -> String {
        let mut out = String::with_capacity(some.len() * ROOM);
        for at in some {
            write(at, &(self.row)(at), &mut out);
        }
        out
    }
}

/// The initial capacity, sufficient for most rows.
const ROOM: usize = 768;

impl Default for Rows<'_> {
    fn default() -> Self {
        Self::new(Vec::new(), |&()| Row::default())
    }
}

impl<'a> Table<'a> {
    /// Whether a marker with filters asks for more rows than it shows.
    pub(super) fn is_cut(&self) -> bool {
        let days = self.window.as_ref().map(|window| window.days.len());
        days.is_some_and(|days| days > self.rows.count)
    }

    /// The table, or a sentence if it has no rows.
    pub(super) fn write(self, kind: IndexKind, title: &str, writer: &Writer<'_>) -> Parts<'a> {
        if writer.html {
            self.html(kind.word(writer.config), title)
        } else {
            self.plain()
        }
    }

    fn html(&self, word: &str, title: &str) -> Parts<'a> {
        let mut parts = Parts::default();
        let class = match &self.window {
            None => "dd-index",
            Some(_) => "dd-index dd-part",
        };
        parts.add(&format!("<div class=\"{class}\" data-index=\"{word}\""));
        if let Some(range) = self.window.as_ref().and_then(|window| window.range) {
            parts.add(&format!(" data-in=\"{}\"", range.attribute()));
        }
        for (key, name) in &self.filters {
            parts.add(&format!(" data-{key}=\"{}\"", html! { (name) }.0));
        }
        parts.add(">");
        parts.add(&links("dd-nav", &self.others).0);
        parts.add(&links("dd-pages", &self.pages).0);
        if self.is_silent() {
        } else if self.rows.is_empty() {
            parts.add(&html! { p { (PreEscaped(&self.empty)) } }.0);
        } else {
            parts.add(&links("dd-views", &self.views).0);
            self.grid(title, Some(&self.summary), &self.rows, &mut parts);
        }
        if let Some(apart) = self.apart() {
            parts.add("\n<details class=\"dd-apart\" open>");
            parts.add(&html! { summary { (PreEscaped(&apart.summary)) } }.0);
            self.grid(title, None, &apart.rows, &mut parts);
            parts.add("</details>");
        }
        parts.add(&links("dd-pages", &self.downloads).0);
        parts.add("</div>");
        parts
    }

    fn apart(&self) -> Option<&Apart<'a>> {
        self.apart.as_ref().filter(|apart| !apart.rows.is_empty())
    }

    /// Whether to omit the sentence for an empty table: on the page of a year with only closed
    /// records, it would say nothing about the book.
    fn is_silent(&self) -> bool {
        self.rows.is_empty() && self.apart().is_some() && !self.pages.is_empty()
    }

    /// A table of `rows` with the columns' heads.
    fn grid(&self, title: &str, summary: Option<&str>, rows: &Rows<'a>, parts: &mut Parts<'a>) {
        let empty = html! {
            "\n"
            table aria-label=[summary.is_none().then_some(title)] {
                @if let Some(summary) = summary { "\n" caption { (PreEscaped(summary)) } }
                "\n"
                thead { tr {
                    @for column in &self.columns {
                        th scope="col" data-col=[Some(column.script).filter(|script| !script.is_empty())] { (column.name) } " "
                    }
                } }
                "\n"
                tbody {}
            }
        };
        parts.add(empty.0.strip_suffix(END).unwrap_or(&empty.0));
        let columns = self.columns.clone();
        let window = self.window.clone();
        rows.write(parts, move |at, row, out| {
            let day = window.as_ref().and_then(|window| window.row(at));
            row.html(&columns, day, out);
        });
        parts.add(END);
    }

    fn plain(&self) -> Parts<'a> {
        let mut parts = Parts::default();
        if !self.pages.is_empty() {
            parts.add(&self.pages.join(" "));
        }
        if self.is_silent() {
        } else if self.rows.is_empty() {
            parts.add_block(&self.empty);
        } else {
            parts.add_block(&self.summary);
            self.plain_grid(&self.rows, &mut parts);
        }
        if let Some(apart) = self.apart() {
            parts.add_block(&format!("**{}**", apart.summary));
            self.plain_grid(&apart.rows, &mut parts);
        }
        parts
    }

    fn plain_grid(&self, rows: &Rows<'a>, parts: &mut Parts<'a>) {
        let heads: Vec<&str> = self.columns.iter().map(|column| column.name).collect();
        parts.add_block(&line(heads.iter().map(|&head| head.to_owned())));
        parts.add("\n");
        parts.add(&line(dashes::dashes(&heads, rows.first(dashes::MEASURED)).into_iter()));
        rows.write(parts, |_, row, out| {
            out.push('\n');
            out.push_str(&line(row.cells.iter().map(|cell| markdown::cell(&cell.content))));
        });
    }
}

fn links(class: &str, links: &[String]) -> Markup {
    html! {
        @if !links.is_empty() {
            "\n"
            p class=(class) { @for link in links { (PreEscaped(link)) " " } }
        }
    }
}

/// The HTML after the rows.
const END: &str = "</tbody></table>";

impl Row {
    fn html(&self, columns: &[Column<'_>], day: Option<(Date, bool)>, out: &mut String) {
        let is_hidden = day.is_some_and(|(_, is_hidden)| is_hidden);
        let day = day.map(|(day, _)| day.to_string());
        out.push_str("\n<tr");
        for (name, value) in [
            ("state", self.state),
            ("fine", self.fine.as_deref()),
            ("waits", self.waits.as_deref()),
            ("on", day.as_deref()),
        ] {
            if let Some(value) = value {
                out.push_str(&format!(" data-{name}=\"{}\"", html! { (value) }.0));
            }
        }
        out.push_str(if is_hidden { " hidden>" } else { ">" });
        for (column, cell) in columns.iter().zip(&self.cells) {
            column.cell(cell, out);
        }
        out.push_str("</tr>");
    }
}

/// The parts of a table that tests check.
#[cfg(test)]
pub(super) struct Read {
    pub(super) summary: String,
    pub(super) rows: Vec<Row>,
    pub(super) apart: Vec<Row>,
}

#[cfg(test)]
impl Table<'_> {
    pub(super) fn read(self) -> Read {
        let all = |rows: &Rows<'_>| (0..rows.count).map(|at| (rows.row)(at)).collect();
        Read {
            rows: all(&self.rows),
            apart: self.apart.iter().flat_map(|apart| all(&apart.rows)).collect(),
            summary: self.summary,
        }
    }
}

#[cfg(test)]
mod tests;
