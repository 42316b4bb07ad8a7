//! The manual and the README are true: every command in them is run and prints what stands there,
//! every piece of book.toml is read, and what can be listed is listed by the program itself.

use std::path::PathBuf;

use clap::{Arg, Command};
use mdbook_design_docs::cli;

use crate::lints::configured;
use crate::support::{files_below, none, project, snapshot, transcript};

/// The pages that show commands or configuration: those of the manual, and the README.
fn pages() -> Vec<PathBuf> {
    let src = project().join("book-example/src");
    let mut pages: Vec<PathBuf> = Vec::new();
    for part in PARTS {
        let files = files_below(&src.join(part)).into_iter();
        pages.extend(files.map(|file| src.join(part).join(file)));
    }
    pages.push(src.join("about.md"));
    pages.push(project().join("README.md"));
    pages
}

/// The folders of the manual.
pub const PARTS: &[&str] = &["tutorial", "how-to", "reference", "explanation"];

#[test]
fn every_page_does_what_it_shows() {
    let mut commands = 0;
    let mut problems = Vec::new();
    for path in pages() {
        let text = std::fs::read_to_string(&path).unwrap();
        let page = transcript::play(&text);
        for toml in &page.configurations {
            configured(toml, "0.5.4");
        }
        let at = |problem: &String| format!("{}: {problem}", path.display());
        problems.extend(page.problems.iter().map(at));
        commands += page.commands;
        snapshot::assert_matches(&path, &page.text);
    }
    none("the manual", &problems);
    assert!(commands > 60, "only {commands} commands were run");
}

#[test]
fn the_reference_of_the_command_line_is_the_definition() {
    let mut command = cli::command();
    command.build();
    let mut page = format!("# Command line\n\n{}\n\n", text(command.get_long_about()));
    page += &options(&command);
    page += "\nEvery command takes `--today` and `--help`. What they exit with is \
             [a page of its own](exit-codes-and-environment.md).\n";
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        page += &format!("\n## {}\n\n", sub.get_name());
        page += &sentence(&text(sub.get_long_about().or_else(|| sub.get_about())));
        page += &format!("\n\n```text\n{}\n```\n", usage(sub));
        let own = options(sub);
        if !own.is_empty() {
            page += &format!("\n{own}");
        }
    }
    snapshot::assert_matches(&project().join("book-example/src/reference/command-line.md"), &page);
}

fn usage(command: &Command) -> String {
    let usage = command.clone().render_usage().to_string();
    usage.trim_start_matches("Usage: ").to_owned()
}

/// What a command takes, apart from what every command does.
fn options(command: &Command) -> String {
    let is_top = command.get_name() == "mdbook-design-docs";
    let own = |arg: &&Arg| !["help", "version", if is_top { "" } else { "today" }].contains(&arg.get_id().as_str());
    let mut out = String::new();
    for arg in command.get_arguments().filter(own) {
        let name = arg.to_string().replace("...", "…");
        let help = text(arg.get_long_help().or_else(|| arg.get_help()));
        out += &format!("- `{}`: {}", name.trim_matches(['[', ']']), sentence(&help));
        let defaults: Vec<_> = arg
            .get_default_values()
            .iter()
            .filter_map(|value| value.to_str())
            .collect();
        if arg.get_action().takes_values() && !defaults.concat().is_empty() {
            out += &format!(" Default: `{}`.", defaults.join(" "));
        }
        out.push('\n');
        if arg.get_action().takes_values() {
            for value in arg.get_possible_values() {
                let help = text(value.get_help());
                let help = if help.is_empty() { help } else { format!(": {}", sentence(&help)) };
                out += &format!("  - `{}`{help}\n", value.get_name());
            }
        }
    }
    out
}

/// clap takes the last full stop of a help text away.
fn sentence(text: &str) -> String {
    format!("{}.", text.trim_end_matches('.'))
}

fn text(styled: Option<&clap::builder::StyledStr>) -> String {
    let text = styled.map(ToString::to_string).unwrap_or_default();
    // A name in angle brackets would be HTML.
    text.replace('<', "\\<").trim_end().to_owned()
}

#[test]
fn every_page_of_the_book_stands_in_its_summary() {
    let src = project().join("book-example/src");
    let summary = std::fs::read_to_string(src.join("SUMMARY.md")).unwrap();
    let mut files = files_below(&src);
    files.retain(|file| file.ends_with(".md") && file != "SUMMARY.md" && !file.starts_with("shared/"));
    let missing: Vec<_> = files
        .into_iter()
        .filter(|file| !summary.contains(&format!("({file})")))
        .collect();
    none("pages that nobody finds", &missing);
}
