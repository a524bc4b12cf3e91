//! References to schemas in the data structures of openapiv3.

use openapiv3::{ReferenceOr, Schema, SchemaKind};
use serde_json::Value;

use crate::document::Document;
use crate::pointer::Pointer;

/// An inline schema or a reference to a schema.
#[derive(Clone, Copy)]
pub(in crate::lower) enum SchemaRef<'a> {
    Plain(&'a ReferenceOr<Schema>),
    Boxed(&'a ReferenceOr<Box<Schema>>),
    /// A base schema as a variant of itself.
    Base(&'a Schema),
}

impl<'a> SchemaRef<'a> {
    /// Follows references. Returns the schema and its location.
    pub(in crate::lower) fn find(
        self,
        document: &'a Document,
        at: &Pointer,
    ) -> Option<(Pointer, &'a Schema)> {
        match self {
            SchemaRef::Plain(schema) => document.schema(schema, at),
            SchemaRef::Boxed(schema) => document.boxed_schema(schema, at),
            SchemaRef::Base(schema) => Some((at.clone(), schema)),
        }
    }
}

impl<'a> From<&'a ReferenceOr<Schema>> for SchemaRef<'a> {
    fn from(schema: &'a ReferenceOr<Schema>) -> Self {
        Self::Plain(schema)
    }
}

impl<'a> From<&'a ReferenceOr<Box<Schema>>> for SchemaRef<'a> {
    fn from(schema: &'a ReferenceOr<Box<Schema>>) -> Self {
        Self::Boxed(schema)
    }
}

impl SchemaRef<'_> {
    /// True if the schema is inline and allows only `null`.
    pub(in crate::lower) fn is_null(self) -> bool {
        let schema: &Schema = match self {
            Self::Plain(ReferenceOr::Item(schema)) => schema,
            Self::Boxed(ReferenceOr::Item(schema)) => schema,
            _ => return false,
        };
        match &schema.schema_kind {
            SchemaKind::Any(any) => {
                any.typ.is_none()
                    && !any.enumeration.is_empty()
                    && any.enumeration.iter().all(Value::is_null)
            }
            _ => false,
        }
    }

    /// True if the schema is inline and has no keywords but `required` or `not`, which only narrow another schema.
    pub(in crate::lower) fn is_narrowing(self) -> bool {
        let schema: &Schema = match self {
            Self::Plain(ReferenceOr::Item(schema)) => schema,
            Self::Boxed(ReferenceOr::Item(schema)) => schema,
            _ => return false,
        };
        match &schema.schema_kind {
            SchemaKind::Not { .. } => true,
            SchemaKind::Any(any) => {
                any.typ.is_none()
                    && any.properties.is_empty()
                    && any.additional_properties.is_none()
                    && any.items.is_none()
                    && any.enumeration.is_empty()
                    && any.all_of.is_empty()
                    && any.one_of.is_empty()
                    && any.any_of.is_empty()
                    && !schema.schema_data.nullable
            }
            _ => false,
        }
    }
}
