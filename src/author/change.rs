//! Changes single facts in a document's text, as its author would.
//!
//! The result is parsed again: unless it has the requested change, and everything else is as
//! before, nothing is changed.

use jiff::civil::Date;

use super::answer::{answer, find};
use super::cell::link_text;
use super::entry;
use super::same::{Meant, difference};
use super::slots::{status_edits, updated_edits};
use crate::config::Config;
use crate::model::{Decision, Document, Status};
use crate::parse::{self, EditTargets, Slot};
use crate::source::{Edit, Source, line_column, splice};

/// A decision to record.
#[derive(Debug, Clone, Default)]
pub struct NewDecision {
    /// What was decided.
    pub text: String,
    /// Why.
    pub rationale: String,
    /// Who decided.
    pub decided_by: String,
    /// Whether the deciders were given explicitly, rather than defaulting to the user.
    pub is_by_given: bool,
    /// The question that it resolves, by its number, its id or some of its words.
    pub question: Option<String>,
    /// The document's new status.
    pub status: Option<String>,
}

/// The edits that set the status to `word` wherever it is stated, and the last change to `today`.
///
/// # Errors
/// With the reason why the document cannot be changed.
pub fn set_status(source: &Source, config: &Config, word: &str, today: Date) -> Result<Vec<Edit>, String> {
    let (document, targets) = read(source, config)?;
    let edits = [
        status_edits(source, &document, &targets, word, (config, today))?,
        updated_edits(source, &targets, today)?,
    ];
    let edits = sorted(edits.concat());
    let (after, _) = reread(source, &edits, config)?;
    let meant = Meant {
        labels: &targets.labels,
        status: true,
        updated: !targets.updated.is_empty(),
        ..Meant::default()
    };
    says(&after, wanted(Some(word), source, config), &targets, today)?;
    confirmed(edits, &document, &after, &meant)
}

/// The edits that add an entry for `decision`, made on `today`, and close its question; and the
/// given facts (reason, deciders) for which the document's form has no place.
///
/// # Errors
/// With the reason why the document cannot be changed.
pub fn decide(
    source: &Source,
    config: &Config,
    decision: &NewDecision,
    today: Date,
) -> Result<(Vec<Edit>, Vec<&'static str>), String> {
    let (document, targets) = read(source, config)?;
    let new = entry::added(source, &document, &targets, decision, today)?;
    let with_edit = changed(source, std::slice::from_ref(&new));
    let (with_it, _) = read(&with_edit, config)?;
    let known = |id: &str| document.decisions.iter().any(|each| each.id == id);
    let recorded = with_it.decisions.iter().find(|each| !known(&each.id));
    let recorded = recorded
        .filter(|recorded| is_as_requested(recorded, decision, today))
        .ok_or("the new decision would be read back differently; reword it, or write it by hand")?;
    let target = target(&with_edit, recorded, decision, config);
    let mut edits = vec![new];
    let question = decision.question.as_ref().map(|wanted| find(&document, wanted));
    let question = question.transpose()?;
    if let Some(question) = question {
        // If both are inserted at one place, the answer comes before the new log.
        edits.splice(..0, answer((source, config), question, decision, &target, today)?);
    }
    if let Some(word) = &decision.status {
        edits.extend(status_edits(source, &document, &targets, word, (config, today))?);
    }
    edits.extend(updated_edits(source, &targets, today)?);
    let edits = sorted(edits);
    let (after, links) = reread(source, &edits, config)?;
    let meant = Meant {
        labels: &targets.labels,
        status: decision.status.is_some(),
        updated: !targets.updated.is_empty(),
        question: question.map(|question| question.id.as_str()),
        decision: Some(&recorded.id),
        ..Meant::default()
    };
    let status = wanted(decision.status.as_deref(), source, config);
    says(&after, status, &targets, today)?;
    let is_closed = question.is_none_or(|question| {
        let count = |targets: &EditTargets| targets.link_targets.iter().filter(|each| **each == target).count();
        let resolved = after
            .questions
            .iter()
            .any(|each| each.id == question.id && each.resolved);
        resolved && count(&links) == count(&targets) + 1
    });
    let is_added = after.decisions.len() == document.decisions.len() + 1
        && after
            .decisions
            .iter()
            .any(|each| each.id == recorded.id && is_as_requested(each, decision, today));
    if !(is_closed && is_added) {
        return Err(UNSURE.to_owned());
    }
    let edits = confirmed(edits, &document, &after, &meant)?;
    Ok((edits, left_out(recorded, decision)))
}

fn left_out(recorded: &Decision, decision: &NewDecision) -> Vec<&'static str> {
    let is_lost = recorded.rationale.is_empty() && !decision.rationale.trim().is_empty();
    let why = is_lost.then_some("the reason");
    let by = (decision.is_by_given && recorded.decided_by.is_empty()).then_some("who has decided");
    why.into_iter().chain(by).collect()
}

