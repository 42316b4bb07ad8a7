//! The span of a labelled value with its markup, so that the value can be replaced as a whole; or
//! the reason why an edit would be unsafe.

use pulldown_cmark::{Event, Tag};

use super::list_form::{ItemForm, ItemPart, Known, list_form};
use crate::model::When;
use crate::parse::markdown::inline::{Run, span_of, trim, words};
use crate::parse::markdown::lines::line_end;
use crate::parse::markdown::tree::{Node, NodeKind, Tree, is_block};
use crate::parse::metadata::field::{Field, Value};
use crate::parse::metadata::front_matter::FrontMatter;
use crate::parse::values::date::when;
use crate::parse::values::replaced::{ARROWS, not_struck, steps};
use crate::parse::values::status::{day_in, known_status, newest_of, status};
use crate::parse::vocabulary::Vocabulary;
use crate::parse::vocabulary::concept::Key;
use crate::source::Span;

/// A value of the metadata.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    /// The whole value, with its markup.
    Value(Span),
    /// An unquoted value in front matter.
    Scalar(Span),
    /// Task boxes, one of which is ticked.
    Boxes(Vec<TaskBox>),
    /// A list of dated statuses, to which one is added.
    History(ItemForm),
    /// A one-line history, `Proposed → Accepted`, to which a step is added.
    Step {
        /// The end of the last step.
        at: usize,
        /// The arrow between the steps.
        arrow: &'static str,
        /// Whether each step has a date.
        has_day: bool,
    },
    /// A value that cannot be edited safely.
    Unclear {
        /// Its position.
        at: usize,
        /// Why the edit would be unsafe.
        why: &'static str,
    },
}

impl Slot {
    /// The value that is replaced as a whole.
    pub fn span(&self) -> Option<Span> {
        match self {
            Self::Value(span) | Self::Scalar(span) => Some(*span),
            _ => None,
        }
    }
}

/// `[x] Accepted`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TaskBox {
    /// The brackets and their content.
    pub mark: Span,
    /// Whether it is ticked.
    pub is_ticked: bool,
    /// The status next to the box, in one word. Empty if the text is not a status.
    pub state: String,
}

/// The edit target of `field`. None if it has no value or describes something else.
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
    let values: Vec<&Value<'_>> = field.values.iter().filter(|value| !value.span().is_empty()).collect();
    let first = values.first()?;
    let place = |value: &Value<'_>| match front.span.contains(value.span()) {
        true => in_yaml(tree.text, front.span, value).ok_or("its front matter has an unusual form"),
        false => in_text(tree, value).map(Slot::Value),
    };
    if field.key != Some(Key::Status) {
        return Some(match values.len() {
            1 => place(first).unwrap_or_else(|why| unclear(first.span(), why)),
            _ => unclear(first.span(), "it has several values"),
        });
    }
    if values.iter().all(|value| value.ticked.is_some()) {
        let boxes = values.iter().filter_map(|value| {
            let state = status(&value.text(), value.span(), vocabulary).map(|status| status.state);
            task_box(tree, value, state.unwrap_or_default())
        });
        return Some(Slot::Boxes(boxes.collect()));
    }
    if let Some(form) = history(tree, &values, vocabulary) {
        return Some(Slot::History(form));
    }
    let mut telling = values
        .iter()
        .filter(|value| known_status(&value.text(), vocabulary).is_some());
    let value = telling.next().unwrap_or(first);
    if telling.next().is_some() {
        return Some(unclear(first.span(), "several lines tell its history"));
    }
    let place = place(value).and_then(|slot| match step(value, &slot, vocabulary) {
        Some(step) => Ok(step),
        None => replaceable(value, vocabulary).map(|()| slot),
    });
    Some(place.unwrap_or_else(|why| unclear(value.span(), why)))
}

fn unclear(span: Span, why: &'static str) -> Slot {
    Slot::Unclear { at: span.start, why }
}

/// The form of a list in which every item is a dated status: `- Proposed 2026-08-01`.
fn history(tree: &Tree<'_>, values: &[&Value<'_>], vocabulary: &Vocabulary<'_>) -> Option<ItemForm> {
    let first = values.first()?.span();
    let holds = |&node: &usize| matches!(tree.tag(node), Some(Tag::List(_))) && tree.nodes[node].span.contains(first);
    let list = (0..tree.nodes.len()).rev().find(holds)?;
    let items: Vec<usize> = tree.children(list).collect();
    let texts: Vec<_> = values.iter().map(|value| value.text()).collect();
    let known = items.iter().zip(values).zip(&texts).map(|((&item, value), text)| {
        let (written, day) = day_in(text, vocabulary)?;
        let (before, behind) = text.split_once(written)?;
        let mut words = [before, behind]
            .map(|part| part.trim_matches(|ch: char| !ch.is_alphanumeric()))
            .into_iter();
        let word = words.find(|word| !word.is_empty()).unwrap_or_default();
        let item = tree.nodes[item].span;
        (item.contains(value.span()) && known_status(text, vocabulary).is_some()).then(|| Known {
            item,
            day: Some(day),
            facts: Some(vec![(written, ItemPart::Date), (word, ItemPart::Text)]),
        })
    });
    let known: Vec<Known<'_>> = known.collect::<Option<_>>()?;
    list_form(tree, list, &known).filter(|_| known.len() == items.len() && known.len() == values.len())
}

