//! Conversions of single keywords.

use serde_json::{Map, Number, Value, json};

use crate::media_type::is_opaque;

pub(super) type Schema = Map<String, Value>;

/// Keywords that determine the type of a value.
pub(super) const TYPE_KEYWORDS: &[&str] =
    &["$ref", "allOf", "anyOf", "const", "enum", "oneOf", "type"];

/// Removes keys of an object. The order of the other keys is kept.
pub(super) fn remove(object: &mut Map<String, Value>, keys: &[&str]) {
    for key in keys {
        object.shift_remove(*key);
    }
}

/// Moves a `$ref` with siblings into an `allOf`, because OpenAPI 3.0 ignores the siblings of a `$ref`.
pub(super) fn wrap_reference(schema: &mut Schema) {
    let siblings = schema
        .keys()
        .any(|key| key != "$ref" && !key.starts_with("x-"));
    if siblings && let Some(reference) = schema.shift_remove("$ref") {
        add_all_of(schema, json!({"$ref": reference}));
    }
}

/// Adds a schema to `allOf`.
fn add_all_of(schema: &mut Schema, part: Value) {
    let schemas = schema.entry("allOf").or_insert_with(|| json!([]));
    if let Value::Array(schemas) = schemas {
        schemas.push(part);
    }
}

/// Converts a numeric exclusive bound to a bound and a boolean.
pub(super) fn exclusive_bound(
    schema: &mut Schema,
    bound: &str,
    exclusive: &str,
    tighter: fn(f64, f64) -> f64,
) {
    let Some(limit) = schema.get(exclusive).and_then(Value::as_f64) else {
        return;
    };
    let other = schema.get(bound).and_then(Value::as_f64);
    #[allow(clippy::float_cmp, reason = "`tighter` returns one of its arguments")]
    if other.is_some_and(|other| other != limit && tighter(limit, other) == other) {
        schema.shift_remove(exclusive);
        return;
    }
    let number = schema.get(exclusive).cloned();
    let number = number.or_else(|| Number::from_f64(limit).map(Value::Number));
    schema.insert(bound.to_owned(), number.unwrap_or_default());
    schema.insert(exclusive.to_owned(), true.into());
}

/// Converts content keywords to a format: `byte` for Base64, and `binary` for content that is neither text nor JSON.
pub(super) fn content(schema: &mut Schema) {
    let encoding = schema.shift_remove("contentEncoding");
    let media_type = schema.shift_remove("contentMediaType");
    let is_text = match schema.get("type") {
        Some(kind) => kind == "string",
        None => !TYPE_KEYWORDS
            .iter()
            .any(|keyword| schema.contains_key(*keyword)),
    };
    let format = match (encoding, media_type) {
        (Some(encoding), _) if encoding == "base64" => "byte",
        (None, Some(Value::String(media_type))) if is_opaque(&media_type) => "binary",
        _ => return,
    };
    if is_text {
        schema.insert("type".to_owned(), "string".into());
        schema.entry("format").or_insert_with(|| format.into());
    }
}
