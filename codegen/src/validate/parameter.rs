//! Parameters, headers and media types.

use serde_json::{Map, Value, json};

use crate::diagnostic::{Diagnostic, Diagnostics, TreeEdit};
use crate::pointer::Location;
use crate::suggest::or_list;

pub(super) fn parameter(
    parameter: &Map<String, Value>,
    at: &Location<'_>,
    diagnostics: &mut Diagnostics,
) {
    let text = |key: &str| parameter.get(key).and_then(Value::as_str);
    let name = text("name").unwrap_or_default();
    let Some(location) = text("in") else { return };
    if location == "path" && parameter.get("required") != Some(&Value::Bool(true)) {
        let diagnostic = Diagnostic::warning(
            "optional-path-parameter",
            &at.pointer(),
            format!("the path parameter `{name}` is not marked as required; it is required anyway"),
        );
        diagnostics.push(diagnostic.at_key().help("add `required: true`"));
    }
    let styles: &[&str] = match location {
        "path" => &["simple", "label", "matrix"],
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "header" => &["simple"],
        "cookie" => &["form"],
        _ => return,
    };
    if let Some(style) = text("style").filter(|style| !styles.contains(style)) {
        let text = format!("a {location} parameter cannot have the style `{style}`");
        let at = at.key("style").pointer();
        diagnostics.push(
            Diagnostic::error("invalid-style", &at, text)
                .help(format!("use {}", or_list(styles)))
                .fallback([(at, TreeEdit::Remove)], "the default is used"),
        );
    }
    schema_or_content("a parameter", parameter, at, diagnostics);
    media_types(parameter, at, diagnostics);
}

pub(super) fn header(
    header: &Map<String, Value>,
    at: &Location<'_>,
    diagnostics: &mut Diagnostics,
) {
    schema_or_content("a header", header, at, diagnostics);
    media_types(header, at, diagnostics);
}

/// Checks that there is either a schema or one media type.
fn schema_or_content(
    name: &str,
    object: &Map<String, Value>,
    at: &Location<'_>,
    diagnostics: &mut Diagnostics,
) {
    let schema = object.get("schema").is_some_and(|schema| !schema.is_null());
    let content_at = at.key("content").pointer();
    let string = (
        at.key("schema").pointer(),
        TreeEdit::Set(json!({"type": "string"})),
    );
    let (code, text, edits, fallback) =
        match (schema, object.get("content").and_then(Value::as_object)) {
            (false, None) => (
                "missing-schema",
                format!("{name} needs `schema` or `content`"),
                vec![string],
                "it is read as a string",
            ),
            (true, Some(_)) => (
                "schema-and-content",
                format!("{name} has both `schema` and `content`"),
                vec![(content_at, TreeEdit::Remove)],
                "`schema` is used",
            ),
            (false, Some(content)) if content.is_empty() => (
                "empty-content",
                format!("the `content` of {name} must have one media type"),
                vec![string, (content_at, TreeEdit::Remove)],
                "it is read as a string",
            ),
            (false, Some(content)) if content.len() > 1 => {
                let redundant = content.keys().skip(1);
                let at = at.key("content");
                (
                    "several-media-types",
                    format!("the `content` of {name} must have exactly one media type"),
                    redundant
                        .map(|media| (at.key(media).pointer(), TreeEdit::Remove))
                        .collect(),
                    "the first one is used",
                )
            }
            _ => return,
        };
    let diagnostic = Diagnostic::error(code, &at.pointer(), text).at_key();
    let help = if schema {
        "remove one of the two"
    } else {
        "describe it under `schema`, as in `schema: { type: string }`"
    };
    diagnostics.push(diagnostic.fallback(edits, fallback).help(help));
}

/// Reports invalid media types.
pub(super) fn media_types(
    object: &Map<String, Value>,
    at: &Location<'_>,
    diagnostics: &mut Diagnostics,
) {
    let at = at.key("content");
    for (media, _) in object
        .get("content")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        if !is_media_type(media) {
            let diagnostic = Diagnostic::warning(
                "invalid-media-type",
                &at.key(media).pointer(),
                format!("`{media}` is not a media type"),
            );
            diagnostics.push(
                diagnostic
                    .at_key()
                    .help("write a media type as in `application/json`"),
            );
        }
    }
}

/// True for `type/subtype`, with optional parameters. Each part may be `*`.
fn is_media_type(text: &str) -> bool {
    let essence = text.split(';').next().unwrap_or_default().trim();
    let is_token = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_graphic() && !b"()<>@,;:\\\"/[]?=".contains(&byte))
    };
    essence
        .split_once('/')
        .is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype))
        || essence == "*"
}
