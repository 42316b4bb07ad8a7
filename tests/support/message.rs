//! The message that mdBook sends to a preprocessor.

use serde_json::{Value, json};

/// The message of mdBook 0.5 for a book of chapters, given as path and text, whose
/// `[preprocessor.design-docs]` is `table`.
pub fn message<'t>(chapters: impl IntoIterator<Item = (&'t str, &'t str)>, table: &Value) -> String {
    let chapter = |(path, text)| {
        json!({"Chapter": {
            "name": path, "content": text, "number": [1], "sub_items": [], "path": path,
            "source_path": path, "parent_names": [],
        }})
    };
    let items: Vec<Value> = chapters.into_iter().map(chapter).collect();
    let config = json!({"book": {"src": "src"}, "preprocessor": {"design-docs": table}});
    let context = json!({"root": "/nowhere", "config": config, "renderer": "html", "mdbook_version": "0.5.4"});
    json!([context, {"items": items}]).to_string()
}
