//! The `mdbook` of a transcript: mdBook 0.5 as a library, with the output of its own program.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, Once};

use mdbook_driver::MDBook;
use mdbook_driver::config::Config;
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Metadata, Subscriber, span};

/// Runs the equivalent of `mdbook ARGS` in `folder`, with our program as `command` and its stderr
/// written to the file `log`. Returns the output, and whether it succeeded.
pub fn run(args: &[&str], folder: &Path, command: &str, log: &Path) -> (String, bool) {
    let said = Said::new(log);
    listen();
    LISTENING.set(Some(said.clone()));
    let result = match args {
        ["init", name, "--title", title, "--ignore", "git"] => init(&folder.join(name), title),
        ["build"] => build(folder, command),
        ["build", name] => build(&folder.join(name), command),
        other => panic!("a transcript cannot run `mdbook {}`", other.join(" ")),
    };
    LISTENING.set(None);
    if let Err(error) = &result {
        said.add(&format!("ERROR {error:#}\n"));
    } else if args[0] == "init" {
        // This text is the program's, not the library's.
        said.add("\nAll done, no errors...\n");
    }
    (said.text(), result.is_ok())
}

thread_local! {
    /// Where the log of this thread goes.
    static LISTENING: RefCell<Option<Said>> = const { RefCell::new(None) };
}

/// Subscribes to the log of mdBook, before the first book is built in this process: a place in
/// mdBook that logs while nobody listens may stay silent for ever, if two threads reach it at once.
pub fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| tracing::subscriber::set_global_default(Listener).unwrap());
}

fn init(root: &Path, title: &str) -> mdbook_driver::errors::Result<()> {
    let mut config = Config::default();
    config.book.title = Some(title.to_owned());
    config.book.authors.push("Ada Obi".to_owned());
    MDBook::init(root).create_gitignore(true).with_config(config).build()?;
    Ok(())
}

fn build(root: &Path, command: &str) -> mdbook_driver::errors::Result<()> {
    let mut config = Config::from_disk(root.join("book.toml"))?;
    if config.contains_key("preprocessor.design-docs") {
        config.set("preprocessor.design-docs.command", command)?;
    }
    MDBook::load_with_config(root, config)?.build()
}

/// The output of mdBook and our program, in order.
#[derive(Clone)]
struct Said(Arc<Mutex<(String, usize)>>, PathBuf);

impl Said {
    fn new(log: &Path) -> Self {
        std::fs::write(log, "").unwrap();
        Self(Arc::default(), log.to_owned())
    }

    fn add(&self, words: &str) {
        let mut said = self.0.lock().unwrap();
        let log = std::fs::read_to_string(&self.1).unwrap();
        let from = said.1;
        said.0.push_str(&log[from..]);
        said.1 = log.len();
        said.0.push_str(words);
    }

    fn text(&self) -> String {
        self.add("");
        self.0.lock().unwrap().0.clone()
    }
}

/// mdBook's log in its program's format.
struct Listener;

impl Subscriber for Listener {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() <= Level::INFO && metadata.target().starts_with("mdbook")
    }
    fn event(&self, event: &Event<'_>) {
        let Some(said) = LISTENING.with_borrow(Clone::clone) else {
            return;
        };
        let mut line = format!("{:>5}", event.metadata().level().as_str());
        event.record(&mut Words(&mut line));
        said.add(&format!("{line}\n"));
    }
    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }
    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

struct Words<'a>(&'a mut String);

impl Visit for Words<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        if field.name() == "message" {
            write!(self.0, " {value:?}").unwrap();
        }
    }
}
