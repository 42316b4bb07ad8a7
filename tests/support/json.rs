//! Compares JSON with expected contents, and lists the differences.

use serde_json::Value;

/// Where `actual` differs from `expected`. Every key of an expected object must exist; further keys
/// are allowed. Lists must agree in length and order.
pub fn differences(place: &str, expected: &Value, actual: &Value) -> Vec<String> {
    match (expected, actual) {
        (Value::Object(wanted), Value::Object(found)) => wanted
            .iter()
            .flat_map(|(key, value)| {
                let place = format!("{place}.{key}");
                match found.get(key) {
                    Some(actual) => differences(&place, value, actual),
                    None => vec![format!("{place}: the key is missing")],
                }
            })
            .collect(),
        (Value::Array(wanted), Value::Array(found)) if wanted.len() == found.len() => wanted
            .iter()
            .zip(found)
            .enumerate()
            .flat_map(|(at, (wanted, found))| differences(&format!("{place}[{at}]"), wanted, found))
            .collect(),
        (Value::Array(wanted), Value::Array(found)) => vec![format!(
            "{place}: {} expected, {} found: expected {expected}, found {actual}",
            wanted.len(),
            found.len()
        )],
        (Value::String(wanted), Value::String(found)) if super::html::fold(wanted) == super::html::fold(found) => {
            Vec::new()
        }
        _ if expected == actual => Vec::new(),
        _ => vec![format!("{place}: expected {expected}, found {actual}")],
    }
}

#[test]
fn differences_name_their_place() {
    let expected = serde_json::json!({"a": [{"b": "it's"}, {"b": 2}]});
    let actual = serde_json::json!({"a": [{"b": "it’s", "c": 0}, {"b": 3}], "d": null});
    assert_eq!(
        differences("doc", &expected, &actual),
        ["doc.a[1].b: expected 2, found 3"]
    );
}
