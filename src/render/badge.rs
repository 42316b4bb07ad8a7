//! The badge that says how an open question stands, at the question and in the index.
//!
//! A page is read long after it was built, and without script. So the badge at a question
//! says only what stays true: the date itself, and "overdue" once that has passed. Words
//! that depend on the day (due today, due soon) stand only where "as of" stands too; the
//! state is in `data-state`, the date in `<time>`, and `dd-rel` is a script's to fill.

use jiff::civil::Date;
use maud::{PreEscaped, html};

use super::markdown::{inert, inert_attribute};
use super::pen::Pen;
use super::words::{capitalized, fill};
use crate::model::{BadgeForm, OpenQuestion, Person, Standing, When};

/// The badge for the question's own place: within a line, or a block of its own.
pub(super) fn in_place(question: &OpenQuestion, pen: &Pen<'_>) -> String {
    let standing = question.standing(pen.today, pen.config.due_soon_days);
    let wording = wording(question, standing, pen, false);
    if !pen.html {
        let said = format!("*({})*", wording.plain(pen));
        return match question.badge_form {
            BadgeForm::Inline => format!(" {said}"),
            BadgeForm::Paragraph => said,
        };
    }
    let id = PreEscaped(inert_attribute(&question.id));
    let badge = html! {
        span.dd-due data-state=(standing.word()) id=(id) { (PreEscaped(wording.html(inert))) }
    }
    .into_string();
    match question.badge_form {
        BadgeForm::Inline => format!(" {badge}"),
        BadgeForm::Paragraph => format!("<p>{badge}</p>"),
    }
}

/// The badge for an index page, a link to the question.
pub(super) fn in_index(question: &OpenQuestion, standing: Standing, href: &str, pen: &Pen<'_>) -> String {
    let wording = wording(question, standing, pen, true);
    if !pen.html {
        return pen.link(href, &wording.plain(pen));
    }
    let escaped = |text: &str| html! { (text) }.into_string();
    html! {
        a href=(href) { span.dd-due data-state=(standing.word()) { (PreEscaped(wording.html(escaped))) } }
    }
    .into_string()
}

/// `label · phrase with its date · note`; any of the three may be missing.
#[derive(Debug, Default)]
struct Wording {
    label: Option<String>,
    /// What to say about a day, with `{}` for it, the day, and how to show it.
    date: Option<(&'static str, Date, String)>,
    note: Option<String>,
}

impl Wording {
    fn said(label: String) -> Self {
        Self {
            label: Some(label),
            ..Self::default()
        }
    }

    fn html(&self, escape: impl Fn(&str) -> String) -> String {
        let mut parts: Vec<String> = Vec::with_capacity(3);
        parts.extend(self.label.as_deref().map(|label| escape(&capitalized(label))));
        if let Some((phrase, date, shown)) = &self.date {
            let phrase = match parts.is_empty() {
                true => capitalized(phrase),
                false => (*phrase).to_owned(),
            };
            let (before, after) = phrase.split_once("{}").unwrap_or((&phrase, ""));
            parts.push(format!(
                "{}<time datetime=\"{date}\">{}</time>{}",
                escape(before),
                escape(shown),
                escape(after)
            ));
        }
        parts.extend(self.note.as_deref().map(escape));
        let mut out = parts.join(" · ");
        if self.date.is_some() {
            out.push_str("<span class=\"dd-rel\"></span>");
        }
        out
    }

