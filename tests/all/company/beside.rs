//! Other renderers beside HTML: each gets its own, and what we have to say is said once.

use super::{Company, OURS, book};
use crate::support::book::Version;
use crate::support::{crawl, files_below, none, read};

/// Fails at a link that leads to no file of the authors.
const LINKCHECK: &str = "[output.linkcheck2]\ncommand = \"mdbook-linkcheck2\"\nwarning-policy = \"error\"\n";

#[test]
#[ignore = "needs other programs, which `.ci/run company` installs"]
fn linkcheck_sees_what_the_authors_wrote() {
    let company = Company::new(&["mdbook-linkcheck2"]);
    let version = Version::V05;
    let tables = format!("[output.html]\n\n{LINKCHECK}\n{OURS}");
    let with = company.build(version, &tables);
    assert!(with.html_dir().join("open-questions.html").exists());
    assert_eq!(
        with.stderr.matches("Who pays for the archive?").count(),
        1,
        "{}",
        with.stderr
    );

    // It sees a link that is wrong, in the line that the author wrote.
    let broken = book(&tables);
    let path = broken.path().join("src/designs/caching.md");
    std::fs::write(&path, read(&path) + "\nSee [there](nowhere.md).\n").unwrap();
    let output = company
        .mdbook(version)
        .arg("build")
        .arg(broken.path())
        .output()
        .unwrap();
    assert!(!output.status.success());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        said.contains("nowhere.md") && said.contains("caching.md:10:5"),
        "{said}"
    );
}

#[test]
#[ignore = "needs other programs, which `.ci/run company` installs"]
fn several_renderers() {
    let company = Company::new(&[]);
    for version in Version::ALL {
        let both = company.build(version, &format!("[output.html]\n\n[output.markdown]\n\n{OURS}"));
        let one = company.build(version, OURS);
        none("ids", &crawl::duplicate_ids(&both));
        for page in one.pages() {
            assert_eq!(one.main_part(&page), both.main_part(&page), "{page}");
        }
        for chapter in files_below(&both.html_dir().join("../markdown")) {
            let text = both.markdown(&chapter);
            assert!(
                !text.contains("class=\"dd-") && !text.contains("<script"),
                "{chapter}:\n{text}"
            );
        }
        assert!(
            both.markdown("open-questions.md")
                .contains("| Who pays for the archive?")
                || both.markdown("open-questions.md").contains("Who pays for the archive?")
        );
        assert_eq!(
            both.stderr.matches("Who pays for the archive?").count(),
            1,
            "{}",
            both.stderr
        );
    }
}
