//! The ways that objects stand in others.

use indexmap::IndexMap;
use openapiv3::ReferenceOr;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{Deserializer, Object};
use crate::diagnostic::Diagnostic;
use crate::pointer::Location;

impl Deserializer<'_> {
    /// Reads what is left of an object when the objects inside are taken out of it.
    pub(in crate::document) fn shell<T: DeserializeOwned>(
        &mut self,
        mut object: Object,
        at: &Location<'_>,
    ) -> Option<T> {
        remove_nulls(&mut object);
        match serde_json::from_value(Value::Object(object)) {
            Ok(shell) => Some(shell),
            Err(error) => {
                self.fail(&error, at);
                None
            }
        }
    }

    pub(in crate::document) fn object<T>(
        &mut self,
        value: Value,
        at: &Location<'_>,
        read: impl Fn(&mut Self, Object, &Location<'_>) -> Option<T>,
    ) -> Option<T> {
        if let Value::Object(object) = value {
            return read(self, object, at);
        }
        self.fail(&"an object must stand here", at);
        None
    }

    pub(in crate::document) fn or_reference<T>(
        &mut self,
        value: Value,
        at: &Location<'_>,
        read: impl Fn(&mut Self, Object, &Location<'_>) -> Option<T>,
    ) -> Option<ReferenceOr<T>> {
        if let Some(Value::String(reference)) = value.get("$ref") {
            return Some(ReferenceOr::Reference {
                reference: reference.clone(),
            });
        }
        self.object(value, at, read).map(ReferenceOr::Item)
    }

    pub(in crate::document) fn references<T>(
        &mut self,
        value: Option<Value>,
        at: &Location<'_>,
        read: impl Fn(&mut Self, Object, &Location<'_>) -> Option<T>,
    ) -> IndexMap<String, ReferenceOr<T>> {
        self.map(value, at, |typed, value, at| {
            typed.or_reference(value, at, &read)
        })
    }

    pub(in crate::document) fn map<T>(
        &mut self,
        value: Option<Value>,
        at: &Location<'_>,
        read: impl Fn(&mut Self, Value, &Location<'_>) -> Option<T>,
    ) -> IndexMap<String, T> {
        let entries = self
            .entries(value, at)
            .into_iter()
            .filter(|(_, value)| !value.is_null());
        entries
            .filter_map(|(key, value)| read(self, value, &at.key(&key)).map(|value| (key, value)))
            .collect()
    }

    pub(in crate::document) fn list<T>(
        &mut self,
        value: Option<Value>,
        at: &Location<'_>,
        read: impl Fn(&mut Self, Value, &Location<'_>) -> Option<T>,
    ) -> Vec<T> {
        match value {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::Array(items)) => {
                let items = items.into_iter().enumerate();
                items
                    .filter(|(_, item)| !item.is_null())
                    .filter_map(|(i, item)| read(self, item, &at.index(i)))
                    .collect()
            }
            Some(_) => {
                self.fail(&"a list must stand here", at);
                Vec::new()
            }
        }
    }

    pub(in crate::document) fn entries(
        &mut self,
        value: Option<Value>,
        at: &Location<'_>,
    ) -> Object {
        match value {
            None | Some(Value::Null) => Map::new(),
            Some(Value::Object(entries)) => entries,
            Some(_) => {
                self.fail(&"an object must stand here", at);
                Map::new()
            }
        }
    }

    pub(in crate::document) fn fail(&mut self, error: &dyn std::fmt::Display, at: &Location<'_>) {
        self.complete = false;
        if !self.explained {
            self.diagnostics.push(Diagnostic::error(
                "invalid-value",
                &at.pointer(),
                error.to_string(),
            ));
        }
    }
}

/// Keywords whose values are data of any kind, which may hold null.
const DATA: &[&str] = &["default", "enum", "example", "examples", "value"];

/// Null counts as absent, however deep it stands in what has no place of its own.
fn remove_nulls(object: &mut Object) {
    let is_own = |key: &str| key.starts_with("x-");
    object.retain(|key, value| !value.is_null() || is_own(key));
    for (key, value) in object {
        match value {
            Value::Object(inner) if !is_own(key) && !DATA.contains(&key.as_str()) => {
                remove_nulls(inner);
            }
            _ => {}
        }
    }
}
