//! What mdBook itself can do, with the real `mdbook`s: the same with us as without us.

use std::fs::File;
use std::io::Read;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use super::{Company, DOCUMENTS, INDICES, OURS, SILENT, book, built, copy, different, theirs, write_toml};
use crate::support::book::{Built, Version};
use crate::support::html::{self, Piece};
use crate::support::{crawl, none, project, read};

/// Fails where a page that is no document differs, or in a document something that is not ours.
#[track_caller]
fn assert_nothing_broken(without: &Built, with: &Built) {
    for page in without.pages() {
        match DOCUMENTS.iter().find(|(path, _)| *path == page) {
            Some((_, from)) => assert_eq!(theirs(without, &page, from), theirs(with, &page, from), "{page}"),
            None => assert_eq!(without.main_part(&page), with.main_part(&page), "{page}"),
        }
    }
    for (page, _) in DOCUMENTS {
        assert!(with.main_part(page).contains("class=\"dd-header\""), "{page}");
    }
    for page in INDICES {
        assert!(with.main_part(page).contains("<table"), "{page}");
    }
    none("ids", &crawl::duplicate_ids(with));
    crawl::assert_no_dead_links(with, &[]);
}

#[test]
#[ignore = "needs other programs, which `.ci/run company` installs"]
fn includes_titles_readmes_drafts_and_parts() {
    let company = Company::new(&[]);
    for version in Version::ALL {
        let (without, with) = (company.build(version, ""), company.build(version, OURS));
        assert_nothing_broken(&without, &with);
        let off = company.build(version, &format!("{OURS}{SILENT}"));
        none("switched off", &different(&without, &off));

        // The question that is included is one of the document's, at the place it comes from.
        let questions = with.main_part("open-questions.html");
        assert!(questions.contains("Who pays for the archive?"), "{questions}");
        assert!(with.stderr.contains("src/snippets/question.md:1:"), "{}", with.stderr);
        // The document in README.md is linked to as the page that mdBook makes of it.
        assert!(questions.contains("href=\"designs/storage/index.html#"), "{questions}");
        // {{#title}} names the page, and is gone from it.
        let page = with.page("designs/storage/index.html");
        assert!(page.contains("<title>Storage of everything</title>"), "{page:.600}");
        assert!(!with.main_part("designs/storage/index.html").contains("#title"));

        // Parts, drafts and their order: the book's list of chapters, and then ours.
        let (before, after) = (chapters(&without), chapters(&with));
        let drafts = ["Nobody has begun this one", "Later"];
        for draft in drafts {
            assert!(before.iter().any(|name| name.contains(draft)), "{before:?}");
        }
        assert_eq!(after[..before.len()], before[..]);
        assert_eq!(after.len(), before.len() + INDICES.len(), "{after:?}");
    }
}

/// The words of the list of chapters, item by item.
fn chapters(built: &Built) -> Vec<String> {
    let toc = built.page("toc.html");
    let mut out: Vec<String> = Vec::new();
    for piece in html::pieces(&toc) {
        match piece {
            Piece::Open(name, _) if name == "li" => out.push(String::new()),
            Piece::Text(text) => {
                if let Some(last) = out.last_mut() {
                    last.push_str(text.trim());
                }
            }
            _ => {}
        }
    }
    out.retain(|name| !name.is_empty());
    out
}

#[test]
#[ignore = "needs other programs, which `.ci/run company` installs"]
fn the_examples_in_documents_are_tested() {
    let company = Company::new(&[]);
    for version in Version::ALL {
        let test = |root: &Path| company.mdbook(version).arg("test").arg(root).output().unwrap();
        let sound = book(OURS);
        let output = test(sound.path());
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{said}");
        assert!(said.contains("ledger.md"), "{said}");
        assert!(
            !said.contains("overdue-question"),
            "a test is no time for findings: {said}"
        );

        let broken = book(OURS);
        let path = broken.path().join("src/designs/ledger.md");
        std::fs::write(&path, read(&path).replace("vec![1, -1]", "vec![1, -2]")).unwrap();
        assert!(!test(broken.path()).status.success());
    }
}

#[test]
#[ignore = "needs other programs, which `.ci/run company` installs"]
fn a_theme_of_ones_own() {
    let company = Company::new(&[]);
    for version in Version::ALL {
        let theme = |root: &Path| {
            let fresh = tempfile::tempdir().unwrap();
            let mut init = company.mdbook(version);
            init.args(["init", "--theme", "--force"]).arg(fresh.path());
            let output = init.output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            copy(&fresh.path().join("theme"), &root.join("theme"));
            let path = root.join("theme/index.hbs");
            let text = read(&path);
            let own = text.replace("{{{ content }}}", "<article class=\"own\">{{{ content }}}</article>");
            assert_ne!(own, text);
            std::fs::write(path, own).unwrap();
            std::fs::write(root.join("theme/head.hbs"), "<meta name=\"own\" content=\"yes\">\n").unwrap();
        };
        let pages = |tables: &str| {
            let book = book(tables);
            theme(book.path());
            let output = company.mdbook(version).arg("build").arg(book.path()).output().unwrap();
            built(version, book, &output, tables)
        };
        let (without, with) = (pages(""), pages(OURS));
        assert_nothing_broken(&without, &with);
        for page in with.pages() {
            let text = with.page(&page);
            assert!(
                text.contains("<article class=\"own\">") && text.contains("<meta name=\"own\""),
                "{page}"
            );
        }
    }
}

