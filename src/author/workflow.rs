//! The workflow that builds and publishes a handbook on GitHub Pages.

/// What it needs to know.
#[derive(Debug, Clone, Copy)]
pub struct Plan<'a> {
    /// The branch that is published.
    pub branch: &'a str,
    /// The book's folder in the repository, `.` where that is the same.
    pub folder: &'a str,
    /// The folder of the pages, from the book's.
    pub output: &'a str,
    /// The version of mdBook to install.
    pub mdbook: &'a str,
    /// Whether the index pages offer downloads.
    pub has_downloads: bool,
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
    TEXT.replace("@BRANCH@", &yaml(plan.branch))
        .replace("@FOLDER@", plan.folder)
        .replace("@OUTPUT@", &published)
        .replace("@MDBOOK@", plan.mdbook)
        .replace("@VERSION@", env!("CARGO_PKG_VERSION"))
        .replace("@DOWNLOADS@", &downloads)
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
        };
        let text = workflow(&plan);
        assert!(text.contains("branches: [trunk]"));
        assert!(text.contains("working-directory: \"docs/handbook\""));
        assert!(text.contains("path: \"docs/handbook/book/html\""));
        assert!(text.contains("export --downloads \"book/html\"\n      - uses"));
        let plain = Plan {
            has_downloads: false,
            ..plan
        };
        assert!(!workflow(&plain).contains("downloads"));
        let left = text.lines().find(|line| line.contains("@") && !line.contains("uses: "));
        assert_eq!(left, None);
    }
}
