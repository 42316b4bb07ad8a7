//! The style sheet, inlined once in each page that needs it: no installation step.

use std::sync::LazyLock;

use maud::{PreEscaped, html};

use super::pen::Pen;

/// What documents need.
static DOCUMENT: LazyLock<String> = LazyLock::new(|| {
    minified(concat!(
        include_str!("style/marks.css"),
        include_str!("style/document.css")
    ))
});

/// What index chapters need.
static INDEX: LazyLock<String> = LazyLock::new(|| {
    minified(concat!(
        include_str!("style/marks.css"),
        include_str!("style/index.css")
    ))
});

/// What a document needs that is an index chapter as well.
static BOTH: LazyLock<String> = LazyLock::new(|| {
    minified(concat!(
        include_str!("style/marks.css"),
        include_str!("style/document.css"),
        include_str!("style/index.css")
    ))
});

/// The style as an HTML block. It also tells scripts what the page was built with.
pub(super) fn block(pen: &Pen<'_>, document: bool, index: bool) -> String {
    let css = match (document, index) {
        (true, true) => &*BOTH,
        (false, true) => &*INDEX,
        _ => &*DOCUMENT,
    };
    html! {
        style data-dd-today=(pen.today) data-dd-soon=(pen.config.due_soon_days) data-dd-zone=[&pen.config.timezone] {
            (PreEscaped(css))
        }
    }
    .into_string()
}

/// `css` on one line: no comments and no white space that does not matter. Enough for our
/// own sheets; strings with a brace or a comment in them would need more.
fn minified(css: &str) -> String {
    let mut rest = css;
    let mut bare = String::with_capacity(css.len());
    while let Some((before, comment)) = rest.split_once("/*") {
        bare.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    bare.push_str(rest);
    let mut out = String::with_capacity(bare.len());
    for word in bare.split_whitespace() {
        let glued = out.ends_with(['{', '}', ';', ',', '>', ':']) || word.starts_with(['{', '}', '>']);
        if !out.is_empty() && !glued {
            out.push(' ');
        }
        out.push_str(word);
    }
    out.replace(";}", "}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use jiff::civil::date;

    #[test]
    fn css_shrinks_and_means_the_same() {
        let css = "/* why */\na b > c,\nd::before {\n  margin: 0 1px;\n  x: calc(1px + 2px);\n}\n\n@media (x: 1) { e { f: g; } }\n";
        assert_eq!(
            minified(css),
            "a b>c,d::before{margin:0 1px;x:calc(1px + 2px)}@media (x:1){e{f:g}}"
        );
    }

    #[test]
    fn a_page_carries_less_than_four_kilobytes() {
        let config = Config::default();
        let pen = Pen::new(&config, date(2026, 3, 1));
        for (document, index) in [(true, false), (false, true), (true, true)] {
            let block = block(&pen, document, index);
            assert!(block.len() < 4096, "{}", block.len());
            assert!(block.starts_with("<style ") && !block.contains('\n'));
        }
    }
}
