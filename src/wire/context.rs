//! The context from mdBook: its version, the renderer, book.toml.

use std::path::{Path, PathBuf};

use semver::Version;
use serde_json::Value;

use crate::config::{self, Dialect, IdRules, Links, NAME};
use crate::lint;
use crate::wire::order::misplaced;

/// mdBook's context, or an equivalent for a book from disk.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(default)]
pub struct Context {
    /// The book's folder.
    pub root: PathBuf,
    /// book.toml.
    pub config: Value,
    /// `html`, `markdown`, `test`, …
    pub renderer: String,
    /// The calling mdBook's version.
    pub mdbook_version: String,
}

/// The renderer's name in `mdbook test`.
const TEST: &str = "test";

/// The renderer of mdbook-i18n-helpers that collects the texts to translate.
const EXTRACTION: &str = "xgettext";

impl Context {
    /// The configuration: our own table, and the Markdown settings of book.toml.
    pub fn settings(&self) -> config::Read {
        let mut read = config::read(&self.config["preprocessor"][NAME], &lint::level_keys());
        read.config.misplaced = misplaced(&self.config);
        read.config.dialect = self.dialect();
        read.config.html = self.renderer == "html";
        read.config.links = Links::of(&self.renderer);
        read.config.base_url = read.config.base_url.take().or_else(|| self.published());
        let repository = self.config["output"]["html"]["git-repository-url"].as_str();
        read.config.repository = repository.map(|url| url.trim_end_matches('/').trim_end_matches(".git").to_owned());
        if let Some(language) = self.config["book"]["language"].as_str() {
            language.clone_into(&mut read.config.language);
        }
        read
    }

    /// The book's title.
    pub fn title(&self) -> &str {
        self.config["book"]["title"].as_str().unwrap_or("Design documents")
    }

    /// The URL of the published book from mdBook's own settings: a domain, and the folder in it.
    fn published(&self) -> Option<String> {
        let html = &self.config["output"]["html"];
        let site = html["site-url"].as_str().unwrap_or("/");
        config::base_url(site).or_else(|| {
            let domain = html["cname"].as_str()?;
            config::base_url(&format!("https://{domain}/{}", site.trim_start_matches('/')))
        })
    }

    /// The folder of the chapters, relative to the root: `src`.
    pub fn src(&self) -> &str {
        self.config["book"]["src"].as_str().unwrap_or("src")
    }

    /// The book's folder, relative to the current folder.
    pub(super) fn folder(&self) -> &Path {
        // mdBook 0.5 runs us in the book's folder, but passes a relative root unchanged.
        if self.root.is_relative() && !self.root.exists() {
            return Path::new(".");
        }
        &self.root
    }

    /// Whether the caller is mdBook 0.4.
    pub(super) fn is_v04(&self) -> bool {
        self.version()
            .is_some_and(|version| (version.major, version.minor) < (0, 5))
    }

    /// The message about an untested version of mdBook.
    pub(super) fn untried(&self) -> Option<String> {
        let called = match self.version() {
            Some(version) if (version.major, version.minor) <= (0, 5) => return None,
            Some(version) => format!("mdBook {version} is newer than"),
            None => format!(
                "the version of mdBook, {:?}, cannot be read; it may not be among",
                self.mdbook_version
            ),
        };
        Some(format!(
            "{called} those that mdbook-design-docs {} has been tried with, 0.4 and 0.5; \
             links to headings may miss",
            env!("CARGO_PKG_VERSION")
        ))
    }

    /// Whether the renderer only reads the authors' text and does not build pages: link checkers,
    /// `mdbook test` and the extraction of texts to translate. They report lines in the authors'
    /// files, and follow links between files.
    pub(super) fn only_looks(&self) -> bool {
        [TEST, EXTRACTION].contains(&self.renderer.as_str()) || self.renderer.starts_with("linkcheck")
    }

    /// Whether the renderer leaves out chapters that have no file, as mdbook-pandoc does.
    pub(super) fn leaves_out_new_chapters(&self) -> bool {
        self.renderer == "pandoc"
    }

    /// Whether this run should report: only one of the runs for several renderers does, that of
    /// html if there is one.
    pub(super) fn reports(&self) -> bool {
        let outputs = || self.config["output"].as_object().into_iter().flatten();
        let own = &self.config["preprocessor"][NAME]["renderers"];
        let is_ours = |name: &str| {
            let renderers = own.as_array();
            renderers.is_none_or(|names| names.iter().any(|each| each == name))
        };
        let runs = || outputs().map(|(name, _)| name.as_str()).filter(|name| is_ours(name));
        // A caller without a renderer is not among the outputs; neither is `mdbook test`, which
        // checks only code examples.
        if !runs().any(|name| name == self.renderer) {
            return self.renderer != TEST;
        }
        let speaker = runs().find(|name| *name == "html").or_else(|| runs().min());
        speaker == Some(self.renderer.as_str())
    }

