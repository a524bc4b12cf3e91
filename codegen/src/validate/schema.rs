//! Contradictory keywords of schemas.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::checker::Checker;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::metaschema::describe;
use crate::pointer::Location;
use crate::suggest::nearest;

pub(super) fn schema(
    schema: &Map<String, Value>,
    at: &Location<'_>,
    diagnostics: &mut Diagnostics,
) {
    let kind = schema.get("type").and_then(Value::as_str);
    if kind == Some("array") && !schema.contains_key("items") {
        let text = "an array without `items`; its items are generated as free-form `Json`";
        let diagnostic = Diagnostic::warning("array-without-items", &at.pointer(), text);
        diagnostics.push(
            diagnostic
                .at_key()
                .help("describe its items, or add `items: {}`"),
        );
    }
    if let Some(kind) = kind {
        values(schema, kind, at, diagnostics);
    }
    repeated(schema, at, diagnostics);
    bounds(schema, at, diagnostics);
    let flag = |key| schema.get(key) == Some(&Value::Bool(true));
    if flag("readOnly") && flag("writeOnly") {
        let diagnostic = Diagnostic::warning(
            "read-only-and-write-only",
            &at.key("writeOnly").pointer(),
            "a property that is both read-only and write-only never occurs",
        );
        diagnostics.push(diagnostic.at_key().help("remove one of the two"));
    }
}

/// Reports values of another type than the schema's.
fn values(
    schema: &Map<String, Value>,
    kind: &str,
    at: &Location<'_>,
    diagnostics: &mut Diagnostics,
) {
    let nullable = schema.get("nullable") == Some(&Value::Bool(true));
    let fits = |value: &Value| has_type(value, kind) || value.is_null() && nullable;
    let listed = schema.get("enum").and_then(Value::as_array);
    let listed_at = at.key("enum");
    for (i, value) in listed
        .into_iter()
        .flatten()
        .enumerate()
        .filter(|(_, value)| !fits(value))
    {
        diagnostics.push(value_of_other_type(
            "a value of `enum`",
            value,
            kind,
            &listed_at.index(i),
        ));
    }
    let Some(default) = schema.get("default") else {
        return;
    };
    let default_at = at.key("default");
    if !fits(default) && !default.is_null() {
        diagnostics.push(value_of_other_type("`default`", default, kind, &default_at));
    } else if listed.is_some_and(|listed| !listed.contains(default)) && !default.is_null() {
        let text = format!("`default` is {}, which is not in `enum`", describe(default));
        let diagnostic = Diagnostic::warning("default-not-in-enum", &default_at.pointer(), text);
        diagnostics.push(diagnostic.help("add it to `enum`, or choose one of its values"));
    }
}

fn value_of_other_type(what: &str, value: &Value, kind: &str, at: &Location<'_>) -> Diagnostic {
    let text = format!(
        "{what} is {}, but the schema's type is `{kind}`",
        describe(value)
    );
    let diagnostic = Diagnostic::warning("value-of-other-type", &at.pointer(), text);
    match value {
        Value::Null => diagnostic.help("add `nullable: true` to allow null"),
        Value::Bool(_) | Value::Number(_) if kind == "string" => {
            diagnostic.help("put it in quotes")
        }
        _ => diagnostic.help("correct the value, or the schema's `type`"),
    }
}

fn has_type(value: &Value, kind: &str) -> bool {
    match kind {
        "string" => value.is_string(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => true,
    }
}

fn repeated(schema: &Map<String, Value>, at: &Location<'_>, diagnostics: &mut Diagnostics) {
    for keyword in ["enum", "required"] {
        let mut seen = HashSet::new();
        let list_at = at.key(keyword);
        let list = schema.get(keyword).and_then(Value::as_array);
        for (i, value) in list.into_iter().flatten().enumerate() {
            if !seen.insert(value.to_string()) {
                let text = format!("`{keyword}` contains {} twice", describe(value));
                diagnostics.push(
                    Diagnostic::warning("duplicate-value", &list_at.index(i).pointer(), text)
                        .help("remove one of them"),
                );
            }
        }
    }
}

/// Reports limits that no value can satisfy.
fn bounds(schema: &Map<String, Value>, at: &Location<'_>, diagnostics: &mut Diagnostics) {
    let pairs = [
        ("minimum", "maximum"),
        ("minLength", "maxLength"),
        ("minItems", "maxItems"),
        ("minProperties", "maxProperties"),
    ];
    for (minimum, maximum) in pairs {
        let number = |key| schema.get(key).and_then(Value::as_f64);
        let (Some(low), Some(high)) = (number(minimum), number(maximum)) else {
            continue;
        };
        if low > high {
            let text = format!("`{minimum}` is {low}, which is greater than `{maximum}`, {high}");
            let diagnostic =
                Diagnostic::warning("contradictory-limits", &at.key(minimum).pointer(), text);
            diagnostics.push(diagnostic.help("correct one of them"));
        }
    }
}

impl Checker<'_> {
    /// Reports required properties that a schema does not describe. A composed schema may name the properties of another
    /// part; the composed schemas are known when all references are resolved.
    pub(super) fn required_properties(&mut self, schema: &Map<String, Value>, at: &Location<'_>) {
        let Some(properties) = schema.get("properties").and_then(Value::as_object) else {
            return;
        };
        let has_composition = ["allOf", "anyOf", "oneOf"]
            .iter()
            .any(|keyword| schema.contains_key(*keyword));
        let allows_additional = schema
            .get("additionalProperties")
            .is_some_and(|value| *value != Value::Bool(false));
        if has_composition || allows_additional || is_composed(at) {
            return;
        }
        let required_at = at.key("required");
        let names = schema
            .get("required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .enumerate();
        for (i, name) in names.filter_map(|(i, name)| Some((i, name.as_str()?))) {
            if properties.contains_key(name) {
                continue;
            }
            let text = format!("the required property `{name}` is not described; it is ignored");
            let help = match nearest(name, properties.keys().map(String::as_str)) {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => "describe it under `properties`, or remove it from `required`".to_owned(),
            };
            let diagnostic = Diagnostic::warning(
                "unknown-required-property",
                &required_at.index(i).pointer(),
                text,
            )
            .help(help);
            self.absent_properties.push((at.pointer(), diagnostic));
        }
    }
}

/// True if a location is an item of `allOf`, `anyOf` or `oneOf`.
pub(super) fn is_composed(at: &Location<'_>) -> bool {
    matches!(
        at,
        Location::Index(Location::Key(_, "allOf" | "anyOf" | "oneOf"), _)
    )
}
