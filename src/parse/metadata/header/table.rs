//! Metadata in tables: one label and value per row, a row of values below a row of labels, or one
//! role per row.

use pulldown_cmark::Tag;

use crate::parse::markdown::fold::fold;
use crate::parse::markdown::inline::{Run, words};
use crate::parse::metadata::field::{Field, Value, is_document_key};
use crate::parse::metadata::header::FieldReader;
use crate::parse::values::status::is_pictograph;
use crate::parse::vocabulary::concept::{Key, Scope};

/// The cells of a row.
type Cells<'t> = Vec<Vec<Run<'t>>>;

/// Names of the column that shows who has agreed.
const SIGNED: [&str; 9] = [
    "approved", "status", "approval", "sign off", "signoff", "signed off", "signed", "approved y n", "lgtm",
];

impl<'t> FieldReader<'t> {
    /// The fields of a table, and whether they carry everything in it. None if the table is not
    /// metadata.
    pub(super) fn table(self, table: usize) -> Option<(Vec<Field<'t>>, bool)> {
        let rows: Vec<Cells<'t>> = self.rows(table).collect();
        let roles = self.roles(&rows);
        roles.or_else(|| Some((self.across(&rows).or_else(|| self.down(&rows))?, true)))
    }

    fn rows(self, table: usize) -> impl Iterator<Item = Cells<'t>> {
        let rows = self.tree.children(table);
        rows.map(move |row| self.tree.children(row).map(|cell| self.runs(cell)).collect())
    }

    /// Whether a cell is a label of a document.
    fn is_label(self, cell: &[Run<'_>]) -> bool {
        let key = self.vocabulary.key(Scope::Document, &label_of(cell));
        is_document_key(key) && key != Some(Key::Link)
    }

    /// The field of a label and its value.
    fn pair(self, label: &[Run<'_>], value: Value<'t>) -> Field<'t> {
        Field::new(label_of(label).into(), vec![value], self.vocabulary)
    }

    /// Two columns, including the head: one label and value per row.
    fn down(self, rows: &[Cells<'t>]) -> Option<Vec<Field<'t>>> {
        let mut out = Vec::new();
        for (index, row) in rows.iter().enumerate() {
            let [label, content] = row.as_slice() else {
                return None;
            };
            let is_blank = label_of(label).is_empty() && words(content).is_empty();
            if !is_blank && (index > 0 || !is_head_of_fields(&words(label), &words(content))) {
                out.push(self.pair(label, Value::new(content.clone(), None)));
            }
        }
        let known = |field: &&Field<'_>| is_document_key(field.key) && field.key != Some(Key::Link);
        let known = out.iter().filter(known).count();
        (known > 0 && known * 4 >= out.len()).then_some(out)
    }

    /// A row of labels, and one row with their values.
    fn across(self, rows: &[Cells<'t>]) -> Option<Vec<Field<'t>>> {
        let [head, values] = rows else { return None };
        // A revision history also has dates and authors, but they describe versions of the
        // document.
        let is_of_history = |word: &str| {
            matches!(
                word,
                "change" | "changes" | "description" | "revision" | "decision" | "comment" | "comments" | "notes"
            )
        };
        let is_history = head.iter().any(|cell| fold(&words(cell)).split(' ').any(is_of_history));
        let labels = |cells: &Cells<'_>| cells.iter().filter(|cell| self.is_label(cell)).count();
        let of_head = labels(head);
        let is_record = of_head > 1 && of_head * 2 >= head.len() && labels(values) == 0;
        let pairs = head.iter().zip(values);
        let fields = pairs.map(|(label, content)| self.pair(label, Value::new(content.clone(), None)));
        (is_record && !is_history && head.len() == values.len()).then(|| fields.collect())
    }

    /// Whether a block is a table whose first row has several labels of a document.
    pub(super) fn has_row_of_labels(self, block: usize) -> bool {
        let is_table = matches!(self.tree.tag(block), Some(Tag::Table(_)));
        let head = is_table.then(|| self.rows(block).next()).flatten();
        head.is_some_and(|head| head.iter().filter(|cell| self.is_label(cell)).count() > 1)
    }

    /// One role per row: `Role | Name | Approved`.
    fn roles(self, rows: &[Cells<'t>]) -> Option<(Vec<Field<'t>>, bool)> {
        const ROLE: [&str; 3] = ["role", "responsibility", "function"];
        const NAME: [&str; 9] = [
            "name", "names", "person", "people", "who", "member", "contact", "owner", "assignee",
        ];
        let (head, body) = rows.split_first()?;
        let heads = folded(head);
        let (role, name) = (column(&heads, &ROLE)?, column(&heads, &NAME)?);
        let fields = body.iter().filter_map(|row| {
            let value = signed_value(row, name, &heads)?;
            Some(self.pair(row.get(role)?, value))
        });
        let fields: Vec<Field<'t>> = fields.collect();
        let is_any = fields.iter().any(Field::names_people);
        is_any.then_some((fields, head.len() == 2))
    }

    /// The people in a table below a heading such as `Approvers`, with their ticks. A column of
    /// names counts only if `by_name` is set.
    pub(super) fn people_of(self, table: usize, key: Key, by_name: bool) -> Vec<Value<'t>> {
        const NAME: [&str; 4] = ["name", "person", "who", "stakeholder"];
        let mut rows = self.rows(table);
        let heads = rows.next().map(|head| folded(&head)).unwrap_or_default();
        let is_key = |head: &String| self.vocabulary.key(Scope::Document, head) == Some(key);
        let own = heads.iter().position(is_key);
        let column = own.or_else(|| column(&heads, &NAME).filter(|_| by_name));
        let people = column.map(|column| rows.filter_map(move |row| signed_value(&row, column, &heads)));
        people.into_iter().flatten().collect()
    }
}

/// The words of a label in a cell.
fn label_of(cell: &[Run<'_>]) -> String {
    words(cell).trim_end_matches(':').trim().to_owned()
}

/// The folded words of the head.
fn folded(head: &Cells<'_>) -> Vec<String> {
    head.iter().map(|cell| fold(&words(cell))).collect()
}

/// The first column that has one of these names.
fn column(heads: &[String], names: &[&str]) -> Option<usize> {
    heads.iter().position(|head| names.contains(&head.as_str()))
}

/// The value in a column, and whether the row says that the person has agreed.
fn signed_value<'t>(row: &Cells<'t>, column: usize, heads: &[String]) -> Option<Value<'t>> {
    let tick = self::column(heads, &SIGNED).and_then(|tick| row.get(tick));
    let ticked = tick.and_then(|cell| signed(&words(cell)));
    Some(Value::new(row.get(column)?.clone(), ticked))
}

/// Whether a cell says that the person has agreed. None if it says nothing.
fn signed(cell: &str) -> Option<bool> {
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

/// Whether the head only marks a table of facts: `Field | Value`.
fn is_head_of_fields(label: &str, value: &str) -> bool {
    matches!(
        fold(label).as_str(),
        "field" | "item" | "property" | "attribute" | "key" | "metadata" | "info" | "name" | ""
    ) && matches!(
        fold(value).as_str(),
        "value" | "values" | "detail" | "details" | "description" | "information" | "info" | "content" | ""
    )
}

#[cfg(test)]
mod tests {
    use crate::parse::metadata::header::fields_in;

    fn read(text: &str) -> Vec<(String, String)> {
        fields_in(text, |reader| {
            reader.table(0).map(|(fields, _)| fields).unwrap_or_default()
        })
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
