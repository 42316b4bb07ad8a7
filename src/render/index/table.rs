//! A table of an index, as HTML or as a Markdown table.

use std::ops::Range;
use std::sync::Arc;

use maud::{Markup, PreEscaped, html};

use crate::model::IndexKind;
use crate::render::markdown;
use crate::render::part::Parts;
use crate::render::writer::Writer;

/// A table.
#[derive(Default)]
pub(super) struct Table<'a> {
    /// The state of things in a line, written already.
    pub(super) summary: String,
    pub(super) columns: Vec<Column<'a>>,
    pub(super) rows: Rows<'a>,
    /// Records that are done with, below the others.
    pub(super) apart: Option<Apart<'a>>,
    /// The text where there are no rows.
    pub(super) empty: &'static str,
    /// Links to the other pages of the same index, written already.
    pub(super) pages: Vec<String>,
    /// Links to the same records as files, after a word for them; written already.
    pub(super) downloads: Vec<String>,
}

/// Records that are done with.
#[derive(Default)]
pub(super) struct Apart<'a> {
    /// What they are, written already.
    pub(super) summary: String,
    pub(super) rows: Rows<'a>,
}

/// A column and what it is for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column<'a> {
    name: &'a str,
    role: Role,
    /// Its name in an address and what a script may do with it: `owner people`.
    script: &'static str,
    /// Whether its cells say little where its head is out of sight, as on a telephone.
    is_labelled: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// What the row is about.
    Subject,
    /// Sentences.
    Long,
    /// A few words.
    Short,
}

/// Records, each made when it is written: of a large book they are megabytes.
#[derive(Clone)]
pub(super) struct Rows<'a> {
    count: usize,
    /// Makes the one of an index.
    row: Arc<dyn Fn(usize) -> Row + Send + Sync + 'a>,
}

/// A record.
#[derive(Debug, Default)]
pub(super) struct Row {
    /// Its `data-state`.
    pub(super) state: Option<&'static str>,
    /// One for each column.
    pub(super) cells: Vec<String>,
}

impl<'a> Column<'a> {
    pub(super) const fn subject(name: &'a str, script: &'static str) -> Self {
        Self::new(name, Role::Subject, script)
    }

    pub(super) const fn long(name: &'a str, script: &'static str) -> Self {
        Self::new(name, Role::Long, script)
    }

    pub(super) const fn short(name: &'a str, script: &'static str) -> Self {
        Self::new(name, Role::Short, script)
    }

    const fn new(name: &'a str, role: Role, script: &'static str) -> Self {
        Self {
            name,
            role,
            script,
            is_labelled: false,
        }
    }

    /// The column with its name before each cell where the table is narrow.
    pub(super) const fn labelled(self) -> Self {
        Self {
            is_labelled: true,
            ..self
        }
    }

    fn cell(self, written: &str) -> Markup {
        let label = Some(self.name).filter(|_| self.is_labelled);
        let written = PreEscaped(written);
        match self.role {
            Role::Subject => html! { th scope="row" { (written) } },
            Role::Long => html! { td.dd-long data-label=[label] { (written) } },
            Role::Short => html! { td data-label=[label] { (written) } },
        }
    }
}

impl<'a> Rows<'a> {
    /// What `row` makes of each of `items`.
    pub(super) fn new<T: Send + Sync + 'a>(items: Vec<T>, row: impl Fn(&T) -> Row + Send + Sync + 'a) -> Self {
        Self {
            count: items.len(),
            row: Arc::new(move |at| row(&items[at])),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// How many are written at once: as much text as a document's page, more or less.
    const AT_ONCE: usize = 24;

    /// Adds what `write` makes of each, some of them at a time.
    fn write(&self, parts: &mut Parts<'a>, write: impl Fn(&Row, &mut String) + Send + Sync + 'a) {
        let write = Arc::new(write);
        for start in (0..self.count).step_by(Self::AT_ONCE) {
            let some = start..self.count.min(start + Self::AT_ONCE);
            let (rows, write) = (self.clone(), Arc::clone(&write));
            parts.later(move || rows.written(some, &*write));
        }
    }

    fn written(&self, some: Range<usize>, write: impl Fn(&Row, &mut String)) -> String {
        let mut out = String::with_capacity(some.len() * ROOM);
        for at in some {
            write(&(self.row)(at), &mut out);
        }
        out
    }
}

/// As much as most rows need.
const ROOM: usize = 768;

impl Default for Rows<'_> {
    fn default() -> Self {
        Self::new(Vec::new(), |&()| Row::default())
    }
}

impl<'a> Table<'a> {
    /// The table, or a sentence where it has no rows.
    pub(super) fn write(self, kind: IndexKind, title: &str, writer: &Writer<'_>) -> Parts<'a> {
        if writer.html {
            self.html(kind.word(writer.config), title)
        } else {
            self.plain()
        }
    }

    fn html(&self, word: &str, title: &str) -> Parts<'a> {
        let mut parts = Parts::default();
        parts.add(&format!("<div class=\"dd-index\" data-index=\"{word}\">"));
        parts.add(&links(&self.pages).0);
        if self.is_silent() {
        } else if self.rows.is_empty() {
            parts.add(&html! { p { (self.empty) } }.0);
        } else {
            self.grid(title, Some(&self.summary), &self.rows, &mut parts);
        }
        if let Some(apart) = self.apart() {
            parts.add("\n<details class=\"dd-apart\" open>");
            parts.add(&html! { summary { (PreEscaped(&apart.summary)) } }.0);
            self.grid(title, None, &apart.rows, &mut parts);
            parts.add("</details>");
        }
        parts.add(&links(&self.downloads).0);
        parts.add("</div>");
        parts
    }

