//! Metadata in tables: a label and its value in a row, a row of values below a row of vocabulary,
//! or a row for each role.

use pulldown_cmark::Tag;

use crate::parse::markdown::fold::fold;
use crate::parse::markdown::inline::{Run, runs, words};
use crate::parse::markdown::tree::Tree;
use crate::parse::metadata::field::{Field, Value, field, is_document_key, value};
use crate::parse::values::status::is_pictograph;
use crate::parse::vocabulary::Vocabulary;
use crate::parse::vocabulary::concept::Key;
use crate::parse::vocabulary::concept::Scope;

/// The fields of a table, and whether they say all that it says; None where it is no metadata.
pub(crate) fn table_fields<'t>(
    tree: &'t Tree<'_>,
    table: usize,
    vocabulary: &Vocabulary<'_>,
) -> Option<(Vec<Field<'t>>, bool)> {
    let rows: Vec<Vec<Vec<Run<'t>>>> = tree
        .children(table)
        .map(|row| {
            tree.children(row)
                .map(|cell| runs(tree, cell + 1, tree.nodes[cell].end))
                .collect()
        })
        .collect();
    roles(&rows, vocabulary)
        .or_else(|| Some((across(&rows, vocabulary)?, true)))
        .or_else(|| Some((down(&rows, vocabulary)?, true)))
}

fn label_of(cell: &[Run<'_>]) -> String {
    words(cell).trim_end_matches(':').trim().to_owned()
}

fn known(cell: &[Run<'_>], vocabulary: &Vocabulary<'_>) -> Option<Key> {
    vocabulary
        .key(Scope::Document, &label_of(cell))
        .filter(|key| is_document_key(Some(*key)) && *key != Key::Link)
}

/// Two columns, the head included: a label and its value in a row.
fn down<'t>(rows: &[Vec<Vec<Run<'t>>>], vocabulary: &Vocabulary<'_>) -> Option<Vec<Field<'t>>> {
    let mut out = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let [label, content] = row.as_slice() else {
            return None;
        };
        let name = label_of(label);
        let is_bare = name.is_empty() && words(content).is_empty();
        if is_bare || (index == 0 && is_head_of_fields(&name, &words(content))) {
            continue;
        }
        out.push(field(name.into(), vec![value(content.clone(), None)], vocabulary));
    }
    let known = out
        .iter()
        .filter(|field| is_document_key(field.key) && field.key != Some(Key::Link))
        .count();
    (known > 0 && known * 4 >= out.len()).then_some(out)
}

/// `Field | Value`: heads that only say that this is a table of facts.
fn is_head_of_fields(label: &str, value: &str) -> bool {
    matches!(
        fold(label).as_str(),
        "field" | "item" | "property" | "attribute" | "key" | "metadata" | "info" | "name" | ""
    ) && matches!(
        fold(value).as_str(),
        "value" | "values" | "detail" | "details" | "description" | "information" | "info" | "content" | ""
    )
}

/// A row of labels and one row with their values.
fn across<'t>(rows: &[Vec<Vec<Run<'t>>>], vocabulary: &Vocabulary<'_>) -> Option<Vec<Field<'t>>> {
    let [head, values] = rows else { return None };
    // A history of the document has dates and authors too, and tells of its versions.
    let is_history = head.iter().any(|cell| {
        fold(&words(cell)).split(' ').any(|word| {
            matches!(
                word,
                "change" | "changes" | "description" | "revision" | "decision" | "comment" | "comments" | "notes"
            )
        })
    });
    let of_head = head.iter().filter(|cell| known(cell, vocabulary).is_some()).count();
    let of_values = values.iter().filter(|cell| known(cell, vocabulary).is_some()).count();
    if is_history || head.len() != values.len() || of_head < 2 || of_head * 2 < head.len() || of_values > 0 {
        return None;
    }
    Some(
        head.iter()
            .zip(values)
            .map(|(label, content)| field(label_of(label).into(), vec![value(content.clone(), None)], vocabulary))
            .collect(),
    )
}

/// Whether a block is a table whose first row has several labels of a document.
pub(crate) fn has_row_of_labels(tree: &Tree<'_>, block: usize, vocabulary: &Vocabulary<'_>) -> bool {
    let is_known = |cell: usize| known(&runs(tree, cell + 1, tree.nodes[cell].end), vocabulary).is_some();
    let head = matches!(tree.tag(block), Some(Tag::Table(_))).then(|| tree.children(block).next());
    head.flatten()
        .is_some_and(|head| tree.children(head).filter(|cell| is_known(*cell)).count() > 1)
}