/// Where to add a step if the value at `slot` is a history.
fn step(value: &Value<'_>, slot: &Slot, vocabulary: &Vocabulary<'_>) -> Option<Slot> {
    let (Slot::Value(span) | Slot::Scalar(span)) = slot else {
        return None;
    };
    let runs = not_struck(&value.runs);
    // A bold step may mark the current one among all the steps listed.
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
    let mut before = tree
        .nodes
        .iter()
        .rev()
        .filter(|node| node.span.end <= value.span().start);
    let mark = before.find(|node| matches!(node.kind, NodeKind::Leaf(Event::TaskListMarker(_))))?;
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
    if known_status(&text, vocabulary).is_some_and(|found| found.is_unfilled()) {
        let are_alike = runs.iter().all(|run| run.strong == runs[0].strong);
        return are_alike.then_some(()).ok_or("one of its choices is marked");
    }
    let parts = text.split(SEPARATORS);
    if parts.filter_map(|part| known_status(part, vocabulary)).count() > 1 {
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

/// Separators between statuses.
const SEPARATORS: [char; 17] = [
    '→', '➜', '➔', '➡', '⇒', ',', ';', '/', '|', '[', ']', '☐', '☑', '☒', '✅', '❌', '>',
];

/// The maximum number of words in a status with a remark.
const LONGEST: usize = 20;

/// Whether `text` contains a date, or at least a year.
fn has_date(text: &str, vocabulary: &Vocabulary<'_>) -> bool {
    let is_date = |word: &str| {
        let word = word.trim_matches(|ch: char| !ch.is_alphanumeric());
        let when = || when(word, vocabulary);
        word.starts_with(|ch: char| ch.is_ascii_digit())
            && matches!(when(), When::Day(_) | When::Ambiguous { .. } | When::Month(_))
    };
    let is_year = |word: &str| word.len() == 4 && matches!(&word[..2], "19" | "20");
    let has_year = |word: &str| word.split(|ch: char| !ch.is_ascii_digit()).any(is_year);
    let mut words = text.split_whitespace();
    words.any(|word| is_date(word) || !word.contains('#') && has_year(word))
}

/// The span of a value in Markdown.
pub(super) fn in_text(tree: &Tree<'_>, value: &Value<'_>) -> Result<Span, &'static str> {
    let runs = trim(&not_struck(&value.runs));
    let span = span_of(&runs);
    let is_kept = |run: &Run<'_>| runs.iter().any(|kept| kept.span.start == run.span.start);
    let mut struck = value.runs.iter().filter(|run| run.struck && span.contains(run.span));
    if struck.any(|run| !is_kept(run)) {
        return Err("a part of it is struck through");
    }
    if runs.iter().any(|run| run.is_break) {
        return Err("it goes on over several lines");
    }
    let span = match runs.as_slice() {
        // A bold word stays bold.
        [run] if run.link.is_none() && !run.struck => {
            let written = run.span.of(tree.text);
            let ticks = written.len() - written.trim_matches('`').len();
            let ticks = if run.code { ticks / 2 } else { 0 };
            Span::new(run.span.start + ticks, run.span.end - ticks)
        }
        _ => with_markup(tree, span)?,
    };
    // The tree has no node for a backslash escape.
    let escapes = tree.text[..span.start].ends_with('\\');
    let span = Span::new(span.start - usize::from(escapes), span.end);
    match tree.nodes.iter().any(|node| is_lost_with(tree, node, span)) {
        true => Err("more than words stands in it or beside it"),
        false => Ok(span),
    }
}

/// Whether a node next to or inside `value` is not part of it, so that an edit would remove it or
/// make it contradict the new value.
fn is_lost_with(tree: &Tree<'_>, node: &Node<'_>, value: Span) -> bool {
    let at = node.span;
    let are_beside = |one: Span, other: Span| {
        let gap = tree.text.get(one.end..other.start);
        gap.is_some_and(|gap| gap.trim_matches(' ').is_empty())
    };
    match &node.kind {
        NodeKind::Open(Tag::Image { .. }) => value.contains(at) || are_beside(value, at) || are_beside(at, value),
        NodeKind::Leaf(Event::Text(_) | Event::Code(_)) | NodeKind::Open(_) => false,
        NodeKind::Leaf(Event::FootnoteReference(_)) => value.contains(at) || are_beside(value, at),
        NodeKind::Leaf(_) => value.contains(at),
    }
}

/// `span`, the words of a value, extended to the surrounding emphasis and links.
fn with_markup(tree: &Tree<'_>, span: Span) -> Result<Span, &'static str> {
    let mut whole = span;
    for (index, node) in tree.nodes.iter().enumerate() {
        let is_inline = matches!(&node.kind, NodeKind::Open(tag) if !is_block(tag));
        if !is_inline || node.span.end <= span.start || span.end <= node.span.start {
            continue;
        }
        let leaves = tree.nodes[index..node.end].iter();
        let mut words = leaves.filter(|leaf| matches!(leaf.kind, NodeKind::Leaf(Event::Text(_) | Event::Code(_))));
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

/// The span of a value in front matter, if it occurs verbatim and only YAML syntax and comments
/// surround it.
fn in_yaml(text: &str, front: Span, value: &Value<'_>) -> Option<Slot> {
    let line = Some(value.span()).filter(|line| !line.of(text).trim_end().contains('\n'))?;
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
