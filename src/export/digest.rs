//! `digest`: the open questions by owner and urgency, then what is to be looked at again and which
//! reviews end, for a chat message or an issue.

mod deadlines;

use std::cmp::Reverse;
use std::collections::HashMap;

use serde::Serialize;

use super::ExportInput;
use super::diff::news::{self, News};
use super::record::{Asked, is_named};
use crate::config::GENERATOR;
use crate::diagnostic::{harmless_json, is_harmful};
use crate::model::{Person, Standing, days_between};

/// Which questions to list, and how many.
#[derive(Debug, Clone, Copy, Default)]
pub struct Choice<'a> {
    /// The owner, by name, handle or email; None for all.
    pub owner: Option<&'a str>,
    /// The maximum number of questions; None for all.
    pub limit: Option<usize>,
}

/// The open questions as Markdown for chats and issue trackers; before them, what is new.
pub fn markdown(book: &ExportInput<'_>, choice: Choice<'_>, news: Option<&News<'_>>) -> String {
    let (summary, people) = gather(book, choice);
    let news = news.map_or(String::new(), |news| news::markdown(news, choice));
    let mut out = format!(
        "# {}: open questions\n\n{news}{}\n",
        escaped(book.title),
        summary.said(book)
    );
    for person in &people {
        out += &format!("\n## {}\n\n", escaped(&person.name));
        for line in person.questions.iter().map(item) {
            out += &line;
        }
    }
    if summary.omitted > 0 {
        let noun = if summary.omitted == 1 { "question" } else { "questions" };
        out += &format!("\n… and {} more {noun}, all of them less urgent.\n", summary.omitted);
    }
    out + &deadlines::markdown(&deadlines::gather(book, choice), choice)
}

/// The same as JSON, version 1.
///
/// # Errors
/// None in practice: serde_json can write plain data.
pub fn json(book: &ExportInput<'_>, choice: Choice<'_>, news: Option<&News<'_>>) -> serde_json::Result<String> {
    let (summary, owners) = gather(book, choice);
    let digest = Digest {
        schema_version: 1,
        generator: GENERATOR,
        as_of: book.today.to_string(),
        title: book.title,
        since: news.map(|news| news::json(news, choice)),
        summary,
        owners,
        deadlines: deadlines::gather(book, choice),
    };
    Ok(harmless_json(serde_json::to_string_pretty(&digest)?) + "\n")
}

#[derive(Serialize)]
struct Digest<'a> {
    schema_version: u32,
    generator: &'static str,
    as_of: String,
    title: &'a str,
    /// What is new; null if that was not asked.
    since: Option<news::Since<'a>>,
    summary: Summary,
    owners: Vec<Owner<'a>>,
    deadlines: Vec<deadlines::Due<'a>>,
}

/// Counts each question once, even if it has several owners.
#[derive(Serialize)]
struct Summary {
    #[serde(flatten)]
    counts: Counts,
    /// The questions omitted because of the limit.
    omitted: usize,
}

#[derive(Default, Serialize)]
struct Counts {
    overdue: usize,
    due_today: usize,
    due_soon: usize,
    open: usize,
}

impl Counts {
    fn add(&mut self, standing: Standing) {
        self.open += 1;
        match standing {
            Standing::Overdue => self.overdue += 1,
            Standing::DueToday => self.due_today += 1,
            Standing::DueSoon => self.due_soon += 1,
            _ => {}
        }
    }
}

#[derive(Serialize)]
struct Owner<'a> {
    name: String,
    handle: Option<&'a str>,
    email: Option<&'a str>,
    #[serde(flatten)]
    counts: Counts,
    questions: Vec<Question<'a>>,
    #[serde(skip)]
    person: Option<&'a Person>,
}

#[derive(Serialize, Clone)]
struct Question<'a> {
    id: &'a str,
    question: &'a str,
    document: &'a str,
    path: &'a str,
    line: usize,
    url: Option<String>,
    due: Option<String>,
    due_text: Option<&'a str>,
    standing: &'static str,
    /// The days from today to the deadline; negative if it has passed.
    days: Option<i64>,
    #[serde(skip)]
    tier: Standing,
}

fn gather<'a>(book: &ExportInput<'a>, choice: Choice<'_>) -> (Summary, Vec<Owner<'a>>) {
    let is_wanted = |person: &Person| choice.owner.is_none_or(|wanted| is_named(person, wanted));
    let mut asked: Vec<Asked<'a>> = book
        .questions()
        .filter(|asked| !asked.question.resolved)
        .filter(|asked| choice.owner.is_none() || asked.question.owners.iter().any(is_wanted))
        .collect();
    asked.sort_by_key(|asked| (asked.standing, asked.question.day()));
    let mut counts = Counts::default();
    asked.iter().for_each(|asked| counts.add(asked.standing));
    let omitted = asked.len().saturating_sub(choice.limit.unwrap_or(usize::MAX));
    let shown = asked.len() - omitted;
    let mut owners = Owners::default();
    for (index, asked) in asked.iter().enumerate() {
        let question = (index < shown).then(|| question(book, asked));
        let named = asked.question.owners.iter().filter(|person| is_wanted(person));
        let mut named: Vec<Option<&'a Person>> = named.map(Some).collect();
        if named.is_empty() {
            named.push(None);
        }
        for person in named {
            let owner = owners.of(person);
            owner.counts.add(asked.standing);
            owner.questions.extend(question.clone());
        }
    }
    let mut owners = owners.list;
    owners.retain(|owner| !owner.questions.is_empty());
    // Questions without an owner come last.
    owners.sort_by_key(|owner| {
        let Counts { overdue, due_today, .. } = owner.counts;
        (owner.person.is_none(), Reverse((overdue, due_today)))
    });
    (Summary { counts, omitted }, owners)
}

