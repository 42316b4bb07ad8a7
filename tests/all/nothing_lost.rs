//! No word of an author's goes missing: what a page shows without us it shows with us.
//!
//! Both mdBooks build each book with our parts switched off and on. The words of the first page,
//! as often as they stand there, are on the second, but for a hand-written table of contents, which
//! ours replaces, and the labels of facts that the card calls by another name.
//!
//! `DOCUMENTS=FOLDER` has the Markdown there tried as well.

use std::collections::BTreeMap;
use std::path::PathBuf;

use mdbook_design_docs::Analysis;
use mdbook_design_docs::config::Config;
use mdbook_design_docs::model::{Document, TocPlace};
use mdbook_design_docs::source::Source;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use unicode_normalization::UnicodeNormalization;

use crate::support::book::{BookTest, Version};
use crate::support::{case, files_below, html, none, project, read, write};

/// Words, each as often as it stands there.
#[derive(Debug, Clone, Default)]
struct Words(BTreeMap<String, usize>);

impl Words {
    fn of(text: &str) -> Self {
        let mut out = Self::default();
        out.add(text);
        out
    }

    fn add(&mut self, text: &str) {
        let text: String = text.nfc().collect();
        for word in text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
        {
            *self.0.entry(word.to_lowercase()).or_default() += 1;
        }
    }

    /// The words of which `other` has fewer, with how many it lacks.
    fn without(&self, other: &Self) -> Self {
        let lacking = self.0.iter().filter_map(|(word, count)| {
            let lacks = count.saturating_sub(other.0.get(word).copied().unwrap_or_default());
            (lacks > 0).then(|| (word.clone(), lacks))
        });
        Self(lacking.collect())
    }

    fn count(&self) -> usize {
        self.0.values().sum()
    }

    fn list(&self) -> String {
        let words: Vec<_> = self.0.iter().map(|(word, count)| format!("{word}×{count}")).collect();
        words.join(" ")
    }
}

/// What a reader of a page's main part can see or reach: its text, the addresses behind names, and
/// of our dates the author's way to write them.
fn reached(main: &str) -> Words {
    let text = html::text(main);
    let mut words = Words::of(&text);
    for day in text.split(|ch: char| !ch.is_ascii_digit() && ch != '-') {
        words.add(&spelled(day).unwrap_or_default());
    }
    for piece in html::pieces(main) {
        let html::Piece::Open(name, attributes) = piece else {
            continue;
        };
        if name == "a" {
            words.add(html::attribute(&attributes, "href").unwrap_or_default());
        }
    }
    words
}

/// `1 1st January Jan` for a day in ISO's form: the card writes 2026-01-01 where its author wrote
/// one of these.
fn spelled(day: &str) -> Option<String> {
    let day: jiff::civil::Date = day.parse().ok()?;
    let (number, month) = (day.day(), day.strftime("%A %a of %B %b").to_string());
    let month = month.replace(" Sep", " Sep Sept");
    let suffix = match number {
        1 | 21 | 31 => "st",
        2 | 22 => "nd",
        3 | 23 => "rd",
        _ => "th",
    };
    let asian = format!("{}年{}月{number}日", day.year(), day.month());
    let wide = |ch: char| match ch.to_digit(10) {
        Some(digit) => char::from_u32(0xff10 + digit).unwrap(),
        None => ch,
    };
    let zeros = day.strftime("%Y年%m月%d日").to_string();
    let forms: String = [&asian, &zeros]
        .map(|form| form.chars().map(wide).collect::<String>())
        .join(" ");
    Some(format!(
        "{number} {number}{suffix} {number}er {number}º {month} {} {} de {} {asian} {zeros} {forms}",
        MONTHS[usize::from(day.month().unsigned_abs()) - 1],
        day.month(),
        day.strftime("%y")
    ))
}

