//! A table of an index, as HTML or as a Markdown table.

use maud::{Markup, PreEscaped, Render, html};

use crate::model::IndexKind;
use crate::render::markdown;
use crate::render::pen::Pen;

/// A table, its cells written already.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// The state of things in a line, written already.
    pub(super) summary: String,
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Row>,
    /// Records that are done with, below the others.
    pub(super) apart: Option<Apart>,
    /// What to say where there are no rows.
    pub(super) empty: &'static str,
    /// Links to the other pages of the same index, written already.
    pub(super) pages: Vec<String>,
    /// Links to the same records as files, after a word for them; written already.
    pub(super) downloads: Vec<String>,
}

/// Records that are done with.
#[derive(Debug, Default)]
pub(super) struct Apart {
    /// What they are, written already.
    pub(super) summary: String,
    pub(super) rows: Vec<Row>,
}

/// A column and what it is for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    name: &'static str,
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

/// A record.
#[derive(Debug, Default)]
pub(super) struct Row {
    /// Its `data-state`.
    pub(super) state: Option<&'static str>,
    /// One for each column.
    pub(super) cells: Vec<String>,
}

impl Column {
    pub(super) const fn subject(name: &'static str, script: &'static str) -> Self {
        Self::new(name, Role::Subject, script)
    }

    pub(super) const fn long(name: &'static str, script: &'static str) -> Self {
        Self::new(name, Role::Long, script)
    }

    pub(super) const fn short(name: &'static str, script: &'static str) -> Self {
        Self::new(name, Role::Short, script)
    }

    const fn new(name: &'static str, role: Role, script: &'static str) -> Self {
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

    fn tags(self) -> (String, &'static str) {
        let label = Some(self.name).filter(|_| self.is_labelled);
        let label = label.map(|name| html! { (name) }.into_string());
        let label = label.map(|name| format!(" data-label=\"{name}\"")).unwrap_or_default();
        match self.role {
            Role::Subject => ("<th scope=\"row\">".to_owned(), "</th>"),
            Role::Long => (format!("<td class=\"dd-long\"{label}>"), "</td>"),
            Role::Short => (format!("<td{label}>"), "</td>"),
        }
    }
}

impl Table {
    /// The table, or a sentence where it has no rows.
    pub(super) fn write(&self, kind: IndexKind, title: &str, pen: &Pen<'_>) -> String {
        if pen.html { self.html(kind, title) } else { self.plain() }
    }

    fn html(&self, kind: IndexKind, title: &str) -> String {
        let apart = self.apart.as_ref().filter(|apart| !apart.rows.is_empty());
        html! {
            div.dd-index data-index=(kind.word()) {
                (links(&self.pages))
                @if self.is_silent() {
                } @else if self.rows.is_empty() {
                    p { (self.empty) }
                } @else {
                    (Grid { table: self, title, summary: Some(&self.summary), rows: &self.rows })
                }
                @if let Some(apart) = apart {
                    "\n"
                    details.dd-apart open {
                        summary { (PreEscaped(&apart.summary)) }
                        (Grid { table: self, title, summary: None, rows: &apart.rows })
                    }
                }
                (links(&self.downloads))
            }
        }
        .into_string()
    }

    /// Whether the records that are done with say all: on the page of a year, that no others are
    /// there says nothing of the book.
    fn is_silent(&self) -> bool {
        let has_apart = self.apart.as_ref().is_some_and(|apart| !apart.rows.is_empty());
        self.rows.is_empty() && has_apart && !self.pages.is_empty()
    }

    fn plain(&self) -> String {
        let mut lines = Vec::with_capacity(self.rows.len() + 8);
        if !self.pages.is_empty() {
            lines.extend([self.pages.join(" "), String::new()]);
        }
        if self.is_silent() {
            lines.pop();
        } else if self.rows.is_empty() {
            lines.push(self.empty.to_owned());
        } else {
            lines.extend([self.summary.clone(), String::new()]);
            self.plain_rows(&self.rows, &mut lines);
        }
        if let Some(apart) = self.apart.as_ref().filter(|apart| !apart.rows.is_empty()) {
            lines.extend([String::new(), format!("**{}**", apart.summary), String::new()]);
            self.plain_rows(&apart.rows, &mut lines);
        }
        lines.join("\n")
    }

    fn plain_rows(&self, rows: &[Row], lines: &mut Vec<String>) {
        lines.push(line(self.columns.iter().map(|column| column.name.to_owned())));
        lines.push(line(self.columns.iter().map(|_| "---".to_owned())));
        let cells = |row: &Row| line(row.cells.iter().map(|cell| markdown::cell(cell)));
        lines.extend(rows.iter().map(cells));
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

/// Some of a table's rows under its columns, written where they belong: they may be megabytes.
struct Grid<'t> {
    table: &'t Table,
    title: &'t str,
    summary: Option<&'t str>,
    rows: &'t [Row],
}

/// What follows the rows.
const END: &str = "</tbody></table></div>";

impl Render for Grid<'_> {
    fn render_to(&self, out: &mut String) {
        let head = html! {
            "\n"
            // Wide tables scroll here, by keyboard too; the page itself never does.
            div.dd-scroll role="group" aria-label=(self.title) tabindex="0" {
                "\n"
                table {
                    @if let Some(summary) = self.summary { "\n" caption { (PreEscaped(summary)) } }
                    "\n"
                    thead { tr {
                        @for column in &self.table.columns {
                            th scope="col" data-col=[Some(column.script).filter(|script| !script.is_empty())] { (column.name) } " "
                        }
                    } }
                    "\n"
                    tbody {}
                }
            }
        }
        .into_string();
        let size = |row: &Row| row.cells.iter().map(|cell| cell.len() + 16).sum::<usize>() + 32;
        out.reserve(self.rows.iter().map(size).sum::<usize>() + head.len());
        out.push_str(head.strip_suffix(END).unwrap_or(&head));
        self.body(out);
        out.push_str(END);
    }
}

impl Grid<'_> {
    fn body(&self, out: &mut String) {
        let tags: Vec<_> = self.table.columns.iter().map(|column| column.tags()).collect();
        for row in self.rows {
            out.push_str("\n<tr");
            if let Some(state) = row.state {
                out.push_str(" data-state=\"");
                out.push_str(state);
                out.push('"');
            }
            out.push('>');
            for ((open, close), cell) in tags.iter().zip(&row.cells) {
                out.push_str(open);
                out.push_str(cell);
                out.push_str(close);
                // Without it 0.4's search runs two cells into one word.
                out.push(' ');
            }
            out.push_str("</tr>");
        }
    }
}

fn line(cells: impl Iterator<Item = String>) -> String {
    let cells: Vec<String> = cells.collect();
    format!("| {} |", cells.join(" | "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use jiff::civil::date;

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
            rows,
            apart: Some(Apart {
                summary: "Done".into(),
                rows: apart,
            }),
            empty: "None.",
            ..Table::default()
        };
        let pen = Pen::new(&config, date(2026, 3, 1));
        table.write(IndexKind::Questions, "Open questions", &pen)
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
