//! Diagnostics as SARIF 2.1.0, the format of GitHub code scanning and most viewers.

use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

use super::run::{Run, full_message, severity};
use super::{Entry, PlacedFix, Site, fingerprint, rule};
use crate::diagnostic::{harmless, harmless_json};
use crate::lint::LINTS;
use crate::source::{is_of_path, percent_encoded};

/// SARIF's name for the base of relative paths.
const BASE: &str = "SRCROOT";

/// The report, followed by a line end.
///
/// # Errors
/// None in practice: every value can be written.
pub fn sarif(run: &Run<'_>) -> serde_json::Result<String> {
    let log = Log {
        schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        version: "2.1.0",
        runs: [Report {
            tool: json!({"driver": {
                "name": "mdbook-design-docs",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules(),
            }}),
            column_kind: "unicodeCodePoints",
            original_uri_base_ids: json!({BASE: {
                "description": {"text": "The top of the repository in which the book lies."},
            }}),
            invocations: [invocation(run)],
            results: Results(run),
        }],
    };
    serde_json::to_string_pretty(&log).map(|text| harmless_json(text) + "\n")
}

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Report<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Report<'a> {
    tool: Value,
    column_kind: &'static str,
    original_uri_base_ids: Value,
    invocations: [Value; 1],
    results: Results<'a>,
}

/// The results, created one by one while writing: a large book has tens of thousands.
struct Results<'a>(&'a Run<'a>);

impl Serialize for Results<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let prints = fingerprint::numbered(self.0.entries);
        let results = self.0.entries.iter().zip(prints);
        serializer.collect_seq(results.map(|(entry, print)| result(entry, print)))
    }
}

fn invocation(run: &Run<'_>) -> Value {
    let notification = |what: &String| json!({"level": "error", "message": {"text": harmless(what, &['\n'])}});
    json!({
        "executionSuccessful": run.unread.is_empty(),
        "toolExecutionNotifications": run.unread.iter().map(notification).collect::<Vec<_>>(),
    })
}

/// Every lint as a rule; a rule has the same index as its lint.
fn rules() -> Vec<Value> {
    let rule = |lint: &&crate::lint::Lint| {
        json!({
            "id": lint.name,
            "shortDescription": {"text": rule::summary(lint)},
            "fullDescription": {"text": rule::description(lint)},
            "help": {"text": lint.text, "markdown": lint.text},
            "properties": {"tags": [lint.group.word()]},
            "defaultConfiguration": {"level": severity(lint.level)},
        })
    };
    LINTS.iter().map(rule).collect()
}

fn result(entry: &Entry<'_>, fingerprint: String) -> Value {
    let mut result = json!({
        "level": severity(entry.level),
        "message": {"text": full_message(entry)},
        "locations": [{"physicalLocation": location(&entry.site)}],
        "partialFingerprints": {"lintedLine/v1": fingerprint},
    });
    if let Some(name) = entry.lint {
        result["ruleId"] = name.into();
        if let Some(index) = LINTS.iter().position(|lint| lint.name == name) {
            result["ruleIndex"] = index.into();
        }
    }
    if let Some(fix) = entry.fix.as_ref().and_then(fix) {
        result["fixes"] = json!([fix]);
    }
    result
}

fn location(site: &Site<'_>) -> Value {
    let mut location = json!({"artifactLocation": artifact(&site.path)});
    if let Some(region) = region(site) {
        location["region"] = region;
    }
    location
}

fn region(site: &Site<'_>) -> Option<Value> {
    let (line, column) = site.at?;
    let mut region = json!({"startLine": line, "startColumn": column});
    if let Some((line, column)) = site.end {
        region["endLine"] = line.into();
        region["endColumn"] = column.into();
    }
    Some(region)
}

/// The fix; None if a viewer could not apply it, since not all of its places are known.
fn fix(fix: &PlacedFix<'_>) -> Option<Value> {
    let mut files: Map<String, Value> = Map::new();
    for (site, text) in &fix.changes {
        if !site.certain || site.end.is_none() {
            return None;
        }
        let file = files
            .entry(&site.path)
            .or_insert_with(|| json!({"artifactLocation": artifact(&site.path), "replacements": []}));
        file["replacements"].as_array_mut()?.push(json!({
            "deletedRegion": region(site)?,
            "insertedContent": {"text": text},
        }));
    }
    let changes: Vec<_> = files.into_iter().map(|(_, file)| file).collect();
    Some(json!({"description": {"text": harmless(fix.what, &[])}, "artifactChanges": changes}))
}

fn artifact(path: &str) -> Value {
    let uri = percent_encoded(path, is_of_path);
    match path.starts_with('/') {
        true => json!({"uri": format!("file://{uri}")}),
        false => json!({"uri": uri, "uriBaseId": BASE}),
    }
}

#[cfg(test)]
mod tests;
