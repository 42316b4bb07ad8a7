//! Builds `book-example` with mdBook embedded as a library, through the real preprocessor
//! protocol, and prints the path of the finished page:
//!
//! ```text
//! cargo run --example handbook
//! ```
//!
//! mdBook starts a preprocessor as a separate program. An example does not know the path of our
//! binary, so it uses itself: when run with `--preprocess`, it acts as `mdbook-design-docs`.

#![expect(clippy::print_stdout, reason = "the path of the page is what this program is for")]

use std::env;
use std::error::Error;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use mdbook_driver::MDBook;
use mdbook_driver::config::Config;

const PREPROCESS: &str = "--preprocess";

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let mut arguments: Vec<OsString> = env::args_os().collect();
    if arguments.get(1).is_some_and(|argument| argument == PREPROCESS) {
        arguments.remove(1);
        return Ok(mdbook_design_docs::cli::run(arguments));
    }
    let program = env::current_exe()?;
    let page = build(&program)?;
    println!("{}", page.display());
    Ok(ExitCode::SUCCESS)
}

/// Builds the book with `program` as its preprocessor; returns the path of the first page.
fn build(program: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let book = Path::new(env!("CARGO_MANIFEST_DIR")).join("book-example");
    let out = out_dir(program)?;
    let mut config = Config::from_disk(book.join("book.toml"))?;
    config.build.build_dir = out.clone();
    config.set(
        "preprocessor.design-docs.command",
        format!("{} {PREPROCESS}", quoted(program)?),
    )?;
    MDBook::load_with_config(book, config)?.build()?;
    Ok(out.join("index.html"))
}

/// `target/handbook`, next to the profile's folder that contains `examples/handbook`.
fn out_dir(program: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let target = program
        .ancestors()
        .nth(3)
        .ok_or("the example does not lie in a target folder")?;
    Ok(target.join("handbook"))
}

/// A path quoted as one word of a command; mdBook splits commands like a shell.
fn quoted(path: &Path) -> Result<String, Box<dyn Error>> {
    let path = path.to_str().ok_or("the path of this program is not UTF-8")?;
    Ok(format!("'{}'", path.replace('\'', r"'\''")))
}
