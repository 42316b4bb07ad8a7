//! Each popular preprocessor, before us and after us, under the mdBook that it supports.

use super::{Company, DOCUMENTS, INDICES, OURS, SILENT, different, ours, theirs};
use crate::support::book::Version::{self, V04, V05};
use crate::support::{crawl, none};

/// A preprocessor: its name, the mdBook that it supports, its own keys, and something that it
/// makes and that nobody else would.
struct Plugin {
    name: &'static str,
    version: Version,
    keys: &'static str,
    makes: &'static str,
    /// Whether it makes HTML of words that we would carry elsewhere, so that we have to be first.
    is_last: bool,
}

const PLUGINS: &[Plugin] = &[
    Plugin {
        name: "mermaid",
        version: V05,
        keys: "",
        makes: "<pre class=\"mermaid\">",
        is_last: false,
    },
    Plugin {
        name: "toc",
        version: V05,
        keys: "",
        makes: "<a href=\"#pictures\">Pictures</a>",
        is_last: false,
    },
    Plugin {
        name: "alerts",
        version: V04,
        keys: "",
        makes: "class=\"mdbook-alerts mdbook-alerts-tip\"",
        is_last: false,
    },
    Plugin {
        name: "admonish",
        version: V04,
        keys: "assets_version = \"3.1.0\"\n",
        makes: "class=\"admonition admonish-tip\"",
        is_last: false,
    },
    Plugin {
        name: "katex",
        version: V05,
        keys: "",
        makes: "<span class=\"katex\">",
        is_last: true,
    },
    Plugin {
        name: "footnote",
        version: V05,
        keys: "",
        makes: "<a href=\"#footnote-1\">1</a>",
        is_last: true,
    },
    Plugin {
        name: "variables",
        version: V05,
        keys: "variables.number = \"41 and 1\"\n",
        makes: "a number 41 and 1",
        is_last: false,
    },
    Plugin {
        name: "callouts",
        version: V05,
        keys: "",
        makes: "class=\"mdbook-callouts mdbook-callouts-tip\"",
        is_last: false,
    },
];

impl Plugin {
    /// Its table in book.toml, and ours; `order` is a key of its own table.
    fn with(&self, order: &str, ours: &str) -> String {
        let name = self.name;
        format!(
            "[preprocessor.{name}]\ncommand = \"mdbook-{name}\"\n{}{order}\n\n{ours}",
            self.keys
        )
    }
}

/// Builds with `name` alone, with us alone, and with both in either order; compares.
fn keeps_company(name: &str) {
    let plugin = PLUGINS.iter().find(|plugin| plugin.name == name).unwrap();
    let company = Company::new(&[&format!("mdbook-{name}")]);
    let build = |tables: &str| company.build(plugin.version, tables);
    let (alone, us) = (build(&plugin.with("", "")), build(OURS));
    assert!(
        alone.main_part("markup.html").contains(plugin.makes),
        "{}",
        alone.main_part("markup.html")
    );
    assert!(!us.main_part("markup.html").contains(plugin.makes));

    for order in ["before = [\"design-docs\"]", "after = [\"design-docs\"]", ""] {
        let off = build(&plugin.with(order, &format!("{OURS}{SILENT}")));
        none(&format!("{name}, {order}, switched off"), &different(&alone, &off));

        let both = build(&plugin.with(order, OURS));
        let mut problems = Vec::new();
        for page in alone.pages() {
            let document = DOCUMENTS.iter().find(|(path, _)| *path == page);
            let (was, is) = match document {
                Some((_, from)) => (theirs(&alone, &page, from), theirs(&both, &page, from)),
                None => (alone.main_part(&page), both.main_part(&page)),
            };
            if was != is {
                problems.push(format!("{page} was\n{was}\n  and is\n{is}"));
            }
        }
        for page in DOCUMENTS.iter().map(|(page, _)| page).chain(INDICES) {
            if plugin.is_last && !order.starts_with("after") {
                continue;
            }
            let (alone, both) = (ours(&us, page), ours(&both, page));
            assert!(!alone.is_empty(), "{page}");
            if alone != both {
                problems.push(format!("{page}: ours is\n{both:#?}\n  and was\n{alone:#?}"));
            }
        }
        problems.extend(crawl::duplicate_ids(&both));
        none(&format!("{name}, {order}"), &problems);
        crawl::assert_no_dead_links(&both, &[]);
    }
}

