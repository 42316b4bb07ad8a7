//! One change between two versions of a book.

use crate::source::worded;

worded! {
    /// What has changed.
    pub enum Kind {
        /// The document is new.
        DocumentAdded = "document-added",
        /// The document is gone.
        DocumentRemoved = "document-removed",
        /// Its file has another name or place.
        DocumentRenamed = "document-renamed",
        /// Its status is another one.
        StatusChanged = "status-changed",
        /// The decision is new.
        DecisionAdded = "decision-added",
        /// The decision has other words, another day, other people or other reasons.
        DecisionChanged = "decision-changed",
        /// The decision is gone.
        DecisionRemoved = "decision-removed",
        /// Another decision or document has replaced it.
        DecisionSuperseded = "decision-superseded",
        /// The question is new, and open.
        QuestionAsked = "question-asked",
        /// The question, or the answer to it, has other words.
        QuestionChanged = "question-changed",
        /// The question is resolved.
        QuestionResolved = "question-resolved",
        /// The question is open again.
        QuestionReopened = "question-reopened",
        /// The question is gone.
        QuestionRemoved = "question-removed",
        /// A deadline is another day: that of an open question, the day on which a document or a
        /// decision is looked at again, the end of a review.
        DeadlineMoved = "deadline-moved",
        /// Other people are responsible for an open question.
        OwnerChanged = "owner-changed",
        /// Somebody has approved the document.
        Approved = "approved",
        /// An approval is gone.
        ApprovalWithdrawn = "approval-withdrawn",
    }
}

/// What a change is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// The document.
    Document,
    /// A decision of it, by its index.
    Decision(usize),
    /// A question of it, by its index.
    Question(usize),
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What has changed.
    pub kind: Kind,
    /// Whether it stands in the new version; what was removed stands only in the old one.
    pub is_new: bool,
    /// The index of its chapter in that version.
    pub chapter: usize,
    /// What it is about, in that version.
    pub subject: Subject,
    /// The file of the document: as it is named now, if it still exists.
    pub path: String,
    /// The line in the new version; None for what was removed.
    pub line: Option<usize>,
    /// The words of the question or the decision, the title of the document, the name of the person who
    /// has approved it.
    pub text: String,
    /// The old value.
    pub from: Option<String>,
    /// The new value.
    pub to: Option<String>,
}
