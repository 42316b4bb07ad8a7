//! What authors set before and behind a question without a label: who is to see to it, by when,
//! and the answer.

use crate::model::When;
use crate::parse::markdown::fold::{fold, folded_in_place};
use crate::parse::markdown::inline::{Run, append, cut, trim, words};
use crate::parse::questions::tail::{dashed_owner, strip_end};
use crate::parse::record::Reader;
use crate::parse::record::closing::{
    is_settled, is_settled_label, opens_settled, says_open, strip_start, without_mark,
};
use crate::parse::record::label::{first, split};
use crate::parse::record::name::{is_name, is_person};
use crate::parse::values::date::{deadline, when};
use crate::parse::values::person_list::is_handle;
use crate::parse::vocabulary::concept::Key;
use crate::parse::vocabulary::concept::Scope;

/// What the last words of a question tell.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ends<'r> {
    /// The question without them.
    pub(crate) question: Vec<Run<'r>>,
    pub(crate) resolved: bool,
    pub(crate) answer: Vec<Run<'r>>,
    pub(crate) owner: Vec<Run<'r>>,
    pub(crate) due: Option<Vec<Run<'r>>>,
    pub(crate) context: Vec<Run<'r>>,
}

/// `**[Ada]**: question`, `@ada: question`, `[@ada] question` name the owner first: the owner
/// and the question.
pub(crate) fn owner_first<'r>(question: &[Run<'r>]) -> Option<(Vec<Run<'r>>, Vec<Run<'r>>)> {
    handle_first(question).or_else(|| bracketed_first(question))
}

fn bracketed_first<'r>(question: &[Run<'r>]) -> Option<(Vec<Run<'r>>, Vec<Run<'r>>)> {
    let first = question.first()?;
    let text = first.text.trim();
    let inner = text.trim_end_matches(':').trim_start_matches('[').trim_end_matches(']');
    let bracketed = first.strong && text.trim_end_matches(':').len() == inner.len() + 2;
    let is_handle = inner.starts_with('@') && !inner.contains(' ') && text.ends_with(':');
    if !(bracketed || is_handle)
        || inner.is_empty()
        || inner.chars().any(|ch| ch.is_ascii_digit())
        || crate::parse::vocabulary::headings::heading_words(inner).len() < 2
        || is_settled(&fold(inner))
        || inner.split(' ').count() > 4
    {
        return None;
    }
    let at = first.text.find(inner).unwrap_or(0);
    let owner = vec![cut(first, at, at + inner.len())];
    let mut rest = question[1..].to_vec();
    if let Some(next) = rest.first_mut() {
        let kept = next.text.trim_start_matches([':', ' ', '—', '–', '-']);
        *next = cut(next, next.text.len() - kept.len(), next.text.len());
    }
    Some((owner, trim(&rest)))
}

/// `@ada: question`, `[@ada] question`, `(@ada) question`.
fn handle_first<'r>(question: &[Run<'r>]) -> Option<(Vec<Run<'r>>, Vec<Run<'r>>)> {
    let first = question.first()?;
    let bare = first.text.trim_start_matches(['[', '(']);
    let start = first.text.len() - bare.len();
    let length = bare.find([':', ']', ')', ' ']).unwrap_or(bare.len());
    let after = &bare[length..];
    let is_closed = after.starts_with(':') || (start > 0 && after.starts_with([']', ')']));
    if first.code || !is_handle(&bare[..length]) || !is_closed || after.len() < 3 {
        return None;
    }
    let from = first.text.len() - after.trim_start_matches([':', ']', ')', ' ']).len();
    let mut rest = question.to_vec();
    rest[0] = cut(first, from, first.text.len());
    Some((vec![cut(first, start, start + length)], trim(&rest)))
}

