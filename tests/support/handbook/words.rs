//! The texts of the generated documents.

/// The people who write, review and decide.
pub(super) const PEOPLE: &[&str] = &[
    "Ada Obi", "Tunde Bello", "Ngozi Eze", "Musa Danjuma", "Folake Ade", "Ifeoma Okafor", "Bayo Lawal", "Zainab Yusuf",
    "Emeka Nwosu", "Halima Sani", "Kunle Ojo", "Amaka Udo", "Chidi O'Brien", "Yétúndé Àkànní",
];

/// The areas of the systems.
pub(super) const AREAS: &[&str] = &[
    "Refunds", "Checkout", "Courier Tracking", "Inventory", "Search", "Loyalty Points", "Fraud Rules", "Notifications",
    "Vendor Payouts", "Price Rules", "Returns", "Gift Cards", "Stall Pages", "Reviews", "Delivery Slots",
    "Warehouse Picks", "Tax Receipts", "Customer Profiles", "Photo Uploads", "Support Inbox",
];

/// The aspects of a system to design.
pub(super) const ASPECTS: &[&str] = &[
    "Retries", "A Ledger", "Faster Reads", "Event Sourcing", "Rate Limits", "An Audit Trail", "Offline Mode",
    "A Public API", "Bulk Import", "Sharding", "Feature Flags", "Tracing", "A Cache", "Idempotency", "Data Retention",
    "Role Checks", "Webhooks", "Nightly Exports", "Backfills", "Graceful Degradation",
];

/// Sentences for every section, none of which is a fact.
pub(super) const SENTENCES: &[&str] = &[
    "Traffic doubles on the last Friday of the month, when salaries arrive.",
    "Most of the requests come from phones on slow networks, so every byte counts.",
    "The present code grew out of a weekend project and has no owner left.",
    "Support spends about two hours a day on cases that this would prevent.",
    "Who pays when a parcel is lost between two depots? Today nobody can say.",
    "We keep the old path behind a flag until a full month has passed without a page.",
    "Vendors see the change the next morning, because their reports run at night.",
    "A decision about the mobile app is out of scope here and has its own document.",
    "The team has measured this three times, and each time the database was the limit.",
    "Numbers are rounded to whole kobo before they are shown, never before they are stored.",
    "Every write carries a key, so that a second attempt changes nothing.",
    "Nothing in this section blocks the first release; it says where we want to be.",
    "The depot in Ikeja is the first to use it, since its staff asked for it.",
    "We looked at what other shops do, and most of them poll.",
    "If the queue is longer than ten minutes, the page says so instead of guessing.",
    "The status of a parcel is copied, not moved, so the courier's record stays whole.",
    "An unresolved case goes to a person after two days, whatever the rules say.",
    "It was deferred twice last year, which is why the numbers below are old.",
    "The schema is the same in all regions, and so are the migrations.",
    "Load tests run each night against a copy of last week's traffic.",
];

/// Decisions; `{}` is the document's number.
pub(super) const DECISIONS: &[&str] = &[
    "Keep entries in the ledger for ten years",
    "Write through the queue and never around it",
    "Refuse a second attempt within a minute",
    "Ship to the Ikeja depot first",
    "Show amounts in naira and kobo",
    "Leave the old endpoint in place until spring",
    "Use one table with a type column",
    "Let vendors opt out on their own page",
    "Page the owning team, not the platform team",
    "Store times in UTC and show them in Lagos time",
];

/// Rationales.
pub(super) const RATIONALES: &[&str] = &[
    "the auditors ask for it",
    "retries were the cause of the last three incidents",
    "it costs less than the alternative and can be undone",
    "the measurements left no doubt",
    "vendors said so in nine of ten interviews",
    "nobody could name a case where it's needed",
    "two weeks of work are saved",
    "the law changes in January",
];

/// Open questions.
pub(super) const QUESTIONS: &[&str] = &[
    "Should a partial amount go back to the card or to the wallet?",
    "How long do we keep the raw events?",
    "Who may override a limit at night?",
    "Do we need a second region before the holidays?",
    "Is one retry enough for couriers on 2G?",
    "Can support see the full phone number?",
    "Which team answers pages for the importer?",
    "What happens to points when an account is closed?",
    "Does the depot need its own printer queue?",
    "May vendors change a price while an order is open?",
];

/// Contexts of questions.
pub(super) const CONTEXTS: &[&str] = &[
    "Finance prefers the first, support the second.",
    "Storage costs about 40,000 naira a month for each year kept.",
    "A similar question was resolved by the mobile team, but not for stalls.",
    "Legal wants to see a draft before they answer.",
    "The last outage would have been shorter with a clear answer.",
    "Both have been tried in staging; neither hurt.",
];

/// Deadlines given as words.
pub(super) const MILESTONES: &[&str] = &[
    "Phase 2", "Pre-implementation", "Before DB schema", "Public launch", "Start of staging",
];

/// The first chapter, which is not a design document.
pub(super) const WELCOME: &str = "# Welcome

This handbook is where the team writes down how things work and why.

**Note:** a document is never finished, only current.

- [ ] read the on-call guide
- [x] get a key card
";

/// The template's sections: the words, the emoji, and the damaged emoji of the template, UTF-8 that
/// was misread as Mac Roman.
pub(super) const SECTIONS: &[(&str, &str, &str)] = &[
    ("Table of Contents", "📋", "\u{f8ff}\u{fc}\u{ec}\u{e3}"),
    ("Context", "📖", "\u{f8ff}\u{fc}\u{ec}\u{f1}"),
    ("Goals & Non-Goals", "🎯", "\u{f8ff}\u{fc}\u{e9}\u{d8}"),
    ("Proposed Solution", "💡", "\u{f8ff}\u{fc}\u{ed}\u{b0}"),
    ("Alternative Solutions", "🔄", "\u{f8ff}\u{fc}\u{ee}\u{d1}"),
    ("System Design", "🏗️", "\u{f8ff}\u{fc}\u{e8}\u{f3}\u{d4}\u{220f}\u{e8}"),
    ("API Design", "🔌", "\u{f8ff}\u{fc}\u{ee}\u{e5}"),
    ("Data Model", "💾", "\u{f8ff}\u{fc}\u{ed}\u{e6}"),
    ("Security Considerations", "🔐", "\u{f8ff}\u{fc}\u{ee}\u{ea}"),
    ("Performance Considerations", "⚡", "\u{201a}\u{f6}\u{b0}"),
    ("Testing Strategy", "🧪", "\u{f8ff}\u{fc}\u{df}\u{2122}"),
    ("Rollout Plan", "🚀", "\u{f8ff}\u{fc}\u{f6}\u{c4}"),
    ("Monitoring & Alerts", "📊", "\u{f8ff}\u{fc}\u{ec}\u{e4}"),
    ("Dependencies", "🔗", "\u{f8ff}\u{fc}\u{ee}\u{f3}"),
    ("Open Questions", "❓", "\u{201a}\u{f9}\u{ec}"),
    ("Decision Log", "📝", "\u{f8ff}\u{fc}\u{ec}\u{f9}"),
    ("Review & Approval", "👥", "\u{f8ff}\u{fc}\u{eb}\u{2022}"),
    ("References", "📚", "\u{f8ff}\u{fc}\u{ec}\u{f6}"),
    ("Appendix", "📎", "\u{f8ff}\u{fc}\u{ec}\u{e9}"),
];
