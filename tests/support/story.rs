//! A repository with a story: a script changes a handbook of a dozen documents commit by commit, and keeps
//! what it has done. What `diff` and `history` must tell is computed from that, by the identity that each
//! question has in the script; the program is not asked.

use std::collections::HashMap;

use super::handbook::Random;
use super::repository::Repository;

/// A question in the script. `key` is its identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub key: usize,
    pub text: String,
    pub due: Option<String>,
    pub owner: &'static str,
    pub is_resolved: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    pub key: usize,
    pub text: String,
    pub day: String,
    pub is_superseded: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    pub key: usize,
    pub path: String,
    pub title: String,
    pub status: &'static str,
    /// In which form its questions are written.
    pub form: usize,
    pub approved: Vec<(&'static str, bool)>,
    pub questions: Vec<Question>,
    pub decisions: Vec<Decision>,
}

/// The handbook after a commit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Book {
    pub documents: Vec<Document>,
}

/// A commit of the story: its id, its day and author, the commit before it, and the handbook after it.
#[derive(Debug, Clone)]
pub struct Commit {
    pub id: String,
    pub day: String,
    pub author: &'static str,
    /// The index of the commit before it; None for the first. A merge has its first parent.
    pub before: Option<usize>,
    pub is_merge: bool,
    pub book: Book,
}

/// The repository and its commits, in their order.
pub struct Story {
    pub repository: Repository,
    pub commits: Vec<Commit>,
    /// The first and the last commit of the main line.
    random: Random,
    book: Book,
    keys: usize,
    day: i64,
    at: Option<usize>,
}

const PEOPLE: [&str; 4] = ["Ada Obi", "Tunde Bello", "Halima Sani", "Chika Eze"];
pub const STATUSES: [(&str, &str); 4] = [
    ("Draft", "draft"),
    ("In Review", "in-review"),
    ("Approved", "approved"),
    ("Implemented", "implemented"),
];
const FIRST: [&str; 8] = [
    "Which carrier", "Who", "What kind of depot", "Which of the two ledgers", "How many couriers", "Whose budget",
    "Which region", "What sort of alert",
];
const MIDDLE: [&str; 8] = [
    "pays for broken eggs", "holds the keys of the lockers", "replaces the nightly export", "is paged after midnight",
    "gets the refund of a gift", "signs for frozen parcels", "knows the address of a guest", "keeps the old receipts",
];

impl Story {
    /// A repository in which the book stands in `docs`, and the story of `commits` commits.
    pub fn new(seed: u64, commits: usize) -> Self {
        let mut story = Self {
            repository: Repository::new(),
            commits: Vec::new(),
            random: Random(seed),
            book: Book::default(),
            keys: 0,
            day: 0,
            at: None,
        };
        let toml = "[book]\ntitle = \"Handbook\"\n\n[preprocessor.design-docs]\n";
        story.repository.write("docs/book.toml", toml);
        for _ in 0..8 {
            story.add_document();
        }
        story.commit();
        while story.commits.len() < commits {
            match story.commits.len() {
                14 | 33 => story.branch_and_merge(),
                22 | 45 => story.revert(),
                10 | 28 | 40 | 50 => {
                    story.add_document();
                    story.commit();
                }
                number => {
                    let before = story.book.clone();
                    for _ in 0..=story.random.below(2) {
                        story.change(number);
                    }
                    while story.book == before {
                        story.change(number);
                    }
                    story.commit();
                }
            }
        }
        story
    }

    fn key(&mut self) -> usize {
        self.keys += 1;
        self.keys
    }

    fn a_day(&mut self) -> String {
        let day = 1 + self.random.below(28);
        format!("2027-{:02}-{day:02}", 1 + self.random.below(12))
    }

