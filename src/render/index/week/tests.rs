//! The page of a small book, as HTML and as Markdown.

use crate::config::Config;
use crate::render::Pages;
use crate::source::Source;
use jiff::civil::date;

const REFUNDS: &str = "# Refunds\n\n- Status: In Review\n- Author: Ada Obi\n- Reviewers: Tunde Bello\n- Updated: 2026-02-01\n\n\
    ## Open questions\n\n\
    1. Who pays? (owner: Ada Obi, due: 2026-02-27)\n\
    2. Who asks? (owner: Ada Obi, due: 2026-03-08)\n\
    3. Who waits? (owner: Ifeoma Okafor, due: 2026-03-09)\n\n\
    ## Decision log\n\n| Date | Decision | Decided by | Revisit by |\n|---|---|---|---|\n\
    | 2026-01-20 | By card | Ada Obi | |\n| 2026-02-22 | In a week | Ada Obi | |\n";

fn week(text: &str, html: bool) -> String {
    let source = Source {
        path: "refunds.md".to_owned(),
        text: text.to_owned(),
        ..Source::default()
    };
    let config = Config {
        html,
        ..Config::default()
    };
    let corpus = crate::parse::corpus(&[source], &config);
    let pages = Pages::new(&corpus, &config, date(2026, 3, 1));
    let first = pages.new_chapters().swap_remove(0);
    assert_eq!(
        (first.path.as_str(), first.name.as_str()),
        ("this-week.md", "This week")
    );
    first.content
}

#[test]
fn the_page_says_what_waits_for_whom() {
    let page = week(REFUNDS, false);
    let expected = "As of 2026-03-01.\n\n\
        | Person | Overdue | Due within a week | Longest overdue | To review |\n\
        | -------- | ------- | --------- | ---------------------- | ------ |\n\
        | Ada Obi | 1 | 1 | [Who pays?](refunds.md#open-questions), overdue 2026-02-27 |  |\n\
        | Tunde Bello |  |  |  | 1 |\n\n\
        **Newly overdue** (1)\n\n\
        - [Who pays?](refunds.md#open-questions) — Ada Obi · Refunds — overdue 2026-02-27\n\n\
        **Due in the next seven days** (1)\n\n\
        - [Who asks?](refunds.md#open-questions) — Ada Obi · Refunds — due soon 2026-03-08\n\n\
        **Decided in the last seven days** (1)\n\n\
        - [In a week](refunds.md#decision-log) — Ada Obi · Refunds — 2026-02-22";
    assert!(page.contains(expected), "{page}");
}

#[test]
fn what_comes_into_the_week_later_is_there_but_hidden() {
    let page = week(REFUNDS, true);
    for part in [
        "<a href=\"open-questions.html?owner=Ada+Obi&amp;due=overdue\" data-in=\"/-1\" data-past=\"1\" data-days=\"2026-03-08\">1</a>",
        "<li data-on=\"2026-03-09\" hidden>",
        "<tr class=\"dd-person\" hidden><th scope=\"row\">Ifeoma Okafor</th>",
        "<p class=\"dd-none\" hidden>Nothing is waiting.</p>",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert!(!page.contains("By card"), "decided too long ago");
}

#[test]
fn a_book_in_which_nothing_waits_says_so() {
    let quiet = "# Refunds\n\n- Status: Approved\n- Author: Ada Obi\n\n## Goals\n\nx\n";
    assert!(week(quiet, false).ends_with("As of 2026-03-01.\n\nNothing is waiting.\n"));
    assert!(week(quiet, true).contains("<p class=\"dd-none\">Nothing is waiting.</p>"));
}
