//! Where a labelled value stands with all its markup, so that it can be replaced as a whole; or
//! why no edit of it is certain.

use pulldown_cmark::{Event, Tag};

use super::list_form::{ItemForm, ItemPart, Known, list_form};
use crate::model::When;
use crate::parse::markdown::inline::{Run, span_of, trim, words};
use crate::parse::markdown::lines::line_end;
use crate::parse::markdown::tree::{Kind, Tree, is_block};
use crate::parse::metadata::field::{Field, Value};
use crate::parse::metadata::front_matter::FrontMatter;
use crate::parse::values::date::when;
use crate::parse::values::replaced::{ARROWS, not_struck, steps};
use crate::parse::values::status::{day_in, is_known, newest_of, status};
use crate::parse::vocabulary::Vocabulary;
use crate::parse::vocabulary::concept::Key;
use crate::source::Span;

/// A value of the metadata.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    /// All of the value, with its markup.
    Value(Span),
    /// A value of front matter that stands there without quotes.
    Scalar(Span),
    /// Task boxes, of which one is ticked.
    Boxes(Vec<TaskBox>),
    /// A list of statuses with their days, to which one is added.
    History(ItemForm),
    /// A history on one line, `Proposed → Accepted`, to which a step is added.
    Step {
        /// Where the last step ends.
        at: usize,
        /// The arrow between the steps.
        arrow: &'static str,
        /// Whether each step has its day.
        has_day: bool,
    },
    /// A value that only its author can change.
    Unclear {
        /// Where it stands.
        at: usize,
        /// Why no edit is certain.
        why: &'static str,
    },
}

/// `[x] Accepted`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TaskBox {
    /// The brackets and their content.
    pub mark: Span,
    /// Whether it is ticked.
    pub is_ticked: bool,
    /// The status that it stands for, in one word; empty where it is none.
    pub state: String,
}

/// Where the value of `field` stands; None if it has none, or is about something else.
pub(crate) fn slot(
    tree: &Tree<'_>,
    front: &FrontMatter,
    field: &Field<'_>,
    vocabulary: &Vocabulary<'_>,
) -> Option<Slot> {
    // `prd › status` is the status of something else.
    if field.label.contains('›') {
        return None;
    }
    let values: Vec<&Value<'_>> = field.values.iter().filter(|value| !value.span.is_empty()).collect();
    let first = values.first()?;
    let is_status = field.key == Some(Key::Status);
    let read = |value: &Value<'_>| status(&value.text(), value.span, vocabulary);
    if is_status && values.iter().all(|value| value.ticked.is_some()) {
        let state = |value: &Value<'_>| read(value).map(|status| status.state).unwrap_or_default();
        let boxes = values.iter().filter_map(|value| task_box(tree, value, state(value)));
        return Some(Slot::Boxes(boxes.collect()));
    }
    if let Some(form) = history(tree, &values, vocabulary).filter(|_| is_status) {
        return Some(Slot::History(form));
    }
    let is_telling = |value: &&&Value<'_>| read(value).is_some_and(|status| is_known(&status));
    let mut telling = values.iter().filter(is_telling);
    let value = match (is_status, telling.next(), telling.next()) {
        (true, Some(_), Some(_)) => return Some(unclear(first.span, "several lines tell its history")),
        (true, Some(one), None) => one,
        (false, ..) if values.len() > 1 => return Some(unclear(first.span, "it has several values")),
        _ => first,
    };
    let place = match front.span.contains(value.span) {
        true => in_yaml(tree.text, front.span, value).ok_or("its front matter has an unusual form"),
        false => in_text(tree, value).map(Slot::Value),
    };
    let place = match is_status {
        true => place.and_then(|slot| match step(value, &slot, vocabulary) {
            Some(step) => Ok(step),
            None => replaceable(value, vocabulary).map(|()| slot),
        }),
        false => place,
    };
    Some(place.unwrap_or_else(|why| unclear(value.span, why)))
}

fn unclear(span: Span, why: &'static str) -> Slot {
    Slot::Unclear { at: span.start, why }
}

