//! What says that a question is settled, or that there is none: marks, labels and cells, never
//! a word in a sentence.

use crate::parse::markdown::fold::{QUESTION_MARKS, fold, folded_in_place};
use crate::parse::markdown::inline::{Run, cut, trim, without_start};
use crate::parse::record::label::split;
use crate::parse::values::date::is_placeholder;
use crate::parse::values::status::{TICKS, is_pictograph};
use crate::parse::vocabulary::Vocabulary;
use crate::parse::vocabulary::concept::Class;

/// Whether folded words say that a question is settled, as a label, a cell or a heading would.
pub(crate) fn is_settled(folded: &str, vocabulary: &Vocabulary<'_>) -> bool {
    let closes = [Class::Settled, Class::Done, Class::Answers]
        .into_iter()
        .any(|class| vocabulary.leads(class, folded).is_some());
    // After the word only a date or a remark of a word or two: more is a sentence.
    closes && letters(folded) <= 3 && !is_asked_for(folded, vocabulary)
}

/// How many words there are that are no numbers.
fn letters(folded: &str) -> usize {
    let words = folded.split(' ').filter(|word| word.chars().any(char::is_alphabetic));
    words.count()
}

/// `Decision needed`: an answer is asked for, not given.
fn is_asked_for(folded: &str, vocabulary: &Vocabulary<'_>) -> bool {
    let answers = vocabulary.leads(Class::Answers, folded);
    answers.is_some_and(|word| letters(folded) > letters(word))
}

/// As [`is_settled`], of words as they are written.
pub(crate) fn is_settled_words(words: &str, vocabulary: &Vocabulary<'_>) -> bool {
    folded_in_place(words, |folded| is_settled(folded, vocabulary))
}

/// Whether a status cell says that the question is settled; a remark may follow the word.
pub(crate) fn is_done(state: &str, vocabulary: &Vocabulary<'_>) -> bool {
    folded_in_place(state, |folded| {
        [Class::Settled, Class::Done]
            .into_iter()
            .any(|class| vocabulary.leads(class, folded).is_some())
    })
}

/// Whether an answer or a status says that there is no answer yet.
pub(crate) fn says_open(text: &str, vocabulary: &Vocabulary<'_>) -> bool {
    let opens = |folded: &str| {
        folded.is_empty()
            || vocabulary.leads(Class::NotYet, folded).is_some()
            || vocabulary.leads(Class::Nothing, folded).is_some()
            || vocabulary.leads(Class::Open, folded).is_some()
    };
    folded_in_place(text, opens) || is_placeholder(text)
}

/// Whether a line begins with a mark that closes a question: `**Resolved:**`, `DECIDED`, `[RESOLVED]`, `✅`.
pub(crate) fn opens_settled(line: &[Run<'_>], vocabulary: &Vocabulary<'_>) -> bool {
    let Some(first) = line.first() else { return false };
    let text = first.text.trim_start_matches(|ch: char| {
        ch.is_whitespace() || matches!(ch, '—' | '–' | '-' | ':' | '(' | '[' | '→') || is_pictograph(ch)
    });
    if text.is_empty() {
        return is_mark(first.text);
    }
    let word = &text[..text.find(|ch: char| !ch.is_alphabetic()).unwrap_or(text.len())];
    // Most lines begin with another word.
    let is_known = folded_in_place(word, |word| {
        vocabulary.is(Class::Settled, word) || vocabulary.is(Class::Answers, word)
    });
    if !is_known {
        return false;
    }
    let in_capitals = word.chars().count() > 3 && word.chars().all(char::is_uppercase);
    let after = text[word.len()..].trim_start();
    let labelled = first.strong
        || (first.emphasis
            && (after.starts_with([':', '.', '：'])
                || after.is_empty() && line.get(1).is_some_and(|next| next.text.starts_with([':', '：']))))
        || after.starts_with([':', ']', ')', '：']) && text.len() != first.text.trim_start().len();
    // `**Decision needed by:** …` and `**Answer the phone?**` close nothing.
    let label = text.split([':', ']', ')', '：']).next().unwrap_or_default();
    (in_capitals || labelled) && is_settled_label(label, vocabulary)
}

/// Whether a label closes what it stands in: `Resolved`, `Decided in May`, `Answer`.
pub(crate) fn is_settled_label(label: &str, vocabulary: &Vocabulary<'_>) -> bool {
    folded_in_place(label, |folded| {
        let settles = vocabulary.leads(Class::Settled, folded).is_some() && letters(folded) <= 4;
        let answers = vocabulary.leads(Class::Answers, folded).is_some() && !is_asked_for(folded, vocabulary);
        settles || answers
    })
}

/// `[OPEN] …`, `OPEN: …`: the question without the mark that says that it is one.
pub(crate) fn without_open_mark<'r>(runs: Vec<Run<'r>>, vocabulary: &Vocabulary<'_>) -> Vec<Run<'r>> {
    let Some(first) = runs.first() else { return runs };
    let bare = first.text.trim_start_matches(['[', '(']);
    let open = first.text.len() - bare.len();
    let end = bare.find([']', ')', ':']).unwrap_or(bare.len());
    let (word, rest) = bare.split_at(end);
    let is_open = folded_in_place(word, |word| {
        matches!(word, "open" | "unresolved" | "pending") || vocabulary.is(Class::NotYet, word)
    });
    if !is_open || rest.is_empty() || (open > 0) == rest.starts_with(':') {
        return runs;
    }
    let from = first.text.len() - rest.len();
    let mut out = vec![cut(first, from + 1, first.text.len())];
    out.extend_from_slice(&runs[1..]);
    let out = strip_start(&out);
    if out.is_empty() { runs } else { out }
}

/// Whether `text` begins with a sign of being done.
pub(crate) fn is_mark(text: &str) -> bool {
    text.trim_start_matches([' ', '—', '–', '-', ':'])
        .starts_with(|ch: char| ch == '→' || TICKS.contains(&ch))
}

/// What follows the mark that closed a question.
pub(crate) fn without_mark<'r>(runs: &[Run<'r>], vocabulary: &Vocabulary<'_>) -> Vec<Run<'r>> {
    let rest = strip_start(runs);
    match split(&rest, vocabulary) {
        Some(parts)
            if parts
                .first()
                .is_some_and(|part| is_settled_words(&part.label, vocabulary)) =>
        {
            return parts.into_iter().next().map(|part| part.value).unwrap_or_default();
        }
        _ => {}
    }
    let Some(first) = rest.first() else { return rest };
    // `(RESOLVED)`, `[Resolved 2026-10-01] the answer`, `**Resolved** — the answer`
    let open = first.text.len() - first.text.trim_start_matches(['(', '[']).len();
    let close = match first.text.find([')', ']']) {
        Some(close) if open > 0 => close + 1,
        _ if first.strong && rest.len() > 1 => first.text.len(),
        None if open == 0 && !first.text.contains(' ') => first.text.len(),
        _ => return without_bracket(rest, open),
    };
    if !is_settled_label(&first.text[open..close], vocabulary) {
        return rest;
    }
    let mut after = vec![cut(first, close, first.text.len())];
    after.extend_from_slice(&rest[1..]);
    strip_start(&after)
}

