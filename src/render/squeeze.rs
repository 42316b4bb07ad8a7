//! Style sheets and scripts without what only their readers need.

use std::collections::{BTreeMap, HashMap};

/// `css` on one line: no comments and no white space that does not matter. Enough for our
/// own sheets; strings with a brace or a comment in them would need more.
pub(super) fn css(css: &str) -> String {
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
/// regular expression or a template, every statement ends in `;` or `}`, and an object's key
/// is written even where a variable of that name is its value.
pub(super) fn js(js: &str) -> String {
    let tokens = tokens(js);
    let names = names(&tokens);
    let mut out = String::with_capacity(js.len());
    for (at, token) in tokens.iter().enumerate() {
        let before = |back: usize| at.checked_sub(back).and_then(|at| tokens.get(at)).copied();
        let is_property = before(1) == Some(".") && before(2) != Some(".") || before(1) == Some("?.");
        let is_key = matches!(before(1), Some("{" | ",")) && tokens.get(at + 1) == Some(&":");
        let written = match names.get(token) {
            Some(short) if !is_property && !is_key => short,
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

/// A short name for each name that the script declares, the shortest for the most frequent: one
/// for the whole script, so that scopes do not matter.
fn names<'t>(tokens: &[&'t str]) -> HashMap<&'t str, String> {
    let mut counts: BTreeMap<&str, usize> = declared(tokens).into_iter().map(|name| (name, 0)).collect();
    for token in tokens {
        if let Some(count) = counts.get_mut(token) {
            *count += 1;
        }
    }
    let mut frequent: Vec<(&str, usize)> = counts.into_iter().filter(|(name, _)| name.len() > 1).collect();
    frequent.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let letters = || ('a'..='z').chain('A'..='Z');
    let short = letters().map(String::from);
    // No word of the language ends in `_`; `$` would be a formula's to preprocessors behind us.
    let short = short.chain(letters().map(|letter| format!("{letter}_")));
    let free = short.filter(|short| !tokens.contains(&short.as_str()));
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
            "const" | "let" => out.extend(tokens.get(at + 1).filter(is_name)),
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

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '_' | '$')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn css_shrinks_and_means_the_same() {
        let sheet = "/* why */\na b > c,\nd::before {\n  margin: 0 1px;\n  x: calc(1px + 2px);\n}\n\n@media (x: 1) { e { f: g; } }\n";
        assert_eq!(
            css(sheet),
            "a b>c,d::before{margin:0 1px;x:calc(1px + 2px)}@media (x:1){e{f:g}}"
        );
    }

    #[test]
    fn scripts_shrink_and_mean_the_same() {
        let script = "// why\nconst first = (one, two = document) => {\n  return \"x  // one\" + one.two;\n};\n\
                      for (const each of [...first]) f({ one: each, two: 9e5 }, each?.one);\n";
        assert_eq!(
            js(script),
            "const d=(a,c=document)=>{return\"x  // one\"+a.two};for(const b of[...d])f({one:b,two:9e5},b?.one);"
        );
    }
}