/// `… ? → the answer`, `… ? — architect`, `… ? (@ada, by 2026-03-01)`.
pub(crate) fn last_words<'r>(question: &[Run<'r>], is_unowned: bool, reader: &Reader<'r>) -> Option<Ends<'r>> {
    let at = question.iter().rposition(|run| run.text.contains('?') && !run.code)?;
    let mark = question[at].text.rfind('?').unwrap_or(0) + 1;
    let mut rest = vec![cut(&question[at], mark, question[at].text.len())];
    rest.extend_from_slice(&question[at + 1..]);
    let mut ends = ends_of(&trim(&rest), is_unowned, reader)?;
    ends.question = question[..at].to_vec();
    ends.question.push(cut(&question[at], 0, mark));
    Some(ends)
}

/// What the words behind the question mark tell; None where they belong to the question.
fn ends_of<'r>(rest: &[Run<'r>], is_unowned: bool, reader: &Reader<'r>) -> Option<Ends<'r>> {
    let text = words(rest);
    let settled = |answer| {
        Some(Ends {
            resolved: true,
            answer,
            ..Ends::default()
        })
    };
    let arrow = text
        .strip_prefix(['→', '➜', '➔', '➡', '⇒', '⟶', '✅', '✔', '☑'])
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .or_else(|| Some(text.strip_prefix("->").or(text.strip_prefix("=>"))?.trim()));
    if let Some(answer) = arrow {
        return if says_open(answer) {
            None
        } else {
            settled(without_mark(rest, reader.vocabulary))
        };
    }
    if let Some(answer) = labelled_answer(&strip_start(rest), reader) {
        return settled(answer);
    }
    if opens_settled(&strip_start(rest)) {
        return settled(without_mark(&strip_start(rest), reader.vocabulary));
    }
    if let Some(dash) = text.find(['—', '–', '-']).filter(|_| is_unowned)
        && (dash == 0 || text.starts_with('('))
        && let Some((owner, context)) = dashed_owner(rest)
    {
        return Some(Ends {
            owner,
            context,
            ..Ends::default()
        });
    }
    bare_facts(rest, reader)
}

/// `Answer: the small one` behind a question.
fn labelled_answer<'r>(rest: &[Run<'r>], reader: &Reader<'r>) -> Option<Vec<Run<'r>>> {
    let (label, _) = first(rest)?;
    if !folded_in_place(&label, is_settled_label) {
        return None;
    }
    let part = split(rest, reader.vocabulary)?.into_iter().next()?;
    (!says_open(&words(&part.value))).then_some(part.value)
}

/// `(@ada, by 2026-03-01)`, `(Ada Obi, 2026-03-01)`, `Due 2026-03-01`, `@ada`: facts that their
/// form alone tells; None where anything else stands among them.
fn bare_facts<'r>(rest: &[Run<'r>], reader: &Reader<'r>) -> Option<Ends<'r>> {
    let mut out = Ends::default();
    let mut names = Vec::new();
    let (mut has_single, mut says_due) = (false, false);
    for run in rest {
        let mut from = 0;
        for piece in run.text.split_inclusive([',', ';', '(', ')', '[', ']']) {
            let at = from;
            from += piece.len();
            let text = without_signs(piece);
            if text.is_empty() || text == "and" {
                continue;
            }
            let start = at + piece.find(text)?;
            let part = |from: usize, to: usize| cut(run, start + from, start + to);
            if let Some((who, when)) = owner_by(text, reader) {
                append(&mut out.owner, &[part(0, who)]);
                out.due = Some(vec![part(when, text.len())]);
                continue;
            }
            let (lead, value) = led_by(text, reader);
            let value_part = || part(text.len() - value.len(), text.len());
            match lead {
                Some(Key::Owner) if is_name(value) || is_handle(value) => append(&mut out.owner, &[value_part()]),
                None if text.split(' ').all(is_handle) => append(&mut out.owner, &[value_part()]),
                Some(Key::Due) | None
                    if matches!(deadline(value, reader.vocabulary), When::Day(_) | When::Month(_)) =>
                {
                    says_due |= lead.is_some();
                    out.due = Some(vec![value_part()]);
                }
                None if is_name(text) => {
                    has_single |= !text.contains(' ');
                    names.push(value_part());
                }
                _ => return None,
            }
        }
    }
    // A name alone may be anything that is written with capitals, and one word anything at all.
    if !names.is_empty() && out.due.is_none() && out.owner.is_empty() || has_single && !says_due {
        return None;
    }
    append(&mut out.owner, &names);
    (out.due.is_some() || !out.owner.is_empty()).then_some(out)
}

