//! Tests of behaviour common to all exports, on a small book.

use jiff::civil::date;

use super::digest::Choice;
use super::*;
use crate::config::{Form, RecordKind};
use crate::parse;

const REFUNDS: &str = "# Refunds

**Author:** Ada Obi
**Status:** In Review

## Open Questions

1. **=HYPERLINK(\"http://x\"), really?**
   - Context: One, two; three \\\\ four.
   - Decision needed by: 2026-11-20
   - Owner: Ada Obi
2. **Where?**
   - Decision needed by: 2026-11-25
   - Owner: @tunde
3. **When?**
   - Decision needed by: Phase 2
4. ~~**Who?**~~
   - **Resolved 2026-11-01:** Ada.

## Decision Log

| Date | Decision | Rationale | Decided By |
|------|----------|-----------|------------|
| 2026-10-01 | First & 1 < 2 | Why \"not\"? | Ada Obi |
| 2026-10-05 | Later | | @tunde |
| soon | Undated | | |
";

struct Shelf {
    corpus: Corpus,
    sources: Vec<Source>,
    config: Config,
}

impl Shelf {
    fn new(text: &str) -> Self {
        Self::with(text, Config::default())
    }

    fn with(text: &str, mut config: Config) -> Self {
        let sources = vec![Source {
            path: "pay ments/index.md".into(),
            file: Some("pay ments/README.md".into()),
            name: "Refunds".into(),
            text: text.into(),
            ..Source::default()
        }];
        config.dialect.smart_punctuation = false;
        let corpus = parse::corpus(&sources, &config);
        Self {
            corpus,
            sources,
            config,
        }
    }

    fn book(&self) -> ExportInput<'_> {
        ExportInput {
            corpus: &self.corpus,
            sources: &self.sources,
            config: &self.config,
            today: date(2026, 11, 23),
            title: "Handbook, *ours*",
            base_url: Some("https://example.com/hand/"),
        }
    }
}

#[test]
fn a_cell_that_looks_like_a_formula_is_text() {
    let shelf = Shelf::new(REFUNDS);
    let text = csv::csv(&shelf.book(), csv::Table::Questions).unwrap();
    let mut reader = ::csv::Reader::from_reader(text.as_bytes());
    let at = |name: &str, reader: &mut ::csv::Reader<&[u8]>| {
        reader.headers().unwrap().iter().position(|head| head == name).unwrap()
    };
    let (question, owners, url) = (
        at("question", &mut reader),
        at("owners", &mut reader),
        at("url", &mut reader),
    );
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 4);
    assert_eq!(&rows[0][question], "'=HYPERLINK(\"http://x\"), really?");
    assert_eq!(&rows[1][owners], "'@tunde");
    assert_eq!(
        &rows[1][url],
        "https://example.com/hand/pay%20ments/index.html#question-where"
    );
    assert!(text.lines().count() == 5 && text.ends_with("\r\n"));
}

#[test]
fn a_calendar_has_lines_of_75_bytes_and_no_moment_of_its_own() {
    let long = REFUNDS.replace("Where?", &"Wörter ".repeat(40));
    let shelf = Shelf::new(&long);
    let text = ics::ics(&shelf.book(), None);
    assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')));
    assert_eq!(text.matches("BEGIN:VEVENT").count(), 2, "{text}");
    assert_eq!(text.matches("DTSTAMP:20261123T000000Z").count(), 2);
    let unfolded = text.replace("\r\n ", "");
    assert!(unfolded.contains("SUMMARY:=HYPERLINK(\"http://x\")\\, really?"));
    assert!(unfolded.contains("One\\, two\\; three \\\\ four."), "{unfolded}");
    assert_eq!(text, ics::ics(&shelf.book(), None));
    let one = ics::ics(&shelf.book(), Some("Tunde"));
    assert_eq!(one.matches("BEGIN:VEVENT").count(), 1);
}

#[test]
fn a_calendar_has_the_records_of_a_team_that_are_not_done() {
    let mut config = Config::default();
    let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
    config.records.push(RecordKind {
        name: "assumptions".into(),
        sections: words(&["Assumptions"]),
        columns: words(&["Assumption", "Owner", "Valid until"]),
        deadline: Some(2),
        form: Form::Facts,
    });
    let rows = "| It never rains | Ada Obi | 2026-12-01 |\n| ~~Old~~ | Ada Obi | 2026-12-02 |\n| Undated | | |\n";
    let table = format!("## Assumptions\n\n| Assumption | Owner | Valid until |\n|--|--|--|\n{rows}");
    let shelf = Shelf::with(
        &format!("# T\n\n**Author:** Ada Obi\n**Status:** Draft\n\n{table}"),
        config,
    );
    let text = ics::ics(&shelf.book(), None).replace("\r\n ", "");
    assert_eq!(text.matches("BEGIN:VEVENT").count(), 1, "{text}");
    for line in [
        "DTSTART;VALUE=DATE:20261201\r\n",
        "SUMMARY:It never rains\r\n",
        "DESCRIPTION:T\\nOwner: Ada Obi\\nValid until: 2026-12-01\r\n",
    ] {
        assert!(text.contains(line), "{line}{text}");
    }
    assert!(ics::ics(&shelf.book(), Some("ada obi")).contains("VEVENT"));
    assert!(!ics::ics(&shelf.book(), Some("Tunde")).contains("VEVENT"));
}