pub(super) const UNSURE: &str = "its form leaves no certain place for the change; make it by hand";

pub(super) fn read(source: &Source, config: &Config) -> Result<(Document, EditTargets), String> {
    parse::edit_targets(source, config).ok_or_else(|| "it is not recognised as a design document".to_owned())
}

pub(super) fn reread(source: &Source, edits: &[Edit], config: &Config) -> Result<(Document, EditTargets), String> {
    read(&changed(source, edits), config)
}

fn changed(source: &Source, edits: &[Edit]) -> Source {
    Source {
        text: splice(&source.text, edits),
        ..source.clone()
    }
}

/// The place of the new decision, for a link from the same page. GitHub gives ids to headings alone:
/// unless the decision is one, the link leads to its section, and names it by its words.
fn target(source: &Source, recorded: &Decision, decision: &NewDecision, config: &Config) -> String {
    let is_named = parse::is_named_by(recorded, &link_text(&decision.text));
    let corpus = parse::corpus(std::slice::from_ref(source), config);
    let chapter = corpus
        .chapters
        .first()
        .filter(|_| is_named && recorded.heading_id.is_none());
    let section = chapter.and_then(|chapter| chapter.section_id(recorded.span));
    format!("#{}", section.unwrap_or_else(|| recorded.anchor()))
}

/// The edits, if they change only what was requested.
pub(super) fn confirmed(
    edits: Vec<Edit>,
    before: &Document,
    after: &Document,
    meant: &Meant<'_>,
) -> Result<Vec<Edit>, String> {
    match difference(before, after, meant) {
        None => Ok(edits),
        Some(what) => Err(format!(
            "the change would also alter the document's {what}; make it by hand"
        )),
    }
}

/// The requested status, as written and as parsed.
fn wanted<'w>(word: Option<&'w str>, source: &Source, config: &Config) -> Option<(&'w str, Status)> {
    word.and_then(|word| Some((word, parse::status(word, source, config)?)))
}

/// Checks that the changed document has the wanted status everywhere, and `today` as its last
/// change if it has such a date.
pub(super) fn says(
    after: &Document,
    wanted: Option<(&str, Status)>,
    targets: &EditTargets,
    today: Date,
) -> Result<(), String> {
    let updated = after.updated.as_ref().and_then(|updated| updated.date());
    let is_replaced = |slot: &Slot| matches!(slot, Slot::Value(_) | Slot::Scalar(_));
    let is_whole = targets.status.iter().all(is_replaced);
    let is_set = |status: &Status| {
        let is_this = |(word, wanted): &(&str, Status)| {
            status.state == wanted.state && (!is_whole || is_read_as(&status.text, word))
        };
        wanted.as_ref().is_none_or(is_this)
    };
    let all = after.stated.statuses.iter().map(|stated| &stated.status);
    let is_stated = all.chain(&after.status).all(is_set) && (wanted.is_none() || after.status.is_some());
    match is_stated && (targets.updated.is_empty() || updated == Some(today)) {
        true => Ok(()),
        false => Err(UNSURE.to_owned()),
    }
}

/// Whether the decision, read back, has the requested text, date and deciders.
fn is_as_requested(recorded: &Decision, decision: &NewDecision, today: Date) -> bool {
    let is_text = is_read_as(&recorded.decision.text, &decision.text);
    let is_dated = recorded.date.as_ref().is_none_or(|date| date.date() == Some(today));
    let by = recorded
        .decided_by
        .iter()
        .all(|person| decision.decided_by.contains(person.display()));
    is_text && is_dated && by
}

/// Whether the words `read` are those of the Markdown `given`, whose link targets and tags are
/// ignored.
pub(super) fn is_read_as(read: &str, given: &str) -> bool {
    let has_markup = given.contains(['[', '<', '&']);
    let (read, given) = (letters(read), letters(given));
    let mut rest = given.chars();
    let mut is_part = || !read.is_empty() && read.chars().all(|letter| rest.any(|other| other == letter));
    read == given || has_markup && is_part()
}

/// The letters and digits of `text`, which do not depend on its markup.
pub(super) fn letters(text: &str) -> String {
    let letters = text.chars().filter(|ch| ch.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

pub(super) fn sorted(mut edits: Vec<Edit>) -> Vec<Edit> {
    edits.sort_by_key(|edit| edit.span);
    edits
}

/// The place of byte `at`, for a message.
pub(super) fn place(source: &Source, at: usize) -> String {
    format!("line {}", line_column(&source.text, at).0)
}

#[cfg(test)]
mod tests;
