//! The style sheets and scripts that a page carries: minified here, checked in beside their sources
//! as `*.min.*`, so that no run has to do it.

use std::collections::{HashMap, HashSet};

use crate::support::{project, read, snapshot};

/// Each minified file, and the sources whose text it has.
const MINIFIED: &[(&str, &[&str])] = &[
    ("style/marks.min.css", &["style/marks.css"]),
    ("style/document.min.css", &["style/document.css"]),
    ("style/index.min.css", &["style/index.css"]),
    ("style/week.min.css", &["style/week.css"]),
    ("script/week.min.js", &["script/week.js"]),
    (
        "script/page.min.js",
        &["script/live.js", "script/no_table.js", "script/start.js"],
    ),
    (
        "script/index.min.js",
        &["script/live.js", "script/table.js", "script/start.js"],
    ),
];

/// `SNAPSHOTS=overwrite cargo test --test all minified` writes them anew.
#[test]
fn the_minified_files_are_those_of_their_sources() {
    let assets = project().join("src/render/assets");
    for (file, sources) in MINIFIED {
        let source: String = sources.iter().map(|source| read(&assets.join(source))).collect();
        let minified = match file.ends_with(".css") {
            true => minify_css(&source),
            false => minify_js(&source),
        };
        snapshot::assert_matches(&assets.join(file), &minified);
    }
}

/// `css` on one line: no comments and no white space that does not matter. Enough for our
/// own sheets; strings with a brace or a comment in them would need more.
fn minify_css(css: &str) -> String {
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

/// `js` without comment lines and without the white space that does not matter, its own names
/// made short. Enough for our own scripts: a comment has a line of its own, no literal is a
/// regular expression or a template, every statement ends in `;` or `}`, an object's key is
/// written even where a variable of that name is its value, and a property that nobody else
/// reads begins with `$`.
fn minify_js(js: &str) -> String {
    let tokens = tokens(js);
    let names = names(&tokens);
    let joined = joined(&tokens);
    let mut out = String::with_capacity(js.len());
    for (at, token) in tokens.iter().enumerate() {
        let before = |back: usize| at.checked_sub(back).and_then(|at| tokens.get(at)).copied();
        let is_property = before(1) == Some(".") && before(2) != Some(".") || before(1) == Some("?.");
        let is_key = matches!(before(1), Some("{" | ",")) && tokens.get(at + 1) == Some(&":");
        let written = match names.get(token) {
            Some(short) if token.starts_with('$') || !is_property && !is_key => short,
            _ if joined.contains(&at) => ",",
            _ if at > 0 && joined.contains(&(at - 1)) => continue,
            _ => *token,
        };
        if out.ends_with(is_word) && written.starts_with(is_word) {
            out.push(' ');
        }
        if written == "}" && out.ends_with(';') {
            out.pop();
        }
        out.push_str(written);
    }
    out
}

/// The `;` between two statements with `const`: a comma makes one of them.
fn joined(tokens: &[&str]) -> HashSet<usize> {
    let mut out = HashSet::default();
    // For each bracket that is open, and for the script: whether its statement is a `const`.
    let mut is_const = vec![false];
    for (at, token) in tokens.iter().enumerate() {
        let starts = at == 0 || matches!(tokens[at - 1], ";" | "{" | "}");
        match (*token, is_const.last_mut()) {
            ("{" | "(" | "[", _) => is_const.push(false),
            ("}" | ")" | "]", _) => is_const.truncate(is_const.len() - 1),
            (";", Some(is)) if *is && tokens.get(at + 1) == Some(&"const") => {
                out.insert(at);
            }
            (";", Some(is)) => *is = false,
            ("const", Some(is)) if starts => *is = true,
            _ => {}
        }
    }
    out
}

/// Words, literals, `?.`, `=>` and single signs.
fn tokens(js: &str) -> Vec<&str> {
    let mut out = Vec::new();
    for line in js.lines().map(str::trim).filter(|line| !line.starts_with("//")) {
        let mut rest = line;
        while let Some(first) = rest.chars().next() {
            let length = match first {
                '"' => literal(rest),
                _ if is_word(first) => rest.find(|letter| !is_word(letter)).unwrap_or(rest.len()),
                _ if rest.starts_with("=>") || rest.starts_with("?.") => 2,
                _ => first.len_utf8(),
            };
            let (token, after) = rest.split_at(length);
            if first != ' ' {
                out.push(token);
            }
            rest = after;
        }
    }
    out
}

fn literal(text: &str) -> usize {
    let mut is_escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// A short name for each name that the script declares and each property of its own, the
/// shortest for the most frequent: one for the whole script, so that scopes do not matter.
fn names<'t>(tokens: &[&'t str]) -> HashMap<&'t str, String> {
    let own = tokens.iter().filter(|token| token.starts_with('$')).copied();
    let mut counts: HashMap<&str, usize> = declared(tokens).into_iter().chain(own).map(|name| (name, 0)).collect();
    for token in tokens {
        if let Some(count) = counts.get_mut(token) {
            *count += 1;
        }
    }
    let mut frequent: Vec<(&str, usize)> = counts.into_iter().filter(|(name, _)| name.len() > 1).collect();
    frequent.sort_unstable_by_key(|&(name, count)| (std::cmp::Reverse(count), name));
    let letters = || ('a'..='z').chain('A'..='Z');
    let short = letters().map(String::from);
    // No word of the language ends in `_` or a digit; `$` would be a formula's to preprocessors
    // behind us.
    let short = short.chain(
        ["_", "0"]
            .into_iter()
            .flat_map(|end| letters().map(move |letter| format!("{letter}{end}"))),
    );
    let taken: HashSet<&str> = tokens.iter().copied().filter(|token| token.len() <= 2).collect();
    let free = short.filter(|short| !taken.contains(short.as_str()));
    frequent.into_iter().map(|(name, _)| name).zip(free).collect()
}

