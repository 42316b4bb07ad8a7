//! Builds a book with both mdBooks as libraries, through the real preprocessor protocol: each
//! starts our binary, asks what it `supports`, writes the book to it and reads the book back.

use std::fmt;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, Mutex};

use mdbook_design_docs::config::{Dialect, IdRules};
use tempfile::TempDir;

use super::{files_below, html, read};

/// The program under test.
pub const BINARY: &str = env!("CARGO_BIN_EXE_mdbook-design-docs");

/// A version of mdBook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// 0.4.52.
    V04,
    /// 0.5.4.
    V05,
}

impl Version {
    /// Both.
    pub const ALL: [Self; 2] = [Self::V04, Self::V05];

    /// Its default Markdown dialect.
    pub fn dialect(self) -> Dialect {
        match self {
            Self::V05 => Dialect::default(),
            Self::V04 => Dialect {
                ids: IdRules::V04,
                smart_punctuation: false,
                definition_lists: false,
                admonitions: false,
            },
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::V04 => "0.4",
            Self::V05 => "0.5",
        })
    }
}

/// A copy of a book to build.
pub struct BookTest {
    dir: TempDir,
    settings: Vec<(String, bool)>,
    has_markdown: bool,
}

/// The output of a build, deleted on drop.
pub struct Built {
    /// The version of mdBook that built it.
    pub version: Version,
    /// The stderr of our program for all renderers, in order. Empty on Windows, where it goes to
    /// the terminal.
    pub stderr: String,
    dir: TempDir,
    has_markdown: bool,
}

impl BookTest {
    /// A copy of the book at `dir`: its `book.toml` and its `src`.
    pub fn from_dir(dir: impl AsRef<Path>) -> Self {
        let dir = dir.as_ref();
        let files = files_below(dir)
            .into_iter()
            .filter(|file| file == "book.toml" || file.starts_with("src/"))
            .map(|file| {
                let text = read(&dir.join(&file));
                (file, text)
            });
        Self::from_files(files)
    }

    /// A book of these files, with paths relative to its root.
    pub fn from_files(files: impl IntoIterator<Item = (String, String)>) -> Self {
        let dir = tempfile::tempdir().unwrap();
        for (file, text) in files {
            write(&dir.path().join(file), &text);
        }
        Self {
            dir,
            settings: Vec::new(),
            has_markdown: true,
        }
    }

    /// The book with CRLF at the end of every line of its chapters.
    pub fn crlf(self) -> Self {
        for file in self.sources() {
            let path = self.dir.path().join("src").join(file);
            let text = read(&path).replace("\r\n", "\n").replace('\n', "\r\n");
            write(&path, &text);
        }
        self
    }

    /// The book with a key of book.toml set: `preprocessor.design-docs.toc.enabled`.
    pub fn set(mut self, key: &str, value: bool) -> Self {
        self.settings.push((key.to_owned(), value));
        self
    }

    /// The book without search index, print page and Markdown output, to build large books faster.
    pub fn only_pages(mut self) -> Self {
        self.has_markdown = false;
        self.set("output.html.search.enable", false)
            .set("output.html.print.enable", false)
    }

    /// The folder with book.toml.
    pub fn root(&self) -> &Path {
        self.dir.path()
    }

    /// The chapters' files, relative to `src`.
    pub fn sources(&self) -> Vec<String> {
        let mut files = files_below(&self.dir.path().join("src"));
        files.retain(|file| file.ends_with(".md") && file != "SUMMARY.md");
        files
    }

    /// A chapter's text.
    pub fn source(&self, file: &str) -> String {
        read(&self.dir.path().join("src").join(file))
    }

    /// Builds HTML and Markdown.
    #[track_caller]
    pub fn build(&self, version: Version) -> Built {
        let out = tempfile::tempdir().unwrap();
        let log = out.path().join("stderr");
        let command = command(&log);
        let to = out.path().join("book");
        let result = match version {
            Version::V04 => self.load_04(&command, &to).build(),
            Version::V05 => self.load_05(&command, &to).build(),
        };
        let stderr = std::fs::read_to_string(&log).unwrap_or_default();
        if let Err(error) = result {
            panic!("mdBook {version} could not build: {error:#}\n{stderr}");
        }
        Built {
            version,
            stderr,
            dir: out,
            has_markdown: self.has_markdown,
        }
    }