/// The owners found so far.
#[derive(Default)]
struct Owners<'a> {
    list: Vec<Owner<'a>>,
    /// The indices of owners by email, handle or name.
    called: HashMap<String, Vec<usize>>,
    unowned: Option<usize>,
}

impl<'a> Owners<'a> {
    /// The entry of `person`, which is created if missing.
    fn of(&mut self, person: Option<&'a Person>) -> &mut Owner<'a> {
        let known = match person {
            None => self.unowned,
            Some(person) => calls(person)
                .filter_map(|call| self.called.get(&call)?.iter().find(|&&at| self.is(at, person)))
                .min()
                .copied(),
        };
        let at = known.unwrap_or_else(|| self.add(person));
        &mut self.list[at]
    }

    fn is(&self, at: usize, person: &Person) -> bool {
        self.list[at].person.is_some_and(|known| known.is_same(person))
    }

    fn add(&mut self, person: Option<&'a Person>) -> usize {
        let at = self.list.len();
        match person {
            None => self.unowned = Some(at),
            Some(person) => calls(person).for_each(|call| self.called.entry(call).or_default().push(at)),
        }
        self.list.push(Owner {
            name: person.map_or("No owner", Person::display).to_owned(),
            handle: person.and_then(|person| person.handle.as_deref()),
            email: person.and_then(|person| person.email.as_deref()),
            counts: Counts::default(),
            questions: Vec::new(),
            person,
        });
        at
    }
}

/// Every name, handle and email of `person`; only people who share one of them can be the same.
fn calls(person: &Person) -> impl Iterator<Item = String> {
    let all = [&person.email, &person.handle, &person.name];
    let called = all.into_iter().flatten();
    called.map(|call| call.to_ascii_lowercase())
}

fn question<'a>(book: &ExportInput<'a>, asked: &Asked<'a>) -> Question<'a> {
    let facts = asked.question;
    let day = asked.question.day();
    Question {
        id: &facts.id,
        question: &facts.question.text,
        document: asked.page.title(),
        path: asked.page.path(),
        line: asked.line,
        url: book.question_url(asked),
        due: day.map(|day| day.to_string()),
        due_text: facts.due.as_ref().map(|due| due.0.text.as_str()),
        standing: asked.standing.word(),
        days: day.map(|day| days_between(book.today, day)),
        tier: asked.standing,
    }
}

impl Summary {
    fn said(&self, book: &ExportInput<'_>) -> String {
        let counts = &self.counts;
        if counts.open == 0 {
            return format!("On {}: nothing is open.", book.today);
        }
        let within = format!("due within {} days", book.config.due_soon_days);
        let parts: Vec<String> = [
            (counts.overdue, "overdue"),
            (counts.due_today, "due today"),
            (counts.due_soon, within.as_str()),
        ]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("**{count} {what}**"))
        .chain([format!("{} open in all", counts.open)])
        .collect();
        format!("On {}: {}.", book.today, parts.join(", "))
    }
}

/// `- **12 days overdue** (2026-11-11): [Why?](…), *Refunds*`.
fn item(question: &Question<'_>) -> String {
    let when = match (question.tier, question.due_text) {
        (Standing::Milestone, text) => format!("by \"{}\": ", escaped(text.unwrap_or_default())),
        (tier, _) => urgency(
            tier,
            question.days.unwrap_or_default(),
            question.due.as_deref().unwrap_or_default(),
        ),
    };
    let what = match &question.url {
        Some(url) => format!("[{}]({url})", escaped(question.question)),
        None => escaped(question.question),
    };
    format!("- {when}{what} – *{}*\n", escaped(question.document))
}

/// `**12 days overdue** (2026-11-11): `.
fn urgency(standing: Standing, days: i64, due: &str) -> String {
    let counted = |days: i64| match days {
        1 => "1 day".to_owned(),
        _ => format!("{days} days"),
    };
    match standing {
        Standing::Overdue => format!("**{} overdue** ({due}): ", counted(-days)),
        Standing::DueToday => "**due today**: ".to_owned(),
        Standing::DueSoon => format!("**due in {}** ({due}): ", counted(days)),
        Standing::Upcoming => format!("by {due}: "),
        Standing::Milestone | Standing::Undated | Standing::Resolved => "no date: ".to_owned(),
    }
}

/// An author's text as plain words: no markup, no mentions, no line breaks.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '~' | '|' | '&' => out.extend(['\\', letter]),
            _ if letter.is_control() => out.push(' '),
            _ if is_harmful(letter) => out.push('\u{fffd}'),
            _ => out.push(letter),
        }
    }
    out
}