    fn version(&self) -> Option<Version> {
        Version::parse(&self.mdbook_version).ok()
    }

    /// mdBook sends `output.html` without its defaults, which differ by version.
    fn dialect(&self) -> Dialect {
        let html = &self.config["output"]["html"];
        let is_on = |key: &str| html[key].as_bool();
        if self.is_v04() {
            let quotes = is_on("curly-quotes").unwrap_or_default();
            return Dialect {
                ids: IdRules::V04,
                smart_punctuation: is_on("smart-punctuation").unwrap_or_default() || quotes,
                definition_lists: false,
                admonitions: false,
            };
        }
        Dialect {
            ids: IdRules::V05,
            smart_punctuation: is_on("smart-punctuation").unwrap_or(true),
            definition_lists: is_on("definition-lists").unwrap_or(true),
            admonitions: is_on("admonitions").unwrap_or(true),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn context(version: &str, html: Value) -> Context {
        Context {
            mdbook_version: version.to_owned(),
            renderer: "html".to_owned(),
            config: json!({ "output": { "html": html } }),
            ..Context::default()
        }
    }

    #[test]
    fn the_dialect_follows_the_version() {
        let dialect = |version, html| context(version, html).settings().config.dialect;
        let v04 = dialect("0.4.52", Value::Null);
        assert_eq!(v04.ids, IdRules::V04);
        assert!(!v04.smart_punctuation && !v04.definition_lists && !v04.admonitions);
        assert!(dialect("0.4.30", json!({"curly-quotes": true})).smart_punctuation);
        assert!(dialect("0.4.52", json!({"smart-punctuation": true})).smart_punctuation);
        assert_eq!(dialect("0.5.4", Value::Null), Dialect::default());
        let off = json!({"smart-punctuation": false, "definition-lists": false, "admonitions": false});
        let off = dialect("0.5.0-beta.1", off);
        assert!(!off.smart_punctuation && !off.definition_lists && !off.admonitions);
    }

    #[test]
    fn a_version_of_the_future_works_with_a_note() {
        assert_eq!(context("0.4.52", Value::Null).untried(), None);
        assert_eq!(context("0.5.9", Value::Null).untried(), None);
        for version in ["0.6.0", "1.0.0-rc.1", "next", ""] {
            let context = context(version, Value::Null);
            assert!(context.untried().is_some(), "{version}");
            assert_eq!(context.settings().config.dialect.ids, IdRules::V05);
        }
    }

    #[test]
    fn two_renderers_get_one_report() {
        let mut context = context("0.5.4", json!({}));
        context.config["output"]["linkcheck"] = json!({});
        assert!(context.reports());
        context.renderer = "linkcheck".to_owned();
        assert!(!context.reports());
        context.config = Value::Null;
        assert!(context.reports(), "a caller who tells us nothing");
        context.renderer = TEST.to_owned();
        assert!(!context.reports());
    }

    #[test]
    fn who_only_looks_gets_the_words_of_the_authors() {
        let looking = ["html", "test", "linkcheck2", "xgettext", "markdown"].map(|renderer| Context {
            renderer: renderer.to_owned(),
            ..context("0.5.4", json!({}))
        });
        assert_eq!(
            looking.map(|context| context.only_looks()),
            [false, true, true, true, false]
        );
    }

    #[test]
    fn without_html_the_first_renderer_that_runs_us_gets_the_report() {
        let outputs = json!({"epub": {}, "html": {}, "linkcheck": {}, "markdown": {}});
        let reporting = |outputs: &Value, renderers: Value| -> Vec<String> {
            let config = json!({"output": outputs, "preprocessor": {"design-docs": {"renderers": renderers}}});
            let runs = outputs.as_object().unwrap().keys().map(|renderer| Context {
                config: config.clone(),
                renderer: renderer.clone(),
                ..Context::default()
            });
            runs.filter(Context::reports).map(|context| context.renderer).collect()
        };
        assert_eq!(reporting(&outputs, Value::Null), ["html"]);
        assert_eq!(reporting(&json!({"markdown": {}, "epub": {}}), Value::Null), ["epub"]);
        // mdBook does not run us for the others, so they do not report.
        let said = reporting(&outputs, json!(["markdown", "linkcheck"]));
        assert!(said.contains(&"linkcheck".to_owned()) && !said.contains(&"markdown".to_owned()));
    }
}
