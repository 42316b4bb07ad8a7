//! Pages that show commands: each page has its own folder and is executed from top to bottom, as a
//! reader would.
//!
//! | in the page | action |
//! |---|---|
//! | `` ```console `` | each line that begins with `$ ` is run, and its output is put below it |
//! | `` ```toml `` with our table | it is read as book.toml and merged into the folder's |
//! | `<!-- book: book-example -->` | a copy of that book becomes the folder |
//! | `<!-- repository: tests/manual/versions -->` | the folder becomes a repository: each folder in there is a commit |
//! | `<!-- file: src/a.md -->` | the block below is written to that file |

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;
use toml_edit::{DocumentMut, Item, Table};

use super::repository::Repository;
use super::{book, files_below, mdbook, project, read};

/// 2026-11-23, at noon in Lagos.
pub const EPOCH: &str = "1795431600";

/// Commands that are shown but not run, with the reason.
const NOT_RUN: &[(&str, &str)] = &[
    ("cargo ", "it would install or build for minutes, and from the network"),
    ("git ", "what is committed and pushed is the reader's"),
    ("pre-commit ", "it would install the hook from the network"),
    ("mdbook serve", "it does not end"),
    ("open ", "it opens a window"),
];

/// The result of executing a page.
pub struct Page {
    /// The page with the present output of its commands.
    pub text: String,
    /// The number of commands that were run.
    pub commands: usize,
    /// Every `toml` block that configures us.
    pub configurations: Vec<String>,
    /// The problems found in the page.
    pub problems: Vec<String>,
}

/// Executes a page.
pub fn play(text: &str) -> Page {
    let mut player = Player::new();
    let mut lines = text.lines();
    let mut comment = None;
    while let Some(line) = lines.next() {
        player.put(line);
        let fence: String = line.chars().take_while(|&c| c == '`').collect();
        if fence.len() < 3 {
            comment = instruction(line).or(comment.filter(|_| line.is_empty()));
            match comment {
                Some(("book", path)) => player.copy(&project().join(path)),
                Some(("repository", path)) => player.repository(&project().join(path)),
                _ => {}
            }
            continue;
        }
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != fence).collect();
        match (line.trim_start_matches('`'), comment.take()) {
            ("console", _) => player.console(&block),
            (_, Some(("file", path))) => player.write(path, &block),
            ("toml", _) => player.configure(&block),
            (word @ ("sh" | "bash" | "shell"), _) => {
                player.problem(&format!("a block of {word} is not run; show it as console"));
            }
            _ => {}
        }
        if line != "```console" {
            block.iter().for_each(|line| player.put(line));
        }
        player.put(&fence);
    }
    player.page
}

/// `<!-- file: a.md -->` as its two words.
fn instruction(line: &str) -> Option<(&str, &str)> {
    let inside = line.strip_prefix("<!-- ")?.strip_suffix(" -->")?;
    inside
        .split_once(": ")
        .filter(|(word, _)| ["book", "repository", "file"].contains(word))
}

struct Player {
    home: TempDir,
    /// The current folder.
    folder: PathBuf,
    /// The exit code of the last command, and whether the page has shown it.
    code: i32,
    page: Page,
}

