//! Generates a handbook of design documents in the template's form, together with its facts.
//!
//! Uses only the standard library, so that the tests and the benchmarks can share it. The same seed
//! gives the same handbook on every machine.

use std::fmt;
use std::io;
use std::path::Path;

// With explicit paths, so that a benchmark in another folder can include this file.
#[path = "handbook/page.rs"]
mod page;
#[path = "handbook/words.rs"]
mod words;

/// A book and its facts.
#[derive(Debug, Clone, Default)]
pub struct Handbook {
    /// Every file, by its path below the book's root.
    pub files: Vec<(String, String)>,
    /// The facts of the design documents, in the book's order.
    pub documents: Vec<Document>,
    /// Chapters that are not design documents, by their path below `src`.
    pub ordinary: Vec<String>,
}

/// The facts of a document.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// Below `src`, with `/`.
    pub path: String,
    /// Its H1.
    pub title: String,
    /// The status word.
    pub status: &'static str,
    /// The state of the status: one word in lower case.
    pub state: &'static str,
    /// `**Date:**`.
    pub created: Date,
    /// `**Last Updated:**` at the foot.
    pub updated: Date,
    /// Who wrote it.
    pub authors: Vec<Person>,
    /// Who reviews it, in the order of the header, then of the checklist.
    pub reviewers: Vec<Person>,
    /// `3.9.0`.
    pub target_release: String,
    /// The metadata's links.
    pub links: Vec<Link>,
    /// The rows of its decision log.
    pub decisions: Vec<Decision>,
    /// The items of its open questions.
    pub questions: Vec<Question>,
    /// The numbers of ticked steps and of all steps in the rollout plan.
    pub steps: (usize, usize),
}

/// A person in a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// `Ada Obi`.
    pub name: Option<String>,
    /// `ada@example.com`.
    pub email: Option<String>,
    /// `@ada`.
    pub handle: Option<String>,
    /// Whether they are ticked in the review list.
    pub approved: Option<bool>,
}

/// A link of the metadata.
#[derive(Debug, Clone, Default)]
pub struct Link {
    /// `RFC`.
    pub label: &'static str,
    /// `RFC 12`.
    pub text: String,
    /// The target as written.
    pub url: Option<String>,
}

/// One row of a decision log.
#[derive(Debug, Clone, Default)]
pub struct Decision {
    /// The date.
    pub date: Date,
    /// The decision in plain words.
    pub decision: String,
    /// The rationale in plain words.
    pub rationale: String,
    /// The deciders, as named in the document.
    pub decided_by: Vec<String>,
    /// The row's line in the file.
    pub line: usize,
}

/// One open question.
#[derive(Debug, Clone, Default)]
pub struct Question {
    /// The question in plain words.
    pub question: String,
    /// Its context.
    pub context: String,
    /// The deadline; None if not stated.
    pub due: Option<Date>,
    /// The owners.
    pub owners: Vec<String>,
    /// Whether it is marked as resolved.
    pub resolved: bool,
    /// Its standing on [`TODAY`]: `overdue`, `due-today`, …
    pub standing: &'static str,
    /// The line of the question in the file.
    pub line: usize,
}

/// A date as written, with the day that it means.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Date {
    /// `14-Jul-2026`, `TBD`.
    pub text: String,
    /// The day, if it is a date.
    pub day: Option<Day>,
}

/// A day of the Gregorian calendar, as days since 1970-01-01.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub i64);

/// The date that every generated handbook has as `today` in its book.toml.
pub const TODAY: Day = Day(20_780);

/// The default of `due-soon-days`.
pub const DUE_SOON_DAYS: i64 = 14;

impl Day {
    /// Year, month and day.
    pub fn civil(self) -> (i64, usize, usize) {
        // Howard Hinnant's `civil_from_days`: years begin in March, eras have 400 years.
        let days = self.0 + 719_468;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        (year, month as usize, day as usize)
    }

    /// The day in one of the formats that authors use.
    fn written(self, random: &mut Random) -> Date {
        const MONTHS: [&str; 12] = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ];
        let (year, month, day) = self.civil();
        let name = MONTHS[month - 1];
        let text = match random.below(20) {
            0 => format!("{day}-{name}-{year}"),
            1 => format!("{name} {day}, {year}"),
            2 => format!("{day} {name} {year}"),
            3 => format!("{year}/{month:02}/{day:02}"),
            _ => self.to_string(),
        };
        Date { text, day: Some(self) }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.civil();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl Person {
    /// The name in an index.
    pub fn display(&self) -> &str {
        let name = self.name.as_deref().or(self.handle.as_deref());
        name.unwrap_or_default()
    }
}

/// SplitMix64.
#[derive(Debug, Clone)]
pub struct Random(pub u64);

impl Random {
    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// One in `of`.
    pub fn one_in(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }

