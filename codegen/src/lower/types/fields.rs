//! The properties of an object -> fields.

use serde_json::Value;

use crate::ir::{Field, Type};
use crate::lower::schema::{JsonKind, Property, ResolvedSchema};
use crate::lower::types::TypeLowering;
use crate::lower::union::Tags;
use crate::names::{self, Scope};

impl<'a> TypeLowering<'a> {
    /// The properties of an object.
    pub(crate) fn fields(&mut self, view: &ResolvedSchema<'a>, parent: &str) -> Vec<Field> {
        let mut scope = Scope::default();
        let mut fields = Vec::with_capacity(view.properties.len());
        for (wire, property) in &view.properties {
            let inner = self.resolver.resolve_property(property);
            let ty = self.type_of(&inner, &format!("{parent} {wire}"));
            let given = self.names.arguments.take(&[&property.at]);
            let name = given.unwrap_or_else(|| names::snake(wire, names::RESERVED_FIELDS));
            fields.push(Field {
                name: self.claim_field(name, &property.at, &mut scope),
                wire_name: (*wire).to_owned(),
                docs: self.words_of(&inner),
                required: property.required,
                access: inner.one_way,
                deprecated: inner.deprecated,
                checks: self.checks(&inner),
                example: inner.example.cloned(),
                const_value: self.always(view, wire, property, &inner),
                ty,
                is_additional_properties: false,
            });
        }
        let names: Vec<(String, String)> = fields
            .iter()
            .map(|field| (field.wire_name.clone(), field.name.clone()))
            .collect();
        for field in &mut fields {
            self.name_siblings(&mut field.checks, &names, &view.at);
        }
        fields.extend(self.rest(view, parent, &mut scope));
        fields
    }

    /// The text that a property always has: its only value, or what stands for the schema in a discriminator.
    fn always(
        &self,
        view: &ResolvedSchema<'a>,
        wire: &str,
        property: &Property<'a>,
        inner: &ResolvedSchema<'a>,
    ) -> Option<String> {
        if !property.required || inner.nullable || !inner.cases.is_empty() {
            return None;
        }
        let values = match inner.values.as_slice() {
            [Value::String(only)] => return Some(only.clone()),
            values => values,
        };
        let tags = Tags::of(view).filter(|tags| tags.name() == wire)?;
        let is_text = inner.kind == Some(JsonKind::String) && inner.format.is_none();
        let meant = tags.values(&self.resolver, view);
        match meant.as_slice() {
            [only] if is_text && (values.is_empty() || values.contains(&only.as_str().into())) => {
                Some(only.clone())
            }
            _ => None,
        }
    }

    /// What a schema says of itself, and the values it allows where its type does not tell them.
    fn words_of(&self, view: &ResolvedSchema<'a>) -> String {
        let text = view.description.unwrap_or_default();
        let values = self.resolver.values_in_words(view);
        if values.is_empty() {
            return text.to_owned();
        }
        let values = match values.as_slice() {
            [only] => format!("Always {only}."),
            _ => format!("One of {}.", values.join(", ")),
        };
        format!("{text}\n\n{values}").trim_start().to_owned()
    }

    /// The properties that have no name.
    fn rest(
        &mut self,
        view: &ResolvedSchema<'a>,
        parent: &str,
        scope: &mut Scope,
    ) -> Option<Field> {
        let (at, ty, docs) = match (&view.others, &view.open) {
            (Some((at, schema)), _) => {
                let ty = self.inside(*schema, at, &format!("{parent} additional property"));
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
