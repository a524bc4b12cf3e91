//! Parameters, headers and bodies: how they are written, and their media types.

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
    let Some(place) = text("in") else { return };
    if place == "path" && parameter.get("required") != Some(&Value::Bool(true)) {
        let diagnostic = Diagnostic::warning(
            "optional-path-parameter",
            &at.pointer(),
            format!("the path parameter `{name}` is not marked as required; it is all the same"),
        );
        diagnostics.push(
            diagnostic
                .at_key()
                .help("write `required: true`: a path is not whole without it"),
        );
    }
    let styles: &[&str] = match place {
        "path" => &["simple", "label", "matrix"],
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "header" => &["simple"],
        "cookie" => &["form"],
        _ => return,
    };
    if let Some(style) = text("style").filter(|style| !styles.contains(style)) {
        let text = format!("a {place} parameter has no style `{style}`");
        let at = at.key("style").pointer();
        diagnostics.push(
            Diagnostic::error("invalid-style", &at, text)
                .help(format!("it may be {}", or_list(styles)))
                .fallback([(at, TreeEdit::Remove)], "the default counts"),
        );
    }
    described("a parameter", parameter, at, diagnostics);
    content(parameter, at, diagnostics);
}

pub(super) fn header(
    header: &Map<String, Value>,
    at: &Location<'_>,
    diagnostics: &mut Diagnostics,
) {
    described("a header", header, at, diagnostics);
    content(header, at, diagnostics);
}

/// Either a schema or one media type.
fn described(
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
                "it is taken for a string",
            ),
            (true, Some(_)) => (
                "schema-and-content",
                format!("{name} has both `schema` and `content`"),
                vec![(content_at, TreeEdit::Remove)],
                "`schema` counts",
            ),
            (false, Some(content)) if content.is_empty() => (
                "empty-content",
                format!("the `content` of {name} must hold one media type"),
                vec![string, (content_at, TreeEdit::Remove)],
                "it is taken for a string",
            ),
            (false, Some(content)) if content.len() > 1 => {
                let others = content.keys().skip(1);
                let at = at.key("content");
                (
                    "several-media-types",
                    format!("the `content` of {name} must hold exactly one media type"),
                    others
                        .map(|media| (at.key(media).pointer(), TreeEdit::Remove))
                        .collect(),
                    "the first one counts",
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

/// Media types, each the key of what it describes.
pub(super) fn content(
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
                format!("`{media}` is no media type"),
            );
            diagnostics.push(
                diagnostic
                    .at_key()
                    .help("one is written as in `application/json`"),
            );
        }
    }
}

/// `type/subtype`, perhaps with parameters, perhaps with `*` for either.
fn is_media_type(text: &str) -> bool {
    let essence = text.split(';').next().unwrap_or_default().trim();
    let token = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_graphic() && !b"()<>@,;:\\\"/[]?=".contains(&byte))
    };
    essence
        .split_once('/')
        .is_some_and(|(kind, subtype)| token(kind) && token(subtype))
        || essence == "*"
}