    fn plain(&self, pen: &Pen<'_>) -> String {
        let date = self.date.as_ref().map(|(phrase, _, shown)| fill(phrase, shown));
        let said = match (&self.label, date) {
            (Some(label), Some(date)) => format!("{label}: {date}"),
            (Some(said), None) => said.clone(),
            (None, date) => date.unwrap_or_default(),
        };
        match &self.note {
            Some(note) => pen.text(&format!("{said}, {note}")),
            None => pen.text(&said),
        }
    }
}

fn wording(question: &OpenQuestion, standing: Standing, pen: &Pen<'_>, in_index: bool) -> Wording {
    let words = pen.words;
    let label = match standing {
        Standing::Overdue => Some(words.overdue),
        Standing::Resolved => Some(words.resolved),
        Standing::DueToday if in_index => Some(words.due_today),
        Standing::DueSoon if in_index => Some(words.due_soon),
        _ => None,
    };
    let Some(due) = question.due.as_ref().map(|due| &due.0) else {
        return Wording::said(label.unwrap_or(words.no_date).to_owned());
    };
    let phrase = match standing {
        Standing::Resolved => words.was_due,
        // The label has said "due".
        Standing::DueToday | Standing::DueSoon if in_index => "{}",
        _ => words.due,
    };
    let (date, note) = match due.when {
        When::Day(day) => (Some((phrase, day, day.to_string())), None),
        When::Month(day) => (Some((phrase, day, due.text.clone())), None),
        When::Milestone(Some(day)) => (Some((phrase, day, day.to_string())), Some(&due.text)),
        _ if standing == Standing::Resolved => (None, None),
        // What the author wrote instead of a date, `TBD`, says more than that there is none.
        When::Unset => {
            let note = Some(due.text.clone()).filter(|text| !text.is_empty());
            return Wording {
                note,
                ..Wording::said(words.no_date.to_owned())
            };
        }
        When::Milestone(None) => return Wording::said(fill(words.waits_for, &due.text)),
        When::Invalid => return Wording::said(fill(words.unreadable_date, &due.text)),
        When::Ambiguous { .. } => return Wording::said(fill(words.ambiguous_date, &due.text)),
    };
    // An overdue question needs somebody to act: say who, unless a column does.
    let owners = (standing == Standing::Overdue && !in_index).then(|| names(&question.owners));
    Wording {
        label: label.map(str::to_owned),
        date,
        note: note
            .cloned()
            .into_iter()
            .chain(owners)
            .filter(|note| !note.is_empty())
            .reduce(|milestone, owners| format!("{milestone} · {owners}")),
    }
}

fn names(people: &[Person]) -> String {
    let names: Vec<&str> = people
        .iter()
        .map(Person::display)
        .filter(|name| !name.is_empty())
        .collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::model::{DateText, Deadline};
    use jiff::civil::date;

    fn question(when: When, text: &str) -> OpenQuestion {
        OpenQuestion {
            id: "oq-1".into(),
            due: Some(Deadline(DateText {
                when,
                text: text.into(),
                ..DateText::default()
            })),
            owners: vec![Person {
                name: Some("Ada_Obi|*x*".into()),
                ..Person::default()
            }],
            ..OpenQuestion::default()
        }
    }

    fn badge(question: &OpenQuestion, html: bool) -> String {
        let config = Config {
            html,
            ..Config::default()
        };
        in_place(question, &Pen::new(&config, date(2026, 3, 1)))
    }

    #[test]
    fn an_overdue_badge_is_one_inert_line_and_says_whose_it_is() {
        let overdue = question(When::Day(date(2026, 1, 2)), "2026-01-02");
        assert_eq!(
            badge(&overdue, true),
            " <span class=\"dd-due\" data-state=\"overdue\" id=\"oq-1\">Overdue · due \
             <time datetime=\"2026-01-02\">2026-01-02</time> · Ada&#95;Obi&#124;&#42;x&#42;\
             <span class=\"dd-rel\"></span></span>"
        );
        assert_eq!(badge(&overdue, false), r" *(overdue: due 2026-01-02, Ada\_Obi\|\*x\*)*");
    }

    #[test]
    fn a_badge_in_place_stays_true_after_the_build() {
        for day in [date(2026, 3, 1), date(2026, 3, 5), date(2027, 1, 1)] {
            let badge = badge(&question(When::Day(day), ""), true);
            assert!(
                badge.contains(&format!(">Due <time datetime=\"{day}\">{day}</time><span")),
                "{badge}"
            );
        }
    }

    #[test]
    fn what_is_no_date_is_said() {
        let said = |when, text: &str| badge(&question(when, text), false);
        assert_eq!(said(When::Unset, ""), " *(no date)*");
        assert_eq!(said(When::Unset, "TBD"), " *(no date, TBD)*");
        assert_eq!(
            said(When::Invalid, "2023-07-2i"),
            " *(date not readable: \"2023-07-2i\")*"
        );
        assert_eq!(said(When::Milestone(None), "Phase 0"), " *(waits for Phase 0)*");
        assert_eq!(
            said(When::Milestone(Some(date(2027, 1, 1))), "Phase 0"),
            " *(due 2027-01-01, Phase 0)*"
        );
        let ambiguous = When::Ambiguous {
            day_first: date(2018, 2, 5),
            month_first: date(2018, 5, 2),
        };
        assert_eq!(said(ambiguous, "05/02/2018"), " *(day or month first? \"05/02/2018\")*");
    }

    #[test]
    fn a_resolved_question_keeps_its_date() {
        let mut resolved = question(When::Day(date(2026, 1, 2)), "");
        resolved.resolved = true;
        resolved.badge_form = BadgeForm::Paragraph;
        assert_eq!(badge(&resolved, false), "*(resolved: was due 2026-01-02)*");
        assert!(badge(&resolved, true).starts_with("<p><span class=\"dd-due\" data-state=\"resolved\""));
        resolved.due = None;
        assert_eq!(badge(&resolved, false), "*(resolved)*");
    }
}
