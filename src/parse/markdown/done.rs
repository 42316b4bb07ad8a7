//! Detects whether an earlier run has already written into a chapter. Such a chapter stays
//! unchanged, so that a second run changes nothing.

use mdbook_markdown::new_cmark_parser;
use pulldown_cmark::Tag;

use crate::config::Config;
use crate::model::Chapter;
use crate::parse::markdown::survive::survived;
use crate::parse::markdown::tree::{Tree, options};
use crate::source::Span;

/// This preprocessor's mark in `text`, as the renderer would read it. A mark quoted in a code block
/// or a sentence does not count.
pub(crate) fn mark(text: &str, config: &Config) -> Option<Span> {
    let marks: &[&str] = if config.html {
        &Chapter::DONE
    } else {
        &[Chapter::DONE_IN_MARKDOWN]
    };
    let stands_at = |at: usize| marks.iter().find(|mark| text[at..].starts_with(**mark));
    // Fast path: few texts contain the first byte of the mark at the start of a line.
    let starts = memchr::memchr_iter(marks[0].as_bytes()[0], text.as_bytes());
    let starts = starts.filter(|&at| at == 0 || text.as_bytes()[at - 1] == b'\n');
    let found: Vec<Span> = starts
        .filter_map(|at| Some(Span::new(at, at + stands_at(at)?.len())))
        .collect();
    if found.is_empty() {
        return None;
    }
    let ours = if config.html {
        html_blocks(text, config)
    } else {
        definition(text, config).into_iter().collect()
    };
    found
        .into_iter()
        .find(|mark| ours.iter().any(|span| span.contains(*mark)))
}

/// The HTML blocks that are a script or a style.
fn html_blocks(text: &str, config: &Config) -> Vec<Span> {
    let tree = Tree::parse(text, 0, config.dialect);
    let blocks = tree.blocks().filter(|&block| {
        let html = tree.source(block);
        matches!(tree.tag(block), Some(Tag::HtmlBlock)) && (html.starts_with("<script") || html.starts_with("<style"))
    });
    blocks.map(|block| tree.nodes[block].span).collect()
}

/// The link definition named like the mark.
fn definition(text: &str, config: &Config) -> Option<Span> {
    let (name, _) = Chapter::DONE_IN_MARKDOWN.strip_prefix('[')?.split_once(']')?;
    survived(|| {
        let parser = new_cmark_parser(text, &options(config.dialect));
        let definition = parser.reference_definitions().get(name)?;
        Some(Span::from(definition.span.clone()))
    })?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_marked(text: &str, html: bool) -> bool {
        let config = Config {
            html,
            ..Config::default()
        };
        mark(text, &config).is_some()
    }

    #[test]
    fn a_mark_counts_where_a_renderer_would_not_show_it() {
        let script = format!("{}x)</script>", Chapter::DONE[0]);
        for (mark, html) in [(script.as_str(), true), (Chapter::DONE_IN_MARKDOWN, false)] {
            assert!(is_marked(&format!("# T\n\n{mark}\n\n- a\n"), html), "{mark}");
            assert!(!is_marked(&format!("# T\n\n{mark}\n\n- a\n"), !html), "{mark}");
            for quoted in [
                format!("# T\n\n```html\n{mark}\n```\n"),
                format!("# T\n\n~~~\n{mark}\n~~~\n"),
                format!("# T\n\n    {mark}\n"),
                format!("# T\n\nIt writes `{mark}`.\n"),
                format!("# T\n\n> ```\n> {mark}\n> ```\n"),
                format!("- ```\n  {mark}\n  ```\n"),
                format!("<!--\n{mark}\n-->\n"),
            ] {
                assert!(!is_marked(&quoted, html), "{quoted}");
            }
        }
        assert!(!is_marked("# T\n\n<script data-dd=\"page\">x</script>\n", true));
    }
}
