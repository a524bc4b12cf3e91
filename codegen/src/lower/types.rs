//! Schemas -> types, and the models that the types name.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::Lowering;
use super::view::{Kind, Place, View};
use crate::ir::{Case, Field, Model, Shape, Type, Variant};
use crate::names::{self, Scope};
use crate::pointer::Pointer;
use crate::problem::Problem;

/// The models made so far.
#[derive(Clone, Default)]
pub(crate) struct Types {
    /// Finished ones; `None` while one is being made.
    models: Vec<Option<Model>>,
    known: HashMap<Pointer, String>,
    /// Where in `models` each is, by its name.
    slots: HashMap<String, usize>,
    /// The unions that were asked for, by where they are.
    unions: HashMap<Pointer, Union>,
    scope: Scope,
    /// Where the first union of some cases is, by what tells these cases from all others.
    pub(super) shared: HashMap<String, Pointer>,
    /// How many models are being made.
    open: usize,
    /// The places of items that are being looked at, each with how many models were open there.
    inside: Vec<(Pointer, usize)>,
    /// Names that the config gives.
    given: HashSet<String>,
}

#[derive(Clone)]
struct Union {
    /// Whether `null` is a case of it.
    nullable: bool,
    /// None while it is being made.
    ty: Option<Type>,
}

impl Types {
    /// All of them, and the names of those that the config names.
    pub(crate) fn finish(self) -> (Vec<Model>, HashSet<String>) {
        (self.models.into_iter().flatten().collect(), self.given)
    }

    /// The models that are finished.
    pub(crate) fn finished(&self) -> impl Iterator<Item = &Model> {
        self.models.iter().flatten()
    }

    /// A finished model by its name.
    pub(crate) fn model(&self, name: &str) -> Option<&Model> {
        self.models.get(*self.slots.get(name)?)?.as_ref()
    }

    /// The type of a union that has one already, or will have once it is made: what its cases are need not be found
    /// out at each place that refers to it.
    pub(super) fn known_union(&self, at: &Pointer) -> Option<(Type, bool)> {
        let union = self.unions.get(at)?;
        let made = || Some(Type::Model(self.known.get(at)?.clone()));
        Some((union.ty.clone().or_else(made)?, union.nullable))
    }

    pub(super) fn begin_union(&mut self, at: &Pointer, nullable: bool) {
        let union = self.unions.entry(at.clone());
        union.or_insert(Union { nullable, ty: None });
    }

    pub(super) fn end_union(&mut self, at: &Pointer, ty: &Type) {
        if let Some(union) = self.unions.get_mut(at) {
            union.ty = Some(ty.clone());
        }
    }

    /// Lets an enum take any text beside its values.
    pub(super) fn open(&mut self, ty: &Type) {
        if let Type::Model(name) = ty
            && let Some(slot) = self.slots.get(name)
            && let Some(Some(model)) = self.models.get_mut(*slot)
        {
            model.open = true;
        }
    }
}

impl<'a> Lowering<'a> {
    /// The type of what stands at `at`; `hint` is its name if it has no other.
    pub(crate) fn ty(&mut self, schema: impl Into<Place<'a>>, at: &Pointer, hint: &str) -> Type {
        let view = self.view_of(schema, at);
        self.type_of(&view, hint)
    }

    pub(crate) fn type_of(&mut self, view: &View<'a>, hint: &str) -> Type {
        let ty = self.type_of_value(view, hint);
        let nullable = view.nullable || view.values.iter().any(Value::is_null);
        if nullable && !matches!(ty, Type::Option(_)) {
            Type::Option(Box::new(ty))
        } else {
            ty
        }
    }

    /// The type of a value that is not null.
    fn type_of_value(&mut self, view: &View<'a>, hint: &str) -> Type {
        if view.cases.is_empty() {
            self.plain(view, hint)
        } else {
            self.union(view, hint)
        }
    }

    /// The type of a value that is not null, leaving cases aside.
    pub(super) fn plain(&mut self, view: &View<'a>, hint: &str) -> Type {
        match view.kind {
            Some(Kind::String) if is_binary(view) => Type::Bytes,
            Some(Kind::String) | None if is_enum(view) => self.enumeration(view, hint),
            Some(Kind::String) => Type::String,
            Some(Kind::Integer) if is_unsigned(view) => Type::UInt,
            Some(Kind::Integer) => Type::Int,
            Some(Kind::Number) => Type::Float,
            Some(Kind::Boolean) => Type::Bool,
            Some(Kind::Array) => match &view.items {
                Some((at, items)) => Type::List(Box::new(self.inside(*items, at, hint))),
                None => Type::List(Box::new(Type::Json)),
            },
            Some(Kind::Object) if !view.properties.is_empty() => self.structure(view, hint),
            Some(Kind::Object) => match &view.others {
                Some((at, others)) => Type::Map(Box::new(self.inside(*others, at, hint))),
                None => Type::Json,
            },
            None => {
                if view.negated {
                    let text = "a schema with `not` is emitted as free-form `Json`";
                    let help = "read it with `.parse::<T>()`";
                    self.problems
                        .push(Problem::warning(&view.at, text).help(help));
                }
                of_values(view)
            }
        }
    }

