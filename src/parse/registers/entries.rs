//! What a document adds to the registers of the book: tables of risks and alerts, lists of
//! timeline dependencies, glossaries. Rows that the template shows as examples are none.

use mdbook_markdown::pulldown_cmark::Tag;

use crate::model::{Deadline, Fragment, Register, RegisterEntry};
use crate::parse::markdown::fold::fold;
use crate::parse::markdown::fragment::fragment;
use crate::parse::markdown::inline::{Run, cut, trim, words};
use crate::parse::markdown::item::ItemText;
use crate::parse::markdown::table::{Row, Table};
use crate::parse::record::Reader;
use crate::parse::record::columns::Columns;
use crate::parse::record::section::Section;
use crate::parse::registers::dependency::{due, says_done};
use crate::parse::values::date::is_placeholder;
use crate::parse::vocabulary::concept::{Key, Scope};
use crate::parse::vocabulary::topics::Topic;
use crate::source::Span;

/// The registers: the sections that hold them, whose words their columns are, and the columns that
/// are shown beside the subject.
const REGISTERS: [(Topic, Register, Option<Scope>, &[Key]); 4] = [
    (Topic::Risks, Register::Risk, Some(Scope::Risk), &[Key::Mitigation]),
    (
        Topic::Alerts,
        Register::Alert,
        Some(Scope::Alert),
        &[Key::Condition, Key::Action],
    ),
    (Topic::Dependencies, Register::Dependency, None, &[]),
    (Topic::Terms, Register::Term, Some(Scope::Term), &[Key::Definition]),
];

/// Everything that the document's sections of this kind list.
pub(crate) fn entries(reader: &Reader<'_>) -> Vec<RegisterEntry> {
    let mut out = Vec::new();
    for section in reader.sections {
        for (_, register, scope, details) in REGISTERS.iter().filter(|(topic, ..)| section.topics.has(*topic)) {
            read(reader, section, *register, (*scope, details), &mut out);
        }
    }
    out
}

/// The words of a register's columns, and the columns that are shown beside the subject.
type Kind<'k> = (Option<Scope>, &'k [Key]);

fn read(reader: &Reader<'_>, section: &Section, register: Register, kind: Kind<'_>, out: &mut Vec<RegisterEntry>) {
    let tree = reader.tree;
    for block in section.own(tree) {
        match tree.tag(block) {
            Some(Tag::Table(_)) => {
                if let (Some(table), Some(scope)) = (Table::read(tree, block), kind.0) {
                    let columns = Columns::of(&table, scope, reader.vocabulary);
                    let rows = table.rows.iter().filter(|row| !row.is_empty());
                    out.extend(rows.filter_map(|row| from_row(reader, &columns, row, (register, kind.1))));
                }
            }
            Some(Tag::List(_)) => {
                for item in tree.children(block) {
                    let text = ItemText::of(tree, item);
                    let span = tree.nodes[item].span;
                    out.extend(match register {
                        Register::Dependency => dependency(reader, &text, span),
                        Register::Term => term(reader, &text.runs, span),
                        Register::Risk | Register::Alert => None,
                    });
                }
            }
            Some(Tag::DefinitionList) if register == Register::Term => {
                out.extend(defined(reader, block));
            }
            _ => {}
        }
    }
}

fn from_row(
    reader: &Reader<'_>,
    columns: &Columns,
    row: &Row<'_>,
    (register, details): (Register, &[Key]),
) -> Option<RegisterEntry> {
    let subject_at = columns.find(Key::Subject)?;
    let carried = |column| fragment(row.cell(column), reader.home);
    let subject = carried(Some(subject_at));
    if !is_filled(&subject) {
        return None;
    }
    Some(RegisterEntry {
        register,
        subject,
        details: details.iter().map(|key| carried(columns.find(*key))).collect(),
        severity: row.text(columns.find(Key::Severity)).into_owned(),
        span: row.span,
        ..RegisterEntry::default()
    })
}

