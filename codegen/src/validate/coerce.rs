//! What is meant by values that are not as they should be but leave no doubt, and what stands in for those that are absent.

use serde_json::{Map, Number, Value, json};

use crate::metaschema::openapi::{DOCUMENT, INFO, OPERATION, RESPONSE, SCHEMA};
use crate::metaschema::{ObjectSpec, ValueKind};

/// What a value of the wrong type means.
pub(super) fn value(value: &Value, shape: ValueKind) -> Option<Value> {
    match (shape, value) {
        (ValueKind::String, Value::Number(_) | Value::Bool(_)) => Some(value.to_string().into()),
        (ValueKind::Bool, Value::String(text)) => text.parse::<bool>().ok().map(Value::Bool),
        (ValueKind::Number | ValueKind::UInt | ValueKind::Int, Value::String(text)) => {
            let number: Number = serde_json::from_str(text).ok()?;
            fitting(&number, shape)
        }
        (ValueKind::UInt | ValueKind::Int, Value::Number(number)) => fitting(number, shape),
        (ValueKind::List(ValueKind::String), Value::String(text)) => Some(json!([text])),
        (ValueKind::Reference(_), Value::String(text)) if text.starts_with("#/") => {
            Some(json!({"$ref": text}))
        }
        _ => None,
    }
}

/// A number of the wanted kind, if this is one.
fn fitting(number: &Number, shape: ValueKind) -> Option<Value> {
    let is_whole = |number: &f64| number.fract() == 0.0 && number.abs() < 1e15;
    #[allow(clippy::cast_possible_truncation, reason = "it is whole and small")]
    let whole = || number.as_f64().filter(is_whole).map(|number| number as i64);
    match shape {
        ValueKind::Number => Some(number.clone().into()),
        ValueKind::UInt => number
            .as_u64()
            .or_else(|| whole()?.try_into().ok())
            .map(Value::from),
        ValueKind::Int => number.as_i64().or_else(whole).map(Value::from),
        _ => None,
    }
}

/// The one type in a list of it and `null`, as OpenAPI 3.1 has it.
pub(super) fn or_null(value: &Value) -> Option<&str> {
    match value.as_array()?.as_slice() {
        [Value::String(kind), Value::String(null)] | [Value::String(null), Value::String(kind)]
            if null == "null" && kind != "null" =>
        {
            Some(kind)
        }
        _ => None,
    }
}

/// The schema that a `$ref` and `nullable: true` beside it are written for.
pub(super) fn or_null_beside(kind: &ObjectSpec, object: &Map<String, Value>) -> Option<Value> {
    let nullable = object.get("nullable")?.as_bool()?;
    (nullable && *kind == SCHEMA).then(|| {
        let mut schema = object.clone();
        let reference = schema.shift_remove("$ref");
        schema.insert("allOf".to_owned(), json!([{"$ref": reference}]));
        schema.into()
    })
}

/// What a keyword of OpenAPI 3.1 says in the words of 3.0.
pub(super) fn keyword(
    kind: &ObjectSpec,
    key: &str,
    object: &Map<String, Value>,
) -> Option<(&'static str, Value)> {
    let is_const = *kind == SCHEMA && key == "const" && !object.contains_key("enum");
    is_const.then(|| ("enum", json!([object[key]])))
}

/// What a word means that is none of those that may stand here.
pub(super) fn word(word: &str, words: &[&'static str]) -> Option<Value> {
    let folded = word.trim().to_lowercase();
    let same = words.iter().find(|known| known.to_lowercase() == folded);
    let usual = || match folded.as_str() {
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
    let meant = same.copied().or_else(usual)?;
    words.contains(&meant).then(|| meant.into())
}

/// What a keyword says that an object of this kind must have and does not, where the crate can do without it.
pub(crate) fn substitute(kind: &ObjectSpec, keyword: &str) -> Option<(Value, &'static str)> {
    let title = || json!("API");
    let version = || json!("");
    match (kind, keyword) {
        (kind, "info") if *kind == DOCUMENT => Some((
            json!({"title": title(), "version": version()}),
            "the crate is called `api`",
        )),
        (kind, "title") if *kind == INFO => Some((title(), "the crate is called `api`")),
        (kind, "version") if *kind == INFO => Some((version(), "the crate's version is 0.1.0")),
        (kind, "responses") if *kind == OPERATION => {
            Some((json!({}), "its answer is taken to hold nothing"))
        }
        (kind, "description") if *kind == RESPONSE => Some((json!(""), "it has no docs")),
        _ => None,
    }
}
