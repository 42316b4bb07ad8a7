//! The script that keeps a published page up to date: inlined once in each page with a deadline or
//! an index, without dependencies.
//!
//! Without the script, a page states only facts that stay true; the script adds those that depend
//! on the reader's date. It contains its words in the book's language.

use serde_json::{Value, json};

use crate::render::words::{capitalized, fill};
use crate::render::writer::Writer;

/// The script for documents.
const PAGE: &str = include_str!("script/page.min.js");

/// The script for indices.
const INDEX: &str = include_str!("script/index.min.js");

/// The script for what comes and goes with the days.
const WEEK: &str = include_str!("script/week.min.js");

/// The script that follows the other one where items come and go with the days.
pub(crate) fn week() -> String {
    format!("<script data-dd=\"week\">self.dd_week||(dd_week=1,(()=>{{{WEEK}}})())</script>")
}

/// The script as an HTML block of one line, for a page with or without an index.
pub(crate) fn block(writer: &Writer<'_>, index: bool) -> String {
    let (kind, script) = match index {
        true => ("index", INDEX),
        false => ("page", PAGE),
    };
    // The zone and the language come from book.toml and must not close the script.
    let facts = format!("{},{}", facts(writer), words(writer, index)).replace('<', "\\u003c");
    // The print page contains the script once per chapter; only one of them runs.
    format!(
        "<script data-dd=\"{kind}\">\
         self.dd_{kind}||(dd_{kind}=1,((C,W)=>{{{script}}})({facts}))</script>"
    )
}

/// The facts on the book and the build, `C` in the script.
fn facts(writer: &Writer<'_>) -> Value {
    json!({
        "today": writer.today.to_string(),
        "soon": writer.config.due_soon_days,
        "stale": writer.config.stale_page_days,
        "zone": writer.config.timezone,
        "lang": locale(&writer.config.language),
    })
}

/// The words, `W` in the script.
fn words(writer: &Writer<'_>, index: bool) -> Value {
    let words = writer.words;
    let mut said = json!({
        "overdue": capitalized(words.overdue),
        "due": capitalized(words.due),
        "n_overdue": words.n_overdue,
        "built": words.built,
    });
    if let (true, Some(said)) = (index, said.as_object_mut()) {
        for (key, word) in [
            ("n_due-today", words.n_due_today),
            ("n_due-soon", words.n_due_soon),
            ("due-today", words.due_today),
            ("due-soon", words.due_soon),
            ("upcoming", words.later),
            ("milestone", words.waiting),
            ("undated", words.no_date),
            ("resolved", words.resolved),
            ("open", fill(words.n_open, "").trim()),
            ("7", words.due_in_week),
            ("search", words.search),
            ("all", words.all),
            ("group", words.group),
            ("show_all", words.show_all),
            ("n_shown", words.n_shown),
            ("without_owner", words.without_owner),
            ("last_days", words.last_days),
            ("period", words.period),
            ("not_here", words.not_here),
            ("unfold", words.unfold),
            ("fold", words.fold),
        ] {
            said.insert(key.to_owned(), word.into());
        }
    }
    said
}

/// The language and country of `language` in the form that browsers accept; they throw on any other
/// tag.
fn locale(language: &str) -> String {
    let mut parts = language.split(['-', '_']);
    let letters = |part: &&str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let primary = parts
        .next()
        .filter(letters)
        .filter(|part| (2..=3).contains(&part.len()));
    let region = parts.next().filter(letters).filter(|part| part.len() == 2);
    match (primary, region) {
        (None, _) => "en".to_owned(),
        (Some(primary), None) => primary.to_owned(),
        (Some(primary), Some(region)) => format!("{primary}-{region}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_run_knows_the_pages_of_the_first() {
        let config = crate::config::Config::default();
        let writer = Writer::new(&config, jiff::civil::date(2026, 3, 1));
        for index in [true, false] {
            let written = block(&writer, index);
            let marks = crate::model::Chapter::DONE;
            assert!(marks.iter().any(|mark| written.starts_with(mark)), "{written:.60}");
        }
    }

    #[test]
    fn what_other_preprocessors_look_for_is_not_in_it() {
        // The delimiters of formulas and of template languages.
        for script in [PAGE, INDEX, WEEK] {
            for mark in ["$", "\\(", "\\[", "{{", "{%", "{#", "```", "\n"] {
                assert!(!script.contains(mark), "{mark:?} in {script}");
            }
        }
    }

    #[test]
    fn browsers_are_told_tags_that_they_know() {
        for (language, expected) in [
            ("pt_BR", "pt-BR"),
            ("zh-Hant-TW", "zh"),
            ("", "en"),
            ("e<n", "en"),
            ("fr", "fr"),
        ] {
            assert_eq!(locale(language), expected);
        }
    }
}