    fn add_document(&mut self) {
        let key = self.key();
        let mut document = Document {
            key,
            path: format!("team-{}/design-{key}.md", key % 3),
            title: format!("Design {key}: {}", MIDDLE[key % MIDDLE.len()]),
            status: STATUSES[0].0,
            form: key % 3,
            approved: vec![(PEOPLE[0], false), (PEOPLE[1], false)],
            questions: Vec::new(),
            decisions: Vec::new(),
        };
        for _ in 0..3 {
            document.questions.push(self.question());
        }
        document.decisions.push(self.decision());
        self.book.documents.push(document);
    }

    fn question(&mut self) -> Question {
        let key = self.key();
        // Two questions have only their first words in common.
        let first = self.random.pick(&FIRST);
        let words = [7919, 104_729, 1_299_709, 15_485_863]
            .map(|prime| word(key * prime))
            .join(" ");
        Question {
            key,
            text: format!("{first} {words}?"),
            due: (!key.is_multiple_of(4)).then(|| self.a_day()),
            owner: PEOPLE[self.random.below(4)],
            is_resolved: false,
        }
    }

    fn decision(&mut self) -> Decision {
        let key = self.key();
        Decision {
            key,
            text: format!("Use {} for {}", word(key * 7919), word(key * 104_729)),
            day: self.a_day(),
            is_superseded: false,
        }
    }

    /// One change of a document.
    fn change(&mut self, number: usize) {
        let at = self.random.below(self.book.documents.len());
        let what = (number + self.random.below(3)) % 16;
        if what == 15 {
            if number.is_multiple_of(2) && self.book.documents.len() > 6 {
                self.book.documents.remove(at);
            }
            return;
        }
        let mut document = self.book.documents[at].clone();
        match what {
            0..8 => self.change_question(&mut document, what),
            8 | 9 => document.status = self.random.pick(&STATUSES).0,
            10 => document.approved[self.random.below(2)].1 ^= true,
            11 => document.decisions.push(self.decision()),
            12 => self.change_decision(&mut document, number),
            13 => {
                let length = document.questions.len();
                if length > 1 {
                    document.questions.swap(0, length - 1);
                }
            }
            _ => document.path = format!("moved-{number}/{}", document.path.rsplit('/').next().unwrap()),
        }
        self.book.documents[at] = document;
    }

    fn change_question(&mut self, document: &mut Document, what: usize) {
        if what == 0 {
            let question = self.question();
            let place = self.random.below(document.questions.len() + 1);
            return document.questions.insert(place, question);
        }
        let Some(length) = Some(document.questions.len()).filter(|length| *length > 0) else {
            return;
        };
        let at = self.random.below(length);
        let question = &mut document.questions[at];
        match what {
            1 | 2 if !question.is_resolved => question.due = Some(self.a_day()),
            3 if !question.is_resolved => question.owner = PEOPLE[self.random.below(4)],
            4 => question.text = format!("{} after all?", question.text.trim_end_matches('?')),
            5 | 6 => question.is_resolved ^= true,
            7 if length > 1 => drop(document.questions.remove(at)),
            _ => {}
        }
    }

    fn change_decision(&mut self, document: &mut Document, number: usize) {
        let Some(length) = Some(document.decisions.len()).filter(|length| *length > 0) else {
            return;
        };
        let at = self.random.below(length);
        match number % 3 {
            0 => document.decisions[at].day = self.a_day(),
            1 => document.decisions[at].is_superseded ^= true,
            _ => drop(document.decisions.remove(at)),
        }
    }

    /// Two lines from here, each with changes of its own; the same document is changed in both.
    fn branch_and_merge(&mut self) {
        let git = |story: &Self, args: &[&str]| story.repository.git(args);
        let (start, fork) = (self.book.clone(), self.at);
        git(self, &["checkout", "-q", "-b", "side"]);
        self.book.documents[0].questions[0].due = Some("2028-01-01".to_owned());
        self.commit();
        self.book.documents[1].status = STATUSES[2].0;
        self.book.documents[1].path = format!("side/design-{}.md", self.book.documents[1].key);
        self.commit();
        let side = std::mem::replace(&mut self.book, start);
        git(self, &["checkout", "-q", "main"]);
        self.at = fork;
        let last = self.book.documents[0].questions.len() - 1;
        self.book.documents[0].questions[last].due = Some("2028-02-02".to_owned());
        self.book.documents[2].title += ", revised";
        self.commit();
        self.book.documents[0].questions[0].due = side.documents[0].questions[0].due.clone();
        self.book.documents[1] = side.documents[1].clone();
        git(self, &["merge", "-q", "--no-ff", "--no-commit", "-s", "ours", "side"]);
        self.write();
        self.commit();
        self.commits.last_mut().unwrap().is_merge = true;
        git(self, &["branch", "-q", "-D", "side"]);
    }

