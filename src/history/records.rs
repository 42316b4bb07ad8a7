//! What two versions of a document say differently in their decisions and questions.

use super::change::{Change, Kind, Subject};
use super::document::{Version, moved};
use super::likeness::{Named, pairs};
use super::people::{are_same, names};
use crate::model::{Decision, Item, OpenQuestion, RelationKind, Status, StatusClass};

/// The changes of the decisions. A version that is None has none.
pub(super) fn decisions(old: Option<&Version<'_>>, new: Option<&Version<'_>>) -> Vec<Change> {
    let (before, after) = (old.map_or(&[][..], decided), new.map_or(&[][..], decided));
    let is_document = |version: Option<&Version<'_>>| version.is_some_and(|each| each.document.is_one_decision());
    let partners = match is_document(old) && is_document(new) {
        true => vec![Some(0)],
        false => pairs(&named_decisions(before), &named_decisions(after)),
    };
    let mut out = Vec::new();
    for (at, (decision, partner)) in after.iter().zip(&partners).enumerate() {
        let Some(version) = new else { continue };
        match partner {
            Some(partner) => out.extend(decision_changes(&before[*partner], decision, version, at)),
            None => out.push(of_decision(version, at, Kind::DecisionAdded)),
        }
    }
    for at in without_partner(before.len(), &partners) {
        out.extend(old.map(|version| removed(of_decision(version, at, Kind::DecisionRemoved))));
    }
    out
}

fn decided<'a>(version: &Version<'a>) -> &'a [Decision] {
    &version.document.decisions
}

fn named_decisions(all: &[Decision]) -> Vec<Named<'_>> {
    let named = all.iter().map(|decision| Named {
        id: &decision.id,
        number: decision.label.as_deref(),
        text: &decision.decision.text,
    });
    named.collect()
}

fn of_decision(version: &Version<'_>, at: usize, kind: Kind) -> Change {
    let decision = &version.document.decisions[at];
    version.change(kind, Subject::Decision(at), decision.span, &decision.decision.text)
}

/// The old records, of which there are `count`, that no new one has as its partner.
fn without_partner(count: usize, partners: &[Option<usize>]) -> impl Iterator<Item = usize> {
    let mut has_partner = vec![false; count];
    for partner in partners.iter().flatten() {
        has_partner[*partner] = true;
    }
    (0..count).filter(move |at| !has_partner[*at])
}

/// The change of a removed record, which has no line any more.
fn removed(change: Change) -> Change {
    Change {
        is_new: false,
        line: None,
        ..change
    }
}

fn decision_changes(old: &Decision, new: &Decision, version: &Version<'_>, at: usize) -> Vec<Change> {
    let change = |kind| of_decision(version, at, kind);
    let mut out = Vec::new();
    if let Some((from, to)) = restated(old, new, version.document.is_one_decision()) {
        out.push(Change {
            from,
            to,
            ..change(Kind::DecisionChanged)
        });
    }
    if new.superseded && !old.superseded {
        out.push(Change {
            to: successors(version, version.document.item(version.chapter, at)),
            ..change(Kind::DecisionSuperseded)
        });
    } else if old.superseded && !new.superseded {
        out.push(Change {
            from: Some(Status::SUPERSEDED.to_owned()),
            ..change(Kind::DecisionChanged)
        });
    }
    // A decision record has the document's own day, which is compared there.
    if !version.document.is_one_decision() {
        out.extend(moved(old.revisit.as_ref(), new.revisit.as_ref(), || {
            change(Kind::DeadlineMoved)
        }));
    }
    out
}

type Values = (Option<String>, Option<String>);

/// The first thing that a decision says differently: its words, its status, its day, its people, its reasons.
fn restated(old: &Decision, new: &Decision, is_document: bool) -> Option<Values> {
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let day = |decision: &Decision| {
        let date = decision.date.as_ref()?;
        let day = decision.day().map(|day| day.to_string());
        day.or_else(|| some(&date.text))
    };
    let class = |decision: &Decision| (!is_document && !decision.superseded).then_some(decision.class);
    let status = match (class(old), class(new)) {
        (Some(before), Some(after)) if before != after && after != StatusClass::Unknown => {
            (some(&old.status), some(&new.status))
        }
        _ => (None, None),
    };
    let people = match are_same(&old.decided_by, &new.decided_by) {
        true => (None, None),
        false => (names(&old.decided_by), names(&new.decided_by)),
    };
    let values = [
        (some(&old.decision.text), some(&new.decision.text)),
        status,
        (day(old), day(new)),
        people,
        (some(&old.rationale.text), some(&new.rationale.text)),
    ];
    values.into_iter().find(|(from, to)| from != to)
}

