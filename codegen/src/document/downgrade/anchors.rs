//! Replacement of `$ref`s to an `$anchor` by pointers.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::metaschema::ValueKind;
use crate::pointer::{Location, Pointer};

/// Locations of schemas by their `$anchor`.
#[derive(Default)]
pub(super) struct Anchors(HashMap<String, Pointer>);

impl Anchors {
    /// Adds the anchor of a schema. The first of duplicate anchors is used.
    pub(super) fn add(&mut self, schema: &Map<String, Value>, at: &Location<'_>) {
        if let Some(Value::String(name)) = schema.get("$anchor") {
            self.0.entry(name.clone()).or_insert_with(|| at.pointer());
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Replaces each `$ref` to an anchor.
    pub(super) fn replace_references(&self, value: &mut Value, kind: ValueKind) {
        match (kind, value) {
            (ValueKind::List(inner), Value::Array(items)) => {
                for item in items {
                    self.replace_references(item, *inner);
                }
            }
            (ValueKind::Map(inner), Value::Object(entries)) => {
                for (_, value) in entries {
                    self.replace_references(value, *inner);
                }
            }
            (
                ValueKind::Object(spec)
                | ValueKind::Reference(spec)
                | ValueKind::BoolOrReference(spec),
                Value::Object(object),
            ) => {
                if let Some(Value::String(text)) = object.get_mut("$ref")
                    && let Some(at) = text.strip_prefix('#').and_then(|name| self.0.get(name))
                {
                    *text = at.to_string();
                }
                for (key, value) in object {
                    if let Some(kind) = spec.value_kind(key) {
                        self.replace_references(value, kind);
                    }
                }
            }
            _ => {}
        }
    }
}