/// The months in German, French, Spanish and Portuguese.
const MONTHS: [&str; 12] = [
    "Januar janvier enero janeiro",
    "Februar février febrero fevereiro",
    "März mars marzo março",
    "April avril abril",
    "Mai mayo maio",
    "Juni juin junio junho",
    "Juli juillet julio julho",
    "August août agosto",
    "September septembre septiembre setembro",
    "Oktober octobre octubre outubro",
    "November novembre noviembre novembro",
    "Dezember décembre diciembre dezembro",
];

/// The words of a hand-written table of contents, which ours replaces.
fn contents(text: &str, document: &Document) -> Words {
    match document.layout.toc {
        TocPlace::HandWritten(span) | TocPlace::Marker(span) => Words::of(&markdown_text(span.of(text))),
        _ => Words::default(),
    }
}

/// The labels in what the card stands for: before a colon, in the first column or row of a table,
/// or a heading.
fn labels(replaced: &str) -> Words {
    let mut words = Words::default();
    let replaced = replaced.replace("\\|", " ");
    let lines: Vec<&str> = replaced.lines().collect();
    let is_delimiter =
        |line: &&&str| line.contains("|") && line.contains('-') && line.chars().all(|c| "|-:> \t".contains(c));
    let mut in_table = false;
    for (at, line) in lines.iter().enumerate() {
        let is_head = lines.get(at + 1).filter(is_delimiter).is_some();
        in_table = is_head || in_table && !line.trim().is_empty();
        let bare = line.trim_start_matches(['>', ' ', '-', '*', '+', '\t']);
        let row = bare.strip_prefix('|').unwrap_or(bare);
        let is_underlined = lines
            .get(at + 1)
            .is_some_and(|next| next.starts_with("==") || next.starts_with("--"));
        if is_head || is_underlined || bare.starts_with('#') {
            words.add(row);
        } else if in_table {
            words.add(row.split('|').next().unwrap_or_default());
        } else {
            for (colon, _) in bare.match_indices([':', '：']) {
                // `Auteur·rice :` is one word.
                let before = bare[..colon].rsplit(['|', '•', ',', ';']).next().unwrap_or_default();
                words.add(before.rsplit(" · ").next().unwrap_or_default());
            }
        }
    }
    // YAML's word for nothing, and words between names.
    for word in ["null", "and", "und", "et", "y", "al"] {
        words.0.insert(word.to_owned(), usize::MAX);
    }
    words
}

/// The front matter with which `text` begins, and the rest.
fn front_matter(text: &str) -> Option<(&str, &str)> {
    let lines = text.strip_prefix("---")?.split_inclusive('\n').skip(1);
    let mut end = text.find('\n')? + 1;
    for line in lines {
        end += line.len();
        if matches!(line.trim_end(), "---" | "...") {
            return Some(text.split_at(end));
        }
    }
    None
}

fn markdown_text(markdown: &str) -> String {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut out = String::new();
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Text(text) | Event::Code(text) => out.push_str(&text),
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. })
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link) => {}
            _ => out.push(' '),
        }
    }
    out
}

/// A page that has lost words: where, and which.
#[derive(Debug)]
struct Loss {
    page: String,
    part: &'static str,
    words: Words,
}

fn loss(page: &str, part: &'static str, words: Words) -> Option<Loss> {
    (words.count() > 0).then(|| Loss {
        page: page.to_owned(),
        part,
        words,
    })
}

