//! Lists of people: where one ends and the next begins, and that nobody is in it twice.

use crate::model::Person;
use crate::parse::markdown::inline::{Run, cut, trim};

/// With how many people of a list another is compared: nobody keeps a longer one by hand, and
/// comparing all with all takes quadratic time.
pub(crate) const COMPARED: usize = 100;

/// Adds somebody who is not among `people` yet.
pub(crate) fn add(people: &mut Vec<Person>, person: Person) {
    if !people.iter().take(COMPARED).any(|known| known.is_same(&person)) {
        people.push(person);
    }
}

/// The value cut where one person ends and the next begins; brackets hold together.
pub(crate) fn segments<'a>(runs: &[Run<'a>]) -> Vec<Vec<Run<'a>>> {
    let mut out: Vec<Vec<Run<'a>>> = vec![Vec::new()];
    let mut depth = 0usize;
    for run in runs {
        if run.link.is_some() || run.code {
            // Two links side by side are two people; `Ada [@ada](…)` is one.
            if depth == 0
                && out
                    .last()
                    .is_some_and(|segment| segment.iter().any(|other| is_same_kind(other, run)))
            {
                out.push(Vec::new());
            }
            push(&mut out, *run);
            continue;
        }
        let mut from = 0;
        let bytes = run.text;
        let mut at = 0;
        while at < bytes.len() {
            let rest = &bytes[at..];
            let Some(ch) = rest.chars().next() else { break };
            match ch {
                '(' | '<' | '[' => depth += 1,
                ')' | '>' | ']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0
                && let Some(length) = separator(rest, &bytes[..at])
                && !(ch == '/' && is_in_handle(&bytes[from..at]))
            {
                push(&mut out, cut(run, from, at));
                out.push(Vec::new());
                at += length;
                from = at;
                continue;
            }
            at += ch.len_utf8();
        }
        push(&mut out, cut(run, from, bytes.len()));
        if run.is_break && depth == 0 {
            // A new line may go on with the same name only after a comma, which has cut already.
            push(&mut out, *run);
        }
    }
    out.into_iter()
        .map(|segment| trim(&segment))
        .filter(|segment| !segment.is_empty())
        .collect()
}

fn push<'a>(out: &mut [Vec<Run<'a>>], run: Run<'a>) {
    if let Some(last) = out.last_mut()
        && !run.text.is_empty()
    {
        last.push(run);
    }
}

/// Whether both are links of one kind: names, handles or addresses.
fn is_same_kind(a: &Run<'_>, b: &Run<'_>) -> bool {
    let kind = |run: &Run<'_>| {
        run.link.map(|url| {
            (
                run.text.starts_with('@'),
                url.starts_with("mailto:") || is_email(run.text),
            )
        })
    };
    kind(a).is_some() && kind(a) == kind(b)
}

/// Whether text ends within a handle: `@danfocart/payments` is a team.
fn is_in_handle(before: &str) -> bool {
    before
        .rsplit(char::is_whitespace)
        .next()
        .is_some_and(|word| word.starts_with('@'))
}

/// How many bytes at the start of `rest` part two people, if any do.
fn separator(rest: &str, before: &str) -> Option<usize> {
    let word = match rest.as_bytes().first()? {
        b',' | b';' | b'&' | b'+' | b'/' | b'|' => return Some(1),
        b'a' => "and ",
        b'u' => "und ",
        b'e' => "et ",
        b'y' => "y ",
        byte if byte.is_ascii() => return None,
        _ => {
            return ["、", "·", "•"]
                .iter()
                .find(|mark| rest.starts_with(**mark))
                .map(|mark| mark.len());
        }
    };
    let stands_alone = before.is_empty() || before.ends_with(char::is_whitespace);
    (rest.starts_with(word) && stands_alone).then_some(word.len())
}

pub(crate) fn is_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty()
            && domain.contains('.')
            && !domain.starts_with('.')
            && !text.contains(char::is_whitespace)
            && !text.contains('/')
    })
}

pub(crate) fn is_handle(text: &str) -> bool {
    text.strip_prefix('@').is_some_and(|name| {
        !name.is_empty()
            && name
                .chars()
                .all(|ch| ch.is_alphanumeric() || matches!(ch, '-' | '_' | '.' | '/'))
    })
}