/// `The contract must be signed by 2026-12-15`.
fn dependency(reader: &Reader<'_>, item: &ItemText<'_>, span: Span) -> Option<RegisterEntry> {
    let subject = fragment(&item.runs, reader.home);
    if !is_filled(&subject) {
        return None;
    }
    let struck = item.runs.iter().all(|run| run.struck || run.is_blank());
    let due = due(&subject.text, reader.vocabulary).map(Deadline);
    Some(RegisterEntry {
        register: Register::Dependency,
        due,
        done: struck || item.ticked == Some(true) || says_done(&subject.text),
        subject,
        span,
        ..RegisterEntry::default()
    })
}

/// `**Term**: what it means`, also with a dash, or without the bold.
fn term(reader: &Reader<'_>, runs: &[Run<'_>], span: Span) -> Option<RegisterEntry> {
    let (term, definition) = split(runs)?;
    entry_of(reader, &term, &definition, span)
}

fn entry_of(reader: &Reader<'_>, term: &[Run<'_>], definition: &[Run<'_>], span: Span) -> Option<RegisterEntry> {
    // The bold is the list's way to set the term apart; here a column does.
    let is_bold = term.iter().all(|run| run.strong || run.is_blank());
    let subject = if is_bold {
        fragment(&plain(term), reader.home)
    } else {
        fragment(term, reader.home)
    };
    if !is_filled(&subject) {
        return None;
    }
    let definition = fragment(definition, reader.home);
    (!definition.is_empty()).then(|| RegisterEntry {
        register: Register::Term,
        subject,
        details: vec![definition],
        span,
        ..RegisterEntry::default()
    })
}

fn plain<'a>(runs: &[Run<'a>]) -> Vec<Run<'a>> {
    let runs = runs.iter().cloned();
    runs.map(|run| Run { strong: false, ..run }).collect()
}

/// The runs before and behind the first mark between a term and its definition.
fn split<'a>(runs: &[Run<'a>]) -> Option<(Vec<Run<'a>>, Vec<Run<'a>>)> {
    const MARKS: [&str; 4] = [": ", " - ", " – ", " — "];
    for (at, run) in runs.iter().enumerate().filter(|(_, run)| !run.code) {
        let mark = memchr::memchr2_iter(b':', b' ', run.text.as_bytes()).find_map(|at| {
            let mark = MARKS.iter().find(|mark| run.text[at..].starts_with(**mark))?;
            Some((at, mark.len()))
        });
        // `**Term:** what` has its mark at the end of the bold.
        let mark = mark.or_else(|| run.text.trim_end().strip_suffix(':').map(|text| (text.len(), 1)));
        let Some((from, length)) = mark else { continue };
        let mut before = runs[..at].to_vec();
        before.push(cut(run, 0, from));
        let mut after = vec![cut(run, from + length, run.text.len())];
        after.extend_from_slice(&runs[at + 1..]);
        let (before, after) = (trim(&before), trim(&after));
        return (!words(&before).is_empty()).then_some((before, after));
    }
    None
}

/// `Term⏎: definition`.
fn defined(reader: &Reader<'_>, list: usize) -> Vec<RegisterEntry> {
    let tree = reader.tree;
    let mut term: Option<usize> = None;
    let mut out = Vec::new();
    for child in tree.children(list) {
        match tree.tag(child) {
            Some(Tag::DefinitionListTitle) => term = Some(child),
            Some(Tag::DefinitionListDefinition) => {
                let Some(title) = term else { continue };
                let of = |node: usize| crate::parse::markdown::inline::runs(tree, node + 1, tree.nodes[node].end);
                let text = ItemText::of(tree, child);
                out.extend(entry_of(reader, &of(title), &text.runs, tree.nodes[title].span));
            }
            _ => {}
        }
    }
    out
}

