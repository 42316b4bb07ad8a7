//! The history as Markdown, for a person.

use super::sums::Sums;
use super::{Entry, History};
use crate::export::digest::escaped;
use crate::export::record::Asked;
use crate::history::{OpenSince, Step};

/// The figures of the book, and then each document that has something to tell.
pub fn markdown(history: &History<'_>) -> String {
    let mut out = format!("# {}: history\n\n{}\n", escaped(history.book.title), figures(history));
    if !history.is_complete {
        out += "\nThe repository does not have all versions: what is older than the first one that can be read is \
                unknown. In a shallow clone, `git fetch --unshallow` gets the rest.\n";
    }
    for entry in history.entries() {
        let lines = lines(history, &entry);
        if !lines.is_empty() {
            out += &format!("\n## {}\n\n{lines}", escaped(entry.page.title()));
        }
    }
    out
}

/// `On 2026-11-23: 12 open questions, half of them older than 40 days; …`.
fn figures(history: &History<'_>) -> String {
    let sums = Sums::of(history);
    let mut parts = vec![counted(sums.open_questions, "open question")];
    if let Some(age) = sums.median_age_of_open_questions {
        parts.push(format!("median age {}", days(age)));
    }
    if sums.deadline_moves > 0 {
        let moved = counted(sums.questions_with_moved_deadline, "deadline");
        let by = sums
            .median_days_moved
            .map_or(String::new(), |by| format!(", median {}", way(by)));
        parts.push(format!("{moved} moved {} in all{by}", times(sums.deadline_moves)));
    }
    if let Some(review) = sums.median_days_in_review {
        parts.push(format!("median time in review {}", days(review)));
    }
    format!("On {}: {}.", history.book.today, parts.join("; "))
}

fn lines(history: &History<'_>, entry: &Entry<'_>) -> String {
    let mut out = String::new();
    let timeline = entry.timeline;
    if let Some(day) = timeline.unknown_before {
        out += &format!("- Unknown before {day}\n");
    }
    let said: Vec<String> = timeline.statuses.iter().map(status).collect();
    if !said.is_empty() {
        out += &format!("- Status: {}\n", said.join(", "));
    }
    if let Some(review) = timeline.days_in_review {
        out += &format!("- In review for {}\n", days(review));
    }
    for (question, line, since) in &entry.questions {
        let asked = Asked {
            page: entry.page,
            question,
            line: *line,
            standing: question.standing(history.book.today, history.book.config.due_soon_days),
        };
        let text = escaped(&question.question.text);
        let text = match history.book.question_url(&asked) {
            Some(url) => format!("[{text}]({url})"),
            None => text,
        };
        out += &format!("- {text} – {}\n", since_when(history, since));
        since
            .deadlines
            .iter()
            .for_each(|step| out += &format!("  - {}\n", deadline(step)));
    }
    out
}

/// `draft 2026-09-14`.
fn status(step: &Step) -> String {
    let state = step.to.as_deref().unwrap_or("none");
    format!("{} {}", escaped(state), step.day)
}

/// `asked 94 days ago (2026-08-21), deadline moved 3 times`.
fn since_when(history: &History<'_>, since: &OpenSince) -> String {
    let asked = match (since.asked, history.age(since.asked)) {
        (Some(day), Some(age)) => format!("asked {} ago ({day})", days(age)),
        _ => "asked before that".to_owned(),
    };
    match since.deadlines.len() {
        0 => asked,
        moves => format!("{asked}, deadline moved {}", times(moves)),
    }
}

/// `2026-10-02: 2026-10-01 → 2026-11-13, 43 days later (Ada Obi)`.
fn deadline(step: &Step) -> String {
    let [from, to] = [&step.from, &step.to].map(|value| escaped(value.as_deref().unwrap_or("none")));
    let by = step.distance().map_or(String::new(), |by| format!(", {}", way(by)));
    format!("{}: {from} → {to}{by} ({})", step.day, escaped(&step.author))
}

fn days(count: i64) -> String {
    let end = if count == 1 { "" } else { "s" };
    format!("{count} day{end}")
}

/// `43 days later`.
fn way(by: i64) -> String {
    let way = if by < 0 { "earlier" } else { "later" };
    format!("{} {way}", days(by.abs()))
}

fn times(count: usize) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        _ => format!("{count} times"),
    }
}

fn counted(count: usize, noun: &str) -> String {
    let end = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{end}")
}
