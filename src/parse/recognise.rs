//! Whether a chapter is a design document. Guides, reference pages and minutes of meetings
//! also have dates and names; so one weak sign is never enough.

use crate::model::Document;
use crate::parse::metadata::gather::Gathered;
use crate::parse::record::Reader;
use crate::parse::vocabulary::concept::Key;
use crate::parse::vocabulary::topics::Topic;

/// Signs weigh 1 or 2; a design document has at least this much.
const ENOUGH: usize = 2;

/// Whether what was read makes the chapter a design document.
pub(crate) fn is_design_document(document: &Document, gathered: &Gathered<'_>, reader: &Reader<'_>) -> bool {
    if is_minutes(gathered, reader) {
        return false;
    }
    let weight = metadata(document, gathered);
    weight >= ENOUGH || weight + content(document, reader) >= ENOUGH
}

/// What the labelled facts weigh.
fn metadata(document: &Document, gathered: &Gathered<'_>) -> usize {
    let has = |key| {
        gathered
            .all()
            .any(|field| field.key == Some(key) && !field.values.is_empty())
    };
    let mut weight = 0;
    if let Some(status) = &document.status {
        weight += if status.is_unfilled() || crate::parse::values::status::is_known(status) {
            2
        } else {
            // A word that we do not know may be a team's own; a sentence is none.
            usize::from(status.text.split(' ').count() <= 4)
        };
    }
    weight += 2 * usize::from(has(Key::Reviewer) || has(Key::Approver) || has(Key::Decider));
    weight += 2 * usize::from(has(Key::Created));
    let weak = [
        Key::Author,
        Key::Updated,
        Key::Date,
        Key::Link,
        Key::Release,
        Key::Since,
        Key::Supersedes,
        Key::SupersededBy,
    ];
    weight + weak.into_iter().filter(|key| has(*key)).count()
}

/// What the sections weigh.
fn content(document: &Document, reader: &Reader<'_>) -> usize {
    let has = |topic| reader.sections.iter().any(|section| section.topics.has(topic));
    let mut weight = 0;
    if has(Topic::DecisionLog) || reader.title_words().is_some_and(|words| words.contains("decision")) {
        weight += 2 * usize::from(!document.decisions.is_empty());
    }
    let is_structured = document
        .questions
        .iter()
        .any(|question| question.due.is_some() || !question.owners.is_empty());
    if is_structured {
        weight += 2;
    } else {
        weight += usize::from(!document.questions.is_empty());
    }
    weight += 2 * usize::from(crate::parse::kind::is_only_decision(reader) || crate::parse::kind::is_sentence(reader));
    weight + skeleton(reader)
}

/// Headings that only a proposal has, whatever its metadata; two of them are a sign, three
/// leave no doubt.
fn skeleton(reader: &Reader<'_>) -> usize {
    // Other texts have these too: two of them weigh what one of the others does.
    const COMMON: &[&str] = &[
        "summary", "overview", "abstract", "background", "purpose", "context", "design", "implementation details",
        "implementation", "related items", "related work", "scope", "requirements", "assumptions", "compatibility",
    ];
    const SECTIONS: &[&str] = &[
        "goals", "non goals", "goals non goals", "goals and non goals", "motivation", "alternatives",
        "alternatives considered", "alternative solutions", "considered alternatives", "considered options",
        "options considered", "rationale and alternatives", "proposed solution", "proposed design", "proposal",
        "detailed design", "design details", "problem statement", "context and problem statement",
        "problem statement context", "prior art", "drawbacks", "unresolved questions", "open questions", "open issues",
        "decision outcome", "decision drivers", "risks and mitigations", "risks uncertainties", "user stories",
        "user stories optional", "graduation criteria", "future possibilities", "test plan", "rollout plan",
        "consequences", "rationale", "acceptance criteria", "implementation plan", "decision",
        "security considerations", "success metrics",
    ];
    let mut found: Vec<&str> = reader
        .sections
        .iter()
        .map(|section| section.words.as_str())
        .filter(|words| SECTIONS.contains(words))
        .collect();
    found.sort_unstable();
    found.dedup();
    let mut common: Vec<&str> = reader
        .sections
        .iter()
        .map(|section| section.words.as_str())
        .filter(|words| COMMON.contains(words))
        .collect();
    common.sort_unstable();
    common.dedup();
    match found.len() + common.len() / 2 {
        0 | 1 => 0,
        2 => 1,
        _ => 2,
    }
}

/// Minutes and notes record who met, and are not maintained afterwards.
fn is_minutes(gathered: &Gathered<'_>, reader: &Reader<'_>) -> bool {
    let attended = gathered.all().any(|field| field.key == Some(Key::Attendees));
    let titled = reader.title_words().is_some_and(|words| {
        words.split(' ').any(|word| {
            matches!(
                word,
                "meeting" | "minutes" | "agenda" | "retro" | "retrospective" | "postmortem" | "changelog"
            )
        })
    });
    let has_status = gathered.all().any(|field| field.key == Some(Key::Status));
    attended || (titled && !has_status)
}
