//! Lowers schemas to types and models.
//!
//! Input: a schema, resolved by `lower/schema`. Output: an [`ir::Type`](Type). A schema that needs a named type becomes a
//! model in the `registry`, once for each location. `fields` lowers the properties of an object, `limits` their checks,
//! `units` their units, and `enumeration` the values of an enum. A model only requests a name (`name_request`); `passes/naming` assigns it.

pub(in crate::lower) mod claims;
pub(in crate::lower) mod enumeration;
pub(in crate::lower) mod fields;
pub(in crate::lower) mod limits;
pub(in crate::lower) mod lowering;
pub(in crate::lower) mod name_request;
pub(in crate::lower) mod registry;
pub(in crate::lower) mod units;

#[cfg(test)]
mod tests;

use serde_json::Value;

pub(in crate::lower) use self::lowering::TypeLowering;

use crate::diagnostic::Diagnostic;
use crate::ir::{ArgumentCase, Model, Shape, Type};
use crate::lower::schema::{JsonKind, ResolvedSchema, SchemaRef, component_name};
use crate::names;
use crate::pointer::Pointer;

impl<'a> TypeLowering<'a> {
    /// Returns the type of the schema at `at`. `name_hint` names an inline schema.
    pub(crate) fn ty(
        &mut self,
        schema: impl Into<SchemaRef<'a>>,
        at: &Pointer,
        name_hint: &str,
    ) -> Type {
        let schema = self.resolver.resolve(schema, at);
        self.type_of(&schema, name_hint)
    }

    pub(crate) fn type_of(&mut self, schema: &ResolvedSchema<'a>, name_hint: &str) -> Type {
        let ty = self.type_of_value(schema, name_hint);
        let nullable = schema.nullable || schema.enum_values.iter().any(Value::is_null);
        if nullable && !matches!(ty, Type::Option(_)) {
            Type::Option(Box::new(ty))
        } else {
            ty
        }
    }

    /// Returns the type of a value that is not null.
    fn type_of_value(&mut self, schema: &ResolvedSchema<'a>, name_hint: &str) -> Type {
        if schema.variants.is_empty() {
            self.plain(schema, name_hint)
        } else {
            self.union(schema, name_hint)
        }
    }

    /// Returns the type of a value that is not null, apart from variants.
    pub(in crate::lower) fn plain(&mut self, schema: &ResolvedSchema<'a>, name_hint: &str) -> Type {
        match schema.kind {
            Some(JsonKind::String) if schema.is_binary() => Type::Bytes,
            Some(JsonKind::String) | None if is_enum(schema) => self.enumeration(schema, name_hint),
            Some(JsonKind::String) => Type::String,
            Some(JsonKind::Integer) if schema.is_unsigned() => Type::UInt,
            Some(JsonKind::Integer) => Type::Int,
            Some(JsonKind::Number) => Type::Float,
            Some(JsonKind::Boolean) => Type::Bool,
            Some(JsonKind::Array) => match &schema.items {
                Some((at, items)) => Type::List(Box::new(self.nested_type(*items, at, name_hint))),
                None => Type::List(Box::new(Type::Json)),
            },
            Some(JsonKind::Object) if !schema.properties.is_empty() => {
                self.structure(schema, name_hint)
            }
            Some(JsonKind::Object) => match &schema.additional_properties {
                Some((at, additional)) => {
                    Type::Map(Box::new(self.nested_type(*additional, at, name_hint)))
                }
                None => Type::Json,
            },
            None => {
                if schema.is_not {
                    let text = "a schema with `not` is emitted as free-form `Json`";
                    let help = "read it with `.parse::<T>()`";
                    self.diagnostics
                        .push(Diagnostic::warning("unsupported-not", &schema.at, text).help(help));
                }
                of_values(schema)
            }
        }
    }

