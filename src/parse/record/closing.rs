//! Detects what closes a question and what marks a section as empty: marks, labels and cells, never
//! a word inside a sentence.

use crate::parse::markdown::fold::{asks, fold, folded_in_place};
use crate::parse::markdown::inline::{Run, cut, trim, without_start};
use crate::parse::record::label::split;
use crate::parse::values::date::is_placeholder;
use crate::parse::values::status::{TICKS, is_pictograph};
use crate::parse::vocabulary::Vocabulary;
use crate::parse::vocabulary::concept::Class;

/// Whether the folded words begin with a word of one of these classes.
pub(crate) fn leads_any(classes: &[Class], folded: &str, vocabulary: &Vocabulary<'_>) -> bool {
    classes.iter().any(|class| vocabulary.leads(*class, folded).is_some())
}

/// Whether the folded words of a label, cell or heading mark a question as settled.
pub(crate) fn is_resolved(folded: &str, vocabulary: &Vocabulary<'_>) -> bool {
    closes(&[Class::Resolved, Class::Done, Class::Answers], folded, vocabulary)
}

/// Whether the folded words begin with a closing word, followed at most by a date or a short
/// remark. Longer text is a sentence: `Decision needed` asks for an answer and does not give one.
fn closes(classes: &[Class], folded: &str, vocabulary: &Vocabulary<'_>) -> bool {
    let count = |words: &str| {
        words
            .split(' ')
            .filter(|word| word.contains(char::is_alphabetic))
            .count()
    };
    classes.iter().any(|class| {
        let word = vocabulary.leads(*class, folded);
        word.is_some_and(|word| match class {
            Class::Answers => count(folded) <= count(word),
            Class::Resolved => count(folded) <= 4,
            _ => count(folded) <= 3,
        })
    })
}

/// Whether unfolded words mark a question as settled, like [`is_resolved`].
pub(crate) fn is_resolved_words(words: &str, vocabulary: &Vocabulary<'_>) -> bool {
    folded_in_place(words, |folded| is_resolved(folded, vocabulary))
}

/// Whether a status cell marks the question as settled. A remark may follow the word.
pub(crate) fn is_done(state: &str, vocabulary: &Vocabulary<'_>) -> bool {
    folded_in_place(state, |state| {
        leads_any(&[Class::Resolved, Class::Done], state, vocabulary)
    })
}

/// Whether an answer or a status means that the question is still open.
pub(crate) fn says_open(text: &str, vocabulary: &Vocabulary<'_>) -> bool {
    let classes = [Class::NotYet, Class::Nothing, Class::Open];
    folded_in_place(text, |folded| {
        folded.is_empty() || leads_any(&classes, folded, vocabulary)
    }) || is_placeholder(text)
}

/// Whether a label closes its record: `Resolved`, `Decided in May`, `Answer`.
pub(crate) fn is_closing_label(label: &str, vocabulary: &Vocabulary<'_>) -> bool {
    folded_in_place(label, |folded| {
        closes(&[Class::Resolved, Class::Answers], folded, vocabulary)
    })
}