/// `- Proposed 2026-08-01`: the form of a list whose every item is a status with its day.
fn history(tree: &Tree<'_>, values: &[&Value<'_>], vocabulary: &Vocabulary<'_>) -> Option<ItemForm> {
    let first = values.first()?.span;
    let list = (0..tree.nodes.len())
        .rev()
        .find(|&node| matches!(tree.tag(node), Some(Tag::List(_))) && tree.nodes[node].span.contains(first))?;
    let items: Vec<usize> = tree.children(list).collect();
    let texts: Vec<_> = values.iter().map(|value| value.text()).collect();
    let known = items.iter().zip(values).zip(&texts).map(|((&item, value), text)| {
        let (written, day) = day_in(text, vocabulary)?;
        let at = text.find(written)?;
        let ends = |part: &str| part.trim_matches(|ch: char| !ch.is_alphanumeric()).len();
        let (before, behind) = (&text[..at], &text[at + written.len()..]);
        let word = if ends(before) > 0 { before } else { behind };
        let word = word.trim_matches(|ch: char| !ch.is_alphanumeric());
        let item = tree.nodes[item].span;
        let is_status = status(text, value.span, vocabulary).is_some_and(|status| is_known(&status));
        (item.contains(value.span) && is_status).then(|| Known {
            item,
            day: Some(day),
            facts: Some(vec![(written, ItemPart::Date), (word, ItemPart::Text)]),
        })
    });
    let known: Vec<Known<'_>> = known.collect::<Option<_>>()?;
    list_form(tree, list, &known).filter(|_| known.len() == items.len() && known.len() == values.len())
}

/// Where a step is added to the history that a value is, whose place is `slot`.
fn step(value: &Value<'_>, slot: &Slot, vocabulary: &Vocabulary<'_>) -> Option<Slot> {
    let (Slot::Value(span) | Slot::Scalar(span)) = slot else {
        return None;
    };
    let runs = not_struck(&value.runs);
    // A step in bold may be the present one of all that there are.
    if runs.iter().any(|run| run.strong) {
        return None;
    }
    let text = words(&runs);
    let mut arrows = ARROWS.into_iter().filter(|arrow| text.contains(arrow));
    let (arrow, None) = (arrows.next()?, arrows.next()) else {
        return None;
    };
    let days = || steps(&text).map(|step| day_in(step, vocabulary).is_some());
    let has_day = days().all(|has_day| has_day);
    let is_clear = has_day || !text.bytes().any(|byte| byte.is_ascii_digit());
    (is_clear && newest_of(&text, vocabulary).len() < text.len()).then_some(Slot::Step {
        at: span.end,
        arrow,
        has_day,
    })
}

fn task_box(tree: &Tree<'_>, value: &Value<'_>, state: String) -> Option<TaskBox> {
    let mut before = tree.nodes.iter().rev().filter(|node| node.span.end <= value.span.start);
    let mark = before.find(|node| matches!(node.kind, Kind::Leaf(Event::TaskListMarker(_))))?;
    Some(TaskBox {
        mark: mark.span,
        is_ticked: value.ticked == Some(true),
        state,
    })
}

/// Whether a status can be replaced without losing information.
fn replaceable(value: &Value<'_>, vocabulary: &Vocabulary<'_>) -> Result<(), &'static str> {
    let runs = trim(&not_struck(&value.runs));
    let text = words(&runs);
    let is_status = |text: &str| status(text, Span::default(), vocabulary).is_some_and(|found| is_known(&found));
    if status(&text, Span::default(), vocabulary).is_some_and(|found| found.is_unfilled()) {
        let is_marked = runs.iter().any(|run| run.strong) && !runs.iter().all(|run| run.strong);
        return if is_marked {
            Err("one of its choices is marked")
        } else {
            Ok(())
        };
    }
    let parts = text.split(SEPARATORS);
    let parts = parts
        .flat_map(|part| part.split("->"))
        .flat_map(|part| part.split("=>"));
    if parts.filter(|part| is_status(part)).count() > 1 {
        return Err("it names several statuses");
    }
    if has_date(&text, vocabulary) {
        return Err("the date in it would be lost");
    }
    let ends = text.match_indices(['.', '!', '?']);
    let mut sentences = ends.filter_map(|(at, _)| text[at + 1..].strip_prefix(' '));
    match sentences.any(|rest| rest.starts_with(char::is_uppercase)) || text.split(' ').count() > LONGEST {
        true => Err("what it says besides would be lost"),
        false => Ok(()),
    }
}

/// The separators between statuses.
const SEPARATORS: [char; 17] = [
    '→', '➜', '➔', '➡', '⇒', ',', ';', '/', '|', '[', ']', '☐', '☑', '☒', '✅', '❌', '>',
];

/// More words than this are no status with a remark.
const LONGEST: usize = 20;

/// Whether a date stands anywhere in `text`, or at least a year.
fn has_date(text: &str, vocabulary: &Vocabulary<'_>) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut dates = words.iter().filter(|word| {
        let word = word.trim_matches(|ch: char| !ch.is_alphanumeric());
        let is_number = word.starts_with(|ch: char| ch.is_ascii_digit());
        is_number
            && matches!(
                when(word, vocabulary),
                When::Day(_) | When::Ambiguous { .. } | When::Month(_)
            )
    });
    let is_year = |word: &str| word.len() == 4 && matches!(&word[..2], "19" | "20");
    let numbers = |word: &str| word.split(|ch: char| !ch.is_ascii_digit()).any(is_year);
    dates.next().is_some() || words.iter().any(|word| !word.contains('#') && numbers(word))
}

