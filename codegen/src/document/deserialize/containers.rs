//! Deserialization of objects, references, maps and lists.

use indexmap::IndexMap;
use openapiv3::ReferenceOr;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::deserializer::{Deserializer, Object};
use crate::pointer::Location;

impl Deserializer<'_> {
    /// Deserializes an object whose inner objects are removed.
    pub(in crate::document) fn shallow<T: DeserializeOwned>(
        &mut self,
        mut object: Object,
        at: &Location<'_>,
    ) -> Option<T> {
        remove_nulls(&mut object);
        match serde_json::from_value(Value::Object(object)) {
            Ok(object) => Some(object),
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
        self.fail(&"must be an object", at);
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
        self.map(value, at, |this, value, at| {
            this.or_reference(value, at, &read)
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
                self.fail(&"must be a list", at);
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
                self.fail(&"must be an object", at);
                Map::new()
            }
        }
    }
}

/// Keywords whose values are arbitrary data, which may contain null.
const DATA_KEYWORDS: &[&str] = &["default", "enum", "example", "examples", "value"];

/// Removes null values, also in nested objects. Null counts as absent.
fn remove_nulls(object: &mut Object) {
    let is_extension = |key: &str| key.starts_with("x-");
    object.retain(|key, value| !value.is_null() || is_extension(key));
    for (key, value) in object {
        match value {
            Value::Object(inner)
                if !is_extension(key) && !DATA_KEYWORDS.contains(&key.as_str()) =>
            {
                remove_nulls(inner);
            }
            _ => {}
        }
    }
}
