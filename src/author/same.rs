//! Checks that the facts of a changed document are otherwise the same as before.

use crate::model::{DateKind, DateText, Deadline, Decision, Document, OpenQuestion, Person, RelationKind, Statements};

/// The intended effect of a change.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Meant<'a> {
    /// The labels of the replaced facts: `Status`, `Last Updated`.
    pub(super) labels: &'a [String],
    /// Whether the status is set.
    pub(super) status: bool,
    /// Whether the date of the last change is set.
    pub(super) updated: bool,
    /// The id of the resolved question.
    pub(super) question: Option<&'a str>,
    /// The id of the added decision.
    pub(super) decision: Option<&'a str>,
    /// The id of the added question.
    pub(super) asked: Option<&'a str>,
}

/// The first unintended difference between the documents; None if there is none.
pub(super) fn difference(before: &Document, after: &Document, meant: &Meant<'_>) -> Option<&'static str> {
    let (one, other) = (facts(before, meant), facts(after, meant));
    one.into_iter()
        .zip(other)
        .find(|(one, other)| one != other)
        .map(|((name, _), _)| name)
}

/// All facts of a document without their places; new facts must be added here too.
fn facts(document: &Document, meant: &Meant<'_>) -> [(&'static str, String); 16] {
    let Document {
        title,
        kind,
        status,
        created,
        updated,
        revisit,
        review_until,
        authors,
        reviewers,
        approvers,
        deciders,
        target_release,
        links,
        facts,
        // Both are read from the facts.
        tags: _,
        affects: _,
        decisions,
        questions,
        registers: _,
        detached: _,
        steps,
        dependencies,
        // It may depend on other documents.
        superseded: _,
        // No text says it.
        days_in_review: _,
        stated,
        layout: _,
        has_unread_sections: _,
    } = document;
    let status = status.as_ref().filter(|_| !meant.status).map(|status| &status.text);
    let updated = updated.as_ref().filter(|_| !meant.updated).map(date);
    let promised = promised([revisit, review_until], meant);
    let facts = facts.iter().filter(|fact| !meant.labels.contains(&fact.label));
    let decisions = decisions.iter().filter(|each| meant.decision != Some(each.id.as_str()));
    let questions = questions.iter().filter(|each| meant.asked != Some(each.id.as_str()));
    let dependencies = dependencies
        .iter()
        .map(|each| (&each.text, date(&each.due.0), each.done));
    [
        ("title", title.value.clone()),
        ("kind", kind.word().to_owned()),
        ("status", format!("{status:?}")),
        ("date", format!("{:?}", created.as_ref().map(date))),
        ("last change", format!("{updated:?}")),
        ("deadlines", promised),
        ("authors", people(authors)),
        ("reviewers", format!("{}{}", people(reviewers), people(approvers))),
        ("deciders", people(deciders)),
        ("release", format!("{target_release:?}")),
        ("links", format!("{links:?}")),
        ("other facts", format!("{:?}", facts.collect::<Vec<_>>())),
        ("decisions", decisions.map(|each| decision(each, document)).collect()),
        (
            "questions",
            questions.map(|each| question(each, meant.question)).collect(),
        ),
        ("plan", format!("{steps:?}{:?}", dependencies.collect::<Vec<_>>())),
        ("dates", dates(stated)),
    ]
}

/// The dates that the document states, other than that of the last change.
fn dates(stated: &Statements) -> String {
    let dates = stated.dates.iter().filter(|date| date.kind != DateKind::Updated);
    let dates: Vec<_> = dates.map(|each| (&each.label, date(&each.date))).collect();
    format!("{dates:?}")
}

/// The deadlines of the document. What `Review by` is the end of depends on the status.
fn promised(due: [&Option<Deadline>; 2], meant: &Meant<'_>) -> String {
    let due = due.map(|due| due.as_ref().filter(|_| !meant.status));
    format!("{:?}", due.map(|due| due.map(|due| date(&due.0))))
}

fn date(date: &DateText) -> String {
    format!("{} {:?}", date.text, date.when)
}

fn people(people: &[Person]) -> String {
    let written = people.iter().map(|person| {
        let Person {
            name,
            email,
            handle,
            url,
            approved,
            span: _,
        } = person;
        format!("{name:?} {email:?} {handle:?} {url:?} {approved:?}; ")
    });
    written.collect()
}

fn decision(this: &Decision, document: &Document) -> String {
    let Decision {
        id,
        label,
        date: day,
        decision,
        rationale,
        decided_by,
        status,
        class: _,
        revisit,
        // A new decision may supersede an old one.
        superseded: _,
        mentions,
        span,
        anchor_at: _,
        heading_id,
    } = this;
    // A decision that is the document itself has the document's status and dates.
    let is_own = *span != document.title.span;
    let status = Some(status).filter(|_| is_own);
    let day = day.as_ref().filter(|_| is_own).map(date);
    let revisit = revisit.as_ref().filter(|_| is_own).map(|due| date(&due.0));
    let replaces = mentions
        .iter()
        .filter(|mention| mention.kind == RelationKind::Supersedes);
    let supersedes: Vec<&str> = replaces.map(|mention| mention.text.as_str()).collect();
    let by = people(decided_by);
    format!(
        "{id} {label:?} {day:?} {revisit:?} {decision:?} {rationale:?} {by} {status:?} {supersedes:?} {heading_id:?}; "
    )
}

fn question(this: &OpenQuestion, settled: Option<&str>) -> String {
    let OpenQuestion {
        id,
        number,
        question,
        context,
        resolution,
        due,
        owners,
        resolved,
        settled_by,
        past: _,
        span: _,
        badge_at: _,
        badge_form: _,
    } = this;
    let due = due.as_ref().map(|due| date(&due.0));
    let owners = people(owners);
    let facts = format!("{id} {number:?} {} {due:?} {owners}", question.text);
    match settled == Some(id.as_str()) {
        // It may be struck through.
        true => format!("{facts}; "),
        false => format!("{facts} {question:?} {context:?} {resolution:?} {resolved} {settled_by:?}; "),
    }
}
