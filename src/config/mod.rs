//! The settings in `[preprocessor.design-docs]`, as plain data with defaults.
//!
//! `read` fills them from book.toml, whose values always arrive as JSON.

mod links;
mod locate;
mod read;
mod records;
mod value;

use std::collections::BTreeMap;

use globset::GlobSet;
use jiff::civil::Date;

use crate::diagnostic::Level;
use crate::source::worded;

pub use links::{Anchors, Links};
pub use locate::{Part, locate};
pub use read::{CLASSES, FIELDS, KEYS, LANGUAGES, MDBOOK_KEYS, Problem, Read, SECTIONS, base_language, read};
pub use records::{Form, RecordKind};
pub use value::base_url;

/// The name of the preprocessor, and so of our table below `preprocessor`.
pub const NAME: &str = "design-docs";

/// The program's name and version, for generated files.
pub const GENERATOR: &str = concat!("mdbook-design-docs ", env!("CARGO_PKG_VERSION"));

/// All settings.
#[derive(Debug, Clone)]
pub struct Config {
    /// How the mdBook in use reads Markdown.
    pub dialect: Dialect,
    /// Whether the chapters become HTML; other renderers get plain Markdown.
    pub html: bool,
    /// What such a renderer does with links.
    pub links: Links,
    /// The book's language, `en`.
    pub language: String,
    /// Further languages in which documents are written, by their codes: `de`.
    pub languages: Vec<String>,
    /// Chapters that are always design documents.
    pub include: Option<GlobSet>,
    /// Chapters that are never design documents.
    pub exclude: Option<GlobSet>,
    /// The IANA name of the time zone in which deadlines expire; None means the machine's.
    pub timezone: Option<String>,
    /// The date to use as today.
    pub today: Option<Date>,
    /// How many days before its date a question is due soon.
    pub due_soon_days: u16,
    /// The number of days after which a page states its age.
    pub stale_page_days: u16,
    /// How to read 05/02/2018; if None, such a date is reported as ambiguous.
    pub date_order: Option<DateOrder>,
    /// The URL of the published book, with a trailing slash; for links from outside the book.
    pub base_url: Option<String>,
    /// The URL of the repository with the chapters, without a trailing slash; for links to them.
    pub repository: Option<String>,
    /// Other books whose decisions and questions this one shows.
    pub external: Vec<External>,
    /// The header card.
    pub header: Header,
    /// The table of contents.
    pub toc: Toc,
    /// The badges at open questions, and the anchors at decisions.
    pub badges: Badges,
    /// The index chapters.
    pub index: Index,
    /// What git knows, on the pages.
    pub history: History,
    /// A team's own status words, by their slug.
    pub statuses: BTreeMap<String, StatusWord>,
    /// The day of a named milestone; names in lower case.
    pub milestones: BTreeMap<String, Date>,
    /// Further labels for a field: `author = ["Verantwortlich"]`.
    pub labels: BTreeMap<String, Vec<String>>,
    /// The kinds of records in registers: the built-in ones, then the team's own.
    pub records: Vec<RecordKind>,
    /// Further headings of a section: `open-questions = ["Parking lot"]`.
    pub sections: BTreeMap<String, Vec<String>>,
    /// Levels by the name of a lint or a group.
    pub lints: BTreeMap<String, Level>,
    /// The chapter whose sections every design document must have, and which `new` copies:
    /// `designs/template.md`.
    pub template: Option<String>,
    /// The number of days without a change after which a review is stale.
    pub stale_review_days: u16,
    /// The preprocessors that mdBook runs on the wrong side of ours.
    pub misplaced: Vec<&'static Neighbor>,
}

/// A preprocessor that must run before ours or after it.
#[derive(Debug, PartialEq, Eq)]
pub struct Neighbor {
    /// Its table in book.toml.
    pub name: &'static str,
    /// Whether it must run before ours.
    pub is_first: bool,
    /// What happens in the other order: `so it reads …`.
    pub effect: &'static str,
}

impl Neighbor {
    /// mdBook's own preprocessor for `{{#include …}}`.
    pub const LINKS: &'static str = "links";

    /// All that are known.
    pub const ALL: [Self; 8] = [
        Self::first(Self::LINKS, "so it does not see what is included"),
        Self::first("gettext", "so it reads the text before the translation"),
        Self::first("variables", "so it reads the names of variables, not their values"),
        Self::first("cmdrun", "so it does not read the output of commands"),
        Self::first("emojicodes", "so its links to headings with an emoji lead nowhere"),
        Self::last("katex", "so it reads the HTML of formulas"),
        Self::last("footnote", "so it does not find the facts at the end of a document"),
        Self::last("external-links", "so it reads HTML in place of links"),
    ];

    const fn first(name: &'static str, effect: &'static str) -> Self {
        Self {
            name,
            is_first: true,
            effect,
        }
    }

    const fn last(name: &'static str, effect: &'static str) -> Self {
        Self {
            name,
            is_first: false,
            effect,
        }
    }

