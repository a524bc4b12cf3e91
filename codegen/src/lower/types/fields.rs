//! Lowers the properties of an object to fields.

use serde_json::Value;

use crate::ir::{Field, Type};
use crate::lower::schema::DiscriminatorMapping;
use crate::lower::schema::{JsonKind, Property, ResolvedSchema};
use crate::lower::types::TypeLowering;
use crate::names::{self, Scope};

impl<'a> TypeLowering<'a> {
    /// Returns the fields of an object.
    pub(crate) fn fields(&mut self, schema: &ResolvedSchema<'a>, parent: &str) -> Vec<Field> {
        let mut scope = Scope::default();
        let mut fields = Vec::with_capacity(schema.properties.len());
        for (wire, property) in &schema.properties {
            let inner = self.resolver.resolve_property(property);
            let ty = self.type_of(&inner, &format!("{parent} {wire}"));
            let configured = self.names.arguments.take(&[&property.at]);
            let name = configured.unwrap_or_else(|| names::snake(wire, names::RESERVED_FIELDS));
            fields.push(Field {
                name: self.claim_field(name, &property.at, &mut scope),
                wire_name: (*wire).to_owned(),
                docs: self.docs_of(&inner),
                required: property.required,
                access: inner.access,
                deprecated: inner.deprecated,
                checks: self.checks(&inner),
                example: inner.example.cloned(),
                const_value: self.const_value(schema, wire, property, &inner),
                unit: self.unit(&property.at, &inner, &ty),
                ty,
                is_additional_properties: false,
            });
        }
        let names: Vec<(String, String)> = fields
            .iter()
            .map(|field| (field.wire_name.clone(), field.name.clone()))
            .collect();
        for field in &mut fields {
            self.name_siblings(&mut field.checks, &names, &schema.at);
        }
        fields.extend(self.additional_properties_field(schema, parent, &mut scope));
        fields
    }

    /// Returns the constant of a property: its only enum value, or the only discriminator value that selects the schema.
    fn const_value(
        &self,
        schema: &ResolvedSchema<'a>,
        wire: &str,
        property: &Property<'a>,
        inner: &ResolvedSchema<'a>,
    ) -> Option<String> {
        if !property.required || inner.nullable || !inner.variants.is_empty() {
            return None;
        }
        let values = match inner.enum_values.as_slice() {
            [Value::String(only)] => return Some(only.clone()),
            values => values,
        };
        let tags = DiscriminatorMapping::of(schema).filter(|tags| tags.name() == wire)?;
        let is_text = inner.kind == Some(JsonKind::String) && inner.format.is_none();
        let mapped_location = tags.values(&self.resolver, schema);
        match mapped_location.as_slice() {
            [only] if is_text && (values.is_empty() || values.contains(&only.as_str().into())) => {
                Some(only.clone())
            }
            _ => None,
        }
    }

    /// Returns the description of a property, and the allowed values that its type does not express.
    fn docs_of(&self, schema: &ResolvedSchema<'a>) -> String {
        let text = schema.description.unwrap_or_default();
        let values = self.resolver.describe_values(schema);
        if values.is_empty() {
            return text.to_owned();
        }
        let values = match values.as_slice() {
            [only] => format!("Always {only}."),
            _ => format!("One of {}.", values.join(", ")),
        };
        format!("{text}\n\n{values}").trim_start().to_owned()
    }

    /// Returns the field of additional properties.
    fn additional_properties_field(
        &mut self,
        schema: &ResolvedSchema<'a>,
        parent: &str,
        scope: &mut Scope,
    ) -> Option<Field> {
        let (at, ty, docs) = match (&schema.additional_properties, &schema.allows_additional) {
            (Some((at, schema)), _) => {
                let ty = self.nested_type(*schema, at, &format!("{parent} additional property"));
                let docs = self.resolver.resolve(*schema, at).description;
                (at, ty, docs.unwrap_or_default())
            }
            (None, Some(at)) => (at, Type::Json, ""),
            (None, None) => return None,
        };
        Some(Field {
            name: self.claim_field("additional_properties".to_owned(), at, scope),
            wire_name: String::new(),
            docs: docs.to_owned(),
            ty: Type::Map(Box::new(ty)),
            unit: None,
            required: true,
            deprecated: false,
            checks: Vec::new(),
            example: None,
            access: None,
            const_value: None,
            is_additional_properties: true,
        })
    }
}
