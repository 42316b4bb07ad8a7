//! Every key, as it arrives from book.toml and from the environment.

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
            "languages": ["de", "pt-BR"], "sections": {"open-questions": "Parking lot"},
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
    assert_eq!(config.languages, ["de", "pt"]);
    assert_eq!(config.sections["open-questions"], ["Parking lot"]);
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
    assert_eq!(
        messages(json!({"languages": ["dee"], "sections": {"open-question": "x"}})),
        [
            "each element of `languages` must be `en`, `de`, `fr`, `es`, `pt`, `ja` or `zh`, not \"dee\"; did you mean `de`?",
            "unknown section `open-question`; did you mean `open-questions`?",
        ]
    );
    let far = messages(json!({"labels": {"zzzzzzzz": "x"}}));
    assert!(far[0].starts_with("unknown field `zzzzzzzz`; the known ones are `author`, "));
}

#[test]
fn patterns_have_a_limit() {
    let patterns = |count: usize| messages(json!({ "include": vec!["a/**"; count] }));
    assert_eq!(patterns(1000), [""; 0]);
    assert!(
        patterns(1001)[0].starts_with("`include` must be a list of at most 1000 patterns, not "),
        "{:?}",
        patterns(1001)
    );
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
        "`p` must be a valid date, such as 2024-05-01, not 3",
        "`class` must be `draft`, `review`, `agreed`, `done`, `paused` or `closed`, not \"agred\"; \
         did you mean `agreed`?",
        "`timezone` must be an IANA time zone, as `Africa/Lagos`, not \"Africa/Lago\"; \
         did you mean `Africa/Lagos`?",
        "`depth` must be a whole number from 2 to 6, not 7",
        "`enabled` must be true or false, not \"yes\"",
        "`today` must be a valid date, such as 2024-05-01, not \"2024-02-30\"",
    ];
    let got = messages(all);
    for (got, expected) in got.iter().zip(expected) {
        assert_eq!(got, expected);
    }
    assert_eq!(got.len(), expected.len());
}

/// A value of each TOML type, and the type's name in messages.
const VALUES: &[(&str, &str, &str)] = &[
    ("string", "\"\"", "\"\""),
    ("integer", "-77", "-77"),
    ("float", "1.5", "1.5"),
    ("float", "nan", "nan"),
    ("boolean", "true", "true"),
    ("date", "1999-12-31", "1999-12-31"),
    ("datetime", "1999-12-31T10:00:00Z", "1999-12-31T10:00:00Z"),
    ("datetime", "1999-12-31T10:00:00", "1999-12-31T10:00:00"),
    ("datetime", "10:00:00", "10:00:00"),
    ("array", "[-77]", "-77"),
    ("array", "[1999-12-31]", "1999-12-31"),
    ("array", "[[]]", "[]"),
    ("array", "[{}]", "a table"),
    ("table", "{}", "a table"),
];