/// What stands after `const` and `let`, and the parameters of functions.
fn declared<'t>(tokens: &[&'t str]) -> Vec<&'t str> {
    let is_name = |token: &&&str| token.starts_with(|first: char| first.is_alphabetic() || first == '_');
    let mut out = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        match *token {
            "const" | "let" if tokens.get(at + 1) == Some(&"[") => {
                out.extend(
                    tokens[at + 2..]
                        .iter()
                        .take_while(|token| **token != "]")
                        .filter(is_name),
                );
            }
            "const" | "let" => out.extend(listed(&tokens[at + 1..]).iter().filter(is_name)),
            "=>" if at > 0 && tokens[at - 1] == ")" => {
                let open = tokens[..at].iter().rposition(|token| *token == "(").unwrap_or(at);
                let parameters = tokens[open..at].iter().enumerate();
                let is_default = |index: usize| tokens[open + index - 1] == "=";
                out.extend(
                    parameters
                        .filter(|(index, token)| is_name(token) && !is_default(*index))
                        .map(|(_, token)| token),
                );
            }
            "=>" => out.extend(tokens[..at].last().filter(is_name)),
            _ => {}
        }
    }
    out
}

/// What one `const` or `let` declares: what stands first, and behind each comma of its own.
fn listed<'t>(tokens: &[&'t str]) -> Vec<&'t str> {
    let mut depth = 0_usize;
    let mut out = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        match *token {
            "{" | "(" | "[" => depth += 1,
            // The end of a loop's head.
            "}" | ")" | "]" if depth == 0 => break,
            "}" | ")" | "]" => depth -= 1,
            ";" if depth == 0 => break,
            _ if depth == 0 && (at == 0 || tokens[at - 1] == ",") => out.push(*token),
            _ => {}
        }
    }
    out
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '_' | '$')
}

#[test]
fn css_shrinks_and_means_the_same() {
    let sheet = "/* why */\na b > c,\nd::before {\n  margin: 0 1px;\n  x: calc(1px + 2px);\n}\n\n@media (x: 1) { e { f: g; } }\n";
    assert_eq!(
        minify_css(sheet),
        "a b>c,d::before{margin:0 1px;x:calc(1px + 2px)}@media (x:1){e{f:g}}"
    );
}

#[test]
fn scripts_shrink_and_mean_the_same() {
    let script = "// why\nconst first = (one, two = document) => {\n  return \"x  // one\" + one.two;\n};\n\
                  const rest = f(1, 2), last = () => { let three, four; };\nrest = last;\n\
                  for (const each of [...first]) f({ one: each, two: 9e5, $own: 1 }, each?.one, each.$own);\n";
    assert_eq!(
        minify_js(script),
        "const e=(b,c=document)=>{return\"x  // one\"+b.two},h=f(1,2),g=()=>{let j,i};h=g;\
         for(const a of[...e])f({one:a,two:9e5,d:1},a?.one,a.d);"
    );
}
