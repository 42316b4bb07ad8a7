//! What a heading says its section is about: the one table of heading synonyms.

use crate::parse::markdown::fold::fold;

/// What a section is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Topic {
    /// The document's labelled facts.
    Metadata,
    /// A hand-written table of contents.
    Contents,
    /// What is still to be decided.
    OpenQuestions,
    /// Questions that have been settled.
    ResolvedQuestions,
    /// What has been decided, row by row.
    DecisionLog,
    /// What this document as a whole decides.
    Decision,
    /// The document's status, as a section of its own.
    Status,
    /// Other facts as sections of their own.
    Date,
    Authors,
    Deciders,
    Reviewers,
    Approvers,
    /// When what happened.
    Timeline,
    /// The steps of putting it into service.
    Rollout,
    /// Rounds of review, which decide nothing of the design.
    ReviewHistory,
}

/// A heading's words made comparable: `## 10. 📋 Open Questions [optional]` is `open questions
/// optional`; so is the same heading with its emoji damaged.
pub(crate) fn heading_words(title: &str) -> String {
    let mut folded = fold(title);
    let is_adornment = |word: &str| {
        !word.bytes().any(|byte| byte.is_ascii_alphabetic())
            || matches!(word, "a" | "b" | "c" | "d" | "i" | "ii" | "iii" | "iv" | "v" | "vi")
    };
    let mut rest = folded.as_str();
    while let Some((first, tail)) = rest.split_once(' ') {
        if !is_adornment(first) {
            break;
        }
        rest = tail;
    }
    let adorned = folded.len() - rest.len();
    folded.drain(..adorned);
    folded
}

/// The headings that mean a topic, folded.
const TOPICS: &[(Topic, &[&str])] = &[
    (
        Topic::Metadata,
        &[
            "metadata", "meta", "document control", "document information", "document info", "document metadata",
            "document details", "meta data", "info", "document history", "document properties", "header",
            "front matter", "doc info", "rfc metadata", "about this document", "design metadata", "document status",
        ],
    ),
    (
        Topic::Contents,
        &[
            "table of contents", "contents", "toc", "index", "table of content", "in this document", "outline",
        ],
    ),
    (
        Topic::ReviewHistory,
        &[
            "review history", "review log", "revision history", "change log", "changelog", "version history",
            "approval history", "corrections made", "review decisions",
        ],
    ),
    (
        Topic::Decision,
        &[
            "decision", "decision outcome", "the decision", "outcome", "our decision", "final decision",
            "decision made", "decision statement", "architecture decision", "architectural decision", "chosen option",
            "chosen solution", "chosen approach", "selected option",
        ],
    ),
    (
        Topic::Status,
        &["status", "state", "adr status", "current status", "rfc status"],
    ),
    (
        Topic::Date,
        &["date", "date created", "created", "decision date", "date of decision"],
    ),
    (Topic::Authors, &["author", "authors", "owner", "owners", "author s"]),
    (
        Topic::Deciders,
        &["deciders", "decider", "decision makers", "decision maker", "decided by"],
    ),
    (
        Topic::Reviewers,
        &[
            "reviewers", "reviewer", "reviews", "reviewed by", "initial reviewers", "document approval",
            "peer reviewers", "reviewer sign off", "review",
        ],
    ),
    (
        Topic::Approvers,
        &[
            "approvers", "approver", "approvals", "approval", "approved by", "sign off", "signoff", "sign offs",
        ],
    ),
    (Topic::Timeline, &["timeline", "lifecycle", "history"]),
    (
        Topic::Rollout,
        &["deployment plan", "launch plan", "release plan", "implementation plan"],
    ),
];

/// What a heading says its section is about.
pub(crate) fn topic(words: &str) -> Option<Topic> {
    if words.starts_with("rollout") || words.starts_with("roll out") {
        return Some(Topic::Rollout);
    }
    let exact = || {
        TOPICS
            .iter()
            .find(|(_, headings)| headings.contains(&words))
            .map(|(topic, _)| *topic)
    };
    questions_topic(words)
        .or_else(|| is_decision_log(words).then_some(Topic::DecisionLog))
        .or_else(exact)
}

