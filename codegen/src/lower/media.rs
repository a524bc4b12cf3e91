//! Media types: how content of a type is decoded, and variant names.

use crate::lower::schema::{JsonKind, ResolvedSchema};
use crate::media_type::{essence, is_json};
use crate::names;

/// Decoded form of content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lower) enum Reading {
    Json,
    Text,
    Binary,
    /// Server-sent events. The stream may be endless.
    Events,
}

/// Returns how content of this type and schema is decoded.
pub(in crate::lower) fn reading(media_type: &str, schema: Option<&ResolvedSchema<'_>>) -> Reading {
    let name = essence(media_type);
    let has_parts = schema.is_some_and(|schema| !is_silent(schema) && !is_string(schema));
    let is_any = name.ends_with("/*") || !name.contains('/');
    if name == "text/event-stream" {
        Reading::Events
    } else if schema.is_some_and(|schema| schema.is_binary()) {
        Reading::Binary
    } else if is_any && has_parts {
        Reading::Json
    } else if name == "*/*" && schema.is_some_and(is_string) {
        Reading::Text
    } else if is_json(&name) && name != "*/*" {
        Reading::Json
    } else if is_text(&name) {
        Reading::Text
    } else {
        Reading::Binary
    }
}

/// True if content of this type is an alternative to JSON with the same schema, for example XML.
pub(in crate::lower) fn is_repetition(
    media_type: &str,
    schema: Option<&ResolvedSchema<'_>>,
) -> bool {
    let has_parts = schema.is_some_and(|schema| !is_silent(schema) && !is_string(schema));
    has_parts && !is_json(&essence(media_type))
}

/// Returns the variant name for content of this type.
pub(in crate::lower) fn variant(media_type: &str, reading: Reading) -> String {
    let name = essence(media_type);
    let subtype = name.split('/').next_back().unwrap_or_default();
    match reading {
        Reading::Json if matches!(subtype, "json" | "*") => "Json".to_owned(),
        Reading::Text if matches!(subtype, "plain" | "*") => "Text".to_owned(),
        Reading::Binary | Reading::Events => "Bytes".to_owned(),
        Reading::Json | Reading::Text => names::pascal(subtype),
    }
}

fn is_string(schema: &ResolvedSchema<'_>) -> bool {
    schema.kind == Some(JsonKind::String)
}

/// True if the schema does not restrict the type of a value.
pub(in crate::lower) fn is_silent(schema: &ResolvedSchema<'_>) -> bool {
    schema.kind.is_none() && schema.variants.is_empty() && schema.properties.is_empty()
}

fn is_text(name: &str) -> bool {
    let subtype = name.split('/').next_back().unwrap_or_default();
    let subtype = subtype.rsplit('+').next().unwrap_or_default();
    name.starts_with("text/") || matches!(subtype, "xml" | "yaml" | "x-yaml" | "javascript")
}
