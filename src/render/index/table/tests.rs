//! The written table.

use super::*;
use crate::config::Config;
use crate::render::part;
use jiff::civil::date;

fn clone(row: &Row) -> Row {
    Row {
        state: row.state,
        fine: row.fine.clone(),
        waits: row.waits.clone(),
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
        empty: "None.".into(),
        ..Table::default()
    };
    let writer = Writer::new(&config, date(2026, 3, 1));
    part::joined(table.write(IndexKind::Questions, "Open questions", &writer).0)
}

fn row() -> Row {
    Row {
        state: Some("overdue"),
        cells: ["a|b", "now"].map(|cell| Cell::from(cell.to_owned())).to_vec(),
        ..Row::default()
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
        "Two.\n\n| Question | Due |\n| -------- | --- |\n| a\\|b | now |"
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
        "None.\n\n**Done**\n\n| Question | Due |\n| -------- | --- |\n| a\\|b | now |"
    );
}
