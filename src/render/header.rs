//! The header card: a document's key facts.
//!
//! To show a new fact of a document, add a line to [`facts`].

use std::borrow::Cow;

use maud::{PreEscaped, html};

use crate::model::{Chapter, DateText, Document, Person, Promise, Reference, When};
use crate::render::relations::Related;
use crate::render::words::capitalized;
use crate::render::writer::Writer;
use crate::render::{badge, counts, doubts, past};

/// The number of characters from which a value takes the card's full width.
const WIDE_FROM: usize = 44;

/// A labelled fact with its rendered value.
struct Fact<'a> {
    label: Cow<'a, str>,
    value: String,
    wide: bool,
}

/// The card; None if there are no facts and nothing was replaced.
pub(super) fn card(
    chapter: &Chapter,
    document: &Document,
    related: Related<'_>,
    links: &[String],
    writer: &Writer<'_>,
) -> Option<String> {
    let facts = facts(document, related, writer);
    let relations = related.rows(document);
    let banner = related.banner();
    let reasons = doubts::reasons(chapter, document, writer);
    let why = doubts::attention("p", None, &reasons, writer);
    let mut counts = promises(document, writer);
    counts.extend(counts::counts(chapter, document, writer));
    let status = document.status.as_ref().map(|status| writer.status(status));
    let lost_ids = &document.layout.lost_ids;
    let is_empty = facts.is_empty() && relations.is_empty() && banner.is_none();
    if is_empty && why.is_none() && counts.is_empty() && status.is_none() && lost_ids.is_empty() {
        return None;
    }
    if !writer.html {
        let facts = facts.iter().map(|fact| (&*fact.label, &fact.value));
        let relations = relations.iter().map(|(label, value)| (*label, value));
        counts.extend(why);
        let list = plain(status, facts.chain(relations), &counts, writer);
        return Some(banner.map_or(list.clone(), |banner| format!("**{banner}**\n\n{list}")));
    }
    let (id, more_ids) = match lost_ids.split_first() {
        Some((first, rest)) => (Some(first), rest),
        None => (None, &[][..]),
    };
    let card = html! {
        div.dd-header id=[id] role="group" aria-label=(writer.words.details) {
            @for id in more_ids { span id=(id) {} }
            @if let Some(banner) = &banner { "\n" p.dd-banner { (PreEscaped(banner)) } }
            @if status.is_some() || !counts.is_empty() {
                "\n"
                p {
                    @if let Some(status) = &status { (PreEscaped(status)) }
                    @for count in &counts { " " (PreEscaped(count)) }
                }
            }
            @if let Some(why) = &why { "\n" (PreEscaped(why)) }
            @if !facts.is_empty() {
                "\n"
                dl {
                    @for fact in &facts {
                        "\n" dt { (fact.label) }
                        " " dd class=[fact.wide.then_some("dd-wide")] { (PreEscaped(&fact.value)) }
                    }
                }
            }
            @if !relations.is_empty() {
                "\n"
                dl.dd-relations {
                    @for (label, value) in &relations { "\n" dt { (label) } " " dd { (PreEscaped(value)) } }
                }
            }
            @if !links.is_empty() {
                "\n"
                p.dd-nav { @for link in links { (PreEscaped(link)) " " } }
            }
        }
    };
    Some(card.into_string())
}

fn plain<'f>(
    status: Option<String>,
    facts: impl Iterator<Item = (&'f str, &'f String)>,
    counts: &[String],
    writer: &Writer<'_>,
) -> String {
    let line = |label: &str, value: &str| format!("- **{}:** {value}", writer.text(label));
    let status = status.map(|status| line(writer.words.status, &status));
    let facts = facts.map(|(label, value)| line(label, value));
    let counts = counts.iter().map(|count| format!("- {count}"));
    let lines: Vec<String> = status.into_iter().chain(facts).chain(counts).collect();
    lines.join("\n")
}

