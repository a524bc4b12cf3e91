//! Schemas: keywords that contradict each other.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::Checks;
use super::hints::found;
use super::shapes::taken_for;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::metaschema::openapi::SCHEMA;
use crate::pointer::Location;
use crate::suggest::nearest;

pub(super) fn schema(
    schema: &Map<String, Value>,
    at: &Location<'_>,
    diagnostics: &mut Diagnostics,
) {
    let kind = schema.get("type").and_then(Value::as_str);
    if kind == Some("array") && !schema.contains_key("items") {
        let text = "an array without `items`; they are emitted as free-form `Json`";
        let diagnostic = Diagnostic::warning("array-without-items", &at.pointer(), text);
        diagnostics.push(
            diagnostic
                .at_key()
                .help("describe its items, if only with `items: {}`"),
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
            "what is both read-only and write-only is never there",
        );
        diagnostics.push(diagnostic.at_key().help("keep one of the two"));
    }
}

/// Values that are to be of the schema's type.
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
        diagnostics.push(unfit("a value of `enum`", value, kind, &listed_at.index(i)));
    }
    let Some(default) = schema.get("default") else {
        return;
    };
    let default_at = at.key("default");
    if !fits(default) && !default.is_null() {
        diagnostics.push(unfit("`default`", default, kind, &default_at));
    } else if listed.is_some_and(|listed| !listed.contains(default)) && !default.is_null() {
        let text = format!(
            "`default` is {}, which `enum` does not list",
            found(default)
        );
        let diagnostic = Diagnostic::warning("default-not-in-enum", &default_at.pointer(), text);
        diagnostics.push(diagnostic.help("list it, or name one that is listed"));
    }
}

fn unfit(what: &str, value: &Value, kind: &str, at: &Location<'_>) -> Diagnostic {
    let text = format!(
        "{what} is {}, but the schema's type is `{kind}`",
        found(value)
    );
    let diagnostic = Diagnostic::warning("value-of-other-type", &at.pointer(), text);
    match value {
        Value::Null => diagnostic.help("write `nullable: true` to allow null"),
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
                let text = format!("`{keyword}` lists {} twice", found(value));
                diagnostics.push(
                    Diagnostic::warning("duplicate-value", &list_at.index(i).pointer(), text)
                        .help("remove one of them"),
                );
            }
        }
    }
}

/// Limits that nothing can keep.
fn bounds(schema: &Map<String, Value>, at: &Location<'_>, diagnostics: &mut Diagnostics) {
    let pairs = [
        ("minimum", "maximum"),
        ("minLength", "maxLength"),
        ("minItems", "maxItems"),
        ("minProperties", "maxProperties"),
    ];
    for (least, most) in pairs {
        let number = |key| schema.get(key).and_then(Value::as_f64);
        let (Some(low), Some(high)) = (number(least), number(most)) else {
            continue;
        };
        if low > high {
            let text = format!("`{least}` is {low}, which is more than `{most}`, {high}");
            let diagnostic =
                Diagnostic::warning("contradictory-limits", &at.key(least).pointer(), text);
            diagnostics.push(diagnostic.help("no value fits both: correct one of them"));
        }
    }
}

impl Checks<'_> {
    /// `required` names properties. A part of a composition may name those of another part; whether a schema is one is
    /// known when all references are.
    pub(super) fn required(&mut self, schema: &Map<String, Value>, at: &Location<'_>) {
        let Some(properties) = schema.get("properties").and_then(Value::as_object) else {
            return;
        };
        let composed = ["allOf", "anyOf", "oneOf"]
            .iter()
            .any(|keyword| schema.contains_key(*keyword));
        let open = schema
            .get("additionalProperties")
            .is_some_and(|others| *others != Value::Bool(false));
        if composed || open || is_part(at) {
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
            let text = format!("there is no property `{name}` to be required; it is ignored");
            let help = match nearest(name, properties.keys().map(String::as_str)) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "describe it under `properties`, or remove it here".to_owned(),
            };
            let diagnostic = Diagnostic::warning(
                "unknown-required-property",
                &required_at.index(i).pointer(),
                text,
            )
            .help(help);
            self.absent.push((at.pointer(), diagnostic));
        }
    }

    /// What a discriminator maps to are schemas, by pointer or by name.
    pub(super) fn discriminator(
        &mut self,
        object: &Map<String, Value>,
        at: &Location<'_>,
        diagnostics: &mut Diagnostics,
    ) {
        let mapping = object.get("mapping").and_then(Value::as_object);
        for (value, target) in mapping
            .into_iter()
            .flatten()
            .filter_map(|(value, target)| Some((value, target.as_str()?)))
        {
            let text = if target.starts_with('#') {
                target.to_owned()
            } else {
                format!("#/components/schemas/{target}")
            };
            if let (Err(fault), _) = self.references.resolve(&text, &SCHEMA) {
                let place = at.key("mapping");
                let place = place.key(value);
                let fault = self.around(fault, &text, &place);
                let diagnostic = if let Some(meant) = fault.meant {
                    let diagnostic =
                        Diagnostic::error("unresolved-reference", &place.pointer(), fault.text);
                    taken_for(diagnostic, &place, meant.to_string().into())
                } else {
                    let text = format!("{}; this entry is ignored", fault.text);
                    Diagnostic::warning("unresolved-reference", &place.pointer(), text)
                };
                diagnostics.push(match fault.help {
                    Some(help) => diagnostic.help(help),
                    None => diagnostic,
                });
            }
        }
    }
}

/// Whether a place is a part of a composition.
pub(super) fn is_part(at: &Location<'_>) -> bool {
    matches!(
        at,
        Location::Index(Location::Key(_, "allOf" | "anyOf" | "oneOf"), _)
    )
}