/// What parts facts from each other and stands around them.
const PUNCTUATION: [char; 9] = [',', ';', '(', ')', '[', ']', '.', '—', '–'];

fn without_signs(text: &str) -> &str {
    text.trim_matches(|ch: char| ch.is_whitespace() || ch == '-' || PUNCTUATION.contains(&ch))
}

/// Whether `text` begins with a date: one somewhere among other words may be of anything.
fn is_date(text: &str, reader: &Reader<'_>) -> bool {
    matches!(
        when(text, reader.vocabulary),
        When::Day(_) | When::Month(_) | When::Milestone(Some(_))
    )
}

/// `Ada Obi by 2026-03-01`: where the name ends, and where the date begins.
fn owner_by(text: &str, reader: &Reader<'_>) -> Option<(usize, usize)> {
    let at = text.find(" by ").or_else(|| text.find(" due "))?;
    let (who, when) = (text[..at].trim_end(), led_by(text[at..].trim_start(), reader).1);
    (is_person(who) && is_date(when, reader)).then(|| (who.len(), text.len() - when.len()))
}

/// `Ada Obi, by 2026-03-01` as an owner: who it is, and the date behind.
pub(crate) fn owner_and_date<'r>(owner: &[Run<'r>], reader: &Reader<'r>) -> Option<(Vec<Run<'r>>, Vec<Run<'r>>)> {
    let (last, before) = owner.split_last()?;
    let behind_sign = last.text.match_indices(PUNCTUATION).map(|(at, sign)| at + sign.len());
    let at_word = [" by ", " due ", " until ", " before "]
        .into_iter()
        .flat_map(|word| last.text.match_indices(word).map(|(at, _)| at + 1));
    let at_slash = last.text.match_indices(" / ").map(|(at, sign)| at + sign.len());
    let mut starts: Vec<usize> = behind_sign.chain(at_word).chain(at_slash).collect();
    starts.sort_unstable();
    // A date stands at the end, and has few signs within.
    starts.into_iter().rev().take(6).find_map(|start| {
        let (lead, date) = led_by(without_signs(&last.text[start..]), reader);
        let mut who = before.to_vec();
        who.push(cut(last, 0, start));
        let who = strip_end(&who);
        if lead == Some(Key::Owner) || who.is_empty() || !is_date(date, reader) {
            return None;
        }
        let from = start + last.text[start..].find(date)?;
        Some((who, vec![cut(last, from, from + date.len())]))
    })
}