/// What the pages of `book` lose by us, built by mdBook `version`.
fn losses(book: &Book, version: Version) -> Vec<Loss> {
    let with = book.test().build(version);
    let off = ["header", "toc", "badges", "index"]
        .iter()
        .fold(book.test(), |book, part| {
            book.set(&format!("preprocessor.design-docs.{part}.enabled"), false)
        });
    let without = off.build(version);
    let config = Config {
        dialect: version.dialect(),
        ..Config::default()
    };
    let sources = book.sources();
    let corpus = mdbook_design_docs::parse::corpus(&sources, &config);
    let pages = without.pages();
    let mut out = Vec::new();
    for (source, chapter) in sources.iter().zip(&corpus.chapters) {
        let page = page_of(&source.path);
        // An included file has none.
        if !pages.contains(&page) {
            continue;
        }
        let before = Words::of(&html::text(&without.main_part(&page)));
        let after = reached(&with.main_part(&page));
        let lost = before.without(&after);
        let Some(document) = &chapter.document else {
            out.extend(loss(&page, "", lost));
            continue;
        };
        // What the card stands for may be said once where it was said twice, but in the card.
        let card = html::without(&with.main_part(&page), |_, attributes| {
            html::attribute(attributes, "class") == Some("dd-header")
        });
        let mut card = after.without(&reached(&card));
        // A heading that stays says the title.
        card.add(
            &chapter
                .headings
                .first()
                .map_or(String::new(), |heading| heading.words.text.to_string()),
        );
        let mut moved = contents(&source.text, document);
        let mut untold = Words::default();
        for span in &document.layout.replaced {
            let text = span.of(&source.text);
            let shown = Words::of(&markdown_text(text));
            // mdBook takes YAML for Markdown, and the card does not.
            let at_top = source.text[..span.start].trim().is_empty();
            let (yaml, markdown) = front_matter(text).filter(|_| at_top).unwrap_or(("", text));
            let mut said = Words::of(yaml);
            said.add(&markdown_text(markdown));
            let missing = said.without(&labels(text)).0.into_iter();
            untold.0.extend(missing.filter(|(word, _)| !card.0.contains_key(word)));
            for (word, count) in shown.0 {
                *moved.0.entry(word).or_default() += count;
            }
        }
        out.extend(loss(&page, "in the text", lost.without(&moved)));
        out.extend(loss(&page, "in the card", untold));
    }
    out
}

fn page_of(path: &str) -> String {
    let path = path.strip_suffix(".md").unwrap_or(path);
    match path.strip_suffix("README") {
        Some(folder) => format!("{folder}index.html"),
        None => format!("{path}.html"),
    }
}

/// The files of a book.
struct Book {
    files: Vec<(String, String)>,
}

impl Book {
    fn from_dir(dir: &std::path::Path) -> Self {
        let files = files_below(dir)
            .into_iter()
            .filter(|file| file == "book.toml" || file.starts_with("src/") && file.ends_with(".md"));
        let files = files.map(|file| (file.clone(), read(&dir.join(&file)))).collect();
        Self { files }
    }

    /// A book with a chapter for each text, `0.md` and so on.
    fn of(texts: &[String]) -> Self {
        let toml = "[book]\ntitle = \"Words\"\n\n[preprocessor.design-docs]\nafter = [\"links\"]\ntoday = \"2026-11-23\"\ntimezone = \"UTC\"\n";
        let chapters = texts.iter().enumerate();
        let summary: String = chapters
            .clone()
            .map(|(at, _)| format!("- [Chapter]({at}.md)\n"))
            .collect();
        let chapters = chapters.map(|(at, text)| (format!("src/{at}.md"), text.clone()));
        let files = [
            ("book.toml".to_owned(), toml.to_owned()),
            ("src/SUMMARY.md".to_owned(), format!("# Summary\n\n{summary}")),
        ];
        Self {
            files: files.into_iter().chain(chapters).collect(),
        }
    }

    fn test(&self) -> BookTest {
        BookTest::from_files(self.files.iter().cloned()).only_pages()
    }

    /// Its chapters.
    fn sources(&self) -> Vec<Source> {
        let chapters = self.files.iter().filter_map(|(file, text)| {
            let path = file.strip_prefix("src/").filter(|path| *path != "SUMMARY.md")?;
            Some((path, text))
        });
        let chapters = chapters.map(|(path, text)| Source {
            path: path.to_owned(),
            name: "Chapter".to_owned(),
            // mdBook takes it off.
            text: text.trim_start_matches('\u{feff}').to_owned(),
            ..Source::default()
        });
        chapters.collect()
    }
}

