//! The order in which mdBook runs preprocessors, as far as it matters to us.

use serde_json::Value;

use crate::config::{NAME, Neighbor};

/// Whether mdBook runs its built-in preprocessor `builtin` on a chapter before it runs us.
///
/// A book without our preprocessor is assumed to follow our manual: `after = ["links"]`, which is
/// also after `index`.
pub(super) fn runs_before_us(builtin: &str, config: &Value) -> bool {
    let tables = &config["preprocessor"];
    let defaults = config["build"]["use-default-preprocessors"].as_bool();
    if !defaults.unwrap_or(true) && tables[builtin].is_null() {
        return false;
    }
    if tables[NAME].is_null() {
        return true;
    }
    // mdBook repeatedly runs all preprocessors that wait for nothing, sorted by name.
    let order = |name| (round(name, tables, 0), name);
    order(builtin) < order(NAME)
}

/// The preprocessors of the book that mdBook runs on the wrong side of us.
pub(super) fn misplaced(config: &Value) -> Vec<&'static Neighbor> {
    let tables = &config["preprocessor"];
    let defaults = config["build"]["use-default-preprocessors"].as_bool();
    let is_implied = |name: &str| name == Neighbor::LINKS && defaults.unwrap_or(true);
    let runs = |neighbor: &&Neighbor| is_implied(neighbor.name) || !tables[neighbor.name].is_null();
    let is_wrong = |neighbor: &&Neighbor| runs_before_us(neighbor.name, config) != neighbor.is_first;
    let all = Neighbor::ALL.iter().filter(|_| !tables[NAME].is_null());
    all.filter(runs).filter(is_wrong).collect()
}

/// The round in which `name` runs: one after the last of those that it waits for.
fn round(name: &str, tables: &Value, depth: usize) -> usize {
    let all = || tables.as_object().into_iter().flatten();
    // mdBook rejects cycles; here the recursion must end.
    if depth > all().count() + 2 {
        return 0;
    }
    let lists = |table: &Value, key: &str, name: &str| {
        let names = table[key].as_array();
        names.is_some_and(|names| names.iter().any(|each| each == name))
    };
    let exists = |name: &str| ["index", "links"].contains(&name) || !tables[name].is_null();
    let own = tables[name]["after"].as_array().into_iter().flatten();
    let before = all().filter(|(_, table)| lists(table, "before", name));
    own.filter_map(Value::as_str)
        .filter(|each| exists(each))
        .chain(before.map(|(each, _)| each.as_str()))
        .map(|each| round(each, tables, depth + 1) + 1)
        .max()
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn before(preprocessor: Value) -> (bool, bool) {
        let config = json!({ "preprocessor": preprocessor });
        let runs = |name| runs_before_us(name, &config);
        (runs("index"), runs("links"))
    }

    #[test]
    fn ties_are_broken_by_name() {
        assert_eq!(before(json!({"design-docs": {}})), (false, false));
        assert_eq!(before(json!({})), (true, true), "not configured yet");
    }

    #[test]
    fn waiting_for_one_is_waiting_for_its_round() {
        let after = |name: &str| json!({"design-docs": {"after": [name]}});
        assert_eq!(before(after("links")), (true, true));
        assert_eq!(before(after("index")), (true, true));
        assert_eq!(before(after("nowhere")), (false, false));
        assert_eq!(before(json!({"design-docs": {"after": ["x"]}, "x": {}})), (true, true));
        assert_eq!(
            before(json!({"design-docs": {"before": ["links"], "after": ["x"]}, "x": {}})),
            (true, false)
        );
        assert_eq!(
            before(json!({"design-docs": {}, "x": {"before": ["design-docs"]}})),
            (true, true)
        );
    }

    #[test]
    fn builtins_can_be_switched_off() {
        let config = json!({
            "build": {"use-default-preprocessors": false},
            "preprocessor": {"design-docs": {"after": ["links"]}, "links": {}},
        });
        assert!(!runs_before_us("index", &config));
        assert!(runs_before_us("links", &config));
    }

    #[test]
    fn what_runs_on_the_wrong_side_is_named() {
        let names = |config: Value| -> Vec<&str> { misplaced(&config).iter().map(|one| one.name).collect() };
        assert_eq!(names(json!({"preprocessor": {"design-docs": {}}})), ["links"]);
        assert_eq!(
            names(json!({"preprocessor": {"design-docs": {"after": ["links"]}}})),
            [""; 0]
        );
        assert_eq!(names(json!({})), [""; 0], "not configured yet");
        let off = json!({"build": {"use-default-preprocessors": false}, "preprocessor": {"design-docs": {}}});
        assert_eq!(names(off), [""; 0], "`links` is missing");
        let tables = |ours: Value| {
            let after = json!({"after": ["links"]});
            let mut tables = json!({"design-docs": ours, "external-links": {}, "footnote": {}, "katex": {}});
            tables["gettext"] = after.clone();
            tables["cmdrun"] = after;
            names(json!({ "preprocessor": tables }))
        };
        assert_eq!(
            tables(json!({"after": ["links"]})),
            ["gettext", "katex", "footnote", "external-links"],
            "`cmdrun` comes before us by its name"
        );
        let after = ["links", "gettext", "cmdrun"];
        let before = ["katex", "footnote", "external-links"];
        assert_eq!(tables(json!({"after": after, "before": before})), [""; 0]);
    }

    #[test]
    fn a_circle_ends() {
        let circle = json!({"design-docs": {"after": ["x"]}, "x": {"after": ["design-docs"]}});
        before(circle);
    }
}