/// Whether a heading opens a list of questions, whatever is added to it: `Open issues (if
/// applicable)`, `Open Questions & Decisions Required`.
fn questions_topic(words: &str) -> Option<Topic> {
    const OPEN: &[&str] = &[
        "open question", "unresolved question", "outstanding question", "open issue", "unresolved issue",
        "outstanding issue", "remaining question", "unanswered question", "questions and open issue",
        "open design question", "open technical question", "open item", "open point", "pending question",
        "open and resolved question", "open architectural question", "open product question", "questions open",
        "unresolved design question", "key open question", "remaining open question", "open discussion",
        "unresolved item", "open problem", "questions to resolve", "questions to answer", "questions for review",
        "open decision", "pending decision", "outstanding decision", "open q", "questions for reviewer",
        "questions for discussion", "questions for stakeholder", "questions for the team", "questions to discuss",
        "questions to be answered", "questions to be resolved", "open questions", "still open",
    ];
    const RESOLVED: &[&str] = &[
        "resolved question", "answered question", "closed question", "resolved open question", "resolved issue",
        "resolved design question", "previously open question", "questions resolved", "settled question",
    ];
    let starts = |list: &[&str]| {
        list.iter().any(|start| {
            words
                .strip_prefix(start)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', 's']))
        })
    };
    if starts(RESOLVED) {
        return Some(Topic::ResolvedQuestions);
    }
    if starts(OPEN) {
        let tail = words.split(' ').skip(2).collect::<Vec<_>>();
        let settled = tail
            .iter()
            .any(|word| matches!(*word, "resolved" | "closed" | "answered" | "settled"))
            && !tail.contains(&"and")
            && !tail.contains(&"to");
        return Some(if settled {
            Topic::ResolvedQuestions
        } else {
            Topic::OpenQuestions
        });
    }
    if is_among_others(words) {
        return Some(Topic::OpenQuestions);
    }
    matches!(
        words,
        "questions" | "unresolved" | "unknowns and questions" | "questions and answers needed"
    )
    .then_some(Topic::OpenQuestions)
}

/// `Risks and Open Questions`, `Appendix B: Open Questions`: a heading that ends in what others
/// begin with. Beside the questions its section may hold what asks nothing.
pub(crate) fn is_among_others(words: &str) -> bool {
    const NAMES: &[&str] = &[
        "open questions", "open question", "unresolved questions", "outstanding questions", "open issues",
        "unresolved issues", "remaining questions",
    ];
    NAMES.iter().any(|name| {
        words
            .strip_suffix(name)
            .is_some_and(|rest| rest.ends_with(' ') && !rest.contains("resolved") && rest.split(' ').count() <= 6)
    })
}

/// `Key Technical Decisions`, `Design decisions & rationale`, beside the names that are listed.
fn is_kind_of_log(words: &str, listed: &[&str]) -> bool {
    const TAILS: &[&str] = &[
        "rationale", "and rationale", "made", "summary", "table", "and tradeoffs", "and trade offs", "with rationale",
        "taken", "so far", "to date", "tradeoffs", "trade offs",
    ];
    let (first, last) = (words.split(' ').next(), words.split(' ').next_back());
    let is_qualified = matches!(
        first,
        Some("key" | "major" | "core" | "main" | "locked" | "confirmed" | "resolved" | "final" | "agreed" | "approved")
    ) && last == Some("decisions")
        && words.split(' ').count() <= 4;
    is_qualified
        || listed.iter().any(|name| {
            words
                .strip_prefix(name)
                .is_some_and(|rest| TAILS.contains(&rest.trim_start()) && rest.starts_with(' '))
        })
}

fn is_decision_log(words: &str) -> bool {
    const EXACT: &[&str] = &[
        "decisions", "key decisions", "locked decisions", "decisions made", "design decisions", "key design decisions",
        "major decisions", "architecture decisions", "architectural decisions", "key architectural decisions",
        "key architecture decisions", "technical decisions", "accumulated decisions", "product decisions",
        "decision history", "decision summary", "decisions summary", "summary of decisions", "decisions and rationale",
        "decisions recorded", "decision list", "resolved decisions", "recent decisions", "project decisions",
        "confirmed decisions", "decision table", "final decisions", "decisions taken", "important decisions",
        "core decisions", "scope decisions", "technology decisions", "implementation decisions", "settled decisions",
        "decisions to date", "active decisions", "design decision",
    ];
    [
        "decision log", "decisions log", "decision register", "decisions register", "decision record",
        "decision records", "log of decisions",
    ]
    .iter()
    .any(|start| {
        words
            .strip_prefix(start)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', 's']))
    }) || EXACT.contains(&words)
        || is_kind_of_log(words, EXACT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_is_known_through_emoji_numbers_and_damage() {
        for (title, expected) in [
            ("❓ Open Questions", Topic::OpenQuestions),
            ("‚ùì Open Questions", Topic::OpenQuestions),
            ("10. Open Questions [optional]", Topic::OpenQuestions),
            ("Open issues (if applicable)", Topic::OpenQuestions),
            ("Unresolved questions", Topic::OpenQuestions),
            ("Open Questions & Decisions Required", Topic::OpenQuestions),
            ("Open Questions (RESOLVED)", Topic::ResolvedQuestions),
            ("üìù Decision Log", Topic::DecisionLog),
            ("11. Decision Record", Topic::DecisionLog),
            ("üìã Table of Contents", Topic::Contents),
            ("1. Document Control", Topic::Metadata),
            ("Decision Outcome", Topic::Decision),
        ] {
            assert_eq!(topic(&heading_words(title)), Some(expected), "{title}");
        }
        for title in [
            "Open source", "Decisions we regret in prose", "Opening questions", "Status quo",
        ] {
            assert_eq!(topic(&heading_words(title)), None, "{title}");
        }
    }
}
