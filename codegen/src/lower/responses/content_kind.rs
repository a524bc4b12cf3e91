//! Kind of a response body: how the client decodes content of a media type.

use crate::lower::schema::{JsonKind, ResolvedSchema};
use crate::media_type::{allows_json, essence, is_json};
use crate::names;

/// Decoded form of content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lower) enum ContentKind {
    Json,
    Text,
    Binary,
    /// Server-sent events. The stream may be endless.
    Events,
}

/// Returns the decoded form of content with this type and schema.
pub(in crate::lower) fn content_kind(
    media_type: &str,
    schema: Option<&ResolvedSchema<'_>>,
) -> ContentKind {
    let name = essence(media_type);
    let is_range = name.ends_with("/*") || !name.contains('/');
    if name == "text/event-stream" {
        ContentKind::Events
    } else if schema.is_some_and(|schema| schema.is_binary()) {
        ContentKind::Binary
    } else if is_range && schema.is_some_and(is_structured) {
        ContentKind::Json
    } else if name == "*/*" && schema.is_some_and(is_string) {
        ContentKind::Text
    } else if is_json(&name) {
        ContentKind::Json
    } else if is_text(&name) {
        ContentKind::Text
    } else {
        ContentKind::Binary
    }
}

/// True if content of this type is an alternative to JSON with the same schema, for example XML.
pub(in crate::lower) fn is_json_alternative(
    media_type: &str,
    schema: Option<&ResolvedSchema<'_>>,
) -> bool {
    schema.is_some_and(is_structured) && !allows_json(&essence(media_type))
}

/// Returns the variant name for content of this type.
pub(in crate::lower) fn variant_name(media_type: &str, kind: ContentKind) -> String {
    let name = essence(media_type);
    let subtype = name.split('/').next_back().unwrap_or_default();
    match kind {
        ContentKind::Json if matches!(subtype, "json" | "*") => "Json".to_owned(),
        ContentKind::Text if matches!(subtype, "plain" | "*") => "Text".to_owned(),
        ContentKind::Binary | ContentKind::Events => "Bytes".to_owned(),
        ContentKind::Json | ContentKind::Text => names::pascal(subtype),
    }
}

/// True if the schema describes anything but a string.
fn is_structured(schema: &ResolvedSchema<'_>) -> bool {
    !schema.is_untyped() && !is_string(schema)
}

fn is_string(schema: &ResolvedSchema<'_>) -> bool {
    schema.kind == Some(JsonKind::String)
}

/// True for media types of text that is not JSON.
fn is_text(media_type: &str) -> bool {
    let subtype = media_type.split('/').next_back().unwrap_or_default();
    let subtype = subtype.rsplit('+').next().unwrap_or_default();
    media_type.starts_with("text/") || matches!(subtype, "xml" | "yaml" | "x-yaml" | "javascript")
}