    /// An item of a list or map.
    fn inside(&mut self, schema: Place<'a>, at: &Pointer, hint: &str) -> Type {
        let here = (at.clone(), self.types.open);
        if self.types.inside.contains(&here) {
            let text = "a list or map of itself; its items are emitted as free-form `Json`";
            self.problems.push(Problem::warning(at, text).at_key());
            return Type::Json;
        }
        self.types.inside.push(here);
        let ty = self.ty(schema, at, &format!("{hint} item"));
        self.types.inside.pop();
        ty
    }

    fn structure(&mut self, view: &View<'a>, hint: &str) -> Type {
        self.model(view, hint, |lowering, name| {
            Shape::Struct(lowering.fields(view, name))
        })
    }

    fn enumeration(&mut self, view: &View<'a>, hint: &str) -> Type {
        self.model(view, hint, |lowering, _| {
            let mut scope = Scope::default();
            // Where open enums keep values that they do not know.
            let _ = scope.claim("Unknown", &view.at);
            let values = view.values.iter().filter_map(Value::as_str);
            let variants = values
                .map(|wire| lowering.variant(wire, &view.at, &mut scope))
                .collect();
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
            wire: wire.to_owned(),
        }
    }

    /// The model of a schema, made when it is first asked for.
    pub(crate) fn model(
        &mut self,
        view: &View<'a>,
        hint: &str,
        shape: impl FnOnce(&mut Self, &str) -> Shape,
    ) -> Type {
        if let Some(name) = self.types.known.get(&view.at) {
            return Type::Model(name.clone());
        }
        let name = self.type_name(view, hint);
        self.types.known.insert(view.at.clone(), name.clone());
        let slot = self.types.models.len();
        self.types.models.push(None);
        self.types.slots.insert(name.clone(), slot);
        self.types.open += 1;
        let shape = shape(self, &name);
        self.types.open -= 1;
        let model = Model {
            name: name.clone(),
            docs: view.description.unwrap_or_default().to_owned(),
            origin: view.at.to_string(),
            shape,
            sent: false,
            received: false,
            open: false,
        };
        if let Some(place) = self.types.models.get_mut(slot) {
            *place = Some(model);
        }
        Type::Model(name)
    }

    fn type_name(&mut self, view: &View<'a>, hint: &str) -> String {
        let places: Vec<&Pointer> = std::iter::once(&view.at).chain(view.chain()).collect();
        let given = self.names.types.take(&places);
        self.types.given.extend(given.clone());
        let name = given.unwrap_or_else(|| match component(&view.at) {
            Some(name) => names::pascal(name.strip_prefix(self.strip_prefix()).unwrap_or(&name)),
            None => names::pascal(hint),
        });
        self.claim_type(name, &view.at)
    }

    /// Makes sure that a type's name is its own.
    pub(crate) fn claim_type(&mut self, name: String, at: &Pointer) -> String {
        let name = if names::is_taken_type(&name) {
            name + "Model"
        } else {
            name
        };
        let Err(other) = self.types.scope.claim(&name, at) else {
            return name;
        };
        let free = self.types.scope.numbered(&name);
        let text =
            format!("the type name `{name}` is taken by {other}; this one is emitted as `{free}`");
        let help =
            format!("give one of them a name under [names.types], as in \"{at}\" = \"{name}…\"");
        self.problems
            .push(Problem::warning(at, text).at_key().help(help));
        let _ = self.types.scope.claim(&free, at);
        free
    }

    /// The properties of an object.
    pub(crate) fn fields(&mut self, view: &View<'a>, parent: &str) -> Vec<Field> {
        let mut scope = Scope::default();
        let mut fields = Vec::with_capacity(view.properties.len());
        for (wire, property) in &view.properties {
            let inner = self.view_of_property(property);
            let ty = self.type_of(&inner, &format!("{parent} {wire}"));
            let given = self.names.arguments.take(&[&property.at]);
            let name = given.unwrap_or_else(|| names::snake(wire, names::TAKEN_FIELDS));
            fields.push(Field {
                name: self.claim_field(name, &property.at, &mut scope),
                wire: (*wire).to_owned(),
                docs: self.words_of(&inner),
                required: property.required,
                one_way: inner.one_way,
                deprecated: inner.deprecated,
                checks: self.checks(&inner),
                example: inner.example.cloned(),
                ty,
                rest: false,
            });
        }
        let names: Vec<(String, String)> = fields
            .iter()
            .map(|field| (field.wire.clone(), field.name.clone()))
            .collect();
        for field in &mut fields {
            self.name_siblings(&mut field.checks, &names, &view.at);
        }
        fields.extend(self.rest(view, parent, &mut scope));
        fields
    }

    /// What a schema says of itself, and the values it allows where its type does not tell them.
    fn words_of(&self, view: &View<'a>) -> String {
        let text = view.description.unwrap_or_default();
        let values = self.values_in_words(view);
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
    fn rest(&mut self, view: &View<'a>, parent: &str, scope: &mut Scope) -> Option<Field> {
        let (at, ty, docs) = match (&view.others, &view.open) {
            (Some((at, schema)), _) => {
                let ty = self.inside(*schema, at, &format!("{parent} additional property"));
                let docs = self.view_of(*schema, at).description;
                (at, ty, docs.unwrap_or_default())
            }
            (None, Some(at)) => (at, Type::Json, ""),
            (None, None) => return None,
        };
        Some(Field {
            name: self.claim_field("additional_properties".to_owned(), at, scope),
            wire: String::new(),
            docs: docs.to_owned(),
            ty: Type::Map(Box::new(ty)),
            required: true,
            deprecated: false,
            checks: Vec::new(),
            example: None,
            one_way: None,
            rest: true,
        })
    }

    /// Makes sure that the name of a field or argument is its own.
    pub(crate) fn claim_field(&mut self, name: String, at: &Pointer, scope: &mut Scope) -> String {
        let place = at.to_string();
        let help = format!(
            "give one of them a name under [names.arguments], as in {place:?} = \"{name}…\""
        );
        self.claim(name, at, scope, &help)
    }

    /// Makes sure that the name of a group or method is its own.
    pub(crate) fn claim_method(&mut self, name: String, at: &Pointer, scope: &mut Scope) -> String {
        let help = "list the operations under [groups.….methods], by names of your own";
        self.claim(name, at, scope, help)
    }

    fn claim(&mut self, name: String, at: &Pointer, scope: &mut Scope, help: &str) -> String {
        let Err(other) = scope.claim(&name, at) else {
            return name;
        };
        let free = scope.numbered(&name);
        let text =
            format!("the name `{name}` is taken by {other}; this one is emitted as `{free}`");
        self.problems
            .push(Problem::warning(at, text).at_key().help(help));
        let _ = scope.claim(&free, at);
        free
    }

    /// A case of a union whose cases are told apart by the request.
    pub(crate) fn case(
        &mut self,
        at: &Pointer,
        schema: Place<'a>,
        property: Option<&str>,
        hint: &str,
    ) -> Case {
        let view = self.view_of(schema, at);
        let places: Vec<&Pointer> = view.chain().collect();
        let given = self.names.variants.take(&places);
        let name = component(&view.at).unwrap_or_else(|| format!("{hint} {}", at.last()));
        let variant = given.unwrap_or_else(|| {
            names::pascal(name.strip_prefix(self.strip_prefix()).unwrap_or(&name))
        });
        let ty = match property.and_then(|property| view.properties.get(property)) {
            Some(only) => {
                let only = self.view_of_property(only);
                self.type_of(&only, &format!("{hint} {variant}"))
            }
            None => self.type_of(&view, &format!("{hint} {variant}")),
        };
        Case {
            variant,
            docs: view.description.unwrap_or_default().to_owned(),
            ty,
        }
    }
}

/// The name of a schema that the document itself names.
pub(crate) fn component(at: &Pointer) -> Option<String> {
    let name = at.as_str().strip_prefix("#/components/schemas/")?;
    (!name.contains('/')).then(|| at.last())
}

pub(crate) fn is_binary(view: &View<'_>) -> bool {
    view.kind == Some(Kind::String) && view.format.as_deref() == Some("binary")
}

/// Whether it is a whole number that may be too large for `i64`.
pub(crate) fn is_unsigned(view: &View<'_>) -> bool {
    const LARGEST: f64 = 9_223_372_036_854_775_807.0;
    let is_beyond = view.maximum.is_some_and(|most| most > LARGEST);
    let is_positive = view.minimum.is_some_and(|least| least >= 0.0);
    view.kind == Some(Kind::Integer)
        && (view.format.as_deref() == Some("uint64") || (is_beyond && is_positive))
}

fn is_enum(view: &View<'_>) -> bool {
    !view.values.is_empty()
        && view.values.iter().any(Value::is_string)
        && view
            .values
            .iter()
            .all(|value| value.is_string() || value.is_null())
}

/// The type of values that are listed without one.
fn of_values(view: &View<'_>) -> Type {
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

#[cfg(test)]
mod tests;
