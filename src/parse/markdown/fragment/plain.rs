//! A fast path that writes Markdown directly from the runs, for simple fragments: words, code,
//! links, and bold between spaces or punctuation. Its output equals that of the general writer,
//! which the tests check. That writer parses its own output again; nine of ten fragments do not
//! need it.

use super::MARK;
use crate::parse::markdown::inline::Run;

/// The Markdown of `runs` and the byte offsets of links from the root. None if anything would need
/// escaping. `dest` gives a link's target as it is written, or None if the link is dropped.
pub(crate) fn markdown(runs: &[Run<'_>], dest: impl Fn(&str) -> Option<String>) -> Option<(String, Vec<usize>)> {
    let mut out = String::with_capacity(runs.iter().map(|run| run.text.len() + 8).sum());
    let mut marks = Vec::new();
    let starts_with_word = runs
        .first()?
        .text
        .starts_with(|ch: char| ch.is_alphabetic() || ch == '(');
    if !starts_with_word || runs.last()?.text.ends_with(char::is_whitespace) {
        return None;
    }
    let mut at = 0;
    while at < runs.len() {
        let link = runs[at].link;
        let length = runs[at..].iter().take_while(|run| run.link == link).count();
        let linked = &runs[at..at + length];
        at += length;
        let Some(dest) = link.and_then(&dest) else {
            push_styled(linked, runs.get(at), &mut out)?;
            continue;
        };
        is_tight(linked).then(|| out.push('['))?;
        linked.iter().all(|run| !is_styled(run)).then_some(())?;
        linked.iter().try_for_each(|run| push(run, &mut out))?;
        out.push_str("](");
        push_dest(&dest, &mut out, &mut marks)?;
        out.push(')');
    }
    Some((out, marks))
}

fn is_styled(run: &Run<'_>) -> bool {
    run.strong || run.struck
}

/// Writes runs, with marks around bold and struck-through ones; `after` is the run that follows.
fn push_styled(runs: &[Run<'_>], after: Option<&Run<'_>>, out: &mut String) -> Option<()> {
    let mut done = 0;
    for bold in runs.chunk_by(|one, next| one.strong == next.strong) {
        done += bold.len();
        let mark = if bold[0].strong { "**" } else { "" };
        open(mark, bold, runs.get(done).or(after), out)?;
        let mut inner = 0;
        for group in bold.chunk_by(|one, next| one.struck == next.struck) {
            inner += group.len();
            let follower = bold
                .get(inner)
                .or_else(|| runs.get(done).or(after).filter(|_| mark.is_empty()));
            let mark = if group[0].struck { "~~" } else { "" };
            open(mark, group, follower, out)?;
            group.iter().try_for_each(|run| push(run, out))?;
            out.push_str(mark);
        }
        out.push_str(mark);
    }
    Some(())
}

/// Writes a mark before `group`, if the surrounding characters allow it to open and close there.
fn open(mark: &str, group: &[Run<'_>], follower: Option<&Run<'_>>, out: &mut String) -> Option<()> {
    if mark.is_empty() {
        return Some(());
    }
    let stands_free = follower.is_none_or(|run| !run.code && run.text.starts_with([' ', ',', '.', ';', ':', ')']));
    let opens = out.is_empty() || out.ends_with([' ', '(']) || mark == "~~" && out.ends_with("**");
    let is_word = group[0].text.starts_with(char::is_alphanumeric) && !group[0].code;
    (stands_free && opens && is_word && is_tight(group)).then(|| out.push_str(mark))
}

/// Whether linked or bold text begins with a word character and does not end in white space.
fn is_tight(runs: &[Run<'_>]) -> bool {
    let first = runs.first().map_or("", |run| run.text);
    let last = runs.last().map_or("", |run| run.text);
    first.starts_with(|ch: char| ch.is_alphanumeric() || matches!(ch, '@' | '(' | '.' | '/'))
        && !last.ends_with(char::is_whitespace)
        && !last.is_empty()
}

fn push(run: &Run<'_>, out: &mut String) -> Option<()> {
    let text = run.text;
    if run.is_html_break() {
        out.push_str("<br>");
        return Some(());
    }
    if run.code {
        let is_tight = !text.is_empty() && !text.starts_with(' ') && !text.ends_with(' ');
        let is_plain = text.bytes().all(|byte| byte >= b' ' && !matches!(byte, b'`' | b'\\'));
        (is_tight && is_plain && !text.contains(MARK)).then_some(())?;
        out.push('`');
        out.push_str(text);
        out.push('`');
        return Some(());
    }
    (opens_nothing(text) && text.bytes().all(is_word) && !text.contains(MARK)).then_some(())?;
    for (index, part) in text.split('|').enumerate() {
        if index > 0 {
            out.push_str("\\|");
        }
        out.push_str(part);
    }
    Some(())
}

/// Whether a byte never needs escaping within a line.
fn is_word(byte: u8) -> bool {
    let is_special = matches!(
        byte,
        b'\\' | b'`' | b'*' | b'_' | b'[' | b']' | b'<' | b'>' | b'&' | b'~' | b'$' | b'{' | b'}' | b'!' | b'#' | b'^'
    );
    byte >= b' ' && !is_special && byte != 0x7f
}

/// Whether a text cannot begin an ordered list in any position.
fn opens_nothing(text: &str) -> bool {
    let rest = text.trim_start_matches(|ch: char| ch.is_ascii_digit());
    rest.len() == text.len() || !rest.is_empty() && !rest.starts_with(['.', ')'])
}

/// Writes a link's target that needs no escaping, without its mark.
fn push_dest(dest: &str, out: &mut String, marks: &mut Vec<usize>) -> Option<()> {
    let bare = dest.strip_prefix(MARK).unwrap_or(dest);
    let is_plain = !bare.is_empty()
        && bare
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._~/:#?=%+@,".contains(&byte));
    is_plain.then_some(())?;
    if bare.len() < dest.len() {
        marks.push(out.len());
    }
    out.push_str(bare);
    Some(())
}