    fn apart(&self) -> Option<&Apart<'a>> {
        self.apart.as_ref().filter(|apart| !apart.rows.is_empty())
    }

    /// Whether the records that are done with say all: on the page of a year, that no others are
    /// there says nothing of the book.
    fn is_silent(&self) -> bool {
        self.rows.is_empty() && self.apart().is_some() && !self.pages.is_empty()
    }

    /// Some of the rows under the columns.
    fn grid(&self, title: &str, summary: Option<&str>, rows: &Rows<'a>, parts: &mut Parts<'a>) {
        let empty = html! {
            "\n"
            // Wide tables scroll here, by keyboard too; the page itself never does.
            div.dd-scroll role="group" aria-label=(title) tabindex="0" {
                "\n"
                table {
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
            }
        };
        parts.add(empty.0.strip_suffix(END).unwrap_or(&empty.0));
        let columns = self.columns.clone();
        rows.write(parts, move |row, out| out.push_str(&row.html(&columns).0));
        parts.add(END);
    }

    fn plain(&self) -> Parts<'a> {
        let mut parts = Parts::default();
        if !self.pages.is_empty() {
            parts.add(&self.pages.join(" "));
        }
        if self.is_silent() {
        } else if self.rows.is_empty() {
            parts.add_block(self.empty);
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
        parts.add_block(&line(self.columns.iter().map(|column| column.name.to_owned())));
        parts.add("\n");
        parts.add(&line(self.columns.iter().map(|_| "---".to_owned())));
        rows.write(parts, |row, out| {
            out.push('\n');
            out.push_str(&line(row.cells.iter().map(|cell| markdown::cell(cell))));
        });
    }
}

fn links(links: &[String]) -> Markup {
    html! {
        @if !links.is_empty() {
            "\n"
            p.dd-pages { @for link in links { (PreEscaped(link)) " " } }
        }
    }
}

/// What follows the rows.
const END: &str = "</tbody></table></div>";

impl Row {
    fn html(&self, columns: &[Column<'_>]) -> Markup {
        html! {
            "\n"
            tr data-state=[self.state] {
                @for (column, cell) in columns.iter().zip(&self.cells) {
                    // Without the space 0.4's search runs two cells into one word.
                    (column.cell(cell)) " "
                }
            }
        }
    }
}

fn line(cells: impl Iterator<Item = String>) -> String {
    let cells: Vec<String> = cells.collect();
    format!("| {} |", cells.join(" | "))
}

/// What a test looks at of a table.
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
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::render::part;
    use jiff::civil::date;

    fn clone(row: &Row) -> Row {
        Row {
            state: row.state,
            cells: row.cells.clone(),
        }
    }

    fn written(html: bool, rows: Vec<Row>, apart: Vec<Row>) -> String {
        let config = Config {
            html,
            ..Config::default()
        };
        let table = Table {
            summary: "Two.".into(),
            columns: vec![
                Column::subject("Question", "question text"),
                Column::short("Due", "due due"),
            ],
            rows: Rows::new(rows, clone),
            apart: Some(Apart {
                summary: "Done".into(),
                rows: Rows::new(apart, clone),
            }),
            empty: "None.",
            ..Table::default()
        };
        let writer = Writer::new(&config, date(2026, 3, 1));
        part::joined(table.write(IndexKind::Questions, "Open questions", &writer).0)
    }

    fn row() -> Row {
        Row {
            state: Some("overdue"),
            cells: vec!["a|b".into(), "now".into()],
        }
    }

    #[test]
    fn a_row_is_a_record() {
        let page = written(true, vec![row()], Vec::new());
        assert!(page.contains("<caption>Two.</caption>"));
        assert!(page.contains("<th scope=\"col\" data-col=\"due due\">Due</th>"));
        assert!(page.contains("\n<tr data-state=\"overdue\"><th scope=\"row\">a|b</th> <td>now</td> </tr>"));
        assert!(!page.contains("<details"));
        assert_eq!(
            written(false, vec![row()], Vec::new()),
            "Two.\n\n| Question | Due |\n| --- | --- |\n| a\\|b | now |"
        );
    }

    #[test]
    fn an_index_without_rows_says_so() {
        assert!(written(true, Vec::new(), Vec::new()).contains("<p>None.</p>"));
        assert_eq!(written(false, Vec::new(), Vec::new()), "None.");
    }

    #[test]
    fn what_is_done_with_stands_below() {
        let page = written(true, Vec::new(), vec![row()]);
        let at = |part| page.find(part).unwrap();
        assert!(at("<p>None.</p>") < at("<details class=\"dd-apart\" open><summary>Done</summary>"));
        assert_eq!(
            written(false, Vec::new(), vec![row()]),
            "None.\n\n**Done**\n\n| Question | Due |\n| --- | --- |\n| a\\|b | now |"
        );
    }
}
