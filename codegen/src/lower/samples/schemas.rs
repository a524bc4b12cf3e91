//! Walks through a schema and collects the examples in it.

use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, ReferenceOr, Schema, SchemaKind};

use super::{Sample, Walk};
use crate::ir::Type;
use crate::lower::schema::SchemaRef;
use crate::pointer::Pointer;

impl<'a> Walk<'_, 'a> {
    /// Returns the type of a schema, if it is part of the crate.
    pub(super) fn ty(&mut self, schema: SchemaRef<'a>, at: &Pointer) -> Option<Type> {
        let ty = self.types.ty(schema, at, "example");
        self.is_emitted(&ty).then_some(ty)
    }

    pub(super) fn is_emitted(&self, ty: &Type) -> bool {
        match ty {
            Type::List(inner) | Type::Map(inner) | Type::Option(inner) => self.is_emitted(inner),
            Type::Model(id) | Type::Boxed(id) => self.emitted.contains(id),
            Type::String
            | Type::Bool
            | Type::Json
            | Type::Bytes
            | Type::Int
            | Type::UInt
            | Type::Float => true,
        }
    }

    /// Collects the example of a schema that has a type, and the examples in it.
    pub(super) fn schema(&mut self, schema: SchemaRef<'a>, at: &Pointer) {
        let Some((target, found)) = schema.find(self.types.resolver.document, at) else {
            return;
        };
        if !self.seen.insert(target.clone()) {
            return;
        }
        let Some(ty) = self.ty(schema, at) else {
            return;
        };
        if let Some(value) = &found.schema_data.example {
            self.samples.push(Sample {
                at: target.key("example"),
                schema: target.clone(),
                ty,
                value: value.clone(),
            });
        }
        self.visit_children(&found.schema_kind, &target);
    }

    fn visit_children(&mut self, kind: &'a SchemaKind, at: &Pointer) {
        use openapiv3::Type::{Array, Object};
        let all_of = match kind {
            SchemaKind::Type(Object(object)) => {
                self.members(
                    &object.properties,
                    object.additional_properties.as_ref(),
                    at,
                );
                return;
            }
            SchemaKind::Type(Array(array)) => return self.items(array.items.as_ref(), at),
            SchemaKind::Type(_) | SchemaKind::Not { .. } => return,
            SchemaKind::OneOf { one_of } => return self.schemas(one_of, &at.key("oneOf")),
            SchemaKind::AnyOf { any_of } => return self.schemas(any_of, &at.key("anyOf")),
            SchemaKind::AllOf { all_of } => all_of,
            SchemaKind::Any(any) => {
                self.members(&any.properties, any.additional_properties.as_ref(), at);
                self.items(any.items.as_ref(), at);
                self.schemas(&any.one_of, &at.key("oneOf"));
                self.schemas(&any.any_of, &at.key("anyOf"));
                &any.all_of
            }
        };
        for (i, branch) in all_of.iter().enumerate() {
            let at = at.key("allOf").index(i);
            // An example of a branch is not an example of the whole schema, but its properties are.
            if let Some((at, branch)) = self.types.resolver.document.schema(branch, &at)
                && self.branches.insert(at.clone())
            {
                self.visit_children(&branch.schema_kind, &at);
            }
        }
    }

    fn members(
        &mut self,
        properties: &'a IndexMap<String, ReferenceOr<Box<Schema>>>,
        additional: Option<&'a AdditionalProperties>,
        at: &Pointer,
    ) {
        let place = at.key("properties");
        for (name, property) in properties {
            self.schema(property.into(), &place.key(name));
        }
        if let Some(AdditionalProperties::Schema(schema)) = additional {
            self.schema(schema.as_ref().into(), &at.key("additionalProperties"));
        }
    }

    fn items(&mut self, items: Option<&'a ReferenceOr<Box<Schema>>>, at: &Pointer) {
        if let Some(items) = items {
            self.schema(items.into(), &at.key("items"));
        }
    }

    fn schemas(&mut self, list: &'a [ReferenceOr<Schema>], at: &Pointer) {
        for (i, schema) in list.iter().enumerate() {
            self.schema(schema.into(), &at.index(i));
        }
    }
}
