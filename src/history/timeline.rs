//! One document through all its versions: when each status began, when each question was asked, and every
//! move of its deadline.
//!
//! A change belongs to the version that says something else than all versions from which it was made: at a
//! merge, what one of its sides has said already is not new.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::SAME_FILE;
use super::facts::{Asked, Facts};
use super::likeness::{Named, folded, pairs};
use crate::model::{StatusClass, days_between};

/// A version of a document.
#[derive(Debug, Clone)]
pub struct Version {
    /// The versions from which it was made, as indices into the versions before it; none if it is new.
    pub parents: Vec<usize>,
    /// The day of its commit.
    pub day: Date,
    /// The author of its commit.
    pub author: Arc<str>,
    /// If the file was renamed: how much of the text is the same, in percent.
    pub renamed: Option<u8>,
    /// Whether what was before it is not known: the clone is shallow.
    pub is_edge: bool,
    /// What it says; None if its text cannot be read.
    pub facts: Option<Facts>,
}

/// A change of a value, on the day of its commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The day.
    pub day: Date,
    /// The author of the commit.
    pub author: Arc<str>,
    /// The old value.
    pub from: Option<String>,
    /// The new value.
    pub to: Option<String>,
}

/// A question that is open in the last version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenSince {
    /// Its id.
    pub id: String,
    /// The day on which it was asked; None if it is older than what is known.
    pub asked: Option<Date>,
    /// Every move of its deadline that is known.
    pub deadlines: Vec<Step>,
}

/// The history of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Timeline {
    /// The first day of which something is known, if there was something before it.
    pub unknown_before: Option<Date>,
    /// Every status that is known to have begun.
    pub statuses: Vec<Step>,
    /// The days in review until today; None if it never was, or its beginning is not known.
    pub days_in_review: Option<i64>,
    /// The open questions, in the order of the document.
    pub open_questions: Vec<OpenSince>,
    /// Every question of the last version, with what is known of it.
    pub(super) questions: Vec<(Asked, Arc<Line>)>,
}

/// What is known of a document in one of its versions.
#[derive(Debug, Clone, Default)]
struct State {
    facts: Facts,
    unknown_before: Option<Date>,
    statuses: Arc<Statuses>,
    /// The questions in the order of the facts.
    questions: Vec<Arc<Line>>,
    /// Those that were removed, by their words.
    removed: Arc<Removed>,
    /// Whether the text could not be read.
    is_gap: bool,
}

/// A question up to one version.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) asked: Option<Date>,
    /// Its deadline when it was open last.
    due: Option<String>,
    pub(super) deadlines: Vec<Step>,
    is_resolved: bool,
    /// The day on which it was resolved, if it is and that is known.
    pub(super) resolved_on: Option<Date>,
}

type Removed = BTreeMap<String, Arc<Line>>;
type Statuses = Vec<(Step, Option<StatusClass>)>;

/// The history of a document whose last version is the last of `versions`.
pub fn timeline(versions: &[Version], today: Date) -> Timeline {
    let mut states: Vec<State> = Vec::with_capacity(versions.len());
    let mut uses = vec![0_usize; versions.len()];
    for parent in versions.iter().flat_map(|version| &version.parents) {
        uses[*parent] += 1;
    }
    for version in versions {
        let state = next(version, &states);
        for &parent in &version.parents {
            uses[parent] -= 1;
            // A state is needed until the last version that was made from it.
            if uses[parent] == 0 {
                states[parent].removed = Arc::default();
                states[parent].questions = Vec::new();
            }
        }
        states.push(state);
    }
    let last = states.pop().unwrap_or_default();
    let questions = last.facts.questions.iter().zip(&last.questions);
    let open = questions.filter(|(asked, _)| !asked.is_resolved);
    Timeline {
        unknown_before: last.unknown_before,
        days_in_review: days_in_review(&last, today),
        statuses: last.statuses.iter().map(|(step, _)| step.clone()).collect(),
        open_questions: open
            .map(|(asked, line)| OpenSince {
                id: asked.id.clone(),
                asked: line.asked,
                deadlines: line.deadlines.clone(),
            })
            .collect(),
        questions: last.facts.questions.into_iter().zip(last.questions).collect(),
    }
}

/// The days in review until `today`.
fn days_in_review(last: &State, today: Date) -> Option<i64> {
    let is_review = |class: &Option<StatusClass>| *class == Some(StatusClass::Review);
    if last.unknown_before.is_some() || !last.statuses.iter().any(|(_, class)| is_review(class)) {
        return None;
    }
    let ends = last.statuses.iter().skip(1).map(|(step, _)| step.day);
    let spans = last.statuses.iter().zip(ends.chain([today]));
    let in_review = spans.filter(|((_, class), _)| is_review(class));
    // Commits need not be in the order of their days.
    Some(
        in_review
            .map(|((step, _), end)| days_between(step.day, end).max(0))
            .sum(),
    )
}

/// What is known after a version.
fn next(version: &Version, states: &[State]) -> State {
    let parents: Vec<&State> = version.parents.iter().map(|parent| &states[*parent]).collect();
    let Some(facts) = &version.facts else {
        // Whatever the next version says may have been said here.
        return State {
            unknown_before: Some(version.day),
            is_gap: true,
            ..State::default()
        };
    };
    let may_be_other = version.renamed.is_some_and(|score| score < SAME_FILE);
    let is_other = |parent: &&State| may_be_other && !parent.facts.is_alike(facts);
    let parents: Vec<&State> = parents.into_iter().filter(|parent| !is_other(parent)).collect();
    let is_edge = version.is_edge || parents.iter().any(|parent| parent.is_gap);
    let mut unknown_before = parents.iter().filter_map(|parent| parent.unknown_before).max();
    if is_edge {
        unknown_before = Some(version.day);
    }
    let dated = Dated { version, is_edge };
    let (questions, removed) = dated.questions(&parents, facts);
    State {
        statuses: dated.statuses(&parents, facts),
        facts: facts.clone(),
        unknown_before,
        questions,
        removed,
        is_gap: false,
    }
}

