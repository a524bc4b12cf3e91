//! Conversion of JSON Schema 2020-12 to the schemas of OpenAPI 3.0.

use serde_json::{Map, Value, json};

use super::keywords::{Schema, content, exclusive_bound, remove};
use super::pass::Downgrade;
use crate::diagnostic::Diagnostic;
use crate::pointer::Location;
use crate::validate::VALIDATION;

/// Keywords without an effect on values.
const META_KEYWORDS: &[&str] = &["$anchor", "$comment", "$dynamicAnchor", "$id", "$schema"];

/// Keywords that restrict values without an effect on their type.
const VALIDATION_KEYWORDS: &[&str] = &[
    "contains",
    "contentSchema",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "if",
    "maxContains",
    "minContains",
    "propertyNames",
    "then",
    "unevaluatedItems",
];

/// References whose target depends on the schemas that refer to this one.
const DYNAMIC_REFERENCES: &[&str] = &["$dynamicRef", "$recursiveRef"];

impl Downgrade<'_> {
    pub(super) fn schema(&mut self, schema: &mut Schema, at: &Location<'_>) {
        if let Some(value) = schema.shift_remove("const") {
            schema.entry("enum").or_insert_with(|| json!([value]));
        }
        self.types(schema, at);
        exclusive_bound(schema, "minimum", "exclusiveMinimum", f64::max);
        exclusive_bound(schema, "maximum", "exclusiveMaximum", f64::min);
        if let Some(Value::Array(examples)) = schema.shift_remove("examples")
            && let Some(example) = examples.into_iter().next()
        {
            schema.entry("example").or_insert(example);
        }
        content(schema);
        self.tuple(schema, at);
        self.additional_properties(schema, at);
        self.anchors.add(schema, at);
        remove(schema, META_KEYWORDS);
        if VALIDATION_KEYWORDS
            .iter()
            .any(|keyword| schema.contains_key(*keyword))
        {
            self.unsupported.add(VALIDATION, at);
            remove(schema, VALIDATION_KEYWORDS);
        }
        for keyword in DYNAMIC_REFERENCES
            .iter()
            .filter(|keyword| schema.contains_key(**keyword))
        {
            let text = format!("`{keyword}` is not supported; it is generated as free-form `Json`");
            let target = at.key(keyword).pointer();
            let diagnostic = Diagnostic::warning("dynamic-reference", &target, text).at_key();
            let help = "write a `$ref` to the schema";
            self.diagnostics.push(diagnostic.help(help));
        }
        remove(schema, DYNAMIC_REFERENCES);
    }

    /// Converts `prefixItems` to `items`. Different schemas become free-form items. `prefixItems` is kept, because it may
    /// contain targets of `$ref`s.
    fn tuple(&mut self, schema: &mut Schema, at: &Location<'_>) {
        let Some(Value::Array(items)) = schema.get("prefixItems").cloned() else {
            return;
        };
        let rest = schema.shift_remove("items").filter(Value::is_object);
        let mut schemas = items.iter().chain(&rest);
        let first = schemas.next();
        let tuple_at = at.key("prefixItems").pointer();
        let item = match first {
            Some(first) if schemas.all(|schema| schema == first) => {
                if items.is_empty() {
                    first.clone()
                } else {
                    json!({"$ref": tuple_at.index(0).reference()})
                }
            }
            _ => {
                let text = "items with different schemas are not supported; they are generated as free-form `Json`";
                let help = "describe an object instead, if the service allows it";
                self.diagnostics.push(
                    Diagnostic::warning("tuple-items", &tuple_at, text)
                        .at_key()
                        .help(help),
                );
                json!({})
            }
        };
        schema.insert("items".to_owned(), item);
    }

    /// Converts `patternProperties` and `unevaluatedProperties` to `additionalProperties`.
    fn additional_properties(&mut self, schema: &mut Schema, at: &Location<'_>) {
        let unevaluated = schema.shift_remove("unevaluatedProperties");
        let patterns = match schema.shift_remove("patternProperties") {
            Some(Value::Object(patterns)) => patterns,
            _ => Map::new(),
        };
        let mut schemas = patterns.into_iter().map(|(_, schema)| schema);
        let additional = match (schemas.next(), schemas.next()) {
            (None, _) => unevaluated,
            (only, None) => only,
            _ => {
                let text = "several `patternProperties` are not supported; their values are generated as free-form `Json`";
                let target = at.key("patternProperties").pointer();
                self.diagnostics
                    .push(Diagnostic::warning("pattern-properties", &target, text).at_key());
                Some(Value::Bool(true))
            }
        };
        let is_closed = schema
            .get("additionalProperties")
            .is_none_or(|other| *other == false);
        if let Some(additional) = additional.filter(|_| is_closed) {
            schema.insert("additionalProperties".to_owned(), additional);
        }
    }
}
