//! The part of JSON Schema that our own schemas use; full validators depend on forty crates.

use serde_json::Value;

/// The places where `value` violates `schema`, each with the problem.
pub fn problems(schema: &Value, value: &Value) -> Vec<String> {
    let mut out = Vec::new();
    Checker { root: schema }.check(schema, value, "$", &mut out);
    out
}

struct Checker<'a> {
    root: &'a Value,
}

impl Checker<'_> {
    fn check(&self, schema: &Value, value: &Value, at: &str, out: &mut Vec<String>) {
        for (keyword, rule) in schema.as_object().unwrap() {
            let holds = match keyword.as_str() {
                "$ref" => {
                    let pointer = rule.as_str().unwrap().trim_start_matches('#');
                    self.check(self.root.pointer(pointer).unwrap(), value, at, out);
                    true
                }
                "type" => types(rule).any(|name| is_a(name, value)),
                "const" => rule == value,
                "enum" => rule.as_array().unwrap().contains(value),
                "minimum" => value.as_f64().is_none_or(|number| number >= rule.as_f64().unwrap()),
                "pattern" => value.as_str().is_none_or(|text| matches(rule.as_str().unwrap(), text)),
                "required" => types(rule).all(|key| value.get(key).is_some()),
                "properties" => {
                    for (key, rule) in rule.as_object().unwrap() {
                        if let Some(value) = value.get(key) {
                            self.check(rule, value, &format!("{at}.{key}"), out);
                        }
                    }
                    // Our schemas list every key.
                    let all = value.as_object().into_iter().flatten();
                    let unknown = all.filter(|(key, _)| rule.get(key).is_none());
                    out.extend(unknown.map(|(key, _)| format!("{at}.{key} is not in the schema")));
                    true
                }
                "items" => {
                    for (index, value) in value.as_array().into_iter().flatten().enumerate() {
                        self.check(rule, value, &format!("{at}[{index}]"), out);
                    }
                    true
                }
                "anyOf" => {
                    let fits = |rule: &Value| {
                        let mut found = Vec::new();
                        self.check(rule, value, at, &mut found);
                        found.is_empty()
                    };
                    rule.as_array().unwrap().iter().any(fits)
                }
                "$schema" | "$id" | "$defs" | "title" | "description" => true,
                other => panic!("`{other}` is not read by this checker"),
            };
            if !holds {
                out.push(format!("{at}: {value} is not as `{keyword}` says: {rule}"));
            }
        }
    }
}

/// A string, or each string of an array.
fn types(rule: &Value) -> impl Iterator<Item = &str> {
    let one = rule.as_str();
    let many = rule.as_array().into_iter().flatten().filter_map(Value::as_str);
    one.into_iter().chain(many)
}

fn is_a(name: &str, value: &Value) -> bool {
    match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_u64() || value.is_i64(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("`{other}` is no type"),
    }
}

/// A pattern of classes, counts and plain characters, from `^` to `$`.
fn matches(pattern: &str, text: &str) -> bool {
    let pattern = pattern.strip_prefix('^').and_then(|rest| rest.strip_suffix('$'));
    let mut pattern = pattern.expect("a pattern is for the whole text");
    let mut rest = text;
    while let Some(first) = pattern.chars().next() {
        let (class, after) = match pattern.strip_prefix('[') {
            Some(inner) => inner.split_once(']').unwrap(),
            None => pattern.split_at(first.len_utf8()),
        };
        let fits = |c: char| match class.as_bytes() {
            _ if !pattern.starts_with('[') => c == first,
            ranges => ranges
                .chunks(3)
                .any(|range| (char::from(range[0])..=char::from(range[2])).contains(&c)),
        };
        let found = rest.chars().take_while(|&c| fits(c)).count();
        let (taken, after) = if let Some(after) = after.strip_prefix('+') {
            (found.max(1), after)
        } else if let Some((count, after)) = after.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
            (count.parse().unwrap(), after)
        } else {
            (1, after)
        };
        if found < taken {
            return false;
        }
        let end = rest.char_indices().nth(taken).map_or(rest.len(), |(at, _)| at);
        rest = &rest[end..];
        pattern = after;
    }
    rest.is_empty()
}

#[test]
fn patterns_are_read() {
    let print = "^[0-9a-f]{16}:[0-9]+$";
    assert!(matches(print, "0123456789abcdef:12"));
    for wrong in [
        "0123456789abcdef:", "0123456789abcde:1", "0123456789abcdeg:1", "0123456789abcdef:1x",
    ] {
        assert!(!matches(print, wrong), "{wrong}");
    }
}
