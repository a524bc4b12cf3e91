//! Schemas -> types, and the models that the types name.

pub(in crate::lower) mod claims;
pub(in crate::lower) mod fields;
pub(in crate::lower) mod limits;
pub(in crate::lower) mod lowering;
pub(in crate::lower) mod registry;

#[cfg(test)]
mod tests;

use std::collections::HashSet;

use serde_json::Value;

pub(in crate::lower) use self::lowering::TypeLowering;

use crate::diagnostic::Diagnostic;
use crate::ir::{ArgumentCase, Model, ModelId, Shape, Type, Variant};
use crate::lower::schema::{JsonKind, ResolvedSchema, SchemaRef, component_name};
use crate::names::{self, Scope};
use crate::pointer::Pointer;

impl<'a> TypeLowering<'a> {
    /// The type of what stands at `at`; `hint` is its name if it has no other.
    pub(crate) fn ty(
        &mut self,
        schema: impl Into<SchemaRef<'a>>,
        at: &Pointer,
        hint: &str,
    ) -> Type {
        let view = self.resolver.resolve(schema, at);
        self.type_of(&view, hint)
    }

    pub(crate) fn type_of(&mut self, view: &ResolvedSchema<'a>, hint: &str) -> Type {
        let ty = self.type_of_value(view, hint);
        let nullable = view.nullable || view.values.iter().any(Value::is_null);
        if nullable && !matches!(ty, Type::Option(_)) {
            Type::Option(Box::new(ty))
        } else {
            ty
        }
    }

    /// The type of a value that is not null.
    fn type_of_value(&mut self, view: &ResolvedSchema<'a>, hint: &str) -> Type {
        if view.cases.is_empty() {
            self.plain(view, hint)
        } else {
            self.union(view, hint)
        }
    }

    /// The type of a value that is not null, leaving cases aside.
    pub(in crate::lower) fn plain(&mut self, view: &ResolvedSchema<'a>, hint: &str) -> Type {
        match view.kind {
            Some(JsonKind::String) if view.is_binary() => Type::Bytes,
            Some(JsonKind::String) | None if is_enum(view) => self.enumeration(view, hint),
            Some(JsonKind::String) => Type::String,
            Some(JsonKind::Integer) if view.is_unsigned() => Type::UInt,
            Some(JsonKind::Integer) => Type::Int,
            Some(JsonKind::Number) => Type::Float,
            Some(JsonKind::Boolean) => Type::Bool,
            Some(JsonKind::Array) => match &view.items {
                Some((at, items)) => Type::List(Box::new(self.inside(*items, at, hint))),
                None => Type::List(Box::new(Type::Json)),
            },
            Some(JsonKind::Object) if !view.properties.is_empty() => self.structure(view, hint),
            Some(JsonKind::Object) => match &view.others {
                Some((at, others)) => Type::Map(Box::new(self.inside(*others, at, hint))),
                None => Type::Json,
            },
            None => {
                if view.negated {
                    let text = "a schema with `not` is emitted as free-form `Json`";
                    let help = "read it with `.parse::<T>()`";
                    self.diagnostics
                        .push(Diagnostic::warning("unsupported-not", &view.at, text).help(help));
                }
                of_values(view)
            }
        }
    }

    /// An item of a list or map.
    fn inside(&mut self, schema: SchemaRef<'a>, at: &Pointer, hint: &str) -> Type {
        let here = (at.clone(), self.registry.open);
        if self.registry.inside.contains(&here) {
            let text = "a list or map of itself; its items are emitted as free-form `Json`";
            self.diagnostics
                .push(Diagnostic::warning("recursive-items", at, text).at_key());
            return Type::Json;
        }
        self.registry.inside.push(here);
        let ty = self.ty(schema, at, &format!("{hint} item"));
        self.registry.inside.pop();
        ty
    }

    fn structure(&mut self, view: &ResolvedSchema<'a>, hint: &str) -> Type {
        self.model(view, hint, |lowering, name| {
            Shape::Struct(lowering.fields(view, name))
        })
    }

