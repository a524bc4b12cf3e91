//! OpenAPI 3.1 -> 3.0, in the tree itself, so that every later stage serves both. What 3.0 says in other words is put into
//! them where it stands, so that places stay true; what only validates values goes, as it shapes no type.

mod anchors;
mod schema;
#[cfg(test)]
mod tests;

use serde_json::{Map, Value, json};

use anchors::Anchors;

use crate::diagnostic::Diagnostics;
use crate::metaschema::openapi::{DOCUMENT, SCHEMA, SECURITY_SCHEME};
use crate::metaschema::{ObjectSpec, ValueKind};
use crate::pointer::Location;
use crate::validate::unsupported::Unsupported;

/// Security scheme type of OpenAPI 3.1. OpenAPI 3.0 has no such type, so it becomes an HTTP scheme of this name.
pub(crate) const MUTUAL_TLS: &str = "mutualTLS";

/// Brings a document down.
pub(super) fn downgrade(root: &mut Value, diagnostics: &mut Diagnostics) {
    if let Value::Object(document) = root {
        document.insert("openapi".to_owned(), "3.0.3".into());
        // The one that 3.1 has by default.
        remove(document, &["jsonSchemaDialect"]);
        document.entry("paths").or_insert_with(|| json!({}));
        if let Some(Value::Object(info)) = document.get_mut("info") {
            remove(info, &["summary"]);
            if let Some(Value::Object(license)) = info.get_mut("license") {
                remove(license, &["identifier"]);
            }
        }
    }
    let mut down = Downgrade {
        unsupported: Unsupported::default(),
        anchors: Anchors::default(),
        diagnostics,
    };
    down.value(root, ValueKind::Object(&DOCUMENT), &Location::Root);
    if !down.anchors.is_empty() {
        down.anchors.write_out(root, ValueKind::Object(&DOCUMENT));
    }
    down.diagnostics.extend(down.unsupported.diagnostics());
}

/// Takes keys out of an object, whose order stays.
fn remove(object: &mut Map<String, Value>, keys: &[&str]) {
    for key in keys {
        object.shift_remove(*key);
    }
}

struct Downgrade<'p> {
    unsupported: Unsupported,
    anchors: Anchors,
    diagnostics: &'p mut Diagnostics,
}

impl Downgrade<'_> {
    fn value(&mut self, value: &mut Value, shape: ValueKind, at: &Location<'_>) {
        match (shape, value) {
            (ValueKind::List(inner), Value::Array(items)) => {
                for (i, item) in items.iter_mut().enumerate() {
                    self.value(item, *inner, &at.index(i));
                }
            }
            (ValueKind::Map(inner), Value::Object(entries)) => {
                for (key, value) in entries {
                    self.value(value, *inner, &at.key(key));
                }
            }
            (ValueKind::Object(kind), Value::Object(object)) => self.object(kind, object, at),
            (
                ValueKind::Reference(kind) | ValueKind::BoolOrReference(kind),
                Value::Object(object),
            ) => {
                if !object.contains_key("$ref") {
                    self.object(kind, object, at);
                } else if *kind == SCHEMA {
                    schema::wrap_reference(object);
                    self.object(kind, object, at);
                } else {
                    remove(object, &["summary", "description"]);
                }
            }
            (ValueKind::Reference(kind), value @ Value::Bool(_)) if *kind == SCHEMA => {
                *value = match value {
                    Value::Bool(true) => json!({}),
                    _ => json!({"not": {}}),
                };
            }
            _ => {}
        }
    }

    fn object(
        &mut self,
        kind: &'static ObjectSpec,
        object: &mut Map<String, Value>,
        at: &Location<'_>,
    ) {
        if *kind == SCHEMA {
            self.schema(object, at);
        }
        if *kind == SECURITY_SCHEME && object.get("type").is_some_and(|kind| kind == MUTUAL_TLS) {
            object.insert("type".to_owned(), "http".into());
            object.insert("scheme".to_owned(), MUTUAL_TLS.into());
        }
        for (key, value) in object {
            if let Some(shape) = kind.value_kind(key) {
                self.value(value, shape, &at.key(key));
            }
        }
    }
}
