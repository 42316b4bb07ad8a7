//! A git repository that a test builds, commit by commit, on the days and by the authors that it names.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

use super::book::BINARY;

/// A repository.
pub struct Repository {
    folder: PathBuf,
    /// Where it has a folder of its own.
    _temporary: Option<TempDir>,
}

impl Repository {
    /// A new one in a folder of its own.
    pub fn new() -> Self {
        let temporary = tempfile::tempdir().unwrap();
        Self::at(temporary.path()).keeping(temporary)
    }

    /// A new one in `folder`.
    pub fn at(folder: &Path) -> Self {
        let repository = Self {
            folder: folder.to_owned(),
            _temporary: None,
        };
        repository.git(&["init", "-q", "-b", "main"]);
        repository
    }

    fn keeping(self, temporary: TempDir) -> Self {
        Self {
            _temporary: Some(temporary),
            ..self
        }
    }

    /// A clone of another repository, in `form`: `--depth=1`.
    pub fn clone_of(other: &Self, form: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("file://{}", other.root().display());
        let mut args = vec!["clone", "-q"];
        args.extend(form);
        args.extend([url.as_str(), "."]);
        let clone = Self {
            folder: folder.path().to_owned(),
            _temporary: None,
        }
        .keeping(folder);
        clone.git(&args);
        clone
    }

    pub fn root(&self) -> &Path {
        &self.folder
    }

    pub fn path(&self, file: &str) -> PathBuf {
        self.root().join(file)
    }

    /// Writes a file, without a commit.
    pub fn write(&self, file: &str, text: impl AsRef<[u8]>) {
        let path = self.path(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Commits all files as they are now; returns the id.
    pub fn commit(&self, day: &str, author: &str) -> String {
        self.git(&["add", "-A"]);
        self.git_on(day, author, &["commit", "-q", "--allow-empty", "-m", "change"]);
        self.head()
    }

    pub fn head(&self) -> String {
        self.git(&["rev-parse", "HEAD"])
    }

    /// Runs git; it must succeed. Returns what it prints, trimmed.
    pub fn git(&self, args: &[&str]) -> String {
        self.git_on("2026-01-01", "Ada Obi", args)
    }

    /// Runs git on a day, as somebody.
    pub fn git_on(&self, day: &str, author: &str, args: &[&str]) -> String {
        let email = format!("{}@example.com", author.to_lowercase().replace(' ', "."));
        let date = format!("{day}T12:00:00+0000");
        let mut command = Command::new("git");
        command.args(["-c", "protocol.file.allow=always"]).args(args);
        for who in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{who}_NAME"), author);
            command.env(format!("GIT_{who}_EMAIL"), &email);
            command.env(format!("GIT_{who}_DATE"), &date);
        }
        // The settings of whoever runs the tests change nothing.
        command
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1");
        let output = command.current_dir(self.root()).output().unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {args:?}: {stderr}");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    /// Runs the program in the repository.
    pub fn run(&self, args: &[&str]) -> Output {
        self.run_with(args, &[])
    }

    /// Runs the program in the repository, with further variables.
    pub fn run_with(&self, args: &[&str], variables: &[(&str, &str)]) -> Output {
        let mut command = Command::new(BINARY);
        command.args(args).current_dir(self.root()).stdin(Stdio::null());
        command.env_remove("SOURCE_DATE_EPOCH").env_remove("GITHUB_ACTIONS");
        command.envs(variables.iter().copied());
        command.output().unwrap()
    }

    /// The output of the program, which must succeed.
    pub fn said(&self, args: &[&str]) -> String {
        let output = self.run(args);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{args:?}: {stderr}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// The output of the program as JSON.
    pub fn json(&self, args: &[&str]) -> serde_json::Value {
        serde_json::from_str(&self.said(args)).unwrap()
    }
}