/// The paths of all values in `table`, each with its type.
fn paths(table: &toml::Table, above: &[String], into: &mut Vec<(Vec<String>, &'static str)>) {
    for (key, value) in table {
        let path = [above, std::slice::from_ref(key)].concat();
        into.push((path.clone(), value.type_str()));
        match value {
            toml::Value::Table(table) => paths(table, &path, into),
            toml::Value::Array(elements) => {
                for (number, element) in elements.iter().enumerate() {
                    if let toml::Value::Table(table) = element {
                        paths(table, &[&*path, &[number.to_string()]].concat(), into);
                    }
                }
            }
            _ => {}
        }
    }
}

/// book.toml with one value, and with the rest of a book of `external` around it.
fn toml_with(path: &[String], value: &str) -> String {
    let inner = |path: &[String]| -> String {
        let keys: Vec<_> = path.iter().map(|key| format!("{key:?}")).collect();
        format!("{} = {value}\n", keys.join("."))
    };
    match path {
        [list, _, rest @ ..] if list == "external" => {
            let others = ["name", "file", "url"].into_iter().filter(|key| *key != rest[0]);
            let others: String = others.map(|key| format!("{key} = \"https://a.example\"\n")).collect();
            format!("[[preprocessor.design-docs.external]]\n{others}{}", inner(rest))
        }
        _ => format!("[preprocessor.design-docs]\n{}", inner(path)),
    }
}

#[test]
fn every_key_says_of_every_wrong_type_what_it_expects_and_where() {
    let mut all = Vec::new();
    let own = "command = \"x\"\nbefore = [\"x\"]\nafter = [\"x\"]\nrenderers = [\"x\"]\noptional = true\n";
    let reference = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/book-example/src/reference/configuration.md"
    );
    let reference = std::fs::read_to_string(reference).unwrap();
    let examples = reference
        .split("```toml\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next());
    for example in examples.chain([format!("[preprocessor.design-docs]\n{own}").as_str()]) {
        let table: toml::Table = example.parse().unwrap();
        paths(table["preprocessor"]["design-docs"].as_table().unwrap(), &[], &mut all);
    }
    all.sort();
    all.dedup();
    assert!(all.len() > 35, "{all:?}");
    let mut wrong = 0;
    for (path, right) in &all {
        for (kind, value, shown) in VALUES {
            let text = toml_with(path, value);
            let table = serde_json::to_value(text.parse::<toml::Table>().unwrap()).unwrap();
            let read = read(&table["preprocessor"]["design-docs"], &[]);
            // A single string is allowed for a list, and a table for a status word.
            let is_right = kind == right && !["array", "datetime"].contains(kind)
                || [("string", "array"), ("date", "datetime")].contains(&(*kind, *right))
                || path[0] == "statuses" && path.len() == 2 && ["table", "string"].contains(kind)
                || path[0] == "external" && path.len() == 1 && *value == "[{}]";
            if is_right {
                continue;
            }
            wrong += 1;
            let [problem] = read.problems.as_slice() else {
                panic!("{text}: {:?}", read.problems);
            };
            assert!(
                problem.message.contains(" must be ") && problem.message.contains(shown),
                "{text}: {}",
                problem.message
            );
            let root = ["preprocessor", "design-docs"];
            let key: Vec<&str> = root.into_iter().chain(problem.key.iter().map(String::as_str)).collect();
            let place =
                super::super::locate(&text, &key, problem.part).unwrap_or_else(|| panic!("{text}: {problem:?}"));
            let marked = place.of(&text);
            assert!(!marked.is_empty() && value.contains(marked), "{text}: {marked}");
        }
    }
    assert!(wrong > 400, "only {wrong}");
}

#[test]
fn a_table_of_ours_that_is_none_is_said() {
    let day = json!({ "$__toml_private_datetime": "2026-01-01" });
    assert_eq!(messages(day), ["`design-docs` must be a table, not 2026-01-01"]);
}

#[test]
fn a_bad_value_is_fatal_and_knows_its_path() {
    let read = read(&json!({"toc": {"depth": 1}, "x": 1}), &[]);
    assert_eq!(read.problems[0].key, ["toc", "depth"]);
    assert!(read.problems[0].fatal);
    assert!(!read.problems[1].fatal, "unknown keys do no harm");
}

#[test]
fn kinds_of_records_come_behind_ours_and_their_deadline_is_a_column() {
    let kind = json!({"sections": "Assumptions", "columns": ["Assumption", " Owner ", "Valid until"], "deadline": "valid until"});
    let Read { config, problems } = read(&json!({ "records": { "assumptions": kind } }), &[]);
    assert_eq!(problems, []);
    let names: Vec<_> = config.records.iter().map(|kind| kind.name.as_str()).collect();
    assert_eq!(names, ["risks", "alerts", "dependencies", "glossary", "assumptions"]);
    let own = &config.records[4];
    assert_eq!(
        (own.sections.as_slice(), own.deadline),
        (["Assumptions".to_owned()].as_slice(), Some(2))
    );
    assert_eq!(own.columns[1], "Owner");
}

/// A kind of records with the keys in `more`, as in book.toml.
fn kind(more: serde_json::Value) -> serde_json::Value {
    let mut kind = json!({"sections": ["A"], "columns": ["Text", "Owner", "Until"]});
    kind.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    kind
}

/// Asserts that `value` is rejected as the kind `name`, with this key, message and help.
#[track_caller]
fn refuses(name: &str, value: serde_json::Value, key: &str, message: &str, help: &str) {
    let read = read(&json!({ "records": { name: value } }), &[]);
    let [problem] = read.problems.as_slice() else {
        panic!("{:?}", read.problems);
    };
    assert_eq!(read.config.records.len(), 4, "nothing is half-read");
    assert_eq!(problem.key[1..].join("."), key);
    let said = problem.help.as_deref().unwrap_or_default();
    assert!(problem.message.contains(message) && said.contains(help), "{problem:?}");
    assert!(problem.fatal);
}

#[test]
fn the_name_of_a_kind_of_records_is_free_and_a_word() {
    let is_ours = "is a kind or an index of ours";
    refuses("risks", kind(json!({})), "risks", is_ours, "take another name");
    refuses("open-questions", kind(json!({})), "open-questions", is_ours, "");
    refuses(
        "Tech debt",
        kind(json!({})),
        "Tech debt",
        "cannot be the name",
        "as `tech-debt`",
    );
    refuses("../x", kind(json!({})), "../x", "cannot be the name", "");
}

#[test]
fn a_kind_of_records_has_sections_columns_and_among_them_its_deadline() {
    let words = "must be a list of different words, one at least";
    refuses("a", json!({"columns": ["Text"]}), "a", "`sections` is missing", "");
    refuses("a", kind(json!({"columns": []})), "a.columns", words, "");
    refuses("a", kind(json!({"columns": ["Text", "text"]})), "a.columns", words, "");
    refuses("a", kind(json!({"sections": [" "]})), "a.sections", words, "");
    let deadline = |name: &str| kind(json!({ "deadline": name }));
    let one_of = "`deadline` must be one of `columns`, but not the first";
    refuses("a", deadline("Untill"), "a.deadline", one_of, "did you mean `Until`?");
    refuses(
        "a",
        deadline("Text"),
        "a.deadline",
        one_of,
        "the first column is the text",
    );
    let read = read(&json!({ "records": { "a": kind(json!({"colums": 1})) } }), &[]);
    assert_eq!(read.problems[0].help.as_deref(), Some("did you mean `columns`?"));
}
