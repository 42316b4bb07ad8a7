//! A table of an index, as HTML or as a Markdown table.

use maud::{PreEscaped, html};

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
    /// What to say where there are no rows.
    pub(super) empty: &'static str,
}

/// A column and what it is for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    name: &'static str,
    role: Role,
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
    pub(super) const fn subject(name: &'static str) -> Self {
        let role = Role::Subject;
        Self { name, role }
    }

    pub(super) const fn long(name: &'static str) -> Self {
        let role = Role::Long;
        Self { name, role }
    }

    pub(super) const fn short(name: &'static str) -> Self {
        let role = Role::Short;
        Self { name, role }
    }

    const fn tags(self) -> (&'static str, &'static str) {
        match self.role {
            Role::Subject => ("<th scope=\"row\">", "</th>"),
            Role::Long => ("<td class=\"dd-long\">", "</td>"),
            Role::Short => ("<td>", "</td>"),
        }
    }
}

impl Table {
    /// The table, or a sentence where it has no rows.
    pub(super) fn write(&self, kind: IndexKind, title: &str, pen: &Pen<'_>) -> String {
        match (pen.html, self.rows.is_empty()) {
            (true, true) => html! {
                div.dd-index data-index=(kind.word()) { p { (self.empty) } }
            }
            .into_string(),
            (true, false) => self.html(kind, title),
            (false, true) => self.empty.to_owned(),
            (false, false) => self.plain(),
        }
    }

    fn html(&self, kind: IndexKind, title: &str) -> String {
        let body = self.body();
        html! {
            div.dd-index data-index=(kind.word()) {
                "\n"
                // Wide tables scroll here, by keyboard too; the page itself never does.
                div.dd-scroll role="group" aria-label=(title) tabindex="0" {
                    "\n"
                    table {
                        "\n"
                        caption { (PreEscaped(&self.summary)) }
                        "\n"
                        thead { tr { @for column in &self.columns { th scope="col" { (column.name) } " " } } }
                        "\n"
                        tbody { (PreEscaped(body)) }
                    }
                }
            }
        }
        .into_string()
    }

    fn body(&self) -> String {
        let size = |row: &Row| row.cells.iter().map(|cell| cell.len() + 16).sum::<usize>() + 32;
        let mut out = String::with_capacity(self.rows.iter().map(size).sum());
        for row in &self.rows {
            out.push_str("\n<tr");
            if let Some(state) = row.state {
                out.push_str(" data-state=\"");
                out.push_str(state);
                out.push('"');
            }
            out.push('>');
            for (column, cell) in self.columns.iter().zip(&row.cells) {
                let (open, close) = column.tags();
                out.push_str(open);
                out.push_str(cell);
                out.push_str(close);
                // Without it 0.4's search runs two cells into one word.
                out.push(' ');
            }
            out.push_str("</tr>");
        }
        out
    }

    fn plain(&self) -> String {
        let names = self.columns.iter().map(|column| column.name.to_owned());
        let rule = self.columns.iter().map(|_| "---".to_owned());
        let mut lines = vec![self.summary.clone(), String::new()];
        lines.push(line(names));
        lines.push(line(rule));
        let cells = |row: &Row| line(row.cells.iter().map(|cell| markdown::cell(cell)));
        lines.extend(self.rows.iter().map(cells));
        lines.join("\n")
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

    fn written(html: bool, rows: Vec<Row>) -> String {
        let config = Config {
            html,
            ..Config::default()
        };
        let table = Table {
            summary: "Two.".into(),
            columns: vec![Column::subject("Question"), Column::short("Due")],
            rows,
            empty: "None.",
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
        let page = written(true, vec![row()]);
        assert!(page.contains("<caption>Two.</caption>"));
        assert!(page.contains("<th scope=\"col\">Due</th>"));
        assert!(page.contains("\n<tr data-state=\"overdue\"><th scope=\"row\">a|b</th> <td>now</td> </tr>"));
        assert_eq!(
            written(false, vec![row()]),
            "Two.\n\n| Question | Due |\n| --- | --- |\n| a\\|b | now |"
        );
    }

    #[test]
    fn an_index_without_rows_says_so() {
        assert!(written(true, Vec::new()).contains("<p>None.</p>"));
        assert_eq!(written(false, Vec::new()), "None.");
    }
}