/// `due 2026-03-01`, `owner Ada`: what the words before a value mean, and the value.
fn led_by<'t>(text: &'t str, reader: &Reader<'_>) -> (Option<Key>, &'t str) {
    let spaces = text.match_indices(' ').map(|(at, _)| at).take(3).collect::<Vec<_>>();
    for at in spaces.into_iter().rev() {
        let (lead, value) = (&text[..at], text[at..].trim());
        let key = reader.vocabulary.key(Scope::Question, lead);
        if matches!(key, Some(Key::Owner | Key::Due)) {
            return (key, value);
        }
        if matches!(fold(lead).as_str(), "by" | "before" | "until" | "due on") {
            return (Some(Key::Due), value);
        }
    }
    (None, text)
}

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use crate::source::Source;

    /// The question, its owner and its date in `- {item}`.
    fn read(item: &str) -> (String, String, String) {
        let source = Source {
            path: "refunds.md".to_owned(),
            text: format!("# Refunds\n\nStatus: Draft\n\n## Open Questions\n\n- {item}\n"),
            ..Source::default()
        };
        let (corpus, _) = crate::parse::corpus(&[source], &Config::default());
        let question = &corpus.chapters[0].document.as_ref().unwrap().questions[0];
        (
            question.question.text.clone(),
            question
                .owners
                .first()
                .map(|owner| owner.display().to_owned())
                .unwrap_or_default(),
            question.due.as_ref().map(|due| due.0.text.clone()).unwrap_or_default(),
        )
    }

    /// Sees that the fee's question in `- Who pays the fee?{rest}` has this owner and date.
    #[track_caller]
    fn assert_told(rest: &str, owner: &str, due: &str) {
        let item = format!("Who pays the fee?{rest}");
        let told = ("Who pays the fee?".to_owned(), owner.to_owned(), due.to_owned());
        assert_eq!(read(&item), told, "{item}");
    }

    #[test]
    fn owners_and_dates_need_no_label() {
        let day = "2026-03-01";
        for (rest, owner, due) in [
            (" (@ada)", "@ada", ""),
            (" @ada", "@ada", ""),
            (" (@ada, by 2026-03-01)", "@ada", day),
            (" (Ada Obi, 2026-03-01)", "Ada Obi", day),
            (" (Ada, due 2026-03-01)", "Ada", day),
            (" Due 2026-03-01", "", day),
            (" (needed by 2026-03-01, owner Ada)", "Ada", day),
            (" — finance", "finance", ""),
            (" — Ada Obi, 2026-03-01", "Ada Obi", day),
            (" — Ada Obi by 2026-03-01", "Ada Obi", day),
            (" - Ada Obi, 2026-03-01", "Ada Obi", day),
            (" @ada by 2026-03-01", "@ada", day),
        ] {
            assert_told(rest, owner, due);
        }
        for item in [
            "[@ada] Who pays the fee?", "@ada: Who pays the fee?", "**[@ada]**: Who pays the fee?",
        ] {
            assert_eq!(read(item), read("Who pays the fee? (@ada)"), "{item}");
        }
        let bracketed = read("**[Ada Obi]**: Who pays the fee?");
        assert_eq!(bracketed, read("Who pays the fee? (owner: Ada Obi)"));
        for text in [
            "Who pays the fee? (Central Bank)", "Who pays the fee? (Lagos, 2026-03-01)",
        ] {
            assert_eq!(read(text).0, text, "a name alone may be anything");
        }
    }

    #[test]
    fn no_date_is_part_of_an_owner() {
        let day = "2026-03-01";
        for (rest, owner, due) in [
            (" (owner: Ada Obi, by 2026-03-01)", "Ada Obi", day),
            (" (owner: Ada Obi, due: 2026-03-01)", "Ada Obi", day),
            (" (Owner: Ada Obi; due 2026-03-01)", "Ada Obi", day),
            (" Owner: Ada Obi, due March 1, 2026", "Ada Obi", "March 1, 2026"),
            (" Owner: Ada Obi by 2026-03-01", "Ada Obi", day),
            (" Owner: Ada Obi / due 2026-03-01", "Ada Obi", day),
            (" (owner: **Ada Obi** (2026-03-01))", "Ada Obi", day),
            ("\n  - *Owner:* Ada Obi *Due:* 2026-03-01", "Ada Obi", day),
            ("\n  - **Due:** 2026-03-01 **Owner:** Ada Obi", "Ada Obi", day),
            ("\n  - Due: 2026-03-01 (Owner: Ada Obi)", "Ada Obi", day),
            (" Owner: Ada Obi, asked on 2026-01-01", "Ada Obi", ""),
            (" (owner: Ada Obi, Tunde Bello)", "Ada Obi", ""),
            (" Owner: none yet", "", ""),
            (" Owner: TBC, Due: TBC", "", "TBC"),
        ] {
            assert_told(rest, owner, due);
        }
    }
}
