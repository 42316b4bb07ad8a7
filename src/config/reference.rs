//! What each key of `[preprocessor.design-docs]` is for: the text of its reference.

/// A key of the table, or a table below it.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// `due-soon-days`.
    pub name: &'static str,
    /// What it is for, in Markdown.
    pub text: &'static str,
    /// What holds without it, in Markdown.
    pub default: &'static str,
    /// A piece of book.toml that uses it.
    pub example: &'static str,
}

/// Every key, in the order of [`KEYS`](super::KEYS).
pub const REFERENCE: &[Key] = &[
    Key {
        name: "include",
        text: "Patterns for the chapters that are design documents whatever they look like, by their paths in `src`. \
               All others are ordinary chapters then. `*` stays within a folder, `**` does not.",
        default: "every chapter that carries a design document's metadata or sections",
        example: "[preprocessor.design-docs]\ninclude = [\"designs/**\"]\n",
    },
    Key {
        name: "exclude",
        text: "Patterns for chapters that are never design documents.",
        default: "none",
        example: "[preprocessor.design-docs]\nexclude = [\"meetings/**\"]\n",
    },
    Key {
        name: "timezone",
        text: "The IANA name of the time zone whose midnight ends a day.",
        default: "the machine's",
        example: "[preprocessor.design-docs]\ntimezone = \"Africa/Lagos\"\n",
    },
    Key {
        name: "today",
        text: "The date to take for today, for builds that can be repeated.",
        default: "`SOURCE_DATE_EPOCH`, else the clock",
        example: "[preprocessor.design-docs]\ntoday = 2026-11-23\n",
    },
    Key {
        name: "due-soon-days",
        text: "How many days before its date a question is due soon.",
        default: "14",
        example: "[preprocessor.design-docs]\ndue-soon-days = 30\n",
    },
    Key {
        name: "stale-page-days",
        text: "How many days after its build a page says how old it is, so that nobody takes a book that is no longer \
               built for a handbook without news.",
        default: "7",
        example: "[preprocessor.design-docs]\nstale-page-days = 30\n",
    },
    Key {
        name: "date-order",
        text: "How to read 05/02/2018: `dmy` for the fifth of February, `mdy` for the second of May.",
        default: "such a date is reported, never guessed",
        example: "[preprocessor.design-docs]\ndate-order = \"dmy\"\n",
    },
    Key {
        name: "header",
        text: "The card below the title of each document. `enabled = false` leaves the author's metadata as it is.",
        default: "enabled",
        example: "[preprocessor.design-docs.header]\nenabled = true\n",
    },
    Key {
        name: "toc",
        text: "The table of contents of each document. `depth` is the deepest level of heading in it, 2 to 6.",
        default: "enabled, down to level 3",
        example: "[preprocessor.design-docs.toc]\nenabled = true\ndepth = 4\n",
    },
    Key {
        name: "badges",
        text: "The badges at open questions, and the anchors at decisions.",
        default: "enabled",
        example: "[preprocessor.design-docs.badges]\nenabled = true\n",
    },
    Key {
        name: "index",
        text: "The index chapters: all designs, all decisions, all open questions. `downloads` names the exports that are \
               published beside them: `csv`, `ics`, `atom` or `json`; `export --downloads` writes them. `people` appends a \
               chapter of what everybody owns, decides and reviews, `registers` one of risks, alerts, timeline \
               dependencies and glossary terms. An index of more than `page-rows` rows, 100 or more, is cut into \
               chapters by year.",
        default: "enabled, without downloads, people and registers; 5000 rows a page",
        example: "[preprocessor.design-docs.index]\nenabled = true\ndownloads = [\"csv\", \"ics\"]\npeople = true\nregisters = true\npage-rows = 1000\n",
    },
    Key {
        name: "languages",
        text: "Languages of documents, in addition to English and the `language` of `[book]`: `de`, `fr`, `es`, `pt`, \
               `ja` or `zh`. A chapter that is clearly written in one of them needs no setting; short chapters and \
               chapters in mixed languages do. [What it understands](what-it-understands.md) shows samples of each \
               language.",
        default: "the `language` of `[book]`, and English",
        example: "[preprocessor.design-docs]\nlanguages = [\"de\", \"fr\"]\n",
    },
    Key {
        name: "statuses",
        text: "A team's own words for where a document stands: other ways to write a word, or a word with its class, \
               which is `draft`, `review`, `agreed`, `done`, `paused` or `closed`.",
        default: "the words that most teams use",
        example: "[preprocessor.design-docs.statuses]\nin-review = [\"With the board\"]\nblessed = { class = \"agreed\", \
                  aliases = [\"Good to go\"] }\n",
    },
    Key {
        name: "milestones",
        text: "The days of milestones by which questions are to be decided.",
        default: "a milestone has no day",
        example: "[preprocessor.design-docs.milestones]\n\"Phase 1\" = 2026-12-01\n",
    },
    Key {
        name: "labels",
        text: "Further labels under which authors write a fact: of a document its `author`, `reviewer`, `approver`, \
               `decider`, `status`, `created`, `updated`, `target-release` or `link`; of a question its `due`, \
               `owner`, `context` or `answer`.",
        default: "the labels that most teams use",
        example: "[preprocessor.design-docs.labels]\nauthor = [\"Verantwortlich\"]\n",
    },
    Key {
        name: "sections",
        text: "Further headings of sections. Keys for sections: `open-questions`, `resolved-questions`, \
               `decision-log`, `decision`, `metadata`, `contents`, `out-of-scope`, `rollout`, `timeline`, \
               `review-history`; for sections with one fact: `status`, `date`, `authors`, `reviewers`, `approvers`, \
               `deciders`; for registers: `risks`, `alerts`, `dependencies`, `glossary`. Case, numbers and emoji are \
               ignored.",
        default: "the headings that most teams use",
        example: "[preprocessor.design-docs.sections]\nopen-questions = [\"Parking lot\"]\n",
    },
    Key {
        name: "lints",
        text: "Levels by the name of a lint or a group: `allow`, `warn` or `deny`. The [lints](lints.md) have a page of \
               their own.",
        default: "each lint's own level",
        example: "[preprocessor.design-docs.lints]\noverdue-question = \"deny\"\nstyle = \"warn\"\n",
    },
    Key {
        name: "template",
        text: "The chapter, by its path in `src`, whose sections every design document is to have, see \
               [missing-section](lints.md#missing-section), and which `new` fills in.",
        default: "no section is asked for, and `new` has templates of its own",
        example: "[preprocessor.design-docs]\ntemplate = \"designs/template.md\"\n",
    },
    Key {
        name: "stale-review-days",
        text: "After how many days without a change a document in review is reported; see \
               [stale-review](lints.md#stale-review).",
        default: "90",
        example: "[preprocessor.design-docs]\nstale-review-days = 30\n",
    },
    Key {
        name: "base-url",
        text: "The address at which the book is published, for links from feeds, calendars and messages.",
        default: "`cname` and `site-url` of `[output.html]`, where there are any",
        example: "[preprocessor.design-docs]\nbase-url = \"https://handbook.example.com/\"\n",
    },
    Key {
        name: "external",
        text: "Other books whose decisions and open questions are shown in the indices of this one. `file`, relative \
               to the folder of book.toml, is what `export --format json` has written of it; `url` is where it is \
               published.",
        default: "none",
        example: "[[preprocessor.design-docs.external]]\nname = \"Platform\"\nfile = \"exports/platform.json\"\nurl = \"https://platform.example.com/\"\n",
    },
    Key {
        name: "records",
        text: "Your own kinds of records, one table for each. `sections` are the headings below which records are \
               read from tables, lists and headings. `columns` are their columns and labels; the first is the text of \
               the record. `deadline` names the column with the deadline. The name of the table, here `assumptions`, \
               is also used for the index chapter (`assumptions.md`), its marker (`<!-- assumptions -->`) and the \
               kind in the [export](export-formats.md).",
        default: "risks, alerts, timeline dependencies and the glossary",
        example: "[preprocessor.design-docs.records.assumptions]\nsections = [\"Assumptions\"]\ncolumns = [\"Assumption\", \
                  \"Owner\", \"Valid until\"]\ndeadline = \"Valid until\"\n",
    },
];
