//! The style sheet, inlined once in each page that needs it: no installation step.

use crate::model::Chapter;
use crate::render::assets::script;
use crate::render::writer::Writer;

/// The styles for every page.
const MARKS: &str = include_str!("style/marks.min.css");

/// The styles for documents.
const DOCUMENT: &str = include_str!("style/document.min.css");

/// The styles for index chapters.
const INDEX: &str = include_str!("style/index.min.css");

/// The block that begins every rendered page, by which a second run recognises it: the style and
/// the script as HTML blocks of one line each; in other renderers, an invisible mark.
pub(crate) fn block<'p>(writer: &'p Writer<'_>, document: bool, index: bool) -> &'p str {
    if !writer.html {
        return Chapter::DONE_IN_MARKDOWN;
    }
    let (at, css) = match (document, index) {
        (true, true) => (2, [DOCUMENT, INDEX]),
        (false, true) => (1, [INDEX, ""]),
        _ => (0, [DOCUMENT, ""]),
    };
    let css = css.concat();
    writer.blocks[at].get_or_init(|| format!("<style>{MARKS}{css}</style>\n{}", script::block(writer, index)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use jiff::civil::date;

    #[test]
    fn the_mark_in_markdown_shows_nowhere() {
        let html = |markdown: &str| {
            let options = mdbook_markdown::MarkdownOptions::default();
            let mut page = String::new();
            let parser = mdbook_markdown::new_cmark_parser(markdown, &options);
            pulldown_cmark::html::push_html(&mut page, parser);
            page
        };
        let marked = format!("# T\n\n{}\n\n- a\n", Chapter::DONE_IN_MARKDOWN);
        assert_eq!(html(&marked), html("# T\n\n- a\n"));
    }

    #[test]
    fn a_page_carries_a_few_kilobytes() {
        for language in crate::render::words::languages() {
            let config = Config {
                language: language.into(),
                timezone: Some("America/Argentina/Buenos_Aires".into()),
                ..Config::default()
            };
            let writer = Writer::new(&config, date(2026, 3, 1));
            for (document, index) in [(true, false), (false, true), (true, true)] {
                let block = block(&writer, document, index);
                let kilobytes = match (document, index) {
                    (true, false) => 6,
                    (false, _) => 16,
                    (true, true) => 18,
                };
                assert!(block.len() <= kilobytes * 1024, "{language}: {} bytes", block.len());
                assert!(block.starts_with("<style>") && block.lines().count() == 2);
            }
        }
    }
}
