//! Which observations are made in a chapter, and where.

use super::*;
use crate::config::Dialect;

fn seen(text: &str) -> Observations {
    let config = Config::default();
    let tree = Tree::parse(text, 0, config.dialect);
    let outline = crate::parse::markdown::anchor::outline::outline(&tree, config.dialect, &[]);
    observe(tree, &[], Some(&outline), &config)
}

#[test]
fn links_know_their_fragments() {
    let text = "[a](#x) [#y](<b c.md?q#y> \"t\") [c](https://x.y/#z) [d][e] <a href=\"b.md#w\">\n\n[e]: #v\n";
    let links: Vec<_> = seen(text)
        .links
        .iter()
        .map(|link| {
            let at = link.fragment_span.map(|span| span.of(text).to_owned());
            (link.path.clone(), link.fragment.clone(), at)
        })
        .collect();
    let link =
        |path: &str, fragment: &str, at: Option<&str>| (path.to_owned(), fragment.to_owned(), at.map(str::to_owned));
    let expected = [
        link("", "x", Some("x")),
        link("b c.md", "y", Some("y")),
        link("", "v", None),
        link("b.md", "w", Some("w")),
    ];
    assert_eq!(links, expected);
}

#[test]
fn only_braces_that_are_no_attributes_are_swallowed() {
    let text = "# PUT /a/{id}\n\n## b {#id}\n\n## c {.x}\n\n## d {a=b}\n\n## e `{id}`\n\n## f \\{id\\}\n\ng {a b}\n---\n\n## h {id} ##\n\n## i {a} j\n";
    let found: Vec<_> = seen(text).swallowed.iter().map(|span| span.of(text)).collect();
    assert_eq!(found, ["{id}", "{a b}"]);
}

#[test]
fn mended_headings_have_other_ids() {
    let text = "# ‚ö° Speed\n\n## PUT /a/{id}\n\n## Same\n";
    let seen = seen(text);
    assert_eq!(seen.mended_ids, [(0, "-speed".to_owned()), (1, "put-aid".to_owned())]);
    assert!(self::seen("# A\n\nd‚Äôaccord\n").mended_ids.is_empty());
}

#[test]
fn a_comment_covers_its_line_the_next_block_or_the_document() {
    let covered = |text: &str| -> Vec<String> {
        let allows = seen(text).allows;
        allows.iter().map(|allow| allow.covers.of(text).to_owned()).collect()
    };
    let comment = "<!-- design-docs: allow x -- y -->";
    let above = format!("{comment}\n\n# T\n\na\n");
    assert_eq!(covered(&above), [above.as_str()]);
    let below = format!("# T\n\n{comment}\n\na\n");
    assert_eq!(covered(&below), [below.as_str()]);
    let next = format!("# T\n\na\n\n{comment}\n\n- b\n\nc\n");
    assert_eq!(covered(&next), [format!("{comment}\n\n- b\n\n")]);
    let line = format!("# T\n\n- a {comment}\n- b\n");
    assert_eq!(covered(&line), [format!("- a {comment}")]);
}

#[test]
fn placeholders_count_where_one_is_certain() {
    let found = |text: &str| -> Vec<String> {
        let all = seen(text).placeholders;
        all.iter().map(|each| each.value.clone()).collect()
    };
    assert_eq!(
        found("# Design: [Feature Name]\n\n**Date:** [YYYY-MM-DD]  \n**Status:** [Draft | Final]\n\nDue by [date].\n"),
        ["[Feature Name]", "[YYYY-MM-DD]", "[Draft | Final]", "[date]"]
    );
    assert_eq!(found("|a|b|\n|-|-|\n|YYYY-MM-DD|Name|\n"), ["YYYY-MM-DD"]);
    for text in [
        "# Design [optional]\n\nUse a [name] here, in the form YYYY-MM-DD, and `[date]`; [link]\n\n[link]: x.md\n",
        "- [ ] task\n- [x] done\n- [RFC 2119]\n",
        "- Path: /things/{name}\n",
    ] {
        assert!(found(text).is_empty(), "{text}");
    }
}

#[test]
fn directives_are_those_of_links() {
    let at = |text: &str| directive(text).map(|span| span.of(text).to_owned());
    assert_eq!(at("a {{#include b.md:2}}").as_deref(), Some("{{#include b.md:2}}"));
    assert_eq!(at("\\{{#include b.md}} {{#title x}} {{#include"), None);
}

#[test]
fn ids_of_html_are_known() {
    let dialect = Dialect::default();
    let tree = Tree::parse("a <a name=\"x\"></a>\n\n<div id=y>\n\n<h2>z</h2>\n", 0, dialect);
    let seen = observe(tree, &[], None, &Config::default());
    assert_eq!(seen.ids, ["x", "y"]);
    assert!(!seen.other_ids);
}