    fn enumeration(&mut self, view: &ResolvedSchema<'a>, hint: &str) -> Type {
        self.model(view, hint, |lowering, _| {
            let mut scope = Scope::default();
            // Where open enums keep values that they do not know.
            let _ = scope.claim("Unknown", &view.at);
            // Reading has told which values are there twice.
            let mut seen = HashSet::new();
            let mut variants = Vec::new();
            for value in view.values.iter().filter_map(Value::as_str) {
                if seen.insert(value) {
                    let mut variant = lowering.variant(value, &view.at, &mut scope);
                    let meaning = view.meanings.iter().find(|(of, _)| of == value);
                    variant.docs = meaning.map(|(_, text)| text.clone()).unwrap_or_default();
                    variants.push(variant);
                }
            }
            Shape::Enum(variants)
        })
    }

    fn variant(&mut self, wire: &str, at: &Pointer, scope: &mut Scope) -> Variant {
        let at = at.key("enum").key(wire);
        let given = self.names.variants.take(&[&at]);
        let mut name = given.unwrap_or_else(|| names::variant(wire));
        if scope.claim(&name, &at).is_err() {
            name = scope.numbered(&name);
            let _ = scope.claim(&name, &at);
        }
        Variant {
            name,
            wire_name: wire.to_owned(),
            docs: String::new(),
        }
    }

    /// The model of a schema, made when it is first asked for.
    pub(crate) fn model(
        &mut self,
        view: &ResolvedSchema<'a>,
        hint: &str,
        shape: impl FnOnce(&mut Self, &str) -> Shape,
    ) -> Type {
        if let Some(id) = self.registry.known.get(&view.at) {
            return Type::Model(*id);
        }
        let name = self.type_name(view, hint);
        let id = ModelId(self.registry.models.len());
        self.registry.known.insert(view.at.clone(), id);
        self.registry.models.push(None);
        self.registry.open += 1;
        let shape = shape(self, &name);
        self.registry.open -= 1;
        let model = Model {
            name,
            docs: view.definition.unwrap_or_default().to_owned(),
            origin: view.at.to_string(),
            shape,
            in_request: false,
            in_response: false,
            is_open: false,
        };
        if let Some(place) = self.registry.models.get_mut(id.0) {
            *place = Some(model);
        }
        Type::Model(id)
    }

    /// A case of a union whose cases are told apart by the request.
    pub(crate) fn case(
        &mut self,
        at: &Pointer,
        schema: SchemaRef<'a>,
        property: Option<&str>,
        hint: &str,
    ) -> ArgumentCase {
        let view = self.resolver.resolve(schema, at);
        let places: Vec<&Pointer> = view.chain().collect();
        let given = self.names.variants.take(&places);
        let name = component_name(&view.at).unwrap_or_else(|| format!("{hint} {}", at.last()));
        let variant = given.unwrap_or_else(|| {
            names::pascal(name.strip_prefix(self.names.strip_prefix).unwrap_or(&name))
        });
        let ty = match property.and_then(|property| view.properties.get(property)) {
            Some(only) => {
                let only = self.resolver.resolve_property(only);
                self.type_of(&only, &format!("{hint} {variant}"))
            }
            None => self.type_of(&view, &format!("{hint} {variant}")),
        };
        ArgumentCase {
            variant,
            docs: view.description.unwrap_or_default().to_owned(),
            ty,
        }
    }
}

fn is_enum(view: &ResolvedSchema<'_>) -> bool {
    !view.values.is_empty()
        && view.values.iter().any(Value::is_string)
        && view
            .values
            .iter()
            .all(|value| value.is_string() || value.is_null())
}

/// The type of values that are listed without one.
fn of_values(view: &ResolvedSchema<'_>) -> Type {
    let mut values = view.values.iter().filter(|value| !value.is_null());
    let all = |test: fn(&Value) -> bool| {
        let mut values = view.values.iter().filter(|value| !value.is_null());
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
