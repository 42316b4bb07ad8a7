//! The words that we print, in one place. `{}` stands for a value.

/// Every word and phrase of a page, in one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) details: &'static str,
    pub(super) contents: &'static str,
    pub(super) table_of_contents: &'static str,

    pub(super) status: &'static str,
    pub(super) status_not_set: &'static str,
    pub(super) author: Plural,
    pub(super) reviewer: Plural,
    pub(super) approver: Plural,
    pub(super) decider: Plural,
    pub(super) approved_of: &'static str,
    pub(super) approved: &'static str,
    pub(super) not_yet_approved: &'static str,
    pub(super) created: &'static str,
    pub(super) updated: &'static str,
    pub(super) target_release: &'static str,
    pub(super) rollout: &'static str,
    pub(super) steps_of: &'static str,
    pub(super) not_set: &'static str,

    pub(super) overdue: &'static str,
    pub(super) due: &'static str,
    pub(super) due_today: &'static str,
    pub(super) due_soon: &'static str,
    pub(super) resolved: &'static str,
    pub(super) was_due: &'static str,
    pub(super) waits_for: &'static str,
    pub(super) no_date: &'static str,
    pub(super) unreadable_date: &'static str,
    pub(super) ambiguous_date: &'static str,

    pub(super) design_docs: &'static str,
    pub(super) decision_log: &'static str,
    pub(super) open_questions: &'static str,
    pub(super) no_decisions: &'static str,
    pub(super) no_questions: &'static str,
    pub(super) document: &'static str,
    pub(super) kind_adr: &'static str,
    pub(super) kind_log: &'static str,
    pub(super) owner: &'static str,
    pub(super) decisions: &'static str,
    pub(super) date: &'static str,
    pub(super) undated: &'static str,
    pub(super) decision: &'static str,
    pub(super) rationale: &'static str,
    pub(super) superseded: &'static str,
    pub(super) decided_by: &'static str,
    pub(super) question: &'static str,
    pub(super) deadline: &'static str,
    pub(super) number: &'static str,

    pub(super) n_without_status: &'static str,
    pub(super) n_overdue: &'static str,
    pub(super) n_overdue_on: &'static str,
    pub(super) n_due_today: &'static str,
    pub(super) n_due_soon: &'static str,
    pub(super) n_open: &'static str,
    pub(super) n_resolved: &'static str,
    pub(super) n_open_questions: Plural,
    pub(super) n_decisions: Plural,
    pub(super) n_documents: Plural,
    pub(super) in_documents: &'static str,
    pub(super) from_to: &'static str,
    pub(super) as_of: &'static str,
}

/// A phrase for one and a phrase for any other number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plural {
    one: &'static str,
    other: &'static str,
}

impl Plural {
    /// The phrase for `count`, without the number.
    pub(super) fn of(self, count: usize) -> &'static str {
        if count == 1 { self.one } else { self.other }
    }

    /// The phrase for `count`, with the number in it.
    pub(super) fn fill(self, count: usize) -> String {
        fill(self.of(count), &count.to_string())
    }
}

/// `phrase` with `value` in its place.
pub(super) fn fill(phrase: &str, value: &str) -> String {
    phrase.replacen("{}", value, 1)
}

/// `phrase` with its first letter in upper case.
pub(super) fn capitalized(phrase: &str) -> String {
    let mut letters = phrase.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

const fn plural(one: &'static str, other: &'static str) -> Plural {
    Plural { one, other }
}

/// The words for a book in English, and so far for every other.
pub(super) static ENGLISH: Words = Words {
    details: "Document details",
    contents: "Contents",
    table_of_contents: "Table of contents",

    status: "Status",
    status_not_set: "Status not set",
    author: plural("Author", "Authors"),
    reviewer: plural("Reviewer", "Reviewers"),
    approver: plural("Approver", "Approvers"),
    decider: plural("Decider", "Deciders"),
    approved_of: "{} of {} approved",
    approved: "approved",
    not_yet_approved: "not yet approved",
    created: "Created",
    updated: "Updated",
    target_release: "Target release",
    rollout: "Rollout",
    steps_of: "{} of {} steps",
    not_set: "not set",

    overdue: "overdue",
    due: "due {}",
    due_today: "due today",
    due_soon: "due soon",
    resolved: "resolved",
    was_due: "was due {}",
    waits_for: "waits for {}",
    no_date: "no date",
    unreadable_date: "date not readable: \"{}\"",
    ambiguous_date: "day or month first? \"{}\"",

    design_docs: "Design docs",
    decision_log: "Decision log",
    open_questions: "Open questions",
    no_decisions: "No decisions are recorded yet.",
    no_questions: "No questions are open.",
    document: "Document",
    kind_adr: "decision record",
    kind_log: "decision log",
    owner: "Owner",
    decisions: "Decisions",
    date: "Date",
    undated: "undated",
    decision: "Decision",
    rationale: "Rationale",
    superseded: "superseded",
    decided_by: "Decided by",
    question: "Question",
    deadline: "Decide by",
    number: "No.",

    n_without_status: "{} without a status",
    n_overdue: "{} overdue",
    n_overdue_on: "{} overdue on {}",
    n_due_today: "{} due today",
    n_due_soon: "{} due soon",
    n_open: "{} open",
    n_resolved: "{} resolved",
    n_open_questions: plural("{} open question", "{} open questions"),
    n_decisions: plural("{} decision", "{} decisions"),
    n_documents: plural("{} design document", "{} design documents"),
    in_documents: "in {}",
    from_to: "from {} to {}",
    as_of: "As of {}.",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_fill_and_count() {
        assert_eq!(ENGLISH.n_open_questions.fill(1), "1 open question");
        assert_eq!(ENGLISH.n_open_questions.fill(0), "0 open questions");
        assert_eq!(fill(&fill(ENGLISH.steps_of, "2"), "5"), "2 of 5 steps");
        assert_eq!(capitalized("élan"), "Élan");
    }
}