    /// Returns the type of an item of a list or map.
    fn nested_type(&mut self, schema: SchemaRef<'a>, at: &Pointer, name_hint: &str) -> Type {
        let here = (at.clone(), self.registry.depth());
        if self.registry.items.contains(&here) {
            let text = "a list or map contains itself; its items are emitted as free-form `Json`";
            self.diagnostics
                .push(Diagnostic::warning("recursive-items", at, text).at_key());
            return Type::Json;
        }
        self.registry.items.push(here);
        let ty = self.ty(schema, at, &format!("{name_hint} item"));
        self.registry.items.pop();
        ty
    }

    fn structure(&mut self, schema: &ResolvedSchema<'a>, name_hint: &str) -> Type {
        self.model(schema, name_hint, |lowering, name| {
            Shape::Struct(lowering.fields(schema, name))
        })
    }

    /// Returns the model of a schema. Registers it at the first use.
    pub(crate) fn model(
        &mut self,
        schema: &ResolvedSchema<'a>,
        name_hint: &str,
        shape: impl FnOnce(&mut Self, &str) -> Shape,
    ) -> Type {
        if let Some(id) = self.registry.id(&schema.at) {
            return Type::Model(id);
        }
        let request = self.name_request(schema, name_hint);
        let name = request.name.clone();
        let id = self.registry.begin(schema.at.clone(), request);
        let shape = shape(self, &name);
        let model = Model {
            name,
            docs: schema.definition.unwrap_or_default().to_owned(),
            origin: schema.at.to_string(),
            shape,
            in_request: false,
            in_response: false,
            is_open: false,
        };
        self.registry.end(id, model);
        Type::Model(id)
    }

    /// Returns the case of a union that an argument of the request selects.
    pub(crate) fn case(
        &mut self,
        at: &Pointer,
        schema: SchemaRef<'a>,
        property: Option<&str>,
        name_hint: &str,
    ) -> ArgumentCase {
        let schema = self.resolver.resolve(schema, at);
        let locations: Vec<&Pointer> = schema.ref_chain().collect();
        let configured = self.names.variants.take(&locations);
        let accessor = self.names.accessors.take(&locations);
        let name =
            component_name(&schema.at).unwrap_or_else(|| format!("{name_hint} {}", at.last()));
        let variant = configured.unwrap_or_else(|| {
            names::pascal(name.strip_prefix(self.names.strip_prefix).unwrap_or(&name))
        });
        let name_hint = format!("{name_hint} {variant}");
        let (ty, is_required) = match property.and_then(|name| schema.properties.get(name)) {
            Some(only) => {
                let is_required = only.required;
                let only = self.resolver.resolve_property(only);
                (self.type_of(&only, &name_hint), is_required)
            }
            None => (self.type_of(&schema, &name_hint), true),
        };
        let (ty, is_optional) = match ty {
            Type::Option(inner) if is_collection(&inner) => (*inner, true),
            ty => {
                let is_optional = !is_required && is_collection(&ty);
                (ty, is_optional)
            }
        };
        ArgumentCase {
            accessor: accessor.unwrap_or_else(|| names::snake(&format!("into {variant}"), &[])),
            variant,
            docs: schema.description.unwrap_or_default().to_owned(),
            ty,
            is_optional,
        }
    }
}

fn is_collection(ty: &Type) -> bool {
    matches!(ty, Type::List(_) | Type::Map(_))
}

fn is_enum(schema: &ResolvedSchema<'_>) -> bool {
    !schema.enum_values.is_empty()
        && schema.enum_values.iter().any(Value::is_string)
        && schema
            .enum_values
            .iter()
            .all(|value| value.is_string() || value.is_null())
}

/// Returns the type of enum values without `type`.
fn of_values(schema: &ResolvedSchema<'_>) -> Type {
    let mut values = schema.enum_values.iter().filter(|value| !value.is_null());
    let all = |test: fn(&Value) -> bool| {
        let mut values = schema.enum_values.iter().filter(|value| !value.is_null());
        values.all(test)
    };
    match values.next() {
        Some(_) if all(Value::is_boolean) => Type::Bool,
        Some(_) if all(Value::is_i64) => Type::Int,
        Some(_) if all(Value::is_u64) => Type::UInt,
        Some(_) if all(Value::is_number) => Type::Float,
        _ => Type::Json,
    }
}