#[test]
#[ignore = "needs other programs, which `.ci/run company` installs"]
fn a_book_under_an_address_of_its_own() {
    let company = Company::new(&[]);
    const SITE: &str =
        "[output.html]\nsite-url = \"/handbook/\"\nno-section-label = true\n\n[output.html.fold]\nenable = true\n";
    for version in Version::ALL {
        let (without, with) = (
            company.build(version, &format!("{SITE}\n[build]\nbuild-dir = \"book\"\n")),
            company.build(version, &format!("{SITE}\n{OURS}")),
        );
        assert_nothing_broken(&without, &with);
        let page = with.page("404.html");
        assert!(page.contains("<base href=\"/handbook/\">"), "{page:.600}");
    }
}

#[test]
#[ignore = "needs other programs, which `.ci/run company` installs"]
fn a_book_in_a_subfolder() {
    let company = Company::new(&[]);
    for version in Version::ALL {
        let repository = tempfile::tempdir().unwrap();
        let root = repository.path().join("docs/handbook");
        copy(&project().join("tests/company/src"), &root.join("text"));
        write_toml(
            &root,
            &format!("src = \"text\"\n\n[build]\nbuild-dir = \"../out/book\"\n\n{OURS}"),
        );
        let mut build = company.mdbook(version);
        build.args(["build", "docs/handbook"]).current_dir(repository.path());
        let output = build.output().unwrap();
        let out = tempfile::tempdir().unwrap();
        copy(&repository.path().join("docs/out/book"), &out.path().join("book"));
        let with = built(version, out, &output, "");
        assert_nothing_broken(&company.build(version, ""), &with);
        let said = &with.stderr;
        assert!(said.contains("text/designs/ledger.md:40:"), "{said}");
    }
}

#[test]
#[ignore = "needs other programs, which `.ci/run company` installs"]
fn where_we_are_not_installed_0_4_warns_and_0_5_stops() {
    let company = Company::new(&[]);
    for version in Version::ALL {
        let absent = OURS.replacen('\n', "\ncommand = \"mdbook-design-docs-of-nowhere\"\n", 1);
        let book = book(&absent);
        let output = company.mdbook(version).arg("build").arg(book.path()).output().unwrap();
        let said = String::from_utf8_lossy(&[&*output.stdout, &*output.stderr].concat()).into_owned();
        assert_eq!(output.status.success(), version == Version::V04, "{said}");
        let warning = match version {
            Version::V04 => "[WARN] (mdbook::preprocess::cmd): The command wasn't found, is the \"design-docs\"",
            Version::V05 => "ERROR",
        };
        assert!(said.contains(warning), "{said}");
    }
}

/// A server that goes when this goes.
struct Server {
    child: Child,
    log: std::path::PathBuf,
}

impl Server {
    /// How many builds have been begun, and ended.
    fn builds(&self) -> (usize, usize) {
        let said = read(&self.log);
        assert!(!said.contains("error") && !said.contains("[ERROR]"), "{said}");
        let begun = said.matches("Book building has started").count() + said.matches("Building book").count();
        // We tell of the overdue questions in each.
        (begun, said.matches("Who pays for the archive?").count())
    }

    /// Waits until there are so many builds.
    #[track_caller]
    fn wait_for(&self, builds: usize) {
        let begin = Instant::now();
        while self.builds().1 < builds {
            assert!(begin.elapsed() < Duration::from_secs(60), "{}", read(&self.log));
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// A connection, once the server listens: it begins to only after the first build.
    #[track_caller]
    fn connect(&self, port: u16) -> TcpStream {
        let begin = Instant::now();
        loop {
            match TcpStream::connect(("127.0.0.1", port)) {
                Ok(stream) => return stream,
                Err(error) if begin.elapsed() > Duration::from_secs(60) => panic!("{error}:\n{}", read(&self.log)),
                Err(_) => std::thread::sleep(Duration::from_millis(100)),
            }
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
#[ignore = "needs other programs, which `.ci/run company` installs"]
fn a_served_book_is_built_once_for_each_change() {
    let company = Company::new(&[]);
    // Several times what the watcher takes from one look at the files to the next.
    const QUIET: Duration = Duration::from_secs(4);
    for version in Version::ALL {
        let book = book(OURS);
        let log = book.path().join("log");
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut serve = company.mdbook(version);
        serve
            .args(["serve", "--hostname", "127.0.0.1", "--port"])
            .arg(port.to_string());
        serve.arg(book.path()).stdin(Stdio::null()).stdout(Stdio::null());
        let server = Server {
            child: serve.stderr(File::create(&log).unwrap()).spawn().unwrap(),
            log,
        };
        server.wait_for(1);
        std::thread::sleep(QUIET);
        assert_eq!(server.builds(), (1, 1), "mdBook {version}:\n{}", read(&server.log));
        let mut page = String::new();
        let mut stream = server.connect(port);
        std::io::Write::write_all(&mut stream, b"GET /designs/ledger.html HTTP/1.0\r\n\r\n").unwrap();
        stream.read_to_string(&mut page).unwrap();
        assert!(page.contains("class=\"dd-header\""), "{page:.300}");

        let path = book.path().join("src/designs/caching.md");
        std::fs::write(&path, read(&path) + "\nMore of it.\n").unwrap();
        server.wait_for(2);
        std::thread::sleep(QUIET);
        assert_eq!(server.builds(), (2, 2), "mdBook {version}:\n{}", read(&server.log));
    }
}
