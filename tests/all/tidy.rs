//! The architecture, as tests: what a stranger may rely on when reading `src`.

use std::collections::BTreeSet;

use crate::support::{files_below, none, project, read};

/// The stages in the order in which data flows; those on one line do not know each other.
const STAGES: &[&[&str]] = &[
    &["source"],
    &["diagnostic"],
    &["config"],
    &["model"],
    &["parse"],
    &["lint"],
    &["history"],
    &["render"],
    &["report", "export", "author"],
    &["wire"],
    &["cli"],
];

/// Where only one stage may go: the stage, what the code must not mention elsewhere, and why.
const OWNED: &[(&str, &[&str], &str)] = &[
    (
        "cli",
        &[
            "Timestamp::now", "Zoned::now", "SystemTime", "Instant::now", "TimeZone::system", "std::env", "env::var",
        ],
        "only `cli` reads the clock and the environment",
    ),
    (
        "wire",
        &["mdbook_preprocessor", "mdbook_summary", "PreprocessorContext"],
        "only `wire` knows mdBook's book",
    ),
    (
        "parse",
        &["pulldown_cmark", "mdbook_markdown"],
        "only `parse` knows Markdown events",
    ),
];

/// The folders of `parse`, in the order in which one may use another.
const READERS: &[&str] = &[
    "markdown", "vocabulary", "values", "record", "metadata", "decisions", "questions", "registers", "observe",
    "relations", "edit_targets",
];

const LONGEST_FILE: usize = 400;

/// One file of `src`: its path, its text, and the text without comments and literals.
struct File {
    path: String,
    text: String,
    code: String,
}

impl File {
    /// The stage it belongs to: `parse` for `parse/date.rs`; `lib` and `main` are none.
    fn stage(&self) -> &str {
        let name = self.path.split('/').next().unwrap_or_default();
        name.strip_suffix(".rs").unwrap_or(name)
    }
}

fn files() -> Vec<File> {
    let src = project().join("src");
    files_below(&src)
        .into_iter()
        .filter(|path| path.ends_with(".rs"))
        .map(|path| {
            let text = read(&src.join(&path));
            let code = code_of(&text);
            File { path, text, code }
        })
        .collect()
}

#[test]
fn every_file_opens_with_its_charter() {
    let without: Vec<String> = files()
        .iter()
        .filter(|file| !file.text.starts_with("//! "))
        .map(|file| format!("src/{} does not begin with `//! `", file.path))
        .collect();
    none("charters", &without);
}

#[test]
fn no_file_is_too_long() {
    let mut problems = Vec::new();
    for file in files() {
        let lines = file.text.lines().count();
        if lines > LONGEST_FILE {
            problems.push(format!("src/{} has {lines} lines, more than {LONGEST_FILE}", file.path));
        }
    }
    none("lengths", &problems);
}

#[test]
fn a_stage_uses_only_what_stands_before_it() {
    let rank = |stage: &str| STAGES.iter().position(|stages| stages.contains(&stage));
    let mut problems = BTreeSet::new();
    for file in files() {
        let stage = file.stage();
        if stage == "lib" || stage == "main" {
            continue;
        }
        let Some(own) = rank(stage) else {
            problems.insert(format!("src/{}: `{stage}` is no stage", file.path));
            continue;
        };
        for used in modules_used(&file.code) {
            // What lib.rs itself offers, `crate::build`, stands behind all but the wire.
            let needed = rank(&used).unwrap_or(STAGES.len() - 3);
            let is_before = needed < own || used == stage;
            if !is_before {
                problems.insert(format!("`{stage}` must not use `{used}` (src/{})", file.path));
            }
        }
    }
    none("stages", &problems.into_iter().collect::<Vec<_>>());
}

#[test]
fn a_folder_of_parse_uses_only_those_before_it() {
    let rank = |folder: &str| READERS.iter().position(|reader| *reader == folder);
    let mut problems = BTreeSet::new();
    for file in files() {
        let mut parts = file.path.split('/');
        let (Some("parse"), Some(folder), Some(_)) = (parts.next(), parts.next(), parts.next()) else {
            continue;
        };
        let Some(own) = rank(folder) else {
            problems.insert(format!("src/{}: `{folder}` is not in the order of `parse`", file.path));
            continue;
        };
        for (at, path) in file.code.match_indices("crate::parse::") {
            let used = name_at(&file.code[at + path.len()..]);
            // In its tests a file may read a whole chapter.
            let is_test = file.path.ends_with("/tests.rs") || file.code[..at].contains("#[cfg(test)]");
            // What reads a whole chapter stands before the edit targets alone.
            let is_root = rank(&used).is_none() && (is_test || folder == "edit_targets");
            if !is_root && rank(&used).is_none_or(|used| used > own) {
                problems.insert(format!("`{folder}` must not use `{used}` (src/{})", file.path));
            }
        }
    }
    none("folders of parse", &problems.into_iter().collect::<Vec<_>>());
}