/// Fails with every page of the books that loses a word.
fn assert_nothing_is_lost(books: impl IntoIterator<Item = (String, Book)>) {
    let mut problems = Vec::new();
    for (name, book) in books {
        for version in Version::ALL {
            let lost = losses(&book, version).into_iter();
            problems.extend(lost.map(|Loss { page, part, words }| {
                format!(
                    "{name}, mdBook {version}, {page} {part}: {} lost: {}",
                    words.count(),
                    words.list()
                )
            }));
        }
    }
    none("pages that lose words", &problems);
}

#[test]
fn the_books_of_the_tests_and_the_example_lose_no_word() {
    let cases = project().join("tests/books");
    let names = std::fs::read_dir(&cases)
        .unwrap()
        .map(|entry| entry.unwrap().file_name());
    let cases = names
        .map(|name| name.into_string().unwrap())
        .map(|name| (name.clone(), Book::from_dir(&case(&name))));
    let example = Book::from_dir(&project().join("book-example"));
    assert_nothing_is_lost(cases.chain([("book-example".to_owned(), example)]));
}

#[test]
fn documents_of_every_form_lose_no_word() {
    let texts = markdown_below(&project().join("tests/conventions"));
    assert_nothing_is_lost([(
        "conventions".to_owned(),
        Book::of(&texts.into_iter().map(|(_, text)| text).collect::<Vec<_>>()),
    )]);
}

#[test]
fn documents_of_a_folder_lose_no_word() {
    let Some(folder) = std::env::var_os("DOCUMENTS").map(PathBuf::from) else {
        return;
    };
    let (names, texts): (Vec<_>, Vec<_>) = markdown_below(&folder).into_iter().unzip();
    let book = Book::of(&texts);
    let mut problems = Vec::new();
    for version in Version::ALL {
        for Loss { page, part, words } in losses(&book, version) {
            let number: usize = page.trim_end_matches(".html").parse().unwrap();
            problems.push(format!(
                "{}, mdBook {version}, {part}: {} lost: {}",
                names[number],
                words.count(),
                words.list()
            ));
        }
    }
    none("pages that lose words", &problems);
}

/// The names and texts of the Markdown below a folder.
fn markdown_below(folder: &std::path::Path) -> Vec<(String, String)> {
    let files = files_below(folder).into_iter().filter(|file| file.ends_with(".md"));
    files
        .filter_map(|file| Some((file.clone(), std::fs::read_to_string(folder.join(&file)).ok()?)))
        .collect()
}

/// How many documents a book of chance has: a build costs more than they do.
const AT_ONCE: u32 = 64;

#[test]
fn documents_of_chance_lose_no_word() {
    let books = (ProptestConfig::default().cases / AT_ONCE).max(1);
    let mut runner = TestRunner::deterministic();
    let documents = proptest::collection::vec(write::document(), AT_ONCE as usize);
    for _ in 0..books {
        let mut texts = documents.new_tree(&mut runner).unwrap().current();
        texts.retain(|text| !leaves_a_comment_open(text) && !is_odd_yaml(text));
        for version in Version::ALL {
            if let Some(Loss { page, .. }) = losses(&Book::of(&texts), version).first() {
                let number: usize = page.trim_end_matches(".html").parse().unwrap();
                let text = smallest(texts[number].clone(), version);
                let lost = losses(&Book::of(std::slice::from_ref(&text)), version);
                panic!("mdBook {version}: {lost:?}\n{text:?}\n{text}");
            }
        }
    }
}

/// Whether a comment of HTML is not closed before the next begins: a browser hides then what
/// stands behind it, up to the end of a marker that we replace.
fn leaves_a_comment_open(text: &str) -> bool {
    let mut comments = text.split("<!--").skip(1);
    comments.any(|comment| !comment.contains("-->"))
}

