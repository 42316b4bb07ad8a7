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

/// The styles for the page of the week, and for tables whose rows come and go.
const WEEK: &str = include_str!("style/week.min.css");

/// What a page contains.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Carried {
    /// A header, contents or badges.
    pub(crate) document: bool,
    /// The table of an index, with its controls.
    pub(crate) index: bool,
    /// Items that come and go with the days.
    pub(crate) week: bool,
}

/// The block that begins every rendered page, by which a second run recognises it: the style and
/// the script as HTML blocks of one line each; in other renderers, an invisible mark.
pub(crate) fn block<'p>(writer: &'p Writer<'_>, carried: Carried) -> &'p str {
    if !writer.html {
        return Chapter::DONE_IN_MARKDOWN;
    }
    let Carried { document, index, week } = carried;
    let at = usize::from(document) + 2 * usize::from(index) + 4 * usize::from(week);
    writer.blocks[at].get_or_init(|| {
        let styles = [(document, DOCUMENT), (index || week, INDEX), (week, WEEK)];
        let styles: Vec<&str> = styles.into_iter().filter(|(is, _)| *is).map(|(_, css)| css).collect();
        let live = if week { script::week() } else { String::new() };
        let script = script::block(writer, index);
        format!("<style>{MARKS}{}</style>\n{script}{live}", styles.concat())
    })
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
            let pages = [
                [true, false, false],
                [false, true, false],
                [true, true, false],
                [false, false, true],
            ];
            for [document, index, week] in pages {
                let block = block(&writer, Carried { document, index, week });
                let kilobytes = match (document, index) {
                    (true, false) => 6,
                    (true, true) => 18,
                    (false, _) => 17,
                };
                assert!(block.len() <= kilobytes * 1024, "{language}: {} bytes", block.len());
                assert!(block.starts_with("<style>") && block.lines().count() == 2);
            }
        }
    }
}
