//! The walk over the tree.

use serde_json::{Map, Value, json};

use super::anchors::Anchors;
use super::keywords::{remove, wrap_reference};
use crate::diagnostic::Diagnostics;
use crate::metaschema::openapi::{DOCUMENT, SCHEMA, SECURITY_SCHEME};
use crate::metaschema::{ObjectSpec, ValueKind};
use crate::pointer::Location;
use crate::validate::Unsupported;

/// Security scheme type of OpenAPI 3.1. It is converted to an HTTP scheme of this name.
pub(crate) const MUTUAL_TLS: &str = "mutualTLS";

/// Converts a document of OpenAPI 3.1 to 3.0.
pub(in crate::document) fn downgrade(root: &mut Value, diagnostics: &mut Diagnostics) {
    if let Value::Object(document) = root {
        convert_document(document);
    }
    let mut downgrade = Downgrade {
        unsupported: Unsupported::default(),
        anchors: Anchors::default(),
        diagnostics,
    };
    downgrade.value(root, ValueKind::Object(&DOCUMENT), &Location::Root);
    if !downgrade.anchors.is_empty() {
        let kind = ValueKind::Object(&DOCUMENT);
        downgrade.anchors.replace_references(root, kind);
    }
    let unsupported = downgrade.unsupported.diagnostics();
    downgrade.diagnostics.extend(unsupported);
}

fn convert_document(document: &mut Map<String, Value>) {
    // The release of 3.0 with the same corrections.
    let is_first = document
        .get("openapi")
        .is_none_or(|version| version == "3.1.0");
    let version = if is_first { "3.0.3" } else { "3.0.4" };
    document.insert("openapi".to_owned(), version.into());
    // The dialect is assumed to be the default.
    remove(document, &["jsonSchemaDialect"]);
    document.entry("paths").or_insert_with(|| json!({}));
    if let Some(Value::Object(info)) = document.get_mut("info") {
        remove(info, &["summary"]);
        if let Some(Value::Object(license)) = info.get_mut("license") {
            remove(license, &["identifier"]);
        }
    }
}

pub(super) struct Downgrade<'d> {
    pub(super) unsupported: Unsupported,
    pub(super) anchors: Anchors,
    pub(super) diagnostics: &'d mut Diagnostics,
}

impl Downgrade<'_> {
    fn value(&mut self, value: &mut Value, kind: ValueKind, at: &Location<'_>) {
        match (kind, value) {
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
            (ValueKind::Object(spec), Value::Object(object)) => self.object(spec, object, at),
            (
                ValueKind::Reference(spec) | ValueKind::BoolOrReference(spec),
                Value::Object(object),
            ) => {
                if !object.contains_key("$ref") {
                    self.object(spec, object, at);
                } else if *spec == SCHEMA {
                    wrap_reference(object);
                    self.object(spec, object, at);
                } else {
                    remove(object, &["summary", "description"]);
                }
            }
            (ValueKind::Reference(spec), value @ Value::Bool(_)) if *spec == SCHEMA => {
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
        spec: &'static ObjectSpec,
        object: &mut Map<String, Value>,
        at: &Location<'_>,
    ) {
        if *spec == SCHEMA {
            self.schema(object, at);
        }
        if *spec == SECURITY_SCHEME && object.get("type").is_some_and(|kind| kind == MUTUAL_TLS) {
            object.insert("type".to_owned(), "http".into());
            object.insert("scheme".to_owned(), MUTUAL_TLS.into());
        }
        for (key, value) in object {
            if let Some(kind) = spec.value_kind(key) {
                self.value(value, kind, &at.key(key));
            }
        }
    }
}
