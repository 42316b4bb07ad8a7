//! The workflow that builds and publishes a handbook on GitHub Pages.

/// The parameters of the workflow.
#[derive(Debug, Clone, Copy)]
pub struct Plan<'a> {
    /// The branch to publish.
    pub branch: &'a str,
    /// The book's folder in the repository; `.` if that is the repository's root.
    pub folder: &'a str,
    /// The folder of the pages, relative to the book's folder.
    pub output: &'a str,
    /// The version of mdBook to install.
    pub mdbook: &'a str,
    /// Whether the index pages offer downloads.
    pub has_downloads: bool,
    /// Whether the pages tell what git knows, so that the job needs all commits.
    pub has_history: bool,
    /// The repository with our releases; empty until there are any.
    pub repository: &'a str,
    /// Commands of other preprocessors and renderers that the book uses.
    pub others: &'a [String],
}

const TEXT: &str = include_str!("handbook.yml");

/// The text of the workflow.
pub fn workflow(plan: &Plan<'_>) -> String {
    let published = match plan.folder {
        "." => plan.output.to_owned(),
        folder => format!("{folder}/{}", plan.output),
    };
    let downloads = match plan.has_downloads {
        true => format!(
            "      - name: Write the files that the pages offer for download\n        \
             run: mdbook-design-docs export --downloads \"{}\"\n",
            plan.output
        ),
        false => String::new(),
    };
    let depth = match plan.has_history {
        true => "        with:\n          fetch-depth: 0 # every commit: the pages tell the history of questions\n",
        false => "",
    };
    TEXT.replace("@DEPTH@", depth)
        .replace("@INSTALL@", &install(plan.repository))
        .replace("@OTHERS@", &others(plan.others))
        .replace("@BRANCH@", &yaml(plan.branch))
        .replace("@FOLDER@", plan.folder)
        .replace("@OUTPUT@", &published)
        .replace("@MDBOOK@", plan.mdbook)
        .replace("@VERSION@", env!("CARGO_PKG_VERSION"))
        .replace("@DOWNLOADS@", &downloads)
}

/// The step that installs this program: from a release as packed by .ci/package, else built from
/// source.
fn install(repository: &str) -> String {
    const BUILT: &str = "            cargo install mdbook-design-docs --locked --version @VERSION@\n";
    if repository.is_empty() {
        let comment = "            # As long as version @VERSION@ is not in the registry: put `--git` and the address of its\n            \
                       # repository in place of `--version @VERSION@`.\n";
        return format!("{comment}{BUILT}");
    }
    let packed = "mdbook-design-docs-v@VERSION@-x86_64-unknown-linux-musl.tar.gz";
    format!(
        "            prebuilt {repository}/releases/download/v@VERSION@/{packed} \\\n              \
         --strip-components=1 --wildcards '*/mdbook-design-docs' ||\n{BUILT}"
    )
}

/// The other commands that the book needs, for its owner to complete: a command's name need not be
/// its crate's name, and the right version is not known here.
fn others(commands: &[String]) -> String {
    if commands.is_empty() {
        return String::new();
    }
    let lines: String = commands
        .iter()
        .map(|command| format!("          #   command -v {command} || cargo install {command} --locked\n"))
        .collect();
    format!("          # The book also asks for these; install them here, as its mdBook needs them:\n{lines}")
}

/// `word` as an element of a list.
fn yaml(word: &str) -> String {
    if word
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"-_/".contains(&byte))
    {
        word.to_owned()
    } else {
        format!("\"{}\"", word.replace('\\', "\\\\").replace('"', "\\\""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plan_is_carried_out() {
        let plan = Plan {
            branch: "trunk",
            folder: "docs/handbook",
            output: "book/html",
            mdbook: "0.5.4",
            has_downloads: true,
            has_history: true,
            repository: "",
            others: &[],
        };
        let text = workflow(&plan);
        assert!(text.contains("branches: [trunk]"));
        assert!(text.contains("working-directory: \"docs/handbook\""));
        assert!(text.contains("path: \"docs/handbook/book/html\""));
        assert!(text.contains("export --downloads \"book/html\"\n      - uses"));
        assert!(text.contains("checkout@v4\n        with:\n          fetch-depth: 0 #"));
        let plain = Plan {
            has_downloads: false,
            has_history: false,
            ..plan
        };
        assert!(!workflow(&plain).contains("downloads"));
        assert!(workflow(&plain).contains("checkout@v4\n      - name: Keep"));
        assert!(text.contains("put `--git`"), "nothing is published yet");
        let others = ["mdbook-mermaid".to_owned()];
        let later = workflow(&Plan {
            repository: "https://example.com/owner/name",
            others: &others,
            ..plan
        });
        assert!(later.contains("prebuilt https://example.com/owner/name/releases/"));
        assert!(!later.contains("put `--git`"));
        assert!(later.contains("#   command -v mdbook-mermaid || "));
        let left = text
            .lines()
            .find(|line| line.contains("@") && !line.contains("uses: ") && !line.contains("@:2"));
        assert_eq!(left, None);
    }
}
