//! What each filter shows, and what waits for its day.

use super::*;
use crate::config::Config;
use crate::model::{Chapter, Corpus};
use crate::parse;
use crate::source::Source;
use jiff::civil::date;

const REFUNDS: &str = "# Refunds\n\n- Status: In Review\n- Author: Ada Obi\n- Tags: Billing, money\n\n\
    ## Open questions\n\n\
    1. Who pays? (owner: Ada Obi, due: 2026-02-27)\n\
    2. Who asks? (owner: Tunde Bello, due: 2026-03-01)\n\
    3. Who waits? (owner: Ada Obi, due: 2026-03-10)\n\
    4. Who knows? (owner: Ada Obi)\n\n\
    ## Decision log\n\n| Date | Decision | Decided by |\n|---|---|---|\n\
    | 2026-02-20 | By card | Ada Obi |\n| 2026-02-28 | In a week | Tunde Bello |\n";

const MAPS: &str = "# Maps\n\n- Status: Draft\n- Author: Tunde Bello\n\n## Open questions\n\n\
    1. Which map? (owner: Ada Obi, due: 2026-02-01)\n";

fn book() -> Corpus {
    let source = |path: &str, text: &str| Source {
        path: path.to_owned(),
        text: text.to_owned(),
        ..Source::default()
    };
    parse::corpus(
        &[source("payments/refunds.md", REFUNDS), source("maps.md", MAPS)],
        &Config::default(),
    )
}

/// The rows that a marker shows, and after `|` those that wait for their day.
fn shown(marker: &str, html: bool) -> String {
    let config = Config {
        html,
        ..Config::default()
    };
    let source = Source {
        text: format!("{marker}\n"),
        ..Source::default()
    };
    let chapters: Vec<Chapter> = parse::corpus(&[source], &config).chapters;
    let marker = &chapters[0].markers[0];
    let corpus = book();
    let writer = Writer::new(&config, date(2026, 3, 1));
    let documents = Entries::new(&corpus);
    let filtered = Filtered::new(&documents, &writer);
    let at = IndexWriter::alone(&writer, 0);
    let table = filtered.table(marker.kind, &marker.filter, "Some", at);
    let window = Arc::clone(table.window.as_ref().unwrap());
    let read = table.read();
    let [mut now, mut later] = [Vec::new(), Vec::new()];
    for (at, row) in read.rows.iter().enumerate() {
        let texts: &[&str] = match marker.kind {
            IndexKind::Documents => &["Refunds", "Maps"],
            _ => &["pays", "asks", "waits", "knows", "map?", "card", "week"],
        };
        let text = texts
            .iter()
            .copied()
            .find(|text| row.cells.iter().any(|cell| cell.content.contains(text)));
        let is_hidden = window.row(at).is_some_and(|(_, is_hidden)| is_hidden);
        if is_hidden { &mut later } else { &mut now }.push(text.unwrap_or("?"));
    }
    assert!(read.summary.contains(&now.len().to_string()), "{}", read.summary);
    [now.join(" "), later.join(" ")].join("|")
}

#[test]
fn a_filter_shows_the_rows_with_that_value() {
    for (marker, expected) in [
        ("<!-- open-questions owner=\"ada obi\" -->", "map? pays waits knows|"),
        ("<!-- open-questions owner=Ada -->", "|"),
        (
            "<!-- open-questions folder=\"payments/**\" -->",
            "pays asks waits knows|",
        ),
        ("<!-- open-questions folder=payments owner=\"Tunde Bello\" -->", "asks|"),
        ("<!-- open-questions folder=\"pay\" -->", "|"),
        ("<!-- open-questions folder=\"**/refunds.md\" due=none -->", "knows|"),
        (
            "<!-- open-questions tag=BILLING status=\"in review\" -->",
            "pays asks waits knows|",
        ),
        ("<!-- open-questions status=draft -->", "map?|"),
        ("<!-- decision-log owner=\"Tunde Bello\" -->", "week|"),
        ("<!-- design-docs tag=money -->", "Refunds|"),
        ("<!-- design-docs owner=\"Tunde Bello\" -->", "Maps|"),
    ] {
        assert_eq!(shown(marker, true), expected, "{marker}");
    }
}

#[test]
fn rows_that_depend_on_the_day_wait_for_it_where_a_script_can_show_them() {
    for (marker, expected) in [
        ("<!-- open-questions due=overdue -->", "map? pays|asks waits"),
        ("<!-- open-questions due=0 -->", "asks|waits"),
        ("<!-- open-questions due=9 owner=\"Ada Obi\" -->", "waits|"),
        ("<!-- decision-log days=7 -->", "week|"),
        ("<!-- decision-log days=9 -->", "week card|"),
    ] {
        assert_eq!(shown(marker, true), expected, "{marker}");
        let (now, _) = expected.split_once('|').unwrap();
        assert_eq!(shown(marker, false), format!("{now}|"), "{marker}");
    }
}