    /// Takes the last commit back.
    fn revert(&mut self) {
        let last = self.at.unwrap();
        self.day += 1;
        let (day, author) = (date(self.day), PEOPLE[2]);
        self.repository
            .git_on(&day, author, &["revert", "--no-edit", &self.commits[last].id]);
        self.book = self.commits[self.commits[last].before.unwrap()].book.clone();
        self.push(day, author);
    }

    fn commit(&mut self) {
        self.day += 1 + i64::try_from(self.random.below(4)).unwrap();
        let (day, author) = (date(self.day), *self.random.pick(&PEOPLE));
        self.write();
        self.repository.commit(&day, author);
        self.push(day, author);
    }

    fn push(&mut self, day: String, author: &'static str) {
        self.commits.push(Commit {
            id: self.repository.head(),
            day,
            author,
            before: self.at,
            is_merge: false,
            book: self.book.clone(),
        });
        self.at = Some(self.commits.len() - 1);
    }

    fn write(&self) {
        let _ = std::fs::remove_dir_all(self.repository.path("docs/src"));
        let mut summary = "# Summary\n\n".to_owned();
        for document in &self.book.documents {
            summary += &format!("- [{}]({})\n", document.title, document.path);
            self.repository
                .write(&format!("docs/src/{}", document.path), document.text());
        }
        self.repository.write("docs/src/SUMMARY.md", summary);
    }
}

/// A word of four syllables.
fn word(mut number: usize) -> String {
    const SYLLABLES: [&str; 16] = [
        "ba", "de", "fi", "go", "hu", "ja", "ke", "li", "mo", "nu", "pa", "re", "si", "to", "vu", "za",
    ];
    let mut out = String::new();
    for _ in 0..4 {
        out += SYLLABLES[number % 16];
        number /= 16;
    }
    out
}

/// The day `days` after the first of March 2026.
fn date(days: i64) -> String {
    let first: jiff::civil::Date = "2026-03-01".parse().unwrap();
    let day = first.checked_add(jiff::Span::new().days(days)).unwrap();
    day.to_string()
}

impl Document {
    /// The document as its authors write it.
    fn text(&self) -> String {
        let reviewers: String = self
            .approved
            .iter()
            .map(|(name, is_done)| format!("- [{}] {name}\n", if *is_done { "x" } else { " " }))
            .collect();
        let mut out = format!(
            "# {}\n\n**Author:** Ada Obi  \n**Status:** {}\n\n## Reviewers\n\n{reviewers}\n## Context\n\n\
             Design {} is about {}.\n\n## Open Questions\n\n",
            self.title,
            self.status,
            self.key,
            word(self.key * 31_337)
        );
        if self.form == 1 {
            out += "| # | Question | Owner | Due | Status |\n|---|---|---|---|---|\n";
        }
        for (number, question) in self.questions.iter().enumerate() {
            out += &question.text_in(self.form, number + 1);
        }
        out += "\n## Decision Log\n\n| Date | Decision | Rationale | Decided By | Status |\n|---|---|---|---|---|\n";
        for decision in &self.decisions {
            let status = if decision.is_superseded {
                "Superseded"
            } else {
                "Accepted"
            };
            out += &format!(
                "| {} | {} | It is cheap | Ada Obi | {status} |\n",
                decision.day, decision.text
            );
        }
        out
    }
}

