//! Enum values as text.

use serde_json::Value;

/// Returns enum values as text: strings without quotes, other values as JSON.
pub(in crate::lower) fn enum_texts(values: &[Value]) -> Vec<String> {
    let text = |value: &Value| match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    };
    values.iter().filter_map(text).collect()
}
