//! Words for what stands at a place, and what to do about common mistakes.

use serde_json::{Map, Value};

use crate::metaschema::openapi::{HEADER, PARAMETER, PATH_ITEM, SCHEMA};
use crate::metaschema::{ObjectSpec, ValueKind};
use crate::pointer::Location;
use crate::suggest::nearest;

/// Keywords that came with OpenAPI 3.1.
const LATER: &[&str] = &[
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

/// Keywords that went with Swagger 2.0.
const EARLIER: &[&str] = &[
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

/// What a sentence about a place is about.
pub(super) fn subject(at: &Location<'_>) -> String {
    match at {
        Location::Root => "the document".to_owned(),
        Location::Pointer(at) => format!("`{}`", at.last()),
        Location::Key(_, key) => format!("`{key}`"),
        Location::Index(list, index) => format!("item {} of {}", index + 1, subject(list)),
    }
}

/// What stands at a place where it should not.
pub(super) fn found(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Bool(_) => format!("`{value}`"),
        Value::Number(_) => format!("the number {value}"),
        Value::String(text) if text.chars().count() > 40 => "a long string".to_owned(),
        Value::String(text) => format!("the string {text:?}"),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}

pub(super) fn wrong(value: &Value, shape: ValueKind, at: &Location<'_>) -> Option<String> {
    let keyword = match at {
        Location::Key(_, key) => *key,
        _ => "",
    };
    let help = match (keyword, shape, value) {
        (_, _, Value::Null) => "give it a value, or remove it",
        ("type", ValueKind::OneOf(_), Value::Array(_)) => {
            "a list of types is OpenAPI 3.1; name one, with `nullable: true` for `null`"
        }
        ("exclusiveMinimum" | "exclusiveMaximum", ValueKind::Bool, Value::Number(_)) => {
            "a number here is OpenAPI 3.1; in 3.0 it is a flag beside `minimum` or `maximum`"
        }
        ("required", ValueKind::List(_), Value::Bool(_)) => {
            "in a schema, `required` lists the names of properties; it stands beside `properties`"
        }
        (_, ValueKind::String, Value::Number(_) | Value::Bool(_)) => "put it in quotes",
        (_, ValueKind::Bool, Value::String(text)) if text == "true" || text == "false" => {
            "leave out the quotes"
        }
        (_, ValueKind::Number | ValueKind::UInt | ValueKind::Int, Value::String(text))
            if text.parse::<f64>().is_ok() =>
        {
            "leave out the quotes"
        }
        (_, ValueKind::Reference(_), Value::String(text)) if text.starts_with('#') => {
            return Some(format!("write `{{ $ref: {text:?} }}`"));
        }
        (_, ValueKind::List(_), Value::String(_) | Value::Object(_)) => {
            "a list begins with `- `, or stands in `[` and `]`"
        }
        _ => return None,
    };
    Some(help.to_owned())
}

pub(super) fn word(word: &str) -> Option<String> {
    let help = match word {
        "null" => "OpenAPI 3.0 says `nullable: true` instead",
        "file" => "OpenAPI 3 says `type: string` with `format: binary` instead",
        "float" | "double" => "write `type: number` with this as the `format`",
        "int32" | "int64" | "long" => {
            "write `type: integer`, with `int32` or `int64` as the `format`"
        }
        "date" | "date-time" | "uuid" | "email" | "uri" | "binary" | "byte" => {
            "write `type: string` with this as the `format`"
        }
        "any" => "leave `type` out: any value is meant then",
        "body" | "formData" => "OpenAPI 3 describes a body under `requestBody`",
        "basic" | "bearer" => "write `type: http` with this as the `scheme`",
        _ => return None,
    };
    Some(help.to_owned())
}

/// What to write for a keyword that an object of this kind must have.
pub(super) fn missing(kind: &ObjectSpec, keyword: &str) -> String {
    match keyword {
        "description" => "say what it means, if only with `description: \"\"`".to_owned(),
        "responses" => "describe what comes back, at least `default`".to_owned(),
        "paths" => "an OpenAPI document describes its operations under `paths`".to_owned(),
        "in" => "add `in`: `path`, `query`, `header` or `cookie`".to_owned(),
        "openapi" => "begin the document with its version, as in `openapi: 3.0.3`".to_owned(),
        "content" => "add `content`, with a media type as in `application/json`".to_owned(),
        _ => format!(
            "add `{keyword}` to {}",
            kind.name
                .replacen("a ", "this ", 1)
                .replacen("an ", "this ", 1)
        ),
    }
}

/// What to do about a keyword that is not known and like none that is absent.
pub(super) fn unknown(kind: &ObjectSpec, key: &str, object: &Map<String, Value>) -> Option<String> {
    let in_schema = |kind: &ObjectSpec| *kind == PARAMETER || *kind == HEADER;
    if in_schema(kind) && SCHEMA.value_kind(key).is_some() {
        return Some(format!("`{key}` belongs under `schema`"));
    }
    if *kind == PATH_ITEM
        && crate::metaschema::openapi::OPERATION
            .value_kind(key)
            .is_some()
    {
        return Some(format!("`{key}` belongs to an operation, one level deeper"));
    }
    if LATER.contains(&key) {
        return Some(format!(
            "`{key}` here is OpenAPI 3.1, and this document is 3.0"
        ));
    }
    if EARLIER.contains(&key) {
        return Some(format!(
            "`{key}` is Swagger 2.0, and this document is OpenAPI 3.0"
        ));
    }
    let present = kind.keywords.iter().map(|(keyword, _)| *keyword);
    if let Some(present) = nearest(key, present.filter(|it| object.contains_key(*it))) {
        return Some(format!(
            "`{present}` stands here already; remove one of them, or write the keyword that is meant"
        ));
    }
    kind.extensible
        .then(|| "remove it; a keyword of one's own begins with `x-`".to_owned())
}

pub(super) fn sibling(kind: &ObjectSpec, sibling: &str) -> String {
    if *kind == SCHEMA {
        return format!(
            "put the `$ref` into a list, as in `allOf: [{{ $ref: … }}]`, with `{sibling}` beside that"
        );
    }
    format!("remove it, or write {} out here", kind.name)
}
