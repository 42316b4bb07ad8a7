//! Every key, as book.toml and as the environment bring it.

use jiff::civil::date;
use serde_json::json;

use super::*;

fn messages(table: Value) -> Vec<String> {
    let read = read(&table, &["overdue-question", "missing-status"]);
    read.problems
        .iter()
        .map(|problem| match &problem.help {
            Some(help) => format!("{}; {help}", problem.message),
            None => problem.message.clone(),
        })
        .collect()
}

#[test]
fn every_key_is_read() {
    let day = |text: &str| json!({ "$__toml_private_datetime": text });
    let read = read(
        &json!({
            "command": "mdbook-design-docs", "before": [], "after": ["links"],
            "renderers": ["html"], "renderer": {}, "optional": true,
            "include": ["designs/**"], "exclude": "designs/old/*",
            "timezone": "Africa/Lagos", "today": day("2026-11-23"),
            "due-soon-days": 30, "date-order": "dmy",
            "header": {"enabled": false}, "toc": {"enabled": false, "depth": 4},
            "badges": {"enabled": false}, "index": {"enabled": false},
            "statuses": {
                "in-review": ["Under Review"],
                "Shipped It": {"class": "done", "aliases": ["Live"]},
            },
            "milestones": {"Phase 1": day("2026-12-01"), "phase 2": "2027-01-01"},
            "labels": {"author": ["Verantwortlich"]},
            "lints": {"overdue-question": "deny"},
        }),
        &["overdue-question"],
    );
    assert_eq!(read.problems, []);
    let config = read.config;
    let include = config.include.unwrap();
    assert!(include.is_match("designs/a/b.md") && !include.is_match("other/a.md"));
    let exclude = config.exclude.unwrap();
    assert!(exclude.is_match("designs/old/a.md") && !exclude.is_match("designs/old/x/a.md"));
    assert_eq!(config.timezone.as_deref(), Some("Africa/Lagos"));
    assert_eq!(config.today, Some(date(2026, 11, 23)));
    assert_eq!(config.due_soon_days, 30);
    assert_eq!(config.date_order, Some(DateOrder::DayFirst));
    assert!(!config.header.enabled && !config.toc.enabled);
    assert!(!config.badges.enabled && !config.index.enabled);
    assert_eq!(config.toc.depth, 4);
    assert_eq!(config.statuses["in-review"].aliases, ["Under Review"]);
    assert_eq!(config.statuses["shipped-it"].class, Some(StatusClass::Done));
    assert_eq!(config.milestones["phase 1"], date(2026, 12, 1));
    assert_eq!(config.milestones["phase 2"], date(2027, 1, 1));
    assert_eq!(config.labels["author"], ["Verantwortlich"]);
    assert_eq!(config.lints["overdue-question"], Level::Deny);
}

#[test]
fn every_known_key_is_accepted() {
    for key in KEYS.iter().chain(MDBOOK_KEYS) {
        let read = read(&json!({ *key: {} }), &[]);
        let unknown = |problem: &&Problem| problem.part == Part::Key;
        assert_eq!(read.problems.iter().find(unknown), None);
    }
}

#[test]
fn nothing_at_all_is_the_defaults() {
    assert_eq!(read(&Value::Null, &[]).problems, []);
    assert_eq!(read(&json!({}), &[]).config.due_soon_days, 14);
}

#[test]
fn unknown_keys_come_with_the_nearest_right_word() {
    assert_eq!(
        messages(json!({"due_soon_days": 3, "toc": {"dept": 3}, "lints": {"overdue-qestion": "warn"}})),
        [
            "unknown key `due_soon_days`; did you mean `due-soon-days`?",
            "unknown lint `overdue-qestion`; did you mean `overdue-question`?",
            "unknown key `dept`; did you mean `depth`?",
        ]
    );
    let far = messages(json!({"labels": {"zzzzzzzz": "x"}}));
    assert!(far[0].starts_with("unknown field `zzzzzzzz`; there is `author`, "));
}

#[test]
fn bad_values_say_what_is_expected() {
    let all = json!({
        "due-soon-days": "x", "today": "2024-02-30", "timezone": "Africa/Lago",
        "date-order": "ymd", "include": ["a[", "b"], "toc": {"depth": 7, "enabled": "yes"},
        "header": false, "lints": {"overdue-question": "denied"},
        "statuses": {"x": {"class": "agred"}}, "milestones": {"p": 3},
    });
    let expected = [
        "`date-order` must be `dmy` or `mdy`, not \"ymd\"",
        "`due-soon-days` must be a whole number from 0 to 3650, not \"x\"",
        "`header` must be a table, not false",
        "`a[` is not a pattern for paths: unclosed character class; missing ']'; \
         `designs/**` is everything in that folder",
        "`overdue-question` must be `allow`, `warn` or `deny`, not \"denied\"",
        "`p` must be a date that exists, as 2024-05-01, not 3",
        "`class` must be `draft`, `review`, `agreed`, `done`, `paused` or `closed`, not \"agred\"; \
         did you mean `agreed`?",
        "`timezone` must be an IANA time zone, as `Africa/Lagos`, not \"Africa/Lago\"; \
         did you mean `Africa/Lagos`?",
        "`depth` must be a whole number from 2 to 6, not 7",
        "`enabled` must be true or false, not \"yes\"",
        "`today` must be a date that exists, as 2024-05-01, not \"2024-02-30\"",
    ];
    let got = messages(all);
    for (got, expected) in got.iter().zip(expected) {
        assert_eq!(got, expected);
    }
    assert_eq!(got.len(), expected.len());
}

#[test]
fn a_bad_value_is_fatal_and_knows_its_path() {
    let read = read(&json!({"toc": {"depth": 1}, "x": 1}), &[]);
    assert_eq!(read.problems[0].key, ["toc", "depth"]);
    assert!(read.problems[0].fatal);
    assert!(!read.problems[1].fatal, "unknown keys do no harm");
}
