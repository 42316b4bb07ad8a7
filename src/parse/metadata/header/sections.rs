//! Sections that are a fact each, `## Status`, and headings with a value in them.

use pulldown_cmark::Tag;

use crate::parse::markdown::inline::{append, runs, span_of, trim, words};
use crate::parse::markdown::item::ItemText;
use crate::parse::markdown::tree::Tree;
use crate::parse::metadata::field::{Field, Value, field, value};
use crate::parse::metadata::header::fields::block_fields;
use crate::parse::metadata::header::gather::Gathered;
use crate::parse::metadata::header::table::people_of;
use crate::parse::record::section::Section;
use crate::parse::values::status::is_statement;
use crate::parse::vocabulary::Vocabulary;
use crate::parse::vocabulary::concept::{Key, Scope};
use crate::parse::vocabulary::topics::Topic;

/// The sections that are a fact each.
const FACTS: [(Topic, &str, Key); 6] = [
    (Topic::Status, "Status", Key::Status),
    (Topic::Date, "Date", Key::Date),
    (Topic::Authors, "Authors", Key::Author),
    (Topic::Deciders, "Deciders", Key::Decider),
    (Topic::Reviewers, "Reviewers", Key::Reviewer),
    (Topic::Approvers, "Approvers", Key::Approver),
];

/// Sections whose heading is the label.
pub(crate) fn fact_sections<'t>(
    tree: &'t Tree<'_>,
    sections: &[Section],
    vocabulary: &Vocabulary<'_>,
    out: &mut Gathered<'t>,
) {
    headings_with_values(tree, sections, vocabulary, out);
    for section in sections {
        if section.topics.has(Topic::Timeline) {
            timeline(tree, section, vocabulary, out);
            continue;
        }
        let Some((_, label, key)) = FACTS.into_iter().find(|(topic, ..)| section.topics.has(*topic)) else {
            continue;
        };
        let is_review = matches!(key, Key::Reviewer | Key::Approver);
        let values = if is_review {
            review_list(tree, section, key, vocabulary)
        } else {
            section_values(tree, section, key, vocabulary)
        };
        // A section of prose about the current state is not a status.
        let values: Vec<_> = values
            .into_iter()
            .filter(|value| key != Key::Status || is_short(value, vocabulary))
            .collect();
        if !values.is_empty() {
            out.sections.push(Field {
                label: label.into(),
                key: Some(key),
                values,
            });
        }
    }
}

/// `## Status: Accepted`, as long as no other section stands before it: further down it is the
/// status of a part.
fn headings_with_values<'t>(
    tree: &'t Tree<'_>,
    sections: &[Section],
    vocabulary: &Vocabulary<'_>,
    out: &mut Gathered<'t>,
) {
    for section in sections.iter().skip_while(|section| section.level == 1) {
        let node = section.heading;
        let heading = runs(tree, node + 1, tree.nodes[node].end);
        let key = crate::parse::record::label::first(&heading)
            .and_then(|(label, _)| vocabulary.key(Scope::Document, &label))
            .filter(|key| !matches!(key, Key::Title | Key::Link | Key::Attendees));
        let part = key.and_then(|_| {
            crate::parse::record::label::split(&heading, vocabulary)?
                .into_iter()
                .next()
        });
        match (part, key) {
            (Some(part), Some(_)) => {
                let values = vec![value(part.value, None)];
                out.sections.push(field(part.label, values, vocabulary));
            }
            _ if !section.topics.is_empty() => {}
            _ => break,
        }
    }
}

/// Whether a value is a word with a remark, or a link to what came after it, rather than a sentence.
fn is_short(value: &Value<'_>, vocabulary: &Vocabulary<'_>) -> bool {
    let text = value.text();
    text.split(' ').count() <= 8 || value.runs.iter().any(|run| run.link.is_some()) || is_statement(&text, vocabulary)
}

/// The lines of a section's paragraphs and the items of its lists; a section of more than a
/// few of them is prose. A line in lower case goes on with a sentence that the author wrapped.
fn section_values<'t>(tree: &'t Tree<'_>, section: &Section, key: Key, vocabulary: &Vocabulary<'_>) -> Vec<Value<'t>> {
    let mut out: Vec<Value<'t>> = Vec::new();
    for block in section.own(tree) {
        match tree.tag(block) {
            Some(Tag::Paragraph) => {
                let paragraph = runs(tree, block + 1, tree.nodes[block].end);
                let mut is_wrapped = false;
                for line in paragraph.split_inclusive(|run| run.is_break) {
                    let goes_on = is_wrapped && words(line).starts_with(char::is_lowercase);
                    match out.last_mut().filter(|_| goes_on) {
                        Some(last) => {
                            append(&mut last.runs, line);
                            last.span = span_of(&last.runs);
                        }
                        None => out.push(value(trim(line), None)),
                    }
                    is_wrapped = line
                        .last()
                        .is_some_and(|run| run.span.of(tree.text).trim_matches('\r') == "\n");
                }
            }
            Some(Tag::List(_)) => out.extend(tree.children(block).map(|item| item_value(tree, item))),
            Some(Tag::Table(_)) if key == Key::Status => {
                out.extend(tree.children(block).skip(1).map(|row| row_value(tree, row)));
            }
            // Behind the names a table says more about them.
            Some(Tag::Table(_)) if out.is_empty() => out.extend(people_of(tree, block, key, true, vocabulary)),
            _ => {}
        }
    }
    out.retain(|value| !value.runs.is_empty());
    out
}

/// The cells of a row one behind the other: `Accepted 2026-08-11`.
fn row_value<'t>(tree: &'t Tree<'_>, row: usize) -> Value<'t> {
    let mut out = Vec::new();
    for cell in tree.children(row) {
        append(&mut out, &runs(tree, cell + 1, tree.nodes[cell].end));
    }
    value(out, None)
}

fn item_value<'t>(tree: &'t Tree<'_>, item: usize) -> Value<'t> {
    let content = ItemText::of(tree, item);
    value(content.runs, content.ticked)
}

/// The people of a review list: the items of a task list, a plain list under a heading that
/// can mean nothing else, or the first column of a table of reviewers.
fn review_list<'t>(tree: &'t Tree<'_>, section: &Section, key: Key, vocabulary: &Vocabulary<'_>) -> Vec<Value<'t>> {
    let mut out = Vec::new();
    for block in section.own(tree) {
        match tree.tag(block) {
            Some(Tag::List(_)) => {
                let values: Vec<Value<'t>> = tree.children(block).map(|item| item_value(tree, item)).collect();
                let is_list_of_people =
                    section.words.starts_with("reviewers") || section.words.starts_with("approvers");
                out.extend(
                    values
                        .into_iter()
                        .filter(|value| value.ticked.is_some() || is_list_of_people),
                );
            }
            Some(Tag::Table(_)) => {
                let by_name = !section.words.starts_with("review") || section.words.starts_with("reviewers");
                out.extend(people_of(tree, block, key, by_name, vocabulary));
            }
            _ => {}
        }
    }
    out
}

/// `- Started: 2026-01-02`: a timeline gives dates, and nothing else of it is metadata.
fn timeline<'t>(tree: &'t Tree<'_>, section: &Section, vocabulary: &Vocabulary<'_>, out: &mut Gathered<'t>) {
    for block in section.own(tree) {
        if let Some(found) = block_fields(tree, block, vocabulary) {
            let dates = found
                .fields
                .into_iter()
                .filter(|field| matches!(field.key, Some(Key::Created | Key::Updated)));
            out.sections.extend(dates);
        }
    }
}
