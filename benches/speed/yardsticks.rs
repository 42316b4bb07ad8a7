//! The programs with which the preprocessor is compared. This benchmark runs itself with the name
//! of one in [`ROLE`], so that each is a separate process, as under mdBook.

use std::io::{self, Read, Write};

use mdbook_markdown::{MarkdownOptions, new_cmark_parser};
use mdbook_preprocessor::book::{Book, BookItem};
use mdbook_preprocessor::errors::Result;

/// The variable with the name of the yardstick to run.
pub const ROLE: &str = "DESIGN_DOCS_BENCH_ROLE";

/// Their names.
pub const ALL: [&str; 3] = ["no-op", "cat", "pulldown"];

/// Runs as the yardstick `role`, from stdin to stdout.
pub fn run(role: &str) -> Result<()> {
    match role {
        "no-op" => no_op(),
        "cat" => cat(),
        _ => pulldown(),
    }
}

/// mdBook's documented example of a preprocessor that does nothing.
fn no_op() -> Result<()> {
    let (_context, book) = mdbook_preprocessor::parse_input(io::stdin())?;
    serde_json::to_writer(io::stdout(), &book)?;
    Ok(())
}

/// Copies stdin to stdout.
fn cat() -> Result<()> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    io::stdout().lock().write_all(&bytes)?;
    Ok(())
}

/// Reads the book with serde_json as fast as possible, and parses each chapter's Markdown once.
fn pulldown() -> Result<()> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    let (_context, book): (serde_json::Value, Book) = serde_json::from_slice(&bytes)?;
    let options = MarkdownOptions::default();
    let mut events = 0;
    book.for_each_chapter_text(&mut |text| {
        events += new_cmark_parser(text, &options).into_offset_iter().count();
    });
    writeln!(io::stdout(), "{events}")?;
    Ok(())
}

trait Texts {
    fn for_each_chapter_text(&self, see: &mut impl FnMut(&str));
}

impl Texts for Book {
    fn for_each_chapter_text(&self, see: &mut impl FnMut(&str)) {
        for item in self.iter() {
            if let BookItem::Chapter(chapter) = item {
                see(&chapter.content);
            }
        }
    }
}