/// A row for each role: `Role | Name | Approved`.
fn roles<'t>(rows: &[Vec<Vec<Run<'t>>>], vocabulary: &Vocabulary<'_>) -> Option<(Vec<Field<'t>>, bool)> {
    let (head, body) = rows.split_first()?;
    let column = |names: &[&str]| {
        head.iter()
            .position(|cell| names.contains(&fold(&words(cell)).as_str()))
    };
    let role = column(&["role", "responsibility", "function"])?;
    let name = column(&[
        "name", "names", "person", "people", "who", "member", "contact", "owner", "assignee",
    ])?;
    let tick = column(&SIGNED);
    let mut out: Vec<Field<'t>> = Vec::new();
    for row in body {
        let (Some(label), Some(content)) = (row.get(role), row.get(name)) else {
            continue;
        };
        let ticked = tick
            .and_then(|tick| row.get(tick))
            .and_then(|cell| signed(&words(cell)));
        out.push(field(
            label_of(label).into(),
            vec![value(content.clone(), ticked)],
            vocabulary,
        ));
    }
    let known = out
        .iter()
        .filter(|field| {
            matches!(
                field.key,
                Some(Key::Author | Key::Reviewer | Key::Approver | Key::Decider)
            )
        })
        .count();
    (known > 0).then_some((out, head.len() == 2))
}

/// What the column is called that says who has agreed.
pub(crate) const SIGNED: [&str; 9] = [
    "approved", "status", "approval", "sign off", "signoff", "signed off", "signed", "approved y n", "lgtm",
];

/// Whether a cell says that somebody has agreed; None where it says nothing.
pub(crate) fn signed(cell: &str) -> Option<bool> {
    if cell.contains(['✅', '✔', '☑', '👍']) {
        return Some(true);
    }
    let folded = fold(cell);
    match folded.split(' ').next().unwrap_or_default() {
        "approved" | "yes" | "signed" | "x" | "lgtm" | "accepted" | "done" => Some(true),
        "pending" | "no" | "awaiting" | "tbd" | "not" | "waiting" | "requested" => Some(false),
        _ if cell.chars().any(is_pictograph) => Some(false),
        _ => None,
    }
}

/// The people that a table below a heading such as `Approvers` names, with their ticks.
pub(crate) fn people_of<'t>(
    tree: &'t Tree<'_>,
    table: usize,
    key: Key,
    by_name: bool,
    vocabulary: &Vocabulary<'_>,
) -> Vec<Value<'t>> {
    let mut rows = tree.children(table);
    let Some(head) = rows.next() else { return Vec::new() };
    let heads: Vec<String> = tree.children(head).map(|cell| fold(&tree.text_of(cell))).collect();
    let column = heads
        .iter()
        .position(|head| vocabulary.key(Scope::Document, head) == Some(key))
        .or_else(|| {
            heads
                .iter()
                .position(|head| matches!(head.as_str(), "name" | "person" | "who" | "stakeholder"))
                .filter(|_| by_name)
        });
    let Some(column) = column else { return Vec::new() };
    let tick = heads.iter().position(|head| SIGNED.contains(&head.as_str()));
    rows.filter_map(|row| {
        let cell = tree.children(row).nth(column)?;
        let ticked = tick
            .and_then(|tick| tree.children(row).nth(tick))
            .and_then(|cell| signed(&tree.text_of(cell)));
        Some(value(runs(tree, cell + 1, tree.nodes[cell].end), ticked))
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Dialect;

    fn read(text: &str) -> Vec<(String, String)> {
        let tree = Tree::parse(text, 0, Dialect::default());
        let vocabulary = Vocabulary::english();
        let fields = table_fields(&tree, 0, &vocabulary)
            .map(|(fields, _)| fields)
            .unwrap_or_default();
        fields
            .iter()
            .map(|field| (field.label.to_string(), field.text().into_owned()))
            .collect()
    }

    #[test]
    fn labels_stand_in_the_first_column_or_the_first_row() {
        let pair = |label: &str, value: &str| (label.to_owned(), value.to_owned());
        let expected = [pair("Author", "Ada Obi"), pair("Status", "Draft")];
        for text in [
            "| Author | Ada Obi |\n|--|--|\n| Status | Draft |\n",
            "| Field | Value |\n|--|--|\n| Author | Ada Obi |\n| Status | Draft |\n",
            "| Author | Status |\n|--|--|\n| Ada Obi | Draft |\n",
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
        assert_eq!(
            read("| Role | Name | Approved |\n|--|--|--|\n| Reviewer | Ada Obi | ✅ |\n"),
            [pair("Reviewer", "Ada Obi")]
        );
    }

    #[test]
    fn a_history_is_no_metadata() {
        for text in [
            "| Date | Author | Change |\n|--|--|--|\n| 2026-01-02 | Ada Obi | begun |\n",
            "| Date | Reviewer | Decision |\n|--|--|--|\n| 2026-01-02 | Ada Obi | Approved |\n",
            "| Status | Meaning | Date |\n|--|--|--|\n| Draft | begun | 1 |\n| Final | done | 2 |\n",
        ] {
            assert_eq!(read(text), [], "{text}");
        }
    }
}