#[test]
#[ignore = "needs other programs, which `.ci/run company` installs"]
fn mermaid() {
    keeps_company("mermaid");
}

#[test]
#[ignore = "needs other programs, which `.ci/run company` installs"]
fn toc() {
    keeps_company("toc");
    let company = Company::new(&["mdbook-toc"]);
    // It leaves the documents' tables of contents to us, or we take the place of what it wrote.
    let plugin = PLUGINS.iter().find(|plugin| plugin.name == "toc").unwrap();
    let us = company.build(V05, OURS);
    for order in ["before = [\"design-docs\"]", "after = [\"design-docs\"]"] {
        let both = company.build(V05, &plugin.with(order, OURS));
        for (page, _) in DOCUMENTS {
            assert_eq!(us.main_part(page), both.main_part(page), "{page}, {order}");
        }
    }
}

#[test]
#[ignore = "needs other programs, which `.ci/run company` installs"]
fn alerts() {
    keeps_company("alerts");
}

#[test]
#[ignore = "needs other programs, which `.ci/run company` installs"]
fn admonish() {
    keeps_company("admonish");
}

#[test]
#[ignore = "needs other programs, which `.ci/run company` installs"]
fn katex() {
    keeps_company("katex");
}

#[test]
#[ignore = "needs other programs, which `.ci/run company` installs"]
fn footnote() {
    keeps_company("footnote");
}

#[test]
#[ignore = "needs other programs, which `.ci/run company` installs"]
fn variables() {
    keeps_company("variables");
}

#[test]
#[ignore = "needs other programs, which `.ci/run company` installs"]
fn callouts() {
    keeps_company("callouts");
}

/// A formula in a decision is one in the decision log, and our script is none.
#[test]
#[ignore = "needs other programs, which `.ci/run company` installs"]
fn formulas_reach_the_indices() {
    let company = Company::new(&["mdbook-katex"]);
    let katex = PLUGINS.iter().find(|plugin| plugin.name == "katex").unwrap();
    let both = company.build(V05, &katex.with("after = [\"design-docs\"]", OURS));
    let log = both.main_part("decision-log.html");
    assert_eq!(log.matches("<span class=\"katex\">").count(), 2, "{log}");
    assert!(!both.stderr.contains("Rendering failed"), "{}", both.stderr);
    let script = |page: &str| {
        let (_, script) = page.split_once("<script data-dd=").unwrap();
        script.split_once("</script>").unwrap().0.to_owned()
    };
    let us = company.build(V05, OURS);
    for page in DOCUMENTS.iter().map(|(page, _)| page).chain(INDICES) {
        let page = us.page(page).contains("data-dd=").then_some(page);
        assert_eq!(
            page.map(|page| script(&us.page(page))),
            page.map(|page| script(&both.page(page)))
        );
    }
}

#[test]
#[ignore = "needs other programs, which `.ci/run company` installs"]
fn all_that_support_one_mdbook_together() {
    let programs: Vec<String> = PLUGINS.iter().map(|plugin| format!("mdbook-{}", plugin.name)).collect();
    let programs: Vec<&str> = programs.iter().map(|name| &**name).collect();
    let company = Company::new(&programs);
    for version in Version::ALL {
        let all = || PLUGINS.iter().filter(|plugin| plugin.version == version);
        let tables = |order: &str| all().map(|plugin| plugin.with(order, "")).collect::<String>();
        let alone = company.build(version, &tables(""));
        for order in ["before = [\"design-docs\"]", "after = [\"design-docs\"]"] {
            let both = company.build(version, &format!("{}{OURS}", tables(order)));
            for plugin in all() {
                assert!(both.main_part("markup.html").contains(plugin.makes), "{}", plugin.name);
            }
            for (page, from) in DOCUMENTS {
                assert_eq!(theirs(&alone, page, from), theirs(&both, page, from), "{page}, {order}");
            }
            none("ids", &crawl::duplicate_ids(&both));
            crawl::assert_no_dead_links(&both, &[]);
        }
    }
}