/// Whether somebody has replaced what the template says: `Risk 1`, `Term 2`, `[name]`,
/// `Dependency 1 must be complete by [date]`.
fn is_filled(subject: &Fragment) -> bool {
    let folded = fold(&subject.text);
    let mut parts = folded.split(' ');
    let is_numbered = matches!(parts.next(), Some("risk" | "alert" | "term" | "dependency"))
        && parts
            .next()
            .is_some_and(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
        && matches!(parts.next(), None | Some("must"));
    !(folded.is_empty() || is_numbered || is_placeholder(&subject.text))
}

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use crate::model::{Register, RegisterEntry};
    use crate::parse::corpus;
    use crate::source::Source;
    use jiff::civil::date;

    fn read(text: &str) -> Vec<RegisterEntry> {
        let source = Source {
            path: "a/b.md".into(),
            name: "B".into(),
            text: format!("# B\n\n**Author:** Ada\n**Status:** Draft\n\n{text}"),
            ..Source::default()
        };
        let (corpus, _) = corpus(&[source], &Config::default());
        corpus
            .documents()
            .flat_map(|(_, _, document)| document.registers.clone())
            .collect()
    }

    #[test]
    fn pages_have_registers_where_somebody_asks_for_them() {
        let source = |path: &str, text: &str| Source {
            path: path.into(),
            text: text.into(),
            ..Source::default()
        };
        let design = source(
            "a.md",
            "# T\n\n**Status:** Draft\n**Author:** Ada\n\n## Glossary\n\n- **Depot**: a shed\n",
        );
        let count = |sources: &[Source], config: &Config| {
            let (corpus, _) = crate::parse::for_pages(sources, config);
            corpus
                .documents()
                .map(|(_, _, document)| document.registers.len())
                .sum::<usize>()
        };
        let mut config = Config::default();
        assert_eq!(count(std::slice::from_ref(&design), &config), 0);
        let index = source("b.md", "# Words\n\n<!-- glossary -->\n");
        assert_eq!(count(&[design.clone(), index], &config), 1);
        let other = source("b.md", "# Log\n\n<!-- decision-log -->\n");
        assert_eq!(count(&[design.clone(), other], &config), 0);
        config.index.registers = true;
        assert_eq!(count(&[design], &config), 1);
    }

    #[test]
    fn tables_are_read_by_their_columns() {
        let found = read(
            "## Risks\n\n| Risk | Severity | Mitigation |\n|--|--|--|\n| Risk 1 | High/Medium/Low | Mitigation strategy |\n\
             | Paid *twice* | High | See [keys](keys.md) |\n\n\
             ### Alerts\n\n| Alert | Condition | Severity | Action |\n|--|--|--|--|\n| Alert 1 | Condition | Critical/Warning | Who |\n\
             | Slow | p99 | Critical | Page |\n",
        );
        assert_eq!(found.len(), 2, "{found:#?}");
        assert_eq!(
            (found[0].subject.text.as_str(), found[0].severity.as_str()),
            ("Paid twice", "High")
        );
        assert_eq!(found[0].details[0].markdown(), "See [keys](a/keys.md)");
        assert_eq!(found[1].register, Register::Alert);
        let details: Vec<_> = found[1].details.iter().map(|one| one.text.as_str()).collect();
        assert_eq!(details, ["p99", "Page"]);
    }

    #[test]
    fn dependencies_have_the_day_of_their_sentence() {
        let found = read(
            "### Timeline Dependencies\n- Dependency 1 must be complete by [date]\n\
             - The contract must be signed by 2026-12-15.\n- [x] The office moves\n- Waits for the depot\n",
        );
        let seen: Vec<_> = found
            .iter()
            .map(|one| (one.due.as_ref().and_then(|due| due.day()), one.done))
            .collect();
        assert_eq!(seen, [(Some(date(2026, 12, 15)), false), (None, true), (None, false)]);
    }

    #[test]
    fn terms_are_told_from_their_definitions() {
        let found = read(
            "### Glossary\n- **Term 1**: Definition\n- **Kobo**: a hundredth of a naira\n- **Danfo:** a bus\n\
             - SLA - what we promise\n- nothing\n",
        );
        let seen: Vec<_> = found
            .iter()
            .map(|one| (one.subject.markdown(), one.details[0].text.as_str()))
            .collect();
        assert_eq!(
            seen,
            [
                ("Kobo", "a hundredth of a naira"),
                ("Danfo", "a bus"),
                ("SLA", "what we promise")
            ]
        );
    }
}
