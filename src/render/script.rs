//! The script that keeps a published page true: inlined once in each page that has a deadline
//! or an index, without any dependency.
//!
//! What a page says without it stays true for ever; the script adds what holds on the reader's
//! day. Its words come with it, in the book's language.

use std::sync::LazyLock;

use serde_json::json;

use super::pen::Pen;
use super::squeeze;

/// What a document needs.
static PAGE: LazyLock<String> = LazyLock::new(|| {
    squeeze::js(concat!(
        include_str!("script/live.js"),
        "const tables = () => {};\n",
        include_str!("script/start.js")
    ))
});

/// What an index needs.
static INDEX: LazyLock<String> = LazyLock::new(|| {
    squeeze::js(concat!(
        include_str!("script/live.js"),
        include_str!("script/table.js"),
        include_str!("script/start.js")
    ))
});

/// The script as an HTML block of one line, for a page with an index or without.
pub(super) fn block(pen: &Pen<'_>, index: bool) -> String {
    let (kind, script) = match index {
        true => ("index", INDEX.as_str()),
        false => ("page", PAGE.as_str()),
    };
    // The zone and the language are not ours, and must not close the script.
    let facts = facts(pen, index).to_string().replace('<', "\\u003c");
    // On the print page every chapter brings the script; one of them works.
    format!(
        "<script data-dd=\"{kind}\">\
         document.querySelector(\"script[data-dd={kind}]\")===document.currentScript&&\
         (C=>{{{script}}})({facts})</script>"
    )
}

/// What the script has to know of the book and of the build.
fn facts(pen: &Pen<'_>, index: bool) -> serde_json::Value {
    let words = pen.words;
    let mut said = json!({
        "overdue": words.overdue,
        "due-today": words.due_today,
        "due-soon": words.due_soon,
        "upcoming": words.due,
        "n_overdue": words.n_overdue,
        "built": words.built,
    });
    if index {
        said.as_object_mut().into_iter().for_each(|said| {
            for (key, word) in [
                ("n_due-today", words.n_due_today),
                ("n_due-soon", words.n_due_soon),
                ("in-upcoming", words.later),
                ("in-milestone", words.waiting),
                ("in-undated", words.no_date),
                ("resolved", words.resolved),
                ("search", words.search),
                ("all", words.all),
                ("group", words.group),
                ("nothing", words.nothing),
                ("year", words.year),
                ("show_all", words.show_all),
                ("n_shown", words.n_shown),
            ] {
                said.insert(key.to_owned(), word.into());
            }
        });
    }
    json!({
        "today": pen.today.to_string(),
        "soon": pen.config.due_soon_days,
        "stale": pen.config.stale_page_days,
        "zone": pen.config.timezone,
        "lang": pen.config.language,
        "words": said,
    })
}