    /// The message that mdBook writes to our program's stdin for `renderer`.
    pub fn wire_input(&self, version: Version, renderer: &str) -> String {
        // The command does not exist, so that only the recorder gets the book.
        let (absent, to) = ("mdbook-design-docs-not-installed", Path::new("book"));
        let recorded = Recorder::default();
        match version {
            Version::V04 => {
                let mut book = self.load_04(absent, to);
                book.with_preprocessor(recorded.clone());
                let renderer = mdbook04::renderer::MarkdownRenderer::new();
                book.preprocess_book(&renderer).unwrap();
            }
            Version::V05 => {
                let mut book = self.load_05(absent, to);
                book.with_preprocessor(recorded.clone());
                let renderer = mdbook_driver::builtin_renderers::MarkdownRenderer::new();
                book.preprocess_book(&renderer).unwrap();
            }
        }
        let input = recorded.0.lock().unwrap().take();
        let input = input.expect("the recorder was run");
        // mdBook cannot be given an HTML renderer without building it.
        let markdown = r#""renderer":"markdown""#;
        assert!(input.contains(markdown), "{input:.300}");
        input.replacen(markdown, &format!(r#""renderer":"{renderer}""#), 1)
    }

    fn load_04(&self, command: &str, to: &Path) -> mdbook04::MDBook {
        let mut config: mdbook04::Config = self.config().parse().unwrap();
        config.build.build_dir = to.to_owned();
        config.set("preprocessor.design-docs.command", command).unwrap();
        for (key, value) in &self.settings {
            config.set(key, value).unwrap();
        }
        mdbook04::MDBook::load_with_config(self.root(), config).unwrap()
    }

    fn load_05(&self, command: &str, to: &Path) -> mdbook_driver::MDBook {
        super::mdbook::listen();
        let mut config: mdbook_driver::config::Config = self.config().parse().unwrap();
        config.build.build_dir = to.to_owned();
        config.set("preprocessor.design-docs.command", command).unwrap();
        for (key, value) in &self.settings {
            config.set(key, value).unwrap();
        }
        mdbook_driver::MDBook::load_with_config(self.root(), config).unwrap()
    }

    /// book.toml with the renderers that the tests check.
    fn config(&self) -> String {
        let mut config = read(&self.root().join("book.toml"));
        if !config.contains("[output.html]") {
            config.push_str("\n[output.html]\n");
        }
        if self.has_markdown {
            config.push_str("\n[output.markdown]\n");
        }
        config
    }
}

impl Built {
    /// An existing build in the folder `book` of `dir`.
    pub fn of(version: Version, dir: TempDir, stderr: String, has_markdown: bool) -> Self {
        Self {
            version,
            stderr,
            dir,
            has_markdown,
        }
    }

    /// The folder of the HTML.
    pub fn html_dir(&self) -> PathBuf {
        let dir = self.dir.path().join("book");
        if self.has_markdown { dir.join("html") } else { dir }
    }

    /// A page, `designs/refunds.html`.
    #[track_caller]
    pub fn page(&self, path: &str) -> String {
        read(&self.html_dir().join(path))
    }

    /// The `<main>` element of the page at `path`.
    #[track_caller]
    pub fn main_part(&self, path: &str) -> String {
        html::main_part(&self.page(path))
    }

    /// The chapter at `path` as a renderer other than HTML receives it.
    #[track_caller]
    pub fn markdown(&self, path: &str) -> String {
        read(&self.dir.path().join("book/markdown").join(path))
    }

    /// The resulting chapters: `index.md`, `designs/refunds.md`.
    pub fn chapters(&self) -> Vec<String> {
        files_below(&self.dir.path().join("book/markdown"))
    }

    /// The resulting pages, without those that mdBook adds.
    pub fn pages(&self) -> Vec<String> {
        let mut pages = files_below(&self.html_dir());
        pages.retain(|page| page.ends_with(".html") && !["404.html", "print.html", "toc.html"].contains(&&**page));
        pages
    }
}

/// Runs our program with `args`, `input` on stdin.
pub fn run(args: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(BINARY)
        .args(args)
        .env_remove("SOURCE_DATE_EPOCH")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    let writer = std::thread::spawn(move || {
        // A program that does not need the rest may close the pipe.
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

/// Records the message that mdBook would send to us. In 0.5 it replaces us, as it has the same
/// name; in 0.4 it runs after us.
#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<Option<String>>>);

impl mdbook04::preprocess::Preprocessor for Recorder {
    fn name(&self) -> &str {
        "design-docs"
    }
    fn run(
        &self,
        context: &mdbook04::preprocess::PreprocessorContext,
        book: mdbook04::book::Book,
    ) -> mdbook04::errors::Result<mdbook04::book::Book> {
        *self.0.lock().unwrap() = Some(serde_json::to_string(&(context, &book))?);
        Ok(book)
    }
}

impl mdbook_preprocessor::Preprocessor for Recorder {
    fn name(&self) -> &str {
        "design-docs"
    }
    fn run(
        &self,
        context: &mdbook_preprocessor::PreprocessorContext,
        book: mdbook_preprocessor::book::Book,
    ) -> mdbook_preprocessor::errors::Result<mdbook_preprocessor::book::Book> {
        *self.0.lock().unwrap() = Some(serde_json::to_string(&(context, &book))?);
        Ok(book)
    }
}

/// The command for book.toml: our program, with its stderr appended to `log` if there is a shell.
fn command(log: &Path) -> String {
    if cfg!(unix) {
        let words = [
            "sh",
            "-c",
            r#"log=$1; shift; exec "$@" 2>>"$log""#,
            "sh",
            log.to_str().unwrap(),
            BINARY,
        ];
        words.map(quoted).join(" ")
    } else {
        quoted(BINARY)
    }
}

/// `word` quoted for a shell; mdBook splits commands by the same rules.
pub fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}

fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}
