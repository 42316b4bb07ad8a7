//! The relations on a page, for a browser and for other renderers.

use jiff::civil::date;

use crate::config::Config;
use crate::render::Pages;
use crate::source::{Source, splice};

/// The page of the first chapter.
fn page(chapters: &[(&str, &str)], html: bool) -> String {
    let sources = chapters.iter().map(|(path, text)| Source::chapter(path, text));
    let sources: Vec<Source> = sources.collect();
    let mut config = Config {
        html,
        ..Config::default()
    };
    config.toc.enabled = false;
    let corpus = crate::parse::corpus(&sources, &config);
    let pages = Pages::new(&corpus, &config, date(2026, 11, 23));
    let page = splice(&sources[0].text, &pages.edits(0));
    // The style and the script are not read.
    page.split_once("</script>")
        .map_or(page.clone(), |(_, page)| page.to_owned())
}

fn design(title: &str, status: &str, facts: &str) -> String {
    format!(
        "# {title}\n\n**Author:** Ada Obi  \n**Date:** 2026-11-01  \n**Status:** {status}  \n{facts}\n\n## Context\n\nx\n"
    )
}

#[test]
fn rows_name_the_others_with_their_statuses() {
    let refunds = design("Refunds", "Approved", "**Depends on:** [the queue](q.md)  ");
    let queue = design("Queue", "Superseded by [Bus](bus.md)", "");
    let bus = design("Bus", "Approved", "");
    let cards = design("Cards", "Draft", "\nAs in [Refunds](refunds.md).\n");
    let book = [
        ("refunds.md", refunds.as_str()),
        ("q.md", &queue),
        ("bus.md", &bus),
        ("cards.md", &cards),
    ];
    let html = page(&book, true);
    let rows = "<dl class=\"dd-relations\">\n\
         <dt>Depends on</dt> <dd><a href=\"q.html\">the queue</a> (Superseded by Bus)</dd>\n\
         <dt>Referred to by</dt> <dd><a href=\"cards.html\">Cards</a> (Draft)</dd></dl>";
    assert!(html.contains(rows), "{html}");
    // The row has taken the place of the author's line, word for word.
    assert_eq!(html.matches("the queue").count(), 1, "{html}");
    let plain = page(&book, false);
    assert!(
        plain.contains(
            "- **Depends on:** [the queue](q.md) (Superseded by Bus)\n- **Referred to by:** [Cards](cards.md) (Draft)\n"
        ),
        "{plain}"
    );
}

#[test]
fn what_is_not_in_the_book_stays_as_its_author_wrote_it() {
    let refunds = design("Refunds", "Approved", "**Depends on:** [Queue](q.md), the *bank*  ");
    let queue = design("Queue", "Approved", "");
    let html = page(&[("refunds.md", &refunds), ("q.md", &queue)], true);
    assert!(html.contains("<span>[Queue](q.md), the bank</span>"), "{html}");
    assert!(!html.contains("dd-relations"), "{html}");
}

#[test]
fn a_superseded_document_names_what_is_in_force() {
    let a = design("A", "Superseded by [B](b.md)", "");
    let b = design("B", "Superseded by [C](sub/c.md)", "");
    let c = design("C", "Approved", "");
    let book = [("a.md", a.as_str()), ("b.md", &b), ("sub/c.md", &c)];
    let banner = "<p class=\"dd-banner\">Superseded. In force now: <a href=\"sub/c.html\">C</a></p>";
    let html = page(&book, true);
    assert!(html.contains(banner), "{html}");
    assert!(
        html.contains("<dt>Superseded by</dt> <dd><a href=\"b.html\">B</a>"),
        "{html}"
    );
    let plain = page(&book, false);
    assert!(
        plain.contains("**Superseded. In force now: [C](sub/c.md)**\n\n- **Status:**"),
        "{plain}"
    );
    // A single successor is named once.
    let html = page(&book[1..], true);
    assert!(
        html.contains("dd-banner") && !html.contains("<dt>Superseded by"),
        "{html}"
    );
}

#[test]
fn links_to_superseded_documents_are_marked() {
    let text = "\nAs [Queue](q.md) said; see [it][1] and [Bus](bus.md).\n\n### On [Queue](q.md)\n\n[1]: q.md\n";
    let refunds = design("Refunds", "Approved", text);
    let queue = design("Queue", "Superseded by [Bus](bus.md)", "");
    let bus = design("Bus", "Approved", "\nIt replaces [Queue](q.md).\n");
    let book = [("refunds.md", refunds.as_str()), ("q.md", &queue), ("bus.md", &bus)];
    let plain = page(&book, false);
    assert!(
        plain.contains(
            "As [Queue](q.md) (superseded) said; see [it][1] (superseded) and [Bus](bus.md).\n\n### On [Queue](q.md)\n"
        ),
        "{plain}"
    );
    let html = page(&book, true);
    assert!(
        html.contains("[Queue](q.md) <span class=\"dd-muted\">(superseded)</span> said"),
        "{html}"
    );
}

#[test]
fn doubts_are_said_beside_the_status() {
    let text = "# T\n\n**Author:** Ada Obi\n**Date:** 2026-01-14\n**Status:** In Review\n\n## Context\n\nx\n\n---\n\n**Last Updated:** 2026-02-01\n**Status:** Approved\n";
    let plain = page(&[("t.md", text)], false);
    assert!(
        plain.contains("- elsewhere: Approved; no change since 2026-02-01\n"),
        "{plain}"
    );
    let allowed = format!("{text}\n<!-- design-docs: allow stale-review status-drift -- known -->\n");
    let plain = page(&[("t.md", &allowed)], false);
    assert!(!plain.contains("elsewhere") && !plain.contains("no change"), "{plain}");
    let html = page(&[("t.md", text)], true);
    assert!(
        html.contains(
            "<p class=\"dd-why\" data-also=\"0 elsewhere: Approved\n2026-05-02 no change since 2026-02-01\">\
             elsewhere: Approved; no change since 2026-02-01</p>"
        ),
        "{html}"
    );
}

#[test]
fn many_are_counted_after_the_first_ten() {
    let hub = design("Hub", "Approved", "");
    let others: Vec<(String, String)> = (0..13)
        .map(|number| {
            (
                format!("{number}.md"),
                design(&format!("N{number}"), "Draft", "\n[Hub](hub.md)\n"),
            )
        })
        .collect();
    let mut book = vec![("hub.md", hub.as_str())];
    book.extend(others.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let plain = page(&book, false);
    assert!(plain.contains("[N9](9.md) (Draft) and 3 more\n"), "{plain}");
    assert!(!plain.contains("N10"), "{plain}");
}