impl Question {
    fn text_in(&self, form: usize, number: usize) -> String {
        let Self { text, owner, due, .. } = self;
        let date = due.as_deref().unwrap_or("TBD");
        match (form, self.is_resolved) {
            (0, false) => format!("{number}. **{text}**\n   - Owner: {owner}\n   - Due: {date}\n"),
            (0, true) => format!("{number}. ~~**{text}**~~ **Resolved:** yes\n   - Owner: {owner}\n   - Due: {date}\n"),
            (1, is_resolved) => {
                let status = if is_resolved { "Resolved" } else { "Open" };
                format!("| {number} | {text} | {owner} | {date} | {status} |\n")
            }
            (_, is_resolved) => {
                let mark = if is_resolved { "x" } else { " " };
                format!("- [{mark}] {text}\n  - Owner: {owner}\n  - Due: {date}\n")
            }
        }
    }
}

/// What `diff` must tell between two states of the handbook, as `kind | path | text | from | to`, sorted.
pub fn differences(old: &Book, new: &Book) -> Vec<String> {
    let mut out = Vec::new();
    for document in &new.documents {
        let before = old.documents.iter().find(|each| each.key == document.key);
        document.differences(before, &mut out);
    }
    for document in &old.documents {
        if new.documents.iter().any(|each| each.key == document.key) {
            continue;
        }
        out.push(line(
            "document-removed",
            document,
            &document.title,
            Some(state(document.status)),
            None,
        ));
        let open = document.questions.iter().filter(|question| !question.is_resolved);
        out.extend(open.map(|question| line("question-removed", document, &question.text, None, None)));
        let decisions = document.decisions.iter();
        out.extend(decisions.map(|decision| line("decision-removed", document, &decision.text, None, None)));
    }
    out.sort();
    out
}

fn line(kind: &str, document: &Document, text: &str, from: Option<&str>, to: Option<&str>) -> String {
    let [from, to] = [from, to].map(|value| value.unwrap_or("-"));
    format!("{kind} | {} | {text} | {from} | {to}", document.path)
}

/// The state that the export gives for a status.
pub fn state(status: &str) -> &'static str {
    STATUSES.iter().find(|(word, _)| *word == status).unwrap().1
}

impl Document {
    fn differences(&self, before: Option<&Self>, out: &mut Vec<String>) {
        match before {
            None => out.push(line(
                "document-added",
                self,
                &self.title,
                None,
                Some(state(self.status)),
            )),
            Some(old) => {
                if old.path != self.path {
                    let (from, to) = (Some(old.path.as_str()), Some(self.path.as_str()));
                    out.push(line("document-renamed", self, &self.title, from, to));
                }
                if old.status != self.status {
                    let (from, to) = (state(old.status), state(self.status));
                    out.push(line("status-changed", self, &self.title, Some(from), Some(to)));
                }
            }
        }
        for (name, is_done) in &self.approved {
            let was_done = before.is_some_and(|old| old.approved.contains(&(name, true)));
            match (was_done, is_done) {
                (false, true) => out.push(line("approved", self, name, None, None)),
                (true, false) => out.push(line("approval-withdrawn", self, name, None, None)),
                _ => {}
            }
        }
        let old = before.map_or(&[][..], |old| &old.decisions);
        for decision in &self.decisions {
            let before = old.iter().find(|each| each.key == decision.key);
            decision.differences(before, self, out);
        }
        let is_gone = |key| !self.decisions.iter().any(|each| each.key == key);
        let gone = old.iter().filter(|each| is_gone(each.key));
        out.extend(gone.map(|each| line("decision-removed", self, &each.text, None, None)));
        let old = before.map_or(&[][..], |old| &old.questions);
        for question in &self.questions {
            let before = old.iter().find(|each| each.key == question.key);
            question.differences(before, self, out);
        }
        let is_gone = |key| !self.questions.iter().any(|each| each.key == key);
        let gone = old.iter().filter(|each| !each.is_resolved && is_gone(each.key));
        out.extend(gone.map(|each| line("question-removed", self, &each.text, None, None)));
    }
}

