//! Deserialization of schemas. Inner schemas are removed, deserialized separately and put back.

use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, ReferenceOr, Schema, SchemaKind, Type};
use serde_json::{Map, Value};

use super::deserializer::{Deserializer, Object};
use crate::pointer::Location;

impl Deserializer<'_> {
    pub(in crate::document) fn schema(
        &mut self,
        mut object: Object,
        at: &Location<'_>,
    ) -> Option<Schema> {
        let empty = || Value::Object(Map::new());
        let properties = replace(&mut object, "properties", empty());
        let items = replace(&mut object, "items", empty());
        let not = replace(&mut object, "not", empty());
        let all_of = replace(&mut object, "allOf", Value::Array(Vec::new()));
        let one_of = replace(&mut object, "oneOf", Value::Array(Vec::new()));
        let any_of = replace(&mut object, "anyOf", Value::Array(Vec::new()));
        let additional = replace(&mut object, "additionalProperties", Value::Bool(true));
        // The kind of a schema depends on which of these keywords are present, not on their values.
        let mut schema: Schema = self.shallow(object, at)?;
        match &mut schema.schema_kind {
            SchemaKind::Type(Type::Object(kind)) => {
                kind.properties = self.properties(properties, at);
                kind.additional_properties = self.additional_properties(additional, at);
            }
            SchemaKind::Type(Type::Array(kind)) => kind.items = self.boxed(items, &at.key("items")),
            SchemaKind::Type(_) => {}
            SchemaKind::AllOf { all_of: parts } => *parts = self.schemas(all_of, &at.key("allOf")),
            SchemaKind::OneOf { one_of: cases } => *cases = self.schemas(one_of, &at.key("oneOf")),
            SchemaKind::AnyOf { any_of: cases } => *cases = self.schemas(any_of, &at.key("anyOf")),
            SchemaKind::Not { not: inner } => {
                **inner = self.optional_schema(not, &at.key("not"))?;
            }
            SchemaKind::Any(any) => {
                any.properties = self.properties(properties, at);
                any.additional_properties = self.additional_properties(additional, at);
                any.items = self.boxed(items, &at.key("items"));
                any.all_of = self.schemas(all_of, &at.key("allOf"));
                any.one_of = self.schemas(one_of, &at.key("oneOf"));
                any.any_of = self.schemas(any_of, &at.key("anyOf"));
                any.not = self.optional_schema(not, &at.key("not")).map(Box::new);
            }
        }
        Some(schema)
    }

    fn properties(
        &mut self,
        value: Option<Value>,
        at: &Location<'_>,
    ) -> IndexMap<String, ReferenceOr<Box<Schema>>> {
        self.references(value, &at.key("properties"), |this, object, at| {
            this.schema(object, at).map(Box::new)
        })
    }

    fn additional_properties(
        &mut self,
        value: Option<Value>,
        at: &Location<'_>,
    ) -> Option<AdditionalProperties> {
        match value {
            Some(Value::Bool(any)) => Some(AdditionalProperties::Any(any)),
            schema => {
                let schema = self.optional_schema(schema, &at.key("additionalProperties"))?;
                Some(AdditionalProperties::Schema(Box::new(schema)))
            }
        }
    }

    fn optional_schema(
        &mut self,
        value: Option<Value>,
        at: &Location<'_>,
    ) -> Option<ReferenceOr<Schema>> {
        self.or_reference(value?, at, Self::schema)
    }

    fn boxed(
        &mut self,
        value: Option<Value>,
        at: &Location<'_>,
    ) -> Option<ReferenceOr<Box<Schema>>> {
        self.or_reference(value?, at, |this, object, at| {
            this.schema(object, at).map(Box::new)
        })
    }

    fn schemas(&mut self, value: Option<Value>, at: &Location<'_>) -> Vec<ReferenceOr<Schema>> {
        self.list(value, at, |this, item, at| {
            this.or_reference(item, at, Self::schema)
        })
    }
}

/// Replaces a value of an object and returns it. Null counts as absent.
fn replace(object: &mut Object, key: &str, with: Value) -> Option<Value> {
    let value = object.get_mut(key).filter(|value| !value.is_null())?;
    Some(std::mem::replace(value, with))
}
