//! Conversion of type lists.

use serde_json::{Value, json};

use super::keywords::{Schema, TYPE_KEYWORDS, remove};
use super::pass::Downgrade;
use crate::diagnostic::Diagnostic;
use crate::pointer::Location;

/// Keywords that apply to values of one type only.
const KEYWORDS_BY_TYPE: &[(&str, &[&str])] = &[
    ("array", &["items", "maxItems", "minItems", "uniqueItems"]),
    (
        "object",
        &[
            "additionalProperties",
            "maxProperties",
            "minProperties",
            "properties",
            "required",
        ],
    ),
    ("string", &["format", "maxLength", "minLength", "pattern"]),
];

impl Downgrade<'_> {
    /// Converts a list of types: `null` becomes `nullable`, and several other types become an `anyOf`.
    pub(super) fn types(&mut self, schema: &mut Schema, at: &Location<'_>) {
        let types = match schema.get("type") {
            Some(Value::String(only)) if only == "null" => vec![json!("null")],
            Some(Value::Array(types)) => types.clone(),
            _ => return,
        };
        let (null, mut types): (Vec<_>, Vec<_>) =
            types.into_iter().partition(|kind| *kind == "null");
        if types.iter().any(|kind| *kind == "number") {
            types.retain(|kind| *kind != "integer");
        }
        if !null.is_empty() {
            schema.insert("nullable".to_owned(), true.into());
        }
        match types.as_slice() {
            [only] => drop(schema.insert("type".to_owned(), only.clone())),
            [] => {
                schema.shift_remove("type");
                schema.entry("enum").or_insert_with(|| json!([null]));
            }
            several => self.several_types(schema, several, at),
        }
    }

    fn several_types(&mut self, schema: &mut Schema, types: &[Value], at: &Location<'_>) {
        schema.shift_remove("type");
        if schema.contains_key("enum") {
            return; // The values determine the types.
        }
        let mut has_union = false;
        for list in ["anyOf", "oneOf"] {
            // The types apply to each variant without a type of its own.
            let variants = schema.get_mut(list).and_then(Value::as_array_mut);
            for variant in variants.into_iter().flatten() {
                has_union = true;
                if let Value::Object(variant) = variant
                    && !TYPE_KEYWORDS
                        .iter()
                        .any(|keyword| variant.contains_key(*keyword))
                {
                    variant.insert("type".to_owned(), types.into());
                }
            }
        }
        if has_union {
            return;
        }
        if schema.contains_key("allOf") {
            let text = "several types next to `allOf` are ignored; the schemas in `allOf` determine the type";
            let help = "move the types to the schemas in `allOf`";
            let target = at.key("type").pointer();
            self.diagnostics.push(
                Diagnostic::warning("types-beside-all-of", &target, text)
                    .at_key()
                    .help(help),
            );
            return;
        }
        let variants = types.iter().map(|name| variant(schema, name)).collect();
        schema.insert("anyOf".to_owned(), Value::Array(variants));
        for (_, keywords) in KEYWORDS_BY_TYPE {
            remove(schema, keywords);
        }
    }
}

/// Returns the part of a schema that applies to one type.
fn variant(schema: &Schema, name: &Value) -> Value {
    let keywords = KEYWORDS_BY_TYPE.iter().find(|(other, _)| *name == *other);
    let keywords = keywords.map_or(&[][..], |(_, keywords)| *keywords);
    let mut variant = Schema::from_iter([("type".to_owned(), name.clone())]);
    for keyword in keywords {
        if let Some(value) = schema.get(*keyword) {
            variant.insert((*keyword).to_owned(), value.clone());
        }
    }
    variant.into()
}