impl Decision {
    fn differences(&self, before: Option<&Self>, document: &Document, out: &mut Vec<String>) {
        let mut push = |kind, from, to| out.push(line(kind, document, &self.text, from, to));
        let Some(old) = before else {
            return push("decision-added", None, None);
        };
        if old.day != self.day {
            push("decision-changed", Some(&old.day), Some(&self.day));
        }
        match (old.is_superseded, self.is_superseded) {
            (false, true) => push("decision-superseded", None, None),
            (true, false) => push("decision-changed", Some("superseded"), None),
            _ => {}
        }
    }
}

impl Question {
    fn differences(&self, before: Option<&Self>, document: &Document, out: &mut Vec<String>) {
        let mut push = |kind, from, to| out.push(line(kind, document, &self.text, from, to));
        let Some(old) = before else {
            let (kind, to) = match self.is_resolved {
                true if document.form == 0 => ("question-resolved", Some("yes")),
                true => ("question-resolved", None),
                false => ("question-asked", self.due.as_deref()),
            };
            return push(kind, None, to);
        };
        if old.text != self.text {
            push("question-changed", Some(&old.text), Some(&self.text));
        }
        match (old.is_resolved, self.is_resolved) {
            (false, true) => push("question-resolved", None, (document.form == 0).then_some("yes")),
            (true, false) => push("question-reopened", None, None),
            _ => {}
        }
        if self.is_resolved {
            return;
        }
        if old.due != self.due {
            push("deadline-moved", old.due.as_deref(), self.due.as_deref());
        }
        if old.owner != self.owner {
            push("owner-changed", Some(old.owner), Some(self.owner));
        }
    }
}

/// A change of a value that the script has made: the day, the author, the old and the new value.
pub type Step = (String, &'static str, Option<String>, Option<String>);

/// What has happened to a document or a question in the script.
#[derive(Debug, Default)]
pub struct Past {
    /// The first day.
    pub begun: String,
    /// Every status, or every move of the deadline.
    pub steps: Vec<Step>,
}

impl Story {
    /// What has happened to each document and to each question, by key.
    pub fn past(&self) -> HashMap<usize, Past> {
        let mut past: HashMap<usize, Past> = HashMap::new();
        let nothing = Book::default();
        for commit in self.commits.iter().filter(|commit| !commit.is_merge) {
            let old = commit.before.map_or(&nothing, |before| &self.commits[before].book);
            let step = |from: Option<&str>, to: Option<&str>| {
                let own = |value: Option<&str>| value.map(str::to_owned);
                (commit.day.clone(), commit.author, own(from), own(to))
            };
            for document in &commit.book.documents {
                let before = old.documents.iter().find(|each| each.key == document.key);
                let known = past.entry(document.key).or_default();
                if known.begun.is_empty() {
                    known.begun.clone_from(&commit.day);
                }
                // What comes back is what it was.
                let from = before.map(|old| state(old.status)).or(known.last_value());
                if from != Some(state(document.status)) {
                    let step = step(from, Some(state(document.status)));
                    known.steps.push(step);
                }
                for question in &document.questions {
                    let questions = before.map_or(&[][..], |old| &old.questions);
                    let before = questions.iter().find(|each| each.key == question.key);
                    let known = past.entry(question.key).or_default();
                    if known.begun.is_empty() {
                        known.begun.clone_from(&commit.day);
                    } else if let Some(old) = before.filter(|old| old.due != question.due) {
                        known.steps.push(step(old.due.as_deref(), question.due.as_deref()));
                    }
                }
            }
        }
        past
    }

    /// The handbook at the end.
    pub fn last(&self) -> &Book {
        &self.commits.last().unwrap().book
    }
}

impl Past {
    fn last_value(&self) -> Option<&'static str> {
        let last = self.steps.last()?.3.as_deref()?;
        STATUSES.iter().map(|(_, state)| *state).find(|state| *state == last)
    }
}