/// Whether a line begins with a mark that closes a question: `**Resolved:**`, `DECIDED`, `[RESOLVED]`, `✅`.
pub(crate) fn opens_resolved(line: &[Run<'_>], vocabulary: &Vocabulary<'_>) -> bool {
    const ENDS: [char; 4] = [':', ']', ')', '：'];
    let Some(first) = line.first() else { return false };
    let text = first
        .text
        .trim_start_matches(|ch| is_lead_sign(ch) || matches!(ch, '(' | '['));
    if text.is_empty() {
        return is_mark(first.text);
    }
    let word = &text[..text.find(|ch: char| !ch.is_alphabetic()).unwrap_or(text.len())];
    let in_capitals = word.chars().count() > 3 && word.chars().all(char::is_uppercase);
    let after = text[word.len()..].trim_start();
    let next = line.get(1).map_or("", |next| next.text);
    let is_signed = text.len() < first.text.trim_start().len();
    let is_marked = first.strong
        || is_signed && after.starts_with(ENDS)
        || first.emphasis && (after.starts_with([':', '.', '：']) || after.is_empty() && next.starts_with([':', '：']));
    // `**Decision needed by:** …` and `**Answer the phone?**` do not close a question.
    let label = text.split(ENDS).next().unwrap_or_default();
    (in_capitals || is_marked) && is_closing_label(label, vocabulary)
}

/// Strips the mark of an open question: `[OPEN] …`, `OPEN: …`.
pub(crate) fn without_open_mark<'r>(runs: Vec<Run<'r>>, vocabulary: &Vocabulary<'_>) -> Vec<Run<'r>> {
    let Some(first) = runs.first() else { return runs };
    let bare = first.text.trim_start_matches(['[', '(']);
    let (word, rest) = bare.split_at(bare.find([']', ')', ':']).unwrap_or(bare.len()));
    let is_open = folded_in_place(word, |word| {
        vocabulary.is(Class::Open, word) || vocabulary.is(Class::NotYet, word)
    });
    let is_bracketed = bare.len() < first.text.len();
    if !is_open || rest.is_empty() || is_bracketed == rest.starts_with(':') {
        return runs;
    }
    let question = behind(&runs, first.text.len() - rest.len() + 1);
    if question.is_empty() { runs } else { question }
}

/// Whether `text` begins with a tick or another sign of completion.
pub(crate) fn is_mark(text: &str) -> bool {
    text.trim_start_matches([' ', '—', '–', '-', ':'])
        .starts_with(|ch: char| ch == '→' || TICKS.contains(&ch))
}

/// The text after the mark that closed a question.
pub(crate) fn without_mark<'r>(runs: &[Run<'r>], vocabulary: &Vocabulary<'_>) -> Vec<Run<'r>> {
    let mut rest = strip_start(runs);
    let labelled = split(&rest, vocabulary).and_then(|parts| parts.into_iter().next());
    if let Some(part) = labelled.filter(|part| is_resolved_words(&part.label, vocabulary)) {
        return part.value;
    }
    let Some(first) = rest.first() else { return rest };
    // `(RESOLVED)`, `[Resolved 2026-10-01] the answer`, `**Resolved** — the answer`
    let open = first.text.len() - first.text.trim_start_matches(['(', '[']).len();
    let close = match first.text.find([')', ']']) {
        Some(close) if open > 0 => Some(close + 1),
        _ if first.strong && rest.len() > 1 => Some(first.text.len()),
        None if open == 0 && !first.text.contains(' ') => Some(first.text.len()),
        _ => None,
    };
    if let Some(close) = close {
        let is_label = is_closing_label(&first.text[open..close], vocabulary);
        return if is_label { behind(&rest, close) } else { rest };
    }
    // `(resolved: the answer)`: the opening bracket was removed with the mark.
    if let Some(last) = rest.last_mut()
        && open == 0
        && last.text.ends_with(')')
        && !last.text.contains('(')
    {
        *last = cut(last, 0, last.text.len() - 1);
    }
    rest
}

/// The text after the first `length` bytes of the first run and the signs that follow them.
fn behind<'r>(runs: &[Run<'r>], length: usize) -> Vec<Run<'r>> {
    let mut out = runs.to_vec();
    out[0] = cut(&runs[0], length, runs[0].text.len());
    strip_start(&out)
}

/// `runs` without leading dashes, arrows and pictographs.
pub(crate) fn strip_start<'r>(runs: &[Run<'r>]) -> Vec<Run<'r>> {
    without_start(trim(runs), |ch| is_lead_sign(ch) || ch == '>')
}

fn is_lead_sign(ch: char) -> bool {
    ch.is_whitespace() || matches!(ch, '—' | '–' | '-' | ':' | '→') || is_pictograph(ch)
}

/// Whether the section has no questions: `None`, `N/A`, `TBD`, `There are no open questions`.
pub(crate) fn is_none(text: &str, vocabulary: &Vocabulary<'_>) -> bool {
    const MOST_WORDS: usize = 8;
    let folded = fold(text);
    let is_one = |class| vocabulary.is(class, &folded);
    if folded.is_empty() || is_one(Class::Nothing) || is_one(Class::NotYet) || is_one(Class::NoQuestions) {
        return true;
    }
    // `None. All of it was settled in review.`: the words after `None` are a remark, not a question.
    let text_from = text.trim_start_matches(|ch: char| !ch.is_alphanumeric());
    let first = text_from
        .split(['.', ',', ';', ':', '—', '–'])
        .next()
        .unwrap_or_default();
    let is_short = |words: &str| words.split_whitespace().count() <= MOST_WORDS;
    let is_short = is_short(&folded) || !asks(text) && is_short(first);
    let is_resolved = |word: &str| vocabulary.is(Class::Resolved, word);
    // `All questions have been resolved.`
    let are_resolved =
        || vocabulary.leads(Class::AllQuestions, &folded).is_some() && folded.split(' ').any(is_resolved);
    let lead = vocabulary.leads(Class::NoQuestions, &folded);
    let says_no = lead.is_some_and(|lead| !folded[lead.len()..].starts_with(" of "));
    is_short && (says_no || are_resolved())
}

/// Whether the text is the template's own: `Question 1`.
pub(crate) fn is_template_question(text: &str) -> bool {
    // The prompts of a template that many RFC processes have adopted.
    const PROMPTS: &[&str] = &[
        "what parts of the design do you expect",
        "what related issues do you consider out of scope",
        "what parts of the design are still",
    ];
    folded_in_place(text, |folded| {
        let number = folded.strip_prefix("question ");
        number.is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
            || PROMPTS.iter().any(|prompt| folded.starts_with(prompt))
    })
}