    /// One of `all`.
    pub fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    /// `count` different ones of `all`, in any order.
    pub fn some<'a, T>(&mut self, all: &'a [T], count: usize) -> Vec<&'a T> {
        let mut left: Vec<&T> = all.iter().collect();
        (0..count.min(all.len()))
            .map(|_| left.swap_remove(self.below(left.len())))
            .collect()
    }
}

/// A handbook of `count` design documents, with about a tenth as many other chapters.
pub fn generate(count: usize, seed: u64) -> Handbook {
    let mut random = Random(seed);
    let places: Vec<Place> = (0..count).map(Place::of).collect();
    let mut book = Handbook::default();
    let mut summary = String::from("# Summary\n\n[Welcome](welcome.md)\n");
    book.add_ordinary("welcome.md", words::WELCOME.to_owned());
    for (number, place) in places.iter().enumerate() {
        if number % 20 == 0 {
            summary.push_str(&format!("\n# Part {}\n\n", number / 20 + 1));
        }
        if number % 10 == 5 {
            let path = format!("notes/week-{number:04}.md");
            summary.push_str(&format!("- [Notes of week {number}]({path})\n"));
            let text = page::ordinary(number, &mut random);
            book.add_ordinary(&path, text);
        }
        let (text, document) = page::document(number, &places, &mut random);
        summary.push_str(&format!("- [{}]({})\n", place.name, place.path));
        book.files.push((format!("src/{}", place.path), text));
        book.documents.push(document);
    }
    book.files.push(("src/SUMMARY.md".to_owned(), summary));
    book.files.push(("book.toml".to_owned(), book_toml()));
    book
}

impl Handbook {
    fn add_ordinary(&mut self, path: &str, text: String) {
        self.files.push((format!("src/{path}"), text));
        self.ordinary.push(path.to_owned());
    }

    /// Writes the book below `root`.
    ///
    /// # Errors
    ///
    /// When a file or folder cannot be written.
    pub fn write_to(&self, root: &Path) -> io::Result<()> {
        for (file, text) in &self.files {
            let path = root.join(file);
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder)?;
            }
            std::fs::write(path, text)?;
        }
        Ok(())
    }
}

/// The message that mdBook 0.5 sends for the handbook.
pub fn message(book: &Handbook) -> String {
    let files = book.files.iter().map(|(file, text)| (file.as_str(), text.as_str()));
    let chapters = files.filter_map(|(file, text)| Some((file.strip_prefix("src/")?, text)));
    let table = serde_json::json!({"after": ["links"], "today": TODAY.to_string(), "timezone": "Africa/Lagos"});
    super::message::message(chapters.filter(|(path, _)| *path != "SUMMARY.md"), &table)
}

fn book_toml() -> String {
    format!(
        "[book]\ntitle = \"Generated handbook\"\n\n[preprocessor.design-docs]\n\
         after = [\"links\"]\ntimezone = \"Africa/Lagos\"\ntoday = {TODAY}\n"
    )
}

/// The title and path of a document.
#[derive(Debug, Clone)]
struct Place {
    name: String,
    path: String,
}

impl Place {
    fn of(number: usize) -> Self {
        let areas = words::AREAS.len();
        let area = words::AREAS[number % areas];
        let aspect = words::ASPECTS[(number / areas) % words::ASPECTS.len()];
        let round = number / (areas * words::ASPECTS.len());
        let mut name = format!("{aspect} for {area}");
        if round > 0 {
            name.push_str(&format!(", part {}", round + 1));
        }
        let slug = name.to_lowercase().replace(", ", "-").replace(' ', "-");
        let folder = match number % 3 {
            0 => "designs".to_owned(),
            1 => format!("designs/{}", area.to_lowercase().replace(' ', "-")),
            _ => format!("teams/team-{}/designs", number % 7),
        };
        let path = format!("{folder}/{number:04}-{slug}.md");
        Self { name, path }
    }

    /// The link from this document to another.
    fn link_to(&self, other: &Self) -> String {
        let up = "../".repeat(self.path.matches('/').count());
        format!("{up}{}", other.path)
    }
}

#[test]
fn days_have_the_right_names() {
    assert_eq!(Day(0).to_string(), "1970-01-01");
    assert_eq!(Day(19_782).to_string(), "2024-02-29");
    assert_eq!(TODAY.to_string(), "2026-11-23");
}

#[test]
fn the_same_seed_gives_the_same_handbook() {
    let (one, two) = (generate(30, 7), generate(30, 7));
    assert_eq!(one.files, two.files);
    assert_ne!(one.files, generate(30, 8).files);
}
