//! The meanings of words: the concepts of the data files.

use crate::config::{Config, StatusClass};

/// Whose facts are read. The same word may have another meaning in another scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Scope {
    Document,
    Question,
    Decision,
    /// What a document is about: facts that stay facts, and are read as tags and paths besides.
    About,
    /// A register, by the index of its kind in the configuration.
    Register(usize),
}

impl Scope {
    /// The number of scopes other than registers.
    pub(crate) const FIXED: usize = 4;

    /// The scope of a section in a data file: a built-in one, or a kind of record.
    pub(crate) fn named(section: &str, config: &Config) -> Option<Self> {
        match section {
            "document" => Some(Self::Document),
            "question" => Some(Self::Question),
            "decision" => Some(Self::Decision),
            "about" => Some(Self::About),
            name => config
                .records
                .iter()
                .position(|kind| kind.name == name)
                .map(Self::Register),
        }
    }

    pub(crate) fn index(self) -> usize {
        match self {
            Self::Document => 0,
            Self::Question => 1,
            Self::Decision => 2,
            Self::About => 3,
            Self::Register(kind) => Self::FIXED + kind,
        }
    }

    /// The meaning of `concept` of a data file in this scope. For a register, it is one of its
    /// columns.
    pub(crate) fn key(self, concept: &str, config: &Config) -> Option<Key> {
        let Self::Register(kind) = self else {
            return Key::named(concept);
        };
        let columns = &config.records.get(kind)?.columns;
        let at = columns.iter().position(|column| column.eq_ignore_ascii_case(concept));
        at.map(Key::Column)
    }
}

/// Declares an enum whose variants have names in the data files.
macro_rules! named {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)*
        $(; $(#[$more:meta])* $of:ident($type:ty))? }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub(crate) enum $name { $($(#[$doc])* $variant,)* $($(#[$more])* $of($type))? }

        impl $name {
            /// The variant with this name in a data file.
            pub(crate) fn named(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }
    };
}

named! {
    /// The meaning of a labelled value.
    Key {
        Title = "title",
        Author = "author",
        Email = "email",
        Reviewer = "reviewer",
        Approver = "approver",
        Decider = "decider",
        Status = "status",
        Created = "created",
        /// The date of the current status, used as the start date if none is given.
        Since = "since",
        Date = "date",
        Updated = "updated",
        /// The day on which the document or the decision is to be looked at again.
        Revisit = "revisit",
        /// The day of a review: while the document is in review the end of that, later the next one.
        ReviewBy = "review-by",
        /// The day until which comments on a document in review are awaited.
        ReviewUntil = "review-until",
        Release = "release",
        Link = "link",
        Supersedes = "supersedes",
        SupersededBy = "superseded-by",
        Amends = "amends",
        AmendedBy = "amended-by",
        DependsOn = "depends-on",
        RequiredBy = "required-by",
        /// The participants of a meeting: evidence that this is not a design document.
        Attendees = "attendees",
        /// From here on: facts of a question or a decision, not of a document.
        Question = "question",
        /// The author's number.
        Number = "number",
        Context = "context",
        Due = "due",
        Owner = "owner",
        Answer = "answer",
        Decision = "decision",
        /// The choice, next to a column for the topic.
        Choice = "choice",
        Rationale = "rationale",
        /// What a document is about.
        Tags = "tags",
        /// The files that a document is about.
        Affects = "affects",
        ;
        /// A column of a register, by its index; the first one is the record's text.
        Column(usize)
    }
}

impl Key {
    /// Whether the value must be a date: with these labels, words say something else.
    pub(crate) fn is_promise(self) -> bool {
        matches!(self, Self::Revisit | Self::ReviewBy | Self::ReviewUntil)
    }
}

named! {
    /// A class of words other than labels.
    Class {
        NotYet = "not-yet",
        Nothing = "nothing",
        NoPerson = "no-person",
        Resolved = "resolved",
        Done = "done",
        Answers = "answers",
        Open = "open",
        /// A cell with only this word says that the question is open: `no` below `Resolved`.
        No = "no",
        OpenState = "open-state",
        DueLead = "due-lead",
        OwnerLead = "owner-lead",
        DeciderLead = "decider-lead",
        And = "and",
        Remark = "remark",
        /// Denies what follows: `no longer superseded`.
        Denial = "denial",
        Stage = "stage",
        Moved = "moved",
        Was = "was",
        Filler = "filler",
        /// Part of a date that adds no information.
        DateWord = "date-word",
        /// Precedes the number of a decision: `D-07`.
        DecisionNumber = "decision-number",
        /// Precedes the number of a question: `OQ-07`.
        QuestionNumber = "question-number",
        /// Ends a heading that groups questions.
        Questions = "questions",
        /// Begins a sentence that says that there are no questions.
        NoQuestions = "no-questions",
        /// Begins a sentence that says that they are answered.
        AllQuestions = "all-questions",
        /// Begins words in brackets that do not name a person.
        NoName = "no-name",
        /// In the title of meeting minutes.
        Meeting = "meeting",
        /// In a question about a topic, but not about the topic itself: `why`, `is`.
        Asking = "asking",
        /// Ends the title of a checklist or a report.
        Account = "account",
    }
}

impl Class {
    pub(crate) const fn bit(self) -> u32 {
        1 << self as u32
    }
}

/// The meaning of a field under `labels` in book.toml, and its scopes.
pub(crate) fn in_config(field: &str) -> Option<(&'static [Scope], Key)> {
    const DOCUMENT: &[Scope] = &[Scope::Document];
    const QUESTION: &[Scope] = &[Scope::Question];
    const ABOUT: &[Scope] = &[Scope::About];
    const LASTING: &[Scope] = &[Scope::Document, Scope::Decision];
    Some(match field {
        "tags" => (ABOUT, Key::Tags),
        "affects" => (ABOUT, Key::Affects),
        "author" => (DOCUMENT, Key::Author),
        "reviewer" => (DOCUMENT, Key::Reviewer),
        "approver" => (DOCUMENT, Key::Approver),
        "decider" => (DOCUMENT, Key::Decider),
        "status" => (DOCUMENT, Key::Status),
        "created" => (DOCUMENT, Key::Created),
        "updated" => (DOCUMENT, Key::Updated),
        "revisit" => (LASTING, Key::Revisit),
        "review-until" => (DOCUMENT, Key::ReviewUntil),
        "target-release" => (DOCUMENT, Key::Release),
        "link" => (DOCUMENT, Key::Link),
        "due" => (QUESTION, Key::Due),
        "owner" => (QUESTION, Key::Owner),
        "context" => (QUESTION, Key::Context),
        "answer" => (QUESTION, Key::Answer),
        _ => return None,
    })
}

/// The class of a state for which the data files have words.
pub(crate) fn class_of_state(state: &str) -> StatusClass {
    match state {
        "draft" | "provisional" | "not-started" => StatusClass::Draft,
        "in-review" | "proposed" => StatusClass::Review,
        "approved" | "accepted" | "implementable" | "in-progress" => StatusClass::Agreed,
        "implemented" | "final" | "active" | "informational" => StatusClass::Done,
        "deferred" => StatusClass::Paused,
        "rejected" | "withdrawn" | "superseded" | "deprecated" | "abandoned" => StatusClass::Closed,
        _ => StatusClass::Unknown,
    }
}
