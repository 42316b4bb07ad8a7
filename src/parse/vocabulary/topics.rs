//! The topics of sections, and the roles of the words in their headings.

use crate::config::{Config, RecordKind};

/// The topic of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Topic {
    /// The document's labelled facts.
    Metadata,
    /// A hand-written table of contents.
    Contents,
    /// Questions that are still open.
    OpenQuestions,
    /// Questions that have been resolved.
    ResolvedQuestions,
    /// The decisions made, row by row.
    DecisionLog,
    /// The decision of this document as a whole.
    Decision,
    /// The document's status, as a section of its own.
    Status,
    /// Other facts as sections of their own.
    Date,
    Authors,
    Deciders,
    Reviewers,
    Approvers,
    /// A list of events with their dates.
    Timeline,
    /// The steps of the rollout.
    Rollout,
    /// Review rounds, which do not make design decisions.
    ReviewHistory,
    /// What the document needs from others.
    DependsOn,
    /// What the document leaves to others. Its questions are not read.
    OutOfScope,
    /// A section with which documents begin; never a document's title.
    Generic,
    /// Sections around the decision in a decision record.
    Frame,
    /// Sections that only a proposal has, and sections that other texts have too.
    Proposal,
    Common,
}

/// The topics by their names in the data files.
const TOPICS: [(&str, Topic); 21] = [
    ("metadata", Topic::Metadata),
    ("contents", Topic::Contents),
    ("open-questions", Topic::OpenQuestions),
    ("resolved-questions", Topic::ResolvedQuestions),
    ("decision-log", Topic::DecisionLog),
    ("decision", Topic::Decision),
    ("status", Topic::Status),
    ("date", Topic::Date),
    ("authors", Topic::Authors),
    ("deciders", Topic::Deciders),
    ("reviewers", Topic::Reviewers),
    ("approvers", Topic::Approvers),
    ("timeline", Topic::Timeline),
    ("rollout", Topic::Rollout),
    ("review-history", Topic::ReviewHistory),
    ("depends-on", Topic::DependsOn),
    ("out-of-scope", Topic::OutOfScope),
    ("generic", Topic::Generic),
    ("frame", Topic::Frame),
    ("proposal", Topic::Proposal),
    ("common", Topic::Common),
];

/// The number of topics before those of the kinds of records.
const FIXED: usize = TOPICS.len();

/// Topics that a heading may have in addition to another.
#[cfg(test)]
const MANY: [Topic; 4] = [Topic::Generic, Topic::Frame, Topic::Proposal, Topic::Common];

/// The roles of a word within a heading, by their names in the data files.
const ROLES: [&str; 15] = [
    "asked", "asked-narrow", "opens", "asks", "closes", "decided", "many-decided", "needed", "log", "qualifies",
    "follows", "blocks", "filler", "alone", "whom",
];
pub(crate) const ASKED: u32 = 1;
pub(crate) const ASKED_NARROW: u32 = 1 << 1;
pub(crate) const OPENS: u32 = 1 << 2;
pub(crate) const ASKS: u32 = 1 << 3;
pub(crate) const CLOSES: u32 = 1 << 4;
pub(crate) const DECIDED: u32 = 1 << 5;
pub(crate) const MANY_DECIDED: u32 = 1 << 6;
pub(crate) const NEEDED: u32 = 1 << 7;
pub(crate) const LOG: u32 = 1 << 8;
pub(crate) const QUALIFIES: u32 = 1 << 9;
pub(crate) const FOLLOWS: u32 = 1 << 10;
pub(crate) const BLOCKS: u32 = 1 << 11;
pub(crate) const FILLER: u32 = 1 << 12;
pub(crate) const ALONE: u32 = 1 << 13;
pub(crate) const WHOM: u32 = 1 << 14;

/// The roles of a word or phrase in a heading, and the topics for which it is a complete heading.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Roles {
    pub(crate) roles: u32,
    pub(crate) topics: Topics,
}

impl Roles {
    /// Adds a role or a topic by its name in the data files. Returns whether the name exists. The
    /// sections of a kind of record have the kind's name.
    pub(crate) fn add(&mut self, concept: &str, config: &Config) -> bool {
        if let Some(at) = ROLES.iter().position(|role| *role == concept) {
            self.roles |= 1 << at;
            return true;
        }
        let mut ours = config.records.iter().take(RecordKind::OURS);
        if let Some(kind) = ours.position(|kind| kind.name == concept) {
            self.topics.add_register(kind);
            return true;
        }
        let topic = TOPICS.iter().find(|(name, _)| *name == concept);
        self.topics.0 |= topic.map_or(0, |(_, topic)| topic.bit());
        topic.is_some()
    }

    /// Whether it identifies a heading of questions or decisions.
    pub(crate) fn tells(&self) -> bool {
        const TELLING: u32 = ASKED | ASKED_NARROW | DECIDED | MANY_DECIDED | ALONE;
        let topics = [Topic::OpenQuestions, Topic::ResolvedQuestions, Topic::DecisionLog];
        self.roles & TELLING != 0 || topics.into_iter().any(|topic| self.topics.has(topic))
    }

    /// Whether it is irrelevant to the topic of a heading.
    pub(crate) fn is_filler(&self) -> bool {
        self.roles & FILLER != 0
    }

    /// Whether a name in the data files is that of a topic which excludes other topics.
    #[cfg(test)]
    pub(crate) fn is_topic(concept: &str, config: &Config) -> bool {
        let mut roles = Self::default();
        roles.add(concept, config) && roles.roles == 0 && !MANY.iter().any(|topic| roles.topics.has(*topic))
    }
}

impl Topic {
    pub(crate) fn bit(self) -> u64 {
        1 << self as u64
    }
}

/// The topics of a section: `Decisions & open questions` has two.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Topics(pub(crate) u64);

impl Topics {
    /// Whether the section is about `topic`.
    pub(crate) fn has(self, topic: Topic) -> bool {
        self.0 & topic.bit() != 0
    }

    /// Whether none of the topics concerns the document itself, its questions or its decisions.
    pub(crate) fn is_empty(self) -> bool {
        self.0 & (Topic::Generic.bit() - 1) == 0
    }

    /// Whether a heading with them is understood, though it may be one that any text has.
    pub(crate) fn are_known(self) -> bool {
        self.0 != 0
    }

    /// Whether it holds questions, and if so, whether they are resolved.
    pub(crate) fn questions(self) -> Option<bool> {
        if self.has(Topic::OpenQuestions) {
            Some(false)
        } else {
            self.has(Topic::ResolvedQuestions).then_some(true)
        }
    }

    pub(crate) fn add(&mut self, topic: Topic) {
        self.0 |= topic.bit();
    }

    /// Whether the section holds records of a kind, by its index in the configuration.
    pub(crate) fn has_register(self, kind: usize) -> bool {
        self.0 >> (FIXED + kind) & 1 == 1
    }

    /// Whether it holds records of any kind.
    pub(crate) fn has_registers(self) -> bool {
        self.0 >> FIXED != 0
    }

    pub(super) fn add_register(&mut self, kind: usize) {
        self.0 |= 1 << (FIXED + kind);
    }
}