fn facts<'a>(document: &'a Document, related: Related<'_>, writer: &Writer<'_>) -> Vec<Fact<'a>> {
    let words = writer.words;
    let mut facts = Vec::new();
    for (label, people) in [
        (words.author, &document.authors),
        (words.reviewer, &document.reviewers),
        (words.approver, &document.approvers),
        (words.decider, &document.deciders),
    ] {
        let label = label.of(people.len());
        let approvals = approvals(people, writer);
        let (label, value) = match approvals {
            Some(so_far) if writer.html => (label.into(), writer.approvals(&so_far, people)),
            Some(so_far) => (format!("{label} ({so_far})").into(), writer.people(people)),
            None => (label.into(), writer.people(people)),
        };
        if !value.is_empty() {
            let wide = people.len() > 3 || people.iter().any(|person| person.approved.is_some());
            facts.push(Fact { label, value, wide });
        }
    }
    for (label, date) in [(words.created, &document.created), (words.updated, &document.updated)] {
        if let Some(date) = date.as_ref().filter(|date| is_said(date)) {
            facts.push(short(label, writer.date(date)));
        }
    }
    // While they count, they are badges beside the status.
    let counts = |wanted| document.promises().any(|(promise, _)| promise == wanted);
    for (label, due, promise) in [
        (words.revisit_by, &document.revisit, Promise::Revisit),
        (words.comments_until, &document.review_until, Promise::Review),
    ] {
        if let Some(due) = due.as_ref().filter(|_| !counts(promise)) {
            facts.push(Fact {
                label: capitalized(label).into(),
                value: writer.date(&due.0),
                wide: false,
            });
        }
    }
    if let Some(days) = past::days_in_review(document, writer.today, writer) {
        facts.push(short(words.days_in_review, writer.text(&days)));
    }
    if let Some(release) = &document.target_release {
        facts.push(short(words.target_release, writer.text(release)));
    }
    for link in &document.links {
        facts.push(reference(link, writer));
    }
    for fact in document.facts.iter().filter(|fact| !related.replaces(fact)) {
        let markdown = match fact.markdown.trim() {
            "" => &fact.text,
            markdown => markdown,
        };
        facts.push(in_own_words(&fact.label, &fact.text, writer.markdown(markdown)));
    }
    facts
}

/// The badges of the document's own deadlines.
fn promises(document: &Document, writer: &Writer<'_>) -> Vec<String> {
    let badges = document
        .promises()
        .map(|(promise, due)| badge::of_promise(promise, due, writer));
    match writer.html {
        true => badges.collect(),
        false => badges.map(|badge| capitalized(&badge)).collect(),
    }
}

fn short<'a>(label: &'a str, value: String) -> Fact<'a> {
    Fact {
        label: label.into(),
        value,
        wide: false,
    }
}

fn in_own_words<'a>(label: &'a str, text: &str, value: String) -> Fact<'a> {
    Fact {
        label: label.into(),
        value,
        wide: text.chars().count() > WIDE_FROM,
    }
}

fn reference<'a>(link: &'a Reference, writer: &Writer<'_>) -> Fact<'a> {
    let value = match (link.markdown.trim(), &link.url) {
        ("", Some(url)) => match crate::render::link::safe(url) {
            Some(href) => writer.link(href, &writer.text(&link.text)),
            None => writer.text(&link.text),
        },
        ("", None) => writer.text(&link.text),
        (markdown, _) => writer.markdown(markdown),
    };
    in_own_words(&link.label, &link.text, value)
}

/// `1 of 3 approved`, if the document has a list of approvals.
fn approvals(people: &[Person], writer: &Writer<'_>) -> Option<String> {
    let listed = people.iter().filter(|person| person.approved.is_some()).count();
    let approved = people.iter().filter(|person| person.approved == Some(true)).count();
    (listed > 0).then(|| writer.of(writer.words.approved_of, approved, listed))
}