/// The names of what has replaced a document or a decision.
pub(super) fn successors(version: &Version<'_>, item: Item) -> Option<String> {
    let corpus = version.side.corpus;
    let all = corpus.relations.of(item).iter();
    let successors = all.filter(|relation| relation.kind == RelationKind::SupersededBy && relation.is_shown());
    let names: Vec<&str> = successors.map(|relation| corpus.name_of(relation)).collect();
    Some(names.join(", ")).filter(|names| !names.is_empty())
}

/// The changes of the questions. A version that is None has none.
pub(super) fn questions(old: Option<&Version<'_>>, new: Option<&Version<'_>>) -> Vec<Change> {
    let (before, after) = (old.map_or(&[][..], asked), new.map_or(&[][..], asked));
    let partners = pairs(&named_questions(before), &named_questions(after));
    let mut out = Vec::new();
    for (at, (question, partner)) in after.iter().zip(&partners).enumerate() {
        let Some(version) = new else { continue };
        let change = |kind| of_question(version, at, kind);
        match partner {
            Some(partner) => out.extend(question_changes(&before[*partner], question, change)),
            // Between two versions it has been asked and resolved.
            None if question.resolved => out.push(change(Kind::QuestionResolved)),
            None => out.push(change(Kind::QuestionAsked)),
        }
    }
    for at in without_partner(before.len(), &partners).filter(|at| !before[*at].resolved) {
        out.extend(old.map(|version| removed(of_question(version, at, Kind::QuestionRemoved))));
    }
    out
}

fn asked<'a>(version: &Version<'a>) -> &'a [OpenQuestion] {
    &version.document.questions
}

pub(super) fn named_questions(all: &[OpenQuestion]) -> Vec<Named<'_>> {
    let named = all.iter().map(|question| Named {
        id: &question.id,
        number: question.number.as_deref(),
        text: &question.question.text,
    });
    named.collect()
}

fn of_question(version: &Version<'_>, at: usize, kind: Kind) -> Change {
    let question = &version.document.questions[at];
    let change = version.change(kind, Subject::Question(at), question.span, &question.question.text);
    match kind {
        Kind::QuestionAsked => Change {
            to: question.due.as_ref().and_then(super::document::said),
            ..change
        },
        Kind::QuestionResolved => Change {
            to: Some(question.resolution.text.clone()).filter(|answer| !answer.is_empty()),
            ..change
        },
        _ => change,
    }
}

fn question_changes(old: &OpenQuestion, new: &OpenQuestion, change: impl Fn(Kind) -> Change) -> Vec<Change> {
    let mut out = Vec::new();
    let reworded = |from: &str, to: &str| Change {
        from: Some(from.to_owned()),
        to: Some(to.to_owned()),
        ..change(Kind::QuestionChanged)
    };
    let (words, answers) = (
        (&old.question.text, &new.question.text),
        (&old.resolution.text, &new.resolution.text),
    );
    if words.0 != words.1 {
        out.push(reworded(words.0, words.1));
    } else if old.resolved && new.resolved && answers.0 != answers.1 {
        out.push(reworded(answers.0, answers.1));
    }
    match (old.resolved, new.resolved) {
        (false, true) => out.push(change(Kind::QuestionResolved)),
        (true, false) => out.push(change(Kind::QuestionReopened)),
        _ => {}
    }
    // The deadline and the owner of what is resolved do not count any more.
    if new.resolved {
        return out;
    }
    out.extend(moved(old.due.as_ref(), new.due.as_ref(), || {
        change(Kind::DeadlineMoved)
    }));
    if !are_same(&old.owners, &new.owners) {
        out.push(Change {
            from: names(&old.owners),
            to: names(&new.owners),
            ..change(Kind::OwnerChanged)
        });
    }
    out
}