/// Whether what looks like front matter may refer to a footnote, as only Markdown does, or has names
/// and types of YAML's own, which are no words.
fn is_odd_yaml(text: &str) -> bool {
    let odd = ["[^", ": &", ": !", "- &", "- !"];
    text.trim_start_matches('\u{feff}').starts_with("---") && odd.iter().any(|odd| text.contains(odd))
}

/// `text` without the lines that have nothing to do with what it loses.
fn smallest(mut text: String, version: Version) -> String {
    let mut at = 0;
    while let Some(line) = text.split_inclusive('\n').nth(at).map(str::len) {
        let start: usize = text.split_inclusive('\n').take(at).map(str::len).sum();
        let mut shorter = text.clone();
        shorter.replace_range(start..start + line, "");
        if losses(&Book::of(std::slice::from_ref(&shorter)), version).is_empty() {
            at += 1;
        } else {
            text = shorter;
        }
    }
    text
}

/// The words that a page of one chapter has within the card and outside of it, once built.
fn page_of_one(text: &str, version: Version) -> (String, String) {
    let built = Book::of(&[text.to_owned()]).test().build(version);
    let main = built.main_part("0.html");
    let is_card = |_: &str, attributes: &[(String, String)]| html::attribute(attributes, "class") == Some("dd-header");
    let rest = html::text(&html::without(&main, is_card));
    (html::text(&main), rest)
}

#[test]
fn a_document_that_begins_with_a_rule_keeps_its_headings_lists_and_facts() {
    let body = "# Design: Slips\n\n**Author:** Ada Obi\n**Status:** Draft\n\n## Goals\n\n- Short slips\n\n## Risks\n\n1. No paper.\n";
    for text in [
        format!("---\n\n{body}\n---\n\n## Context\n\nWords.\n"),
        format!("---\n\n{}\n---\n", body.replace("**", "")),
        format!("\u{feff}---\n\n{body}\n...\n").replace('\n', "\r\n"),
        format!("&nbsp;\n\n---\n\n{body}\n---\n"),
    ] {
        for version in Version::ALL {
            let (page, rest) = page_of_one(&text, version);
            for word in ["Design: Slips", "Goals", "Short slips", "Risks", "No paper."] {
                assert!(rest.contains(word), "{word}, mdBook {version}: {page}");
            }
            assert!(
                page.contains("Author Ada Obi") && page.contains("Draft"),
                "mdBook {version}: {page}"
            );
        }
    }
}

#[test]
fn front_matter_that_nothing_closes_costs_no_text() {
    let keys = "---\ntitle: Slips\nstatus: draft\nauthor: Ada Obi\n";
    for rest in [
        "\n# Slips\n\nWe print both sides.\n\n## Goals\n\n- Short slips\n\n---\n\nLast updated: 2026-01-01\n",
        "\nWe print both sides.\n\nGoals: Short slips\n\n---\n\nThe end.\n",
        "\n# Slips\n\nWe print both sides. Goals: Short slips\n",
        "# Slips\nWe print both sides.\n## Goals\n- Short slips\n\n---\n",
    ] {
        let text = format!("{keys}{rest}");
        for version in Version::ALL {
            let (page, rest) = page_of_one(&text, version);
            for word in ["We print both sides.", "Goals", "Short slips"] {
                assert!(rest.contains(word), "{word}, mdBook {version}: {page}");
            }
        }
        let sources = Book::of(std::slice::from_ref(&text)).sources();
        let today = jiff::civil::date(2026, 11, 23);
        let found = Analysis::read(&sources, Config::default(), today).findings();
        let is_said = found.iter().any(|each| each.lint == "unclosed-front-matter");
        assert!(is_said, "{text}");
    }
}

