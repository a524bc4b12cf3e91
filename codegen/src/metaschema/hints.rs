//! Descriptions of values, and help for common mistakes.

use serde_json::{Map, Value};

use super::openapi::{HEADER, OPERATION, PARAMETER, PATH_ITEM, SCHEMA};
use super::spec::{ObjectSpec, ValueKind};
use crate::pointer::Location;
use crate::suggest::nearest;

/// Keywords that OpenAPI 3.1 added.
const OPENAPI_3_1: &[&str] = &[
    "$anchor",
    "$comment",
    "$defs",
    "$dynamicAnchor",
    "$dynamicRef",
    "$id",
    "$schema",
    "$vocabulary",
    "const",
    "contains",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "examples",
    "identifier",
    "if",
    "jsonSchemaDialect",
    "maxContains",
    "minContains",
    "pathItems",
    "patternProperties",
    "prefixItems",
    "propertyNames",
    "summary",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// Keywords of Swagger 2.0.
const SWAGGER_2: &[&str] = &[
    "basePath",
    "collectionFormat",
    "consumes",
    "definitions",
    "host",
    "produces",
    "schemes",
    "securityDefinitions",
    "swagger",
];

/// Returns the subject of a sentence about a location.
pub(crate) fn subject(at: &Location<'_>) -> String {
    match at {
        Location::Root => "the document".to_owned(),
        Location::Pointer(at) => format!("`{}`", at.last()),
        Location::Key(_, key) => format!("`{key}`"),
        Location::Index(list, index) => format!("item {} of {}", index + 1, subject(list)),
    }
}

/// Describes a value, as in `must be a list, not …`.
pub(crate) fn describe(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(_) => format!("`{value}`"),
        Value::Number(_) => format!("the number {value}"),
        Value::String(text) if text.chars().count() > 40 => "a long string".to_owned(),
        Value::String(text) => format!("the string {text:?}"),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}

/// Help for a value of the wrong type.
pub(super) fn wrong_type(value: &Value, kind: ValueKind, at: &Location<'_>) -> Option<String> {
    let keyword = match at {
        Location::Key(_, key) => *key,
        _ => "",
    };
    let help = match (keyword, kind, value) {
        (_, _, Value::Null) => "give it a value, or remove it",
        ("type", ValueKind::OneOf(_), Value::Array(_)) => {
            "a list of types is OpenAPI 3.1; write one type, and `nullable: true` for `null`"
        }
        ("exclusiveMinimum" | "exclusiveMaximum", ValueKind::Bool, Value::Number(_)) => {
            "a number is OpenAPI 3.1; in 3.0 it is a boolean next to `minimum` or `maximum`"
        }
        ("required", ValueKind::List(_), Value::Bool(_)) => {
            "in a schema, `required` is a list of property names next to `properties`"
        }
        (_, ValueKind::String, Value::Number(_) | Value::Bool(_)) => "put it in quotes",
        (_, ValueKind::Bool, Value::String(text)) if text == "true" || text == "false" => {
            "remove the quotes"
        }
        (_, ValueKind::Number | ValueKind::UInt | ValueKind::Int, Value::String(text))
            if text.parse::<f64>().is_ok() =>
        {
            "remove the quotes"
        }
        (_, ValueKind::Reference(_), Value::String(text)) if text.starts_with('#') => {
            return Some(format!("write `{{ $ref: {text:?} }}`"));
        }
        (_, ValueKind::List(_), Value::String(_) | Value::Object(_)) => {
            "write a list with `- `, or in `[` and `]`"
        }
        _ => return None,
    };
    Some(help.to_owned())
}

/// Help for a value that is not one of the allowed values.
pub(super) fn invalid_value(value: &str) -> Option<String> {
    let help = match value {
        "null" => "write `nullable: true` instead, as in OpenAPI 3.0",
        "file" => "write `type: string` with `format: binary`",
        "float" | "double" => "write `type: number` with this as the `format`",
        "int32" | "int64" | "long" => {
            "write `type: integer`, with `int32` or `int64` as the `format`"
        }
        "date" | "date-time" | "uuid" | "email" | "uri" | "binary" | "byte" => {
            "write `type: string` with this as the `format`"
        }
        "any" => "remove `type` to allow any value",
        "body" | "formData" => "describe the body under `requestBody`",
        "basic" | "bearer" => "write `type: http` with this as the `scheme`",
        _ => return None,
    };
    Some(help.to_owned())
}

/// Help for a missing required keyword.
pub(super) fn missing_keyword(spec: &ObjectSpec, keyword: &str) -> String {
    match keyword {
        "description" => "add a description, or `description: \"\"`".to_owned(),
        "responses" => "describe the responses, at least `default`".to_owned(),
        "paths" => "describe the operations under `paths`".to_owned(),
        "in" => "add `in`: `path`, `query`, `header` or `cookie`".to_owned(),
        "openapi" => "begin the document with its version, as in `openapi: 3.0.3`".to_owned(),
        "content" => "add `content`, with a media type as in `application/json`".to_owned(),
        _ => format!(
            "add `{keyword}` to {}",
            spec.name
                .replacen("a ", "this ", 1)
                .replacen("an ", "this ", 1)
        ),
    }
}

/// Help for an unknown keyword that does not resemble an absent one.
pub(super) fn unknown_keyword(
    spec: &ObjectSpec,
    key: &str,
    object: &Map<String, Value>,
) -> Option<String> {
    let has_schema = |spec: &ObjectSpec| *spec == PARAMETER || *spec == HEADER;
    if has_schema(spec) && SCHEMA.value_kind(key).is_some() {
        return Some(format!("`{key}` belongs under `schema`"));
    }
    if *spec == PATH_ITEM && OPERATION.value_kind(key).is_some() {
        return Some(format!("`{key}` belongs to an operation, one level deeper"));
    }
    if OPENAPI_3_1.contains(&key) {
        return Some(format!("`{key}` is OpenAPI 3.1, and this document is 3.0"));
    }
    if SWAGGER_2.contains(&key) {
        return Some(format!(
            "`{key}` is Swagger 2.0, and this document is OpenAPI 3.0"
        ));
    }
    let present = spec.keywords.iter().map(|(keyword, _)| *keyword);
    if let Some(present) = nearest(key, present.filter(|it| object.contains_key(*it))) {
        return Some(format!(
            "`{present}` is already present; remove one of them, or correct the name"
        ));
    }
    spec.extensible
        .then(|| "remove it, or begin its name with `x-` to make it an extension".to_owned())
}

/// Help for a keyword next to a `$ref`.
pub(super) fn reference_sibling(spec: &ObjectSpec, sibling: &str) -> String {
    if *spec == SCHEMA {
        return format!("write `allOf: [{{ $ref: … }}]` next to `{sibling}`");
    }
    format!("remove it, or replace the `$ref` by {}", spec.name)
}
