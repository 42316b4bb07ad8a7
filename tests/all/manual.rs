//! The manual and the README are true: every command in them is run and prints what stands there,
//! every piece of book.toml is read, and what can be listed is listed by the program itself.

use std::path::PathBuf;

use clap::{Arg, Command};
use mdbook_design_docs::cli;
use serde_json::Value;

use crate::example::PARTS;
use crate::lints::configured;
use crate::support::book::run;
use crate::support::{files_below, none, project, read, snapshot, transcript};

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
fn a_new_repository_is_told_where_to_push() {
    let mut pushes = 0;
    for path in pages() {
        let text = read(&path);
        let Some((before, _)) = text.split_once("\n$ git push") else {
            continue;
        };
        pushes += 1;
        let is_new = before.contains("\n$ git init");
        assert!(
            !is_new || before.contains("\n$ git remote add origin "),
            "{}",
            path.display()
        );
    }
    assert!(pushes > 0);
}

#[test]
fn the_reference_of_the_command_line_is_the_definition() {
    let mut command = cli::command();
    command.build();
    let mut page = format!("# Command line\n\n{}\n\n", text(command.get_long_about()));
    page += &options(&command);
    page += "\nEvery command takes `--today` and `--help`. Their exit codes are on \
             [a page of their own](exit-codes-and-environment.md).\n";
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
                let help = if help.is_empty() {
                    help
                } else {
                    format!(": {}", sentence(&help))
                };
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
    // Two hyphens would become a dash.
    let word = |word: &str| {
        let name = word.trim_end_matches(|ch: char| ch.is_whitespace() || ".,:;".contains(ch));
        match name.starts_with("--") {
            true => format!("`{name}`{}", &word[name.len()..]),
            false => word.to_owned(),
        }
    };
    let outside = |prose: &str| -> String { prose.split_inclusive(char::is_whitespace).map(word).collect() };
    let parts = text.trim_end().split('`').enumerate();
    let parts = parts.map(|(index, part)| if index % 2 == 0 { outside(part) } else { part.to_owned() });
    parts.collect::<Vec<_>>().join("`")
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

#[test]
fn the_fields_of_the_exports_are_those_of_the_schemas() {
    let path = project().join("book-example/src/reference/export-formats.md");
    let page = read(&path);
    let mut out = String::new();
    let mut rest = page.as_str();
    while let Some((before, after)) = rest.split_once("<!-- fields: ") {
        let (schema, after) = after.split_once(" -->\n").unwrap();
        let (_, after) = after.split_once("<!-- end of fields -->").unwrap();
        let json: Value = serde_json::from_str(&read(&project().join(schema))).unwrap();
        let mut tables = rows(&json, &json, "");
        for (name, node) in json["$defs"].as_object().into_iter().flatten() {
            if node["properties"].is_object() {
                let about = node["description"].as_str().map(|about| format!(": {about}"));
                let about = about.unwrap_or_default();
                tables += &format!("\n**{name}**{about}\n\n{}", rows(&json, node, ""));
            }
        }
        assert!(tables.lines().count() > 30, "{schema}:\n{tables}");
        out += &format!("{before}<!-- fields: {schema} -->\n{tables}\n<!-- end of fields -->");
        rest = after;
    }
    snapshot::assert_matches(&path, &format!("{out}{rest}"));
}

/// A table of the keys of `node`; those of an object that has no name of its own stand in it, too.
fn rows(schema: &Value, node: &Value, path: &str) -> String {
    let mut out = String::new();
    if path.is_empty() {
        out += "| key | type | meaning |\n|---|---|---|\n";
    }
    let required = node["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str);
    for key in required {
        let value = &node["properties"][key];
        let target = &schema["$defs"][kind(value)];
        // An object's own table says what it is.
        let target = target["description"]
            .as_str()
            .filter(|_| target["properties"].is_null());
        let about = value["description"].as_str().or(target).unwrap_or_default();
        let about = about.replace('|', "\\|");
        out += &format!("| `{path}{key}` | {} | {about} |\n", kind(value));
        let own = if value["type"] == "array" {
            &value["items"]
        } else {
            value
        };
        let mark = if value["type"] == "array" { "[]" } else { "" };
        out += &rows(schema, own, &format!("{path}{key}{mark}."));
    }
    out
}

/// `string, null`, `list of person`, `1`.
fn kind(node: &Value) -> String {
    if let Some(reference) = node["$ref"].as_str() {
        return reference.trim_start_matches("#/$defs/").to_owned();
    }
    if !node["const"].is_null() {
        return format!("`{}`", node["const"]);
    }
    if node["type"] == "array" {
        return format!("list of {}", kind(&node["items"]));
    }
    let mut words = Vec::new();
    match (&node["enum"], &node["anyOf"], &node["type"]) {
        (Value::Array(values), ..) => words.extend(values.iter().map(|value| format!("`{}`", value.as_str().unwrap()))),
        (_, Value::Array(choices), _) => words.extend(choices.iter().map(kind)),
        (.., Value::Array(types)) => words.extend(types.iter().filter_map(Value::as_str).map(str::to_owned)),
        (.., word) => words.extend(word.as_str().map(str::to_owned)),
    }
    assert!(!words.is_empty(), "{node}");
    words.join(", ")
}

#[test]
fn the_columns_of_the_tables_are_those_of_the_export() {
    let page = read(&project().join("book-example/src/reference/export-formats.md"));
    let book = project().join("tests/manual/handbook");
    for table in ["documents", "decisions", "questions"] {
        let output = run(
            &["export", book.to_str().unwrap(), "--format", "csv", "--table", table],
            b"",
        );
        let csv = String::from_utf8(output.stdout).unwrap();
        let (_, told) = page.split_once(&format!("### {table}\n")).unwrap();
        let told = told.split("\n#").next().unwrap().lines();
        let first_cells = told.filter_map(|line| line.strip_prefix("| `")?.split(" | ").next());
        let told: Vec<String> = first_cells
            .flat_map(|cell| {
                cell.split(", ")
                    .map(|name| name.trim_matches('`').to_owned())
                    .collect::<Vec<_>>()
            })
            .collect();
        assert_eq!(told.join(","), csv.lines().next().unwrap(), "{table}");
    }
}