/// A version, and whether what it says may be older.
struct Dated<'v> {
    version: &'v Version,
    is_edge: bool,
}

impl Dated<'_> {
    /// The day of what begins here; None if it may have begun earlier.
    fn day(&self) -> Option<Date> {
        (!self.is_edge).then_some(self.version.day)
    }

    fn step(&self, from: Option<&str>, to: Option<&str>) -> Step {
        Step {
            day: self.version.day,
            author: Arc::clone(&self.version.author),
            from: from.map(str::to_owned),
            to: to.map(str::to_owned),
        }
    }

    fn statuses(&self, parents: &[&State], facts: &Facts) -> Arc<Statuses> {
        let state = |facts: &'_ Facts| facts.status.as_ref().map(|(state, _)| state.clone());
        let now = state(facts);
        // Where two sides say the same, the one that said it first has said it.
        let longest = |states: &mut dyn Iterator<Item = &&State>| {
            states
                .map(|parent| Arc::clone(&parent.statuses))
                .max_by_key(|statuses| (statuses.len(), Reverse(statuses.last().map(|(step, _)| step.day))))
        };
        if let Some(same) = longest(&mut parents.iter().filter(|parent| state(&parent.facts) == now)) {
            return same;
        }
        let first = parents.first();
        let before = first.and_then(|parent| state(&parent.facts));
        let mut statuses = first.map_or_else(Vec::new, |parent| parent.statuses.to_vec());
        if before != now && !self.is_edge {
            let class = facts.status.as_ref().map(|(_, class)| *class);
            statuses.push((self.step(before.as_deref(), now.as_deref()), class));
        }
        Arc::new(statuses)
    }

    /// The lines of the questions of this version, and those of questions that are gone.
    fn questions(&self, parents: &[&State], facts: &Facts) -> (Vec<Arc<Line>>, Arc<Removed>) {
        let named: Vec<Named<'_>> = facts.questions.iter().map(Asked::named).collect();
        let mut removed = Arc::default();
        let mut before: Vec<Vec<&Arc<Line>>> = vec![Vec::new(); facts.questions.len()];
        for (number, parent) in parents.iter().enumerate() {
            match number {
                0 => removed = Arc::clone(&parent.removed),
                _ if Arc::ptr_eq(&removed, &parent.removed) => {}
                _ => Arc::make_mut(&mut removed).extend(
                    parent
                        .removed
                        .iter()
                        .map(|(words, line)| (words.clone(), Arc::clone(line))),
                ),
            }
            let old: Vec<Named<'_>> = parent.facts.questions.iter().map(Asked::named).collect();
            let mut is_gone = vec![true; old.len()];
            for (partner, before) in pairs(&old, &named).into_iter().zip(&mut before) {
                before.extend(partner.map(|at| &parent.questions[at]));
                partner.iter().for_each(|&at| is_gone[at] = false);
            }
            for (at, _) in is_gone.iter().enumerate().filter(|(_, is_gone)| **is_gone) {
                let line = Arc::clone(&parent.questions[at]);
                Arc::make_mut(&mut removed).insert(folded(old[at].text), line);
            }
        }
        let lines = facts
            .questions
            .iter()
            .zip(&before)
            .map(|(asked, before)| match before[..] {
                [] => self.begun(asked, &removed),
                _ => self.continued(asked, before),
            });
        (lines.collect(), removed)
    }

    /// The line of a question that was there before, on one or more sides.
    fn continued(&self, asked: &Asked, before: &[&Arc<Line>]) -> Arc<Line> {
        let is_same = |line: &&&Arc<Line>| asked.is_resolved || line.due == asked.due;
        let rank = |line: &&&Arc<Line>| {
            (
                line.deadlines.len(),
                Reverse(line.deadlines.last().map(|step| step.day)),
            )
        };
        let same = before.iter().filter(is_same).max_by_key(rank);
        if let ([only], Some(_)) = (before, same)
            && only.is_resolved == asked.is_resolved
        {
            return Arc::clone(only);
        }
        let mut line = same
            .or(before.first())
            .map_or_else(Line::default, |line| Line::clone(line));
        // What one side does not know is not known.
        line.asked = before.iter().map(|line| line.asked).min().flatten();
        if same.is_none() {
            line.deadlines
                .push(self.step(line.due.as_deref(), asked.due.as_deref()));
            line.due.clone_from(&asked.due);
        }
        let earlier = before
            .iter()
            .filter(|line| line.is_resolved)
            .map(|line| line.resolved_on);
        line.is_resolved = asked.is_resolved;
        line.resolved_on = earlier
            .min()
            .unwrap_or_else(|| self.day())
            .filter(|_| asked.is_resolved);
        Arc::new(line)
    }

    /// The line of a question that was not there before: it is new, or one that was removed is back.
    fn begun(&self, asked: &Asked, removed: &Removed) -> Arc<Line> {
        if let Some(line) = removed.get(&folded(&asked.text)) {
            return self.continued(asked, &[line]);
        }
        Arc::new(Line {
            asked: self.day(),
            due: asked.due.clone(),
            deadlines: Vec::new(),
            is_resolved: asked.is_resolved,
            resolved_on: self.day().filter(|_| asked.is_resolved),
        })
    }
}
