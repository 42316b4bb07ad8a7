//! Ids observed in both versions of mdBook. Every case was built with the programs themselves,
//! 0.4.52 and 0.5.4.

use super::*;
use crate::parse::markdown::tree::Tree;

const V04: Dialect = Dialect {
    ids: IdRules::V04,
    smart_punctuation: false,
    definition_lists: false,
    admonitions: false,
};

fn given(text: &str, dialect: Dialect) -> Vec<String> {
    let tree = Tree::parse(text, 0, dialect);
    let ids = ids(&tree, dialect, &[]).kept;
    ids.into_iter().map(|(_, id)| id.to_string()).collect()
}

/// A chapter; its ids in 0.4, separated by `|`; its ids in 0.5, if they differ.
type Case = (&'static str, &'static str, Option<&'static str>);

#[rustfmt::skip]
const CASES: &[Case] = &[
    // Which characters are kept.
    ("## 📋 Table of Contents", "-table-of-contents", None),
    ("## üìã Table of Contents", "üìã-table-of-contents", None),
    ("## Goals & Non-Goals", "goals--non-goals", None),
    ("## `<b>x</b>` y", "bxb-y", None),
    ("## ÜBER Straße İ ΟΔΟΣ", "Über-straße-İ-ΟΔΟΣ", Some("über-straße-i-οδος")),
    ("## 中文 標題 ½ a\u{a0}b", "中文-標題-½-a-b", None),
    ("## \\# hash lead", "hash-lead", Some("-hash-lead")),
    ("## &amp; ent &copy; &lt;", "ent-", Some("-ent--")),
    ("## \\&lt; &amp;quot;", "lt-quot", None),
    ("## snake_case *em* **st** ~~del~~", "snake_case-em-st-del", None),
    ("## [link](u) ![alt](u) <https://e.org>", "link--httpseorg", None),
    // Smart punctuation, which is on by default only in 0.5.
    ("## A -- B", "a----b", Some("a--b")),
    ("## foo--bar `a--b`", "foo--bar-a--b", Some("foobar-a--b")),
    // Making ids unique.
    ("# Dup\n# Dup\n# Dup 1\n# Dup", "dup|dup-1|dup-1|dup-2", Some("dup|dup-1|dup-1-1|dup-2")),
    ("# a-1\n# a\n# a\n# a", "a-1|a|a-1|a-2", Some("a-1|a|a-2|a-3")),
    ("# 🎉\n# 🎉\n#", "|-1|-2", None),
    // Explicit ids.
    ("# A {#own}\n# A {.cls}\n# Own\n# A", "own|a|own|a-1", None),
    ("# A {id=zed}\n# B {k=v}\n# C {#c .d k=v}", "zed||c", Some("zed|b|c")),
    ("# A {.menu-title}\n# A", "|a", Some("a|a-1")),
    ("#### PUT /things/{id}\n# A {#}", "|a", Some("|a")),
    // Headings of several lines, which 0.4's expression does not match.
    ("Two\nlines\n===\n\nhard  \nbreak\n---\n\n`co\nde`\n---", "||co-de", Some("two-lines|hardbreak|co-de")),
    ("# [x][m]\n\n# a &#10; b\n\n[m]: u 'two\nlines'", "|", Some("x|a---b")),
    // The author's HTML.
    ("# <b>x</b> a<br>b <!-- c --> d", "x-ab--d", None),
    ("# <i title=\"a > b\">c</i>", "bc", Some("c")),
    ("<h2>A</h2>\n\n# A", "a-1", Some("a")),
    ("<h2 id=\"a\">A</h2>\n<h2 align=\"left\">A</h2>\n<H2>A</H2>\n<h2>A\n</h2>\n\n# A", "a", None),
    ("x <h3>*A* `b`</h3> y <h3>A\n\n# A b\n# A", "a-b-1|a", Some("a-b|a")),
    ("<!-- <h2>A</h2> -->\n\n`<h2>A</h2>`\n\n# A", "a-1", Some("a")),
    ("| <h2>a | b</h2> |\n|---|---|\n\n# ab", "ab-1", Some("ab")),
    // Nested headings.
    ("> # Q\n> - # Q\n\n- [ ] x\n\n  # Q", "q|q-1|q-2", None),
    ("> [!NOTE]\n> # Note", "note", None),
    ("<div>\n\n# In\n\n</div>\n\n<dl><dt>In</dt></dl>\n\n# In", "in|in-1", None),
    ("Term\n: def\n\n# Term", "term", Some("term-1")),
    // Footnotes.
    ("# a[^x] b\n# c[^y] d[^x]\n\n[^x]: 1\n\n[^y]: 2", "a1-b|c2-d1", None),
    ("x [^y]\n\n# a[^x][^y]\n\n[^x]: 1\n\n[^y]: 2", "ax1", Some("a2-1")),
    ("![a[^y]](u)\n\n# a[^x]\n\n[^x]: 1\n\n[^y]: 2", "a2", None),
    ("[^x]: # A\n[^u]: # A\n\n# A [^x]", "a|a-1", Some("a|a-1-1")),
    ("x [^y] [^x]\n\n[^x]: # A\n[^y]: # A\n[^y]: # A", "a-1|a", Some("a|a-1")),
];

#[test]
fn each_version_gives_the_ids_it_was_seen_to_give() {
    for (text, v04, v05) in CASES {
        assert_eq!(given(text, V04).join("|"), *v04, "0.4: {text}");
        let v05 = v05.unwrap_or(v04);
        assert_eq!(given(text, Dialect::default()).join("|"), v05, "0.5: {text}");
    }
}
/// A chapter that combines all of these.
const CHAPTER: &str = "\
# Refunds & *chargebacks*

## Status

<h2>Status</h2>
<!-- <h3>Status</h3> -->

Status
: in a term

> ### Status -- \"quoted\"
> [^late]

<details><summary>More</summary>

## Status 1 {.wide}

</details>

Two
lines
---

- ## Status
- [ ] <h2>Two lines</h2>

  ## Two lines

```md
## Status
```

## Fixed {#status-2}

### `PUT /refunds/{id}`[^early][^late] <b>now</b>

### ![shield](s.svg) Straße 🎉

[^early]: ## Status

    Early
[^late]: Late
[^never]: ## Status

## Status
";

#[test]
fn a_chapter_in_which_everything_meets() {
    let v04 = "refunds--chargebacks|status|status----quoted|status-1||status-3|two-lines-1|\
               status-2|put-refundsidearly1-now|straße-|status-4";
    let v05 = "refunds--chargebacks|status|status--quoted|status-1-1|two-lines|status-2|two-lines-1|\
               status-2|put-refundsid2-1-now|straße-|status-3|status-5";
    assert_eq!(given(CHAPTER, V04).join("|"), v04, "0.4");
    assert_eq!(given(CHAPTER, Dialect::default()).join("|"), v05, "0.5");
}

#[test]
fn what_is_removed_counts_no_more() {
    let text = "# T\n\n## Status\n\n## A[^y]\n\n## Status\n\nx[^x]\n\n## B[^y]\n\n[^x]: 1\n\n[^y]: 2\n";
    let start = text.find("## Status").unwrap_or_default();
    let removed = [Span::new(start, text.find("## Status\n\nx").unwrap_or_default())];
    for dialect in [V04, Dialect::default()] {
        let tree = Tree::parse(text, 0, dialect);
        let ids: Vec<_> = ids(&tree, dialect, &removed)
            .kept
            .into_iter()
            .map(|(_, id)| id.to_string())
            .collect();
        assert_eq!(ids, ["t", "status", "b2"]);
    }
}

#[test]
fn like_named_headings_take_linear_time() {
    let text = "# a\n".repeat(20_000);
    for dialect in [V04, Dialect::default()] {
        assert_eq!(given(&text, dialect).last().map(String::as_str), Some("a-19999"));
    }
    let text = "<h2>a ".repeat(20_000);
    assert!(given(&text, V04).is_empty());
}
