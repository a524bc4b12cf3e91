//! Corrections of invalid values whose meaning is clear.

use serde_json::{Map, Number, Value, json};

use super::openapi::SCHEMA;
use super::spec::{ObjectSpec, ValueKind};
use crate::diagnostic::{Diagnostic, TreeEdit};
use crate::pointer::Location;

/// Adds the replacement of an invalid value to its diagnostic.
pub(crate) fn coerced(diagnostic: Diagnostic, at: &Location<'_>, value: Value) -> Diagnostic {
    let fallback = match &value {
        Value::String(text) => format!("it is read as `{text}`"),
        Value::Object(_) => "it is read as a `$ref`".to_owned(),
        Value::Array(_) => "it is read as a list with one item".to_owned(),
        other => format!("it is read as `{other}`"),
    };
    diagnostic.fallback([(at.pointer(), TreeEdit::Set(value))], fallback)
}

/// Converts a value of the wrong type.
pub(super) fn value(value: &Value, kind: ValueKind) -> Option<Value> {
    match (kind, value) {
        (ValueKind::String, Value::Number(_) | Value::Bool(_)) => Some(value.to_string().into()),
        (ValueKind::Bool, Value::String(text)) => text.parse::<bool>().ok().map(Value::Bool),
        (ValueKind::Number | ValueKind::UInt | ValueKind::Int, Value::String(text)) => {
            let parsed: Number = serde_json::from_str(text).ok()?;
            number(&parsed, kind)
        }
        (ValueKind::UInt | ValueKind::Int, Value::Number(value)) => number(value, kind),
        (ValueKind::List(ValueKind::String), Value::String(text)) => Some(json!([text])),
        (ValueKind::Reference(_), Value::String(text)) if text.starts_with("#/") => {
            Some(json!({"$ref": text}))
        }
        _ => None,
    }
}

/// Converts a number to another kind of number. Only whole numbers become integers.
fn number(number: &Number, kind: ValueKind) -> Option<Value> {
    let is_whole = |number: &f64| number.fract() == 0.0 && number.abs() < 1e15;
    #[allow(clippy::cast_possible_truncation, reason = "it is whole and small")]
    let whole = || number.as_f64().filter(is_whole).map(|number| number as i64);
    match kind {
        ValueKind::Number => Some(number.clone().into()),
        ValueKind::UInt => number
            .as_u64()
            .or_else(|| whole()?.try_into().ok())
            .map(Value::from),
        ValueKind::Int => number.as_i64().or_else(whole).map(Value::from),
        _ => None,
    }
}

/// Returns the type in a list of one type and `null`, a form of OpenAPI 3.1.
pub(super) fn nullable_type(value: &Value) -> Option<&str> {
    match value.as_array()?.as_slice() {
        [Value::String(kind), Value::String(null)] | [Value::String(null), Value::String(kind)]
            if null == "null" && kind != "null" =>
        {
            Some(kind)
        }
        _ => None,
    }
}

/// Returns the schema for a `$ref` with a sibling `nullable: true`.
pub(super) fn nullable_reference(spec: &ObjectSpec, object: &Map<String, Value>) -> Option<Value> {
    let nullable = object.get("nullable")?.as_bool()?;
    (nullable && *spec == SCHEMA).then(|| {
        let mut schema = object.clone();
        let reference = schema.shift_remove("$ref");
        schema.insert("allOf".to_owned(), json!([{"$ref": reference}]));
        schema.into()
    })
}

/// Converts a keyword of OpenAPI 3.1 to one of 3.0.
pub(super) fn keyword(
    spec: &ObjectSpec,
    key: &str,
    object: &Map<String, Value>,
) -> Option<(&'static str, Value)> {
    let is_const = *spec == SCHEMA && key == "const" && !object.contains_key("enum");
    let value = object.get(key).filter(|_| is_const)?;
    Some(("enum", json!([value])))
}

/// Converts a value that is not one of the allowed values.
pub(super) fn allowed_value(value: &str, allowed: &[&'static str]) -> Option<Value> {
    let folded = value.trim().to_lowercase();
    let same = allowed.iter().find(|known| known.to_lowercase() == folded);
    let synonym = || match folded.as_str() {
        "int" | "int32" | "int64" | "long" => Some("integer"),
        "float" | "double" | "decimal" => Some("number"),
        "bool" => Some("boolean"),
        "str" | "text" | "date" | "date-time" | "datetime" | "uuid" | "email" | "uri" | "url" => {
            Some("string")
        }
        "list" => Some("array"),
        "map" | "dict" => Some("object"),
        _ => None,
    };
    let result = same.copied().or_else(synonym)?;
    allowed.contains(&result).then(|| result.into())
}
