//! What authors call the facts of a document, of a question and of a decision: the one table of
//! label synonyms. A new way to write a fact is a word here.

/// What a labelled value means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Key {
    Title,
    Author,
    Email,
    Reviewer,
    Approver,
    Decider,
    Status,
    Created,
    /// Since when the present status holds: the start date where none is given.
    Since,
    Date,
    Updated,
    Release,
    Link,
    Supersedes,
    SupersededBy,
    /// Who is at a meeting: a sign that this is no design document.
    Attendees,
    /// Below here: facts of a question or a decision, not of a document.
    Context,
    Due,
    Owner,
    Answer,
    Decision,
    Rationale,
}

/// The synonyms, folded as [`fold`] does. A team adds its own under `labels` in book.toml.
pub(crate) const DOCUMENT_LABELS: &[(Key, &[&str])] = &[
    (Key::Title, &["title", "feature name", "feature", "rfc title", "name"]),
    (
        Key::Author,
        &[
            "author", "authors", "owner", "owners", "driver", "drivers", "created by", "written by", "proposed by",
            "proposer", "document owner", "doc owner", "rfc author", "rfc authors", "main author", "prepared by",
            "lead author", "tech lead", "design author", "document author", "dri", "submitted by", "proposal author",
            "designer", "author and contact", "co author", "co authors", "coauthor", "coauthors", "co owner",
            "co owners",
        ],
    ),
    (Key::Email, &["email", "e mail", "mail", "contact", "author email"]),
    (
        Key::Reviewer,
        &[
            "reviewer", "reviewers", "initial reviewers", "initial reviewer", "reviewed by", "requested reviewers",
            "tech reviewers", "technical reviewers", "peer reviewers",
        ],
    ),
    (
        Key::Approver,
        &[
            "approver", "approvers", "approved by", "need approval from", "needs approval from", "approval from",
            "final approver", "final approvers", "sign off", "signoff", "signed off by", "approvals",
            "required approvers", "approver s",
        ],
    ),
    (
        Key::Decider,
        &[
            "decider", "deciders", "decision maker", "decision makers", "decided by", "decision owner",
            "decision owners", "decision taker", "decision takers",
        ],
    ),
    (
        Key::Status,
        &[
            "status", "state", "rfc status", "document status", "doc status", "current status", "proposal status",
            "adr status", "design status", "spec status", "implementation status", "change status", "decision status",
            "approval status",
        ],
    ),
    (
        Key::Created,
        &[
            "created", "created on", "created at", "creation date", "date created", "start date", "started", "opened",
            "date started", "date proposed", "proposed", "proposed on", "submitted", "date opened", "written",
            "drafted", "initial date", "creation", "date of creation", "first published", "filed",
        ],
    ),
    (Key::Since, &["since"]),
    (
        Key::Date,
        &[
            "date", "decision date", "date decided", "decided", "decided on", "date of decision", "dated",
        ],
    ),
    (
        Key::Updated,
        &[
            "updated", "last updated", "last update", "last modified", "modified", "last updated on", "date updated",
            "last changed", "updated on", "updated at", "revised", "last revised", "last edited", "date modified",
            "last revision", "changed", "modification date", "last modification",
        ],
    ),
    (
        Key::Release,
        &[
            "target release", "target version", "milestone", "release", "fix version", "target milestone",
            "planned release", "implemented in", "released in", "ships in",
        ],
    ),
    (
        Key::Link,
        &[
            "related feature spec", "feature spec", "rfc", "rfc pr", "jira", "jira linear ticket", "ticket", "tickets",
            "issue", "issues", "issue id", "related issue", "related issues", "tracking issue", "github issue",
            "pull request", "pull requests", "pr", "prs", "rfc issue", "story ticket", "story", "epic", "discussion",
            "discussion at", "discussions to", "proposal", "proposal pr", "implementation", "implementation pr",
            "implementation pr s", "review", "bug", "bugs", "see also", "related", "related docs", "related documents",
            "related rfcs", "related adrs", "references", "technical story", "technical design", "design doc", "prd",
            "spec", "linear ticket", "jira ticket", "jira issue", "rfc link", "tracking", "enhancement",
            "issue number", "previous revision", "forum thread", "thread", "decision notes", "wiki",
        ],
    ),
    (
        Key::Supersedes,
        &["supersedes", "replaces", "obsoletes", "amends", "supercedes"],
    ),
    (
        Key::SupersededBy,
        &["superseded by", "replaced by", "obsoleted by", "superceded by"],
    ),
    (
        Key::Attendees,
        &[
            "attendees", "participants", "attending", "present", "facilitator", "note taker", "notetaker", "apologies",
            "absent",
        ],
    ),
];

/// The synonyms within a question.
pub(crate) const QUESTION_LABELS: &[(Key, &[&str])] = &[
    (
        Key::Due,
        &[
            "due", "due date", "due by", "decision needed by", "needed by", "deadline", "target date", "target",
            "decide by", "decision by", "decision due", "decision deadline", "resolve by", "answer by",
            "answer needed by", "needs decision by", "needed", "by when", "date needed", "required by",
            "resolution target", "decision date", "when", "timeline", "target resolution", "resolution needed by",
            "decision needed", "to be decided by", "timing", "needed before", "decide before", "due before",
        ],
    ),
    (
        Key::Owner,
        &[
            "owner", "owners", "decision maker", "decision makers", "dri", "assignee", "assigned to", "assigned",
            "who", "responsible", "decider", "deciders", "decision owner", "lead", "driver", "question owner",
            "accountable", "person", "stakeholder", "stakeholders", "who decides", "owned by", "contact",
            "to be decided by", "raised with",
        ],
    ),
    (
        Key::Answer,
        &[
            "answer", "resolved", "resolution", "decision", "decided", "answered", "outcome", "conclusion",
            "final decision", "closed", "response", "a",
        ],
    ),
    (
        Key::Context,
        &[
            "context", "background", "note", "notes", "details", "detail", "why", "why it matters", "impact",
            "options", "recommendation", "proposal", "current thinking", "consideration", "considerations", "tradeoff",
            "trade offs", "comment", "comments", "rationale", "proposed answer", "leaning", "description", "issue",
            "tracking", "suggestion", "risk", "default",
        ],
    ),
    (Key::Status, &["status", "state"]),
    (
        Key::Date,
        &["date", "raised", "raised on", "asked", "asked on", "opened"],
    ),
];

/// The synonyms within a decision written as a list or under a heading.
pub(crate) const DECISION_LABELS: &[(Key, &[&str])] = &[
    (
        Key::Decision,
        &[
            "decision", "choice", "final choice", "chosen", "decided", "outcome", "resolution", "chosen option",
            "we decided",
        ],
    ),
    (
        Key::Rationale,
        &[
            "rationale", "reason", "reasons", "reasoning", "why", "because", "context", "justification", "evidence",
        ],
    ),
    (
        Key::Date,
        &["date", "when", "decided on", "date decided", "decision date", "made on"],
    ),
    (
        Key::Decider,
        &[
            "decided by", "made by", "by", "owner", "owners", "approver", "approved by", "decision maker",
            "decision makers", "deciders", "author", "who", "decider", "participants",
        ],
    ),
    (Key::Status, &["status", "state"]),
];

/// Words before a label that only name the kind of document.
pub(crate) const DOCUMENT_WORDS: &[&str] = &[
    "rfc", "adr", "tep", "kep", "prd", "proposal", "design", "document", "doc", "spec", "enhancement", "initial",
    "current",
];