#[test]
fn a_feed_has_the_newest_first_and_needs_an_address() {
    let shelf = Shelf::new(REFUNDS);
    let text = atom::atom(&shelf.book()).unwrap();
    assert!(
        text.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed "),
        "{text}"
    );
    assert!(text.contains("<updated>2026-10-05T00:00:00Z</updated>\n<author>"));
    assert!(text.find("Later").unwrap() < text.find("First &amp; 1 &lt; 2").unwrap());
    assert!(
        text.contains("<id>tag:example.com,2026:/hand/pay%20ments/README.md/decision-later</id>"),
        "{text}"
    );
    assert!(!text.contains("Undated"));
    let nowhere = ExportInput {
        base_url: None,
        ..shelf.book()
    };
    assert_eq!(atom::atom(&nowhere), None);
}

#[test]
fn a_digest_has_the_urgent_first_and_everyone_once() {
    let shelf = Shelf::new(REFUNDS);
    let all = digest::markdown(&shelf.book(), Choice::default(), None);
    assert_eq!(
        all,
        "# Handbook, \\*ours\\*: open questions\n\n\
         On 2026-11-23: **1 overdue**, **1 due within 14 days**, 3 open in all.\n\n\
         ## Ada Obi\n\n\
         - **3 days overdue** (2026-11-20): [=HYPERLINK(\"http://x\"), really?]\
         (https://example.com/hand/pay%20ments/index.html#question-hyperlink-http-x-really) – *Refunds*\n\n\
         ## @tunde\n\n\
         - **due in 2 days** (2026-11-25): [Where?]\
         (https://example.com/hand/pay%20ments/index.html#question-where) – *Refunds*\n\n\
         ## No owner\n\n\
         - by \"Phase 2\": [When?](https://example.com/hand/pay%20ments/index.html#question-when) – *Refunds*\n"
    );
    let choice = Choice {
        limit: Some(1),
        owner: None,
    };
    let first = digest::markdown(&shelf.book(), choice, None);
    assert!(
        first.ends_with("\n… and 2 more questions, all of them less urgent.\n"),
        "{first}"
    );
    assert!(!first.contains("## No owner"));
    let json: serde_json::Value = serde_json::from_str(&digest::json(&shelf.book(), choice, None).unwrap()).unwrap();
    assert_eq!(json["summary"]["omitted"], 2);
    assert_eq!(json["owners"][0]["questions"][0]["days"], -3);
}

/// A document in review with a decision that has expired, one that has not, and one that is
/// superseded.
const DEPOTS: &str = "# Depots

**Author:** Ada Obi
**Status:** In Review
**Comments until:** 2026-11-25

## Decision Log

| Date | Decision | Decided By | Status | Valid until |
|------|----------|------------|--------|-------------|
| 2025-01-20 | Rent the depots | @tunde | | 2026-11-20 |
| 2025-01-21 | Hire the vans | | | 2030-01-31 |
| 2024-01-21 | Borrow the vans | | Superseded | 2024-06-30 |
";

#[test]
fn what_is_to_be_looked_at_again_is_in_the_calendar_and_the_digest() {
    let shelf = Shelf::new(DEPOTS);
    let events = |owner| {
        let text = ics::ics(&shelf.book(), owner).replace("\r\n ", "");
        let lines = text
            .lines()
            .filter(|line| line.starts_with("SUMMARY") || line.starts_with("DTSTART"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(
        events(None),
        [
            "DTSTART;VALUE=DATE:20261125", "SUMMARY:Comments until today: Depots", "DTSTART;VALUE=DATE:20261120",
            "SUMMARY:Look again: Rent the depots", "DTSTART;VALUE=DATE:20300131", "SUMMARY:Look again: Hire the vans",
        ]
    );
    assert_eq!(events(Some("tunde")).len(), 2, "who decided");
    assert_eq!(events(Some("Ada Obi")).len(), 4, "the owner of the document");
    let digest = digest::markdown(&shelf.book(), Choice::default(), None);
    let expected = "\n## To be looked at again\n\n\
         - **3 days overdue** (2026-11-20): [Rent the depots]\
         (https://example.com/hand/pay%20ments/index.html#decision-rent-the-depots) – *Depots* (@tunde)\n\n\
         ## Comments awaited\n\n\
         - **due in 2 days** (2026-11-25): [Depots](https://example.com/hand/pay%20ments/index.html) (Ada Obi)\n";
    assert!(digest.ends_with(expected), "{digest}");
    let json: serde_json::Value =
        serde_json::from_str(&digest::json(&shelf.book(), Choice::default(), None).unwrap()).unwrap();
    let found = json["deadlines"].as_array().unwrap().iter();
    let found: Vec<_> = found
        .map(|each| (&each["kind"], &each["days"], &each["line"]))
        .collect();
    let expected = serde_json::json!([["revisit", -3, 11], ["review", 2, 5]]);
    assert_eq!(serde_json::json!(found), expected);
}