#[test]
fn the_card_keeps_remarks_comments_choices_and_a_title_that_stands_nowhere_else() {
    for (text, said) in [
        (
            "# Slips\n\n**Author:** Ada Obi\n**Last updated:** 2026-06-05 (paper has come)\n",
            "2026-06-05 (paper has come)",
        ),
        (
            "# Slips\n\n**Author:** Ada Obi\n**Date:** 5 June 2026, at night\n",
            "5 June 2026, at night",
        ),
        (
            "---\nauthor: Ada Obi\nupdated: 2026-06-05T12:01:32Z\n---\n\n# Slips\n",
            "2026-06-05T12:01:32Z",
        ),
        (
            "- Feature Name: short_slips\n- Start Date: 2026-06-05\n\n## Summary\n\nWords.\n",
            "short_slips",
        ),
        (
            "---\ntitle: Short slips\nauthor: Ada Obi\nstatus: draft\n---\n\nWords.\n",
            "Short slips",
        ),
        (
            "# Slips\n\n**Author:** Ada Obi\n**Status:** Draft | In Review | Approved\n",
            "Draft | In Review | Approved",
        ),
        (
            "---\nauthor: Ada Obi\nreviewers:\n  - zoe # knows the printer\n---\n\n# Slips\n",
            "knows the printer",
        ),
        ("---\nauthor: Ada Obi\nnote: &co\n---\n\n# Slips\n", "&co"),
    ] {
        for version in Version::ALL {
            let (page, _) = page_of_one(text, version);
            assert!(page.contains(said), "{said}, mdBook {version}: {page}");
        }
    }
}

#[test]
fn a_row_without_its_last_cells_keeps_its_badge() {
    let text = "# Design: Slips\n\n**Author:** Ada Obi\n**Status:** In Review\n\n## Open Questions\n\n\
        | Question | Owner | Due |\n|---|---|---|\n| Who pays? | Ann |\n| When? | Bob | 2026-12-01 |\n\
        | Where? |\n| How? | Dee\n| Which?\n| What \\| why? | Eve \\|\n| Last? | Cy |\n\nBoth are about money.\n";
    for version in Version::ALL {
        let built = Book::of(&[text.to_owned()]).test().build(version);
        let main = built.main_part("0.html");
        let table = main.split("<tbody>").nth(1).unwrap().split("</tbody>").next().unwrap();
        let cells: Vec<Vec<String>> = table
            .split("<tr>")
            .skip(1)
            .map(|row| {
                row.split("<td")
                    .skip(1)
                    .map(|cell| html::text(&format!("<td{cell}")))
                    .collect()
            })
            .collect();
        let expected = [
            ["Who pays?", "Ann", "No date"],
            ["When?", "Bob", "2026-12-01 Due 2026-12-01"],
            ["Where?", "", "No date"],
            ["How?", "Dee", "No date"],
            ["Which?", "", "No date"],
            ["What | why?", "Eve |", "No date"],
            ["Last?", "Cy", "No date"],
        ];
        assert_eq!(cells, expected, "mdBook {version}");
        assert!(
            main.contains("<p>Both are about money.</p>"),
            "mdBook {version}: {main}"
        );
    }
}

#[test]
fn a_line_of_facts_between_a_list_and_indented_text_parts_them_still() {
    for (above, below) in [
        ("- Short slips\n", "    code()\n"),
        ("- Short slips\n", "- Long slips\n"),
        ("Text[^1].\n\n[^1]: A note.\n", "    code()\n"),
    ] {
        let text = format!("{above}\n**Author:** Ada Obi\n**Status:** Draft\n\n{below}\n# Slips\n\nWords.\n");
        for version in Version::ALL {
            let with = Book::of(std::slice::from_ref(&text))
                .test()
                .build(version)
                .main_part("0.html");
            let lists = with.matches("<ul>").count();
            let is_code = with.contains("<pre><code>code()") || with.contains("code()\n</code></pre>");
            assert_eq!(is_code, below.contains("code"), "mdBook {version}: {with}");
            assert!(!below.starts_with('-') || lists > 1, "mdBook {version}: {with}");
        }
    }
}
