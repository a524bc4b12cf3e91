//! `$anchor` -> places: a `$ref` by such a name becomes one by the place of the schema that bears it.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::metaschema::ValueKind;
use crate::pointer::{Location, Pointer};

/// The schemas that bear a name.
#[derive(Default)]
pub(super) struct Anchors(HashMap<String, Pointer>);

impl Anchors {
    /// Of schemas of the same name, the first one counts.
    pub(super) fn note(&mut self, schema: &Map<String, Value>, at: &Location<'_>) {
        if let Some(Value::String(name)) = schema.get("$anchor") {
            self.0.entry(name.clone()).or_insert_with(|| at.pointer());
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Writes out each `$ref` by a name.
    pub(super) fn write_out(&self, value: &mut Value, shape: ValueKind) {
        match (shape, value) {
            (ValueKind::List(inner), Value::Array(items)) => {
                for item in items {
                    self.write_out(item, *inner);
                }
            }
            (ValueKind::Map(inner), Value::Object(entries)) => {
                for (_, value) in entries {
                    self.write_out(value, *inner);
                }
            }
            (
                ValueKind::Object(kind)
                | ValueKind::Reference(kind)
                | ValueKind::BoolOrReference(kind),
                Value::Object(object),
            ) => {
                if let Some(Value::String(text)) = object.get_mut("$ref")
                    && let Some(at) = text.strip_prefix('#').and_then(|name| self.0.get(name))
                {
                    *text = at.to_string();
                }
                for (key, value) in object {
                    if let Some(shape) = kind.value_kind(key) {
                        self.write_out(value, shape);
                    }
                }
            }
            _ => {}
        }
    }
}