/// Whether the author wrote anything for the date; a placeholder means that it is not set.
fn is_said(date: &DateText) -> bool {
    date.when != When::Unset || !date.text.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::model::{Corpus, Fact as Field, Layout, Status, Steps};
    use jiff::civil::date;

    fn document() -> Document {
        Document {
            status: Some(Status {
                text: "In Review".into(),
                state: "in-review".into(),
                class: crate::model::StatusClass::Review,
                ..Status::default()
            }),
            reviewers: vec![
                Person {
                    name: Some("Tunde".into()),
                    approved: Some(true),
                    ..Person::default()
                },
                Person {
                    handle: Some("@mara".into()),
                    approved: Some(false),
                    ..Person::default()
                },
            ],
            created: Some(DateText {
                text: "[YYYY-MM-DD]".into(),
                ..DateText::default()
            }),
            facts: vec![Field {
                is_known: false,
                label: "Budget <x>".into(),
                text: "see note".into(),
                markdown: "see *[note](n.md)*".into(),
                relation: None,
            }],
            steps: Steps { done: 2, total: 5 },
            layout: Layout {
                lost_ids: vec!["metadata".into(), "control".into()],
                ..Layout::default()
            },
            ..Document::default()
        }
    }

    fn made(document: &Document, html: bool) -> Option<String> {
        let config = Config {
            html,
            ..Config::default()
        };
        let (corpus, chapter, writer) = (
            Corpus::default(),
            Chapter::default(),
            Writer::new(&config, date(2026, 3, 1)),
        );
        let links = ["<a href=\"open-questions.html\">Open questions</a>".to_owned()];
        card(
            &chapter,
            document,
            Related::new(&corpus, 0, &chapter, &writer),
            &links,
            &writer,
        )
    }

    #[test]
    fn the_card_says_everything_and_keeps_lost_ids() {
        let card = made(&document(), true).unwrap();
        for part in [
            "<div class=\"dd-header\" id=\"metadata\" role=\"group\"",
            "<span id=\"control\"></span>",
            "data-status=\"in-review\" data-class=\"review\">In Review</b>",
            "<dt>Reviewers</dt> <dd class=\"dd-wide\">1 of 2 approved: ✓\u{202f}Tunde; waiting for @mara</dd>",
            "<p class=\"dd-nav\"><a href=\"open-questions.html\">Open questions</a> </p>",
            "<dd><span class=\"dd-muted\">not set</span></dd>",
            "<dt>Budget &lt;x&gt;</dt> <dd>\n\nsee *[note](n.md)*\n\n</dd>",
            "Rollout: 2 of 5 steps",
        ] {
            assert!(card.contains(part), "{part} in {card}");
        }
    }

    #[test]
    fn elsewhere_it_is_a_list() {
        assert_eq!(
            made(&document(), false).unwrap(),
            "- **Status:** In Review\n\
             - **Reviewers (1 of 2 approved):** Tunde (approved), @mara (not yet approved)\n\
             - **Created:** *not set*\n\
             - **Budget &lt;x&gt;:** see *[note](n.md)*\n\
             - Rollout: 2 of 5 steps"
        );
    }

    #[test]
    fn a_deadline_that_counts_stands_beside_the_status_and_another_is_a_fact() {
        let due = |day| {
            Some(crate::model::Deadline(DateText {
                when: When::Day(day),
                ..DateText::default()
            }))
        };
        let document = Document {
            status: document().status,
            revisit: due(date(2027, 1, 1)),
            review_until: due(date(2026, 2, 1)),
            ..Document::default()
        };
        assert_eq!(
            made(&document, false).unwrap(),
            "- **Status:** In Review\n\
             - **Revisit by:** 2027-01-01\n\
             - Comments were due by 2026-02-01"
        );
        let card = made(&document, true).unwrap();
        assert!(
            card.contains("In Review</b> <time class=\"dd-due\" data-state=\"overdue\""),
            "{card}"
        );
    }

    #[test]
    fn without_facts_there_is_no_card() {
        assert_eq!(made(&Document::default(), true), None);
    }
}
