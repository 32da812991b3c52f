//! What several tests need.

/// The tree without what formatting may change: places, and empty lines between sections.
fn bare(mut tree: serde_json::Value) -> serde_json::Value {
    match &mut tree {
        serde_json::Value::Object(fields) => {
            fields.remove("span");
            fields.remove("blank_before");
            if fields.get("trivia") == Some(&serde_json::json!({})) {
                fields.remove("trivia");
            }
            for field in fields.values_mut() {
                *field = bare(field.take());
            }
            if fields.get("trivia") == Some(&serde_json::json!({})) {
                fields.remove("trivia");
            }
            // Words whose only content is their place: `rest`, `me`, `secretly`.
            fields.retain(|_, value| !value.get("start").is_some_and(|start| start.is_u64()));
        }
        serde_json::Value::Array(items) => {
            for item in items {
                *item = bare(item.take());
            }
        }
        _ => {}
    }
    tree
}

/// The tree of a text without complaints, as [`bare`] leaves it.
pub fn tree(source: &str) -> serde_json::Value {
    let parsed = detente_lang::parse(source);
    assert_eq!(parsed.diagnostics, vec![], "{source}");
    bare(serde_json::to_value(parsed.scenario).expect("a tree has a JSON form"))
}