/// The place of a value in Markdown.
fn in_text(tree: &Tree<'_>, value: &Value<'_>) -> Result<Span, &'static str> {
    let runs = trim(&not_struck(&value.runs));
    let span = span_of(&runs);
    let is_kept = |run: &Run<'_>| runs.iter().any(|kept| kept.span.start == run.span.start);
    if value
        .runs
        .iter()
        .any(|run| run.struck && !is_kept(run) && span.contains(run.span))
    {
        return Err("a part of it is struck through");
    }
    if runs.iter().any(|run| run.is_break) {
        return Err("it goes on over several lines");
    }
    let span = match runs.as_slice() {
        // A word that is bold stays bold.
        [run] if run.link.is_none() && !run.struck => {
            let ticks = |text: &str| text.len() - text.trim_matches('`').len();
            let ticks = if run.code { ticks(run.span.of(tree.text)) / 2 } else { 0 };
            Span::new(run.span.start + ticks, run.span.end - ticks)
        }
        _ => with_markup(tree, span)?,
    };
    // The tree has no node for the sign that makes a letter of another one.
    let escapes = tree.text[..span.start].ends_with('\\');
    let span = Span::new(span.start - usize::from(escapes), span.end);
    match tree
        .nodes
        .iter()
        .any(|node| is_lost_with(tree, &node.kind, node.span, span))
    {
        true => Err("more than words stands in it or beside it"),
        false => Ok(span),
    }
}

/// Whether the node at `at` is no part of the value at `value`, and would go or belie the new one.
fn is_lost_with(tree: &Tree<'_>, kind: &Kind<'_>, at: Span, value: Span) -> bool {
    let is_beside = |from: usize, to: usize| {
        tree.text
            .get(from..to)
            .is_some_and(|gap| gap.trim_matches(' ').is_empty())
    };
    match kind {
        Kind::Open(Tag::Image { .. }) => {
            value.contains(at) || is_beside(value.end, at.start) || is_beside(at.end, value.start)
        }
        Kind::Leaf(Event::Text(_) | Event::Code(_)) | Kind::Open(_) => false,
        Kind::Leaf(Event::FootnoteReference(_)) => value.contains(at) || is_beside(value.end, at.start),
        Kind::Leaf(_) => value.contains(at),
    }
}

/// `span`, the words of a value, with the marks of emphasis and the links that are around them.
fn with_markup(tree: &Tree<'_>, span: Span) -> Result<Span, &'static str> {
    let mut whole = span;
    for (index, node) in tree.nodes.iter().enumerate() {
        let is_inline = matches!(&node.kind, Kind::Open(tag) if !is_block(tag));
        let is_apart = node.span.end <= span.start || span.end <= node.span.start;
        if !is_inline || is_apart {
            continue;
        }
        let leaves = tree.nodes[index..node.end].iter();
        let mut words = leaves.filter(|leaf| matches!(leaf.kind, Kind::Leaf(Event::Text(_) | Event::Code(_))));
        let is_within = words.all(|leaf| {
            let text = leaf.span.of(tree.text);
            let start = leaf.span.start + text.len() - text.trim_start().len();
            span.contains(Span::new(start, leaf.span.start + text.trim_end().len()))
        });
        if is_within {
            whole = whole.to(node.span);
        } else if !node.span.contains(span) {
            return Err("its emphasis goes beyond it");
        }
    }
    Ok(whole)
}

/// The place of a value in front matter: its letters, as they were read, between nothing but the
/// signs of YAML and comments.
fn in_yaml(text: &str, front: Span, value: &Value<'_>) -> Option<Slot> {
    let line = Some(value.span).filter(|line| !line.of(text).trim_end().contains('\n'))?;
    let start = line.start + line.of(text).find(':')? + 1;
    let mut end = line_end(text, line);
    while end < front.end && text[end..].starts_with([' ', '\t', '-']) && !text[end..].starts_with("---") {
        end = line_end(text, Span::at(end));
    }
    let word = value.text();
    let at = start + text[start..end].find(&*word)?;
    let is_sign = |ch: char| ch.is_whitespace() || matches!(ch, '"' | '\'' | '[' | ']' | '{' | '}' | ',');
    let is_lead = |ch: char| is_sign(ch) || ch == '-';
    let rest = &text[at + word.len()..end];
    let mut rest = rest.lines().map(|line| line.trim_start_matches(is_sign));
    let is_alone = text[start..at].chars().all(is_lead) && rest.all(|rest| rest.is_empty() || rest.starts_with('#'));
    let span = Span::new(at, at + word.len());
    is_alone.then(|| match text[start..at].trim() {
        "" | "-" => Slot::Scalar(span),
        _ => Slot::Value(span),
    })
}
