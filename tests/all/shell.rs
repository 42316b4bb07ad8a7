//! `completions` and `man`: what a shell offers, and pages for every command.

use std::collections::BTreeSet;
use std::process::Command;

use crate::support::book::run;
use crate::support::{files_below, read};

fn printed(args: &[&str]) -> String {
    let output = run(args, b"");
    assert!(
        output.status.success(),
        "{args:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_shell_knows_the_commands() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let text = printed(&["completions", shell]);
        for command in ["check", "export", "digest", "decide", "supersede", "ask"] {
            assert!(text.contains(command), "{shell}: {command}");
        }
    }
}

/// In bash's script a command is recognised under a name, under which its options are then
/// looked up.
#[test]
fn what_bash_recognises_it_completes() {
    let script = printed(&["completions", "bash"]);
    let set: BTreeSet<&str> = script
        .lines()
        .filter_map(|line| line.trim().strip_prefix("cmd=\"")?.strip_suffix('"'))
        .filter(|name| !name.is_empty())
        .collect();
    assert!(set.len() > 10, "{set:?}");
    let labels: BTreeSet<&str> = script
        .lines()
        .filter_map(|line| line.trim().strip_suffix(')'))
        .collect();
    let dead: Vec<_> = set.difference(&labels).collect();
    assert!(dead.is_empty(), "{dead:?}");
}

/// The words that bash offers for the last of `words`.
#[cfg(unix)]
fn offered(words: &[&str]) -> Vec<String> {
    let script = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(script.path(), printed(&["completions", "bash"])).unwrap();
    let ask = "source \"$0\"; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); \
        complete -p mdbook-design-docs | grep -o -- '-F [^ ]*' | { read -r _ function; \
        $function mdbook-design-docs \"${COMP_WORDS[COMP_CWORD]}\" \"${COMP_WORDS[COMP_CWORD - 1]}\"; \
        printf '%s\\n' \"${COMPREPLY[@]}\"; }";
    let output = Command::new("bash")
        .args(["--norc", "-c", ask])
        .arg(script.path())
        .arg("mdbook-design-docs")
        .args(words)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(str::to_owned).collect()
}

#[cfg(unix)]
#[test]
fn bash_completes_commands_and_their_options() {
    assert_eq!(offered(&["exp"]), ["explain", "export"]);
    assert_eq!(offered(&["check", "--de"]), ["--deny"]);
    assert_eq!(offered(&["export", "--format", ""]), ["json", "csv", "ics", "atom"]);
    assert_eq!(offered(&["decide", "--q"]), ["--question"]);
    let all = offered(&["check", "--"]);
    for option in [
        "--format", "--deny", "--warn", "--allow", "--baseline", "--write-baseline", "--today",
    ] {
        assert!(all.iter().any(|each| each == option), "{option}: {all:?}");
    }
}

#[test]
fn every_page_that_a_page_names_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let into = folder.path().join("share/man1");
    printed(&["man", "--output", into.to_str().unwrap()]);
    let files = files_below(&into);
    let top = read(&into.join("mdbook-design-docs.1"));
    assert_eq!(printed(&["man"]), top);
    assert!(top.contains(".TH mdbook-design-docs 1"), "{top:.200}");
    let mut named = 0;
    for line in top.lines().filter_map(|line| line.strip_suffix("(1)")) {
        let name = line.replace('\\', "");
        assert!(files.contains(&format!("{name}.1")), "{name}: {files:?}");
        let command = name.strip_prefix("mdbook-design-docs-").unwrap();
        let page = printed(&["man", command]);
        assert_eq!(page, read(&into.join(format!("{name}.1"))));
        assert!(page.contains(env!("CARGO_PKG_VERSION")), "{page}");
        named += 1;
    }
    assert_eq!(named + 1, files.len(), "{files:?}");
    let unknown = run(&["man", "nowhere"], b"");
    assert_eq!(unknown.status.code(), Some(2));
    let said = String::from_utf8(unknown.stderr).unwrap();
    assert!(said.contains("unknown command") && said.contains("export"), "{said}");
}