impl Player {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let folder = fs::canonicalize(home.path()).unwrap().join("ada");
        fs::create_dir_all(&folder).unwrap();
        fs::write(
            folder.join("../gitconfig"),
            "[user]\n\tname = Ada Obi\n\temail = ada.obi@danfocart.example\n",
        )
        .unwrap();
        Self {
            folder,
            home,
            code: 0,
            page: Page {
                text: String::new(),
                commands: 0,
                configurations: Vec::new(),
                problems: Vec::new(),
            },
        }
    }

    fn put(&mut self, line: &str) {
        self.page.text.push_str(line);
        self.page.text.push('\n');
    }

    fn problem(&mut self, what: &str) {
        self.page.problems.push(what.to_owned());
    }

    fn copy(&mut self, book: &Path) {
        for file in files_below(book) {
            let to = self.folder.join(&file);
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(book.join(&file), to).unwrap();
        }
    }

    /// Commits the files of each folder in `versions`, which is named `1_2026-09-14_Ada-Obi`.
    fn repository(&mut self, versions: &Path) {
        let mut names: Vec<String> = fs::read_dir(versions)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        let repository = Repository::at(&self.folder);
        for name in names {
            let mut parts = name.splitn(3, '_').skip(1);
            let (day, author) = (parts.next().unwrap(), parts.next().unwrap().replace('-', " "));
            self.copy(&versions.join(&name));
            repository.commit(day, &author);
        }
    }

    fn write(&mut self, path: &str, block: &[&str]) {
        let to = self.folder.join(path);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::write(to, block.join("\n") + "\n").unwrap();
    }

    /// Merges a block into book.toml, as the reader is asked to do.
    fn configure(&mut self, block: &[&str]) {
        let block = block.join("\n") + "\n";
        let added: DocumentMut = match block.parse() {
            Ok(added) => added,
            Err(error) => return self.problem(&format!("{error}\n{block}")),
        };
        if block.contains("preprocessor.design-docs") {
            self.page.configurations.push(block);
        }
        let path = self.folder.join("book.toml");
        if path.exists() {
            let mut toml: DocumentMut = read(&path).parse().unwrap();
            merge(toml.as_table_mut(), added.as_table());
            fs::write(path, toml.to_string()).unwrap();
        }
    }

    fn console(&mut self, block: &[&str]) {
        let mut lines = block.iter().peekable();
        if !block.first().is_some_and(|line| line.starts_with("$ ")) {
            block.iter().for_each(|line| self.put(line));
            return self.problem("a block of console does not begin with `$ `");
        }
        while let Some(first) = lines.next() {
            let mut command = first.strip_prefix("$ ").unwrap_or_default().to_owned();
            self.put(first);
            while command.ends_with('\\') {
                let next = lines.next().unwrap();
                self.put(next);
                command = format!("{}{}", command.trim_end_matches('\\'), next.trim_start());
            }
            let mut shown = Vec::new();
            while let Some(line) = lines.next_if(|line| !line.starts_with("$ ")) {
                shown.push(*line);
            }
            if NOT_RUN.iter().any(|(start, _)| command.starts_with(start)) {
                if !shown.is_empty() {
                    self.problem(&format!("nobody has seen what `{command}` prints"));
                }
                continue;
            }
            self.page.commands += 1;
            let said = self.command(&command);
            said.lines().for_each(|line| self.put(line.trim_end()));
        }
        if self.code != 0 {
            self.problem("a command fails, and the page does not say so with `echo $?`");
        }
    }

    /// Runs a line and returns its output.
    fn command(&mut self, line: &str) -> String {
        if self.code != 0 && line != "echo $?" {
            self.problem(&format!(
                "before `{line}` a command failed, and `echo $?` does not show it"
            ));
        }
        if let Some(folder) = line.strip_prefix("cd ") {
            self.folder = fs::canonicalize(self.folder.join(folder)).unwrap();
            return String::new();
        }
        let said = match line.strip_prefix("mdbook ") {
            Some(args) => self.mdbook(args),
            None => self.shell(line),
        };
        let home = fs::canonicalize(self.home.path()).unwrap();
        said.replace(home.to_str().unwrap(), "/home")
    }

    fn mdbook(&mut self, args: &str) -> String {
        let log = self.home.path().join("log");
        let environment = format!("SOURCE_DATE_EPOCH={EPOCH} exec \"$@\" 2>>\"$log\"");
        let script = format!("log=$1; shift; {environment}");
        let words = ["sh", "-c", &script, "sh", log.to_str().unwrap(), book::BINARY];
        let command = words.map(book::quoted).join(" ");
        let args: Vec<&str> = args.split(' ').map(|word| word.trim_matches('"')).collect();
        let (said, is_well) = mdbook::run(&args, &self.folder, &command, &log);
        self.code = i32::from(!is_well);
        said
    }

    fn shell(&mut self, line: &str) -> String {
        let home = self.home.path();
        let programs = Path::new(book::BINARY).parent().unwrap().display();
        let path = format!("{programs}:{}", std::env::var("PATH").unwrap_or_default());
        let script = format!("exec 2>&1; (exit {}); {line}", self.code);
        let output = Command::new("sh")
            .args(["-c", &script])
            .current_dir(&self.folder)
            .env("PATH", path)
            .env("HOME", &self.folder)
            .env("GIT_CONFIG_GLOBAL", home.join("gitconfig"))
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("SOURCE_DATE_EPOCH", EPOCH)
            .env("TZ", "Africa/Lagos")
            .env("LC_ALL", "C.UTF-8")
            .env_remove("GITHUB_ACTIONS")
            .output()
            .unwrap();
        self.code = output.status.code().unwrap();
        if line == "echo $?" {
            self.code = 0;
        }
        String::from_utf8(output.stdout).unwrap()
    }
}

/// Merges the keys of `from` into `into`.
fn merge(into: &mut Table, from: &Table) {
    for (key, item) in from {
        match (into.get_mut(key), item) {
            (Some(Item::Table(old)), Item::Table(new)) => merge(old, new),
            _ => {
                into.insert(key, item.clone());
            }
        }
    }
}