/// `(resolved: the answer)` without the bracket whose other half went with the mark.
fn without_bracket(rest: Vec<Run<'_>>, open: usize) -> Vec<Run<'_>> {
    let is_half = open == 0
        && rest
            .last()
            .is_some_and(|run| run.text.ends_with(')') && !run.text.contains('('));
    let mut rest = rest;
    if is_half && let Some(last) = rest.pop() {
        rest.push(cut(&last, 0, last.text.len() - 1));
    }
    rest
}

/// `None`, `N/A`, `TBD`: a section without questions.
pub(crate) fn is_none(text: &str, vocabulary: &Vocabulary<'_>) -> bool {
    if folded_in_place(text, |folded| vocabulary.is(Class::Nothing, folded)) {
        return true;
    }
    // With one of these letters begins all that follows; most questions do not.
    let first = text.chars().find(|ch| ch.is_alphanumeric());
    if first.is_some_and(|ch| ch.is_ascii() && !matches!(ch.to_ascii_lowercase(), 'n' | 't' | 'a')) {
        return false;
    }
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').collect();
    match words.first().copied().unwrap_or_default() {
        "" => true,
        "none" | "nothing" | "nil" => words.get(1) != Some(&"of") && (words.len() <= 8 || says_none(text)),
        "n" => words.get(1) == Some(&"a") && words.len() <= 4,
        // `TBD: which bucket?` asks; `TBD?` does not.
        "na" | "tbd" | "todo" | "tba" | "tbc" => {
            words.len() == 1 || words.len() <= 3 && !text.trim_end().ends_with(QUESTION_MARKS)
        }
        "no" => {
            words
                .get(1)
                .is_some_and(|word| matches!(*word, "open" | "unresolved" | "outstanding" | "further" | "remaining"))
                && words.len() <= 10
        }
        "there" => folded.starts_with("there are no") || folded.starts_with("there are currently no"),
        // `All questions have been resolved.`
        "all" => {
            words.len() <= 10
                && words
                    .get(1..4)
                    .is_some_and(|head| head.iter().any(|word| word.starts_with("question")))
                && words
                    .iter()
                    .any(|word| matches!(*word, "resolved" | "answered" | "closed" | "settled"))
        }
        _ => false,
    }
}

/// `None. All of it was settled in review.`, `(none so far — there is no interface)`: after the
/// word comes a remark and no question.
fn says_none(text: &str) -> bool {
    let text = text.trim_start_matches(|ch: char| !ch.is_alphanumeric());
    let end = text
        .find([' ', ',', '.', ';', ':', '—', '–', '-'])
        .unwrap_or(text.len());
    let rest = &text[end..];
    !text.contains(QUESTION_MARKS)
        && (rest.starts_with(['.', ',', ';', ':']) || rest.contains(['—', '–']) || rest.contains(" - "))
}

/// `Question 1`: the template's own.
pub(crate) fn is_template_question(text: &str) -> bool {
    let folded = fold(text);
    // The last three are the prompts of a template that many RFC processes have taken over.
    const PROMPTS: &[&str] = &[
        "what parts of the design do you expect",
        "what related issues do you consider out of scope",
        "what parts of the design are still",
    ];
    folded
        .strip_prefix("question ")
        .is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
        || PROMPTS.iter().any(|prompt| folded.starts_with(prompt))
}

/// `runs` without the dashes, arrows and pictographs at their start.
pub(crate) fn strip_start<'r>(runs: &[Run<'r>]) -> Vec<Run<'r>> {
    without_start(trim(runs), |ch| {
        ch.is_whitespace() || matches!(ch, '—' | '–' | '-' | ':' | '→' | '>') || is_pictograph(ch)
    })
}