#[test]
fn what_one_stage_owns_is_used_nowhere_else() {
    let mut problems = Vec::new();
    for file in files() {
        for (owner, words, why) in OWNED {
            // main.rs hands the arguments over.
            if file.stage() == *owner || (*owner == "cli" && file.stage() == "main") {
                continue;
            }
            // What a test looks at is no use of it: the page as mdBook reads it.
            let code = without_tests(&file.code);
            for word in *words {
                // `pulldown_cmark_to_cmark` is no `pulldown_cmark`, but as much about events.
                if code.contains(word) {
                    problems.push(format!("src/{} mentions `{word}`: {why}", file.path));
                }
            }
        }
    }
    none("owners", &problems);
}

/// `code` without the modules and items that only tests have.
fn without_tests(code: &str) -> String {
    const MARK: &str = "#[cfg(test)]";
    let mut out = String::with_capacity(code.len());
    let mut rest = code;
    while let Some((before, item)) = rest.split_once(MARK) {
        out.push_str(before);
        rest = &item[item_end(item)..];
    }
    out + rest
}

/// Where the item that starts `code` ends: behind its body, at its `;` or `,`, or before the end of
/// what it stands in.
fn item_end(code: &str) -> usize {
    let mut depth = 0_usize;
    let mut previous = ' ';
    for (at, c) in code.char_indices() {
        match c {
            '(' | '[' | '{' | '<' => depth += 1,
            // `->` and `=>` close nothing.
            '>' if matches!(previous, '-' | '=') => {}
            ')' | ']' | '}' | '>' => {
                if depth == 0 {
                    return at;
                }
                depth -= 1;
                if depth == 0 && c == '}' {
                    return at + 1;
                }
            }
            ';' | ',' if depth == 0 => return at + 1,
            _ => {}
        }
        previous = c;
    }
    code.len()
}

/// Every module or item that `code` takes from the crate's root.
fn modules_used(code: &str) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut expects_name = true;
            for (at, c) in group.char_indices() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => expects_name = true,
                    c if expects_name && depth == 0 && is_name(c) => {
                        out.insert(name_at(&group[at..]));
                        expects_name = false;
                    }
                    _ => {}
                }
            }
        } else {
            out.insert(name_at(rest));
        }
    }
    out
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn name_at(text: &str) -> String {
    text.chars().take_while(|&c| is_name(c)).collect()
}

/// `text` with comments, strings and characters blanked; its lines stay where they are.
fn code_of(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut previous = ' ';
    while let Some(c) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if c == '"' {
            quoted_length(rest, '"')
        } else if c == 'r' && !is_name(previous) {
            raw_length(rest)
        } else if c == '\'' {
            character_length(rest)
        } else {
            0
        };
        let length = skipped.max(c.len_utf8());
        let (piece, after) = rest.split_at(length);
        if skipped == 0 {
            out.push(c);
        } else {
            out.extend(piece.chars().filter(|&c| c == '\n'));
        }
        previous = piece.chars().next_back().unwrap_or(' ');
        rest = after;
    }
    out
}

/// The length of a literal that starts with `quote`, escapes read over.
fn quoted_length(text: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The length of a raw string `r#"…"#`, or 0.
fn raw_length(text: &str) -> usize {
    let hashes = text[1..].bytes().take_while(|&byte| byte == b'#').count();
    if !text[1 + hashes..].starts_with('"') {
        return 0;
    }
    let close = format!("\"{}", "#".repeat(hashes));
    let body = 2 + hashes;
    text[body..]
        .find(&close)
        .map_or(text.len(), |end| body + end + close.len())
}

/// The length of a character literal, or 0 for a lifetime.
fn character_length(text: &str) -> usize {
    let mut characters = text.chars().skip(1);
    match (characters.next(), characters.next()) {
        (Some('\\'), _) => quoted_length(text, '\''),
        (Some(c), Some('\'')) => 2 + c.len_utf8(),
        _ => 0,
    }
}

#[test]
fn only_what_tests_alone_have_is_left_out() {
    let text = r"
#[cfg(test)]
use a::{one, other};
fn kept<T: Into<u8>>(x: T) { first() }
struct S {
    #[cfg(test)]
    seen: Map<u8, Vec<u8>>,
    kept_field: u8,
}
#[cfg(test)]
pub(super) fn alone<T>(x: impl Fn(&u8) -> T, y: [u8; 2]) -> T where T: Copy { cut() }
#[cfg(test)]
mod tests;
fn second() { if a < b { late() } }
#[cfg(test)]
mod more { fn c() {} }
fn third() {}
";
    let left = without_tests(text);
    for kept in ["kept<T", "first()", "kept_field", "second", "late()", "third"] {
        assert!(left.contains(kept), "{kept}: {left}");
    }
    for cut in ["other", "seen", "alone", "cut()", "tests", "more"] {
        assert!(!left.contains(cut), "{cut}: {left}");
    }
}

#[test]
fn the_scan_sees_code_and_only_code() {
    let text = r##"
use crate::{config::{A, B}, lint}; // crate::render
fn a<'x>(s: &'x str) -> [u8; 2] {
    let _ = ("crate::wire {", r#"crate::cli "{"#, '{', '\'');
    crate::build()
}
trait T { fn b(&self); }
"##;
    let code = code_of(text);
    let used: Vec<_> = modules_used(&code).into_iter().collect();
    assert_eq!(used, ["build", "config", "lint"]);
}