    /// The key of our table that puts it in its place.
    pub const fn key(&self) -> &'static str {
        if self.is_first { "after" } else { "before" }
    }
}

/// How a version of mdBook reads Markdown and makes heading ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// The rules for heading ids.
    pub ids: IdRules,
    /// `"` becomes a curly quote, `--` a dash.
    pub smart_punctuation: bool,
    /// `Term⏎: definition`.
    pub definition_lists: bool,
    /// `> [!NOTE]`.
    pub admonitions: bool,
}

/// The rules by which mdBook makes an id from a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdRules {
    /// 0.4: on the rendered HTML.
    V04,
    /// 0.5.0 to 0.5.4: on the text.
    V05,
}

/// Which part of `05/02/2018` is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// `dmy`: the fifth is the day's number.
    DayFirst,
    /// `mdy`: the fifth is the month's number.
    MonthFirst,
}

/// `[preprocessor.design-docs.header]`.
#[derive(Debug, Clone)]
pub struct Header {
    /// Whether documents get a header card.
    pub enabled: bool,
}

/// `[preprocessor.design-docs.toc]`.
#[derive(Debug, Clone)]
pub struct Toc {
    /// Whether documents get a table of contents.
    pub enabled: bool,
    /// The deepest heading level listed, 2 to 6.
    pub depth: u8,
}

/// `[preprocessor.design-docs.badges]`.
#[derive(Debug, Clone)]
pub struct Badges {
    /// Whether open questions get a badge in place.
    pub enabled: bool,
}

/// `[preprocessor.design-docs.index]`.
#[derive(Debug, Clone)]
pub struct Index {
    /// Whether there are index chapters.
    pub enabled: bool,
    /// The exports that are published beside the index chapters (`export --downloads`) and linked
    /// from them.
    pub downloads: Vec<Download>,
    /// Whether the page of the week is appended if the book has no marker for it.
    pub this_week: bool,
    /// Whether a chapter of people is appended if the book has no marker for it.
    pub people: bool,
    /// Whether a chapter of registers is appended if the book has no marker for it.
    pub registers: bool,
    /// The number of rows from which an index is paginated by year.
    pub page_rows: usize,
}

/// `[preprocessor.design-docs.history]`.
#[derive(Debug, Clone, Default)]
pub struct History {
    /// Whether a build asks git when questions were asked and how often their deadlines were moved.
    pub enabled: bool,
}

worded! {
    /// An export that is published beside the index pages.
    pub enum Download {
        /// Every fact, schema version 1.
        Json = "json",
        /// A table for each index.
        Csv = "csv",
        /// The deadlines.
        Ics = "ics",
        /// The decisions.
        Atom = "atom",
    }
}

/// `[[preprocessor.design-docs.external]]`: another book, by its JSON export.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct External {
    /// The name that readers see.
    pub name: String,
    /// The export, relative to this book's root.
    pub file: String,
    /// The URL of the published book, with a trailing slash.
    pub url: String,
}

/// A team's own status word.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StatusWord {
    /// Its class; None keeps the class of the built-in vocabulary.
    pub class: Option<StatusClass>,
    /// Other ways to write it.
    pub aliases: Vec<String>,
}

worded! {
    /// The stages to which all status words are mapped.
    #[derive(Default)]
    pub enum StatusClass {
        /// Being written: draft, provisional, unfilled.
        Draft = "draft",
        /// Under discussion: in review, proposed.
        Review = "review",
        /// Agreed: approved, accepted, implementable.
        Agreed = "agreed",
        /// Done: implemented, final, active.
        Done = "done",
        /// Set aside: deferred, on hold.
        Paused = "paused",
        /// No longer true: rejected, withdrawn, superseded, deprecated.
        Closed = "closed",
        /// A word that is not in the vocabulary.
        #[default]
        Unknown = "unknown",
    }
}

impl Default for Dialect {
    fn default() -> Self {
        Self {
            ids: IdRules::V05,
            smart_punctuation: true,
            definition_lists: true,
            admonitions: true,
        }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            dialect: Dialect::default(),
            links: Links::default(),
            html: true,
            language: "en".to_owned(),
            languages: Vec::new(),
            include: None,
            exclude: None,
            timezone: None,
            today: None,
            due_soon_days: 14,
            stale_page_days: 7,
            date_order: None,
            base_url: None,
            repository: None,
            external: Vec::new(),
            header: Header { enabled: true },
            toc: Toc {
                enabled: true,
                depth: 2,
            },
            badges: Badges { enabled: true },
            index: Index {
                enabled: true,
                downloads: Vec::new(),
                this_week: true,
                people: false,
                registers: false,
                page_rows: 5000,
            },
            history: History::default(),
            statuses: BTreeMap::new(),
            milestones: BTreeMap::new(),
            labels: BTreeMap::new(),
            records: RecordKind::ours(),
            sections: BTreeMap::new(),
            lints: BTreeMap::new(),
            template: None,
            stale_review_days: 90,
            misplaced: Vec::new(),
        }
    }
}
