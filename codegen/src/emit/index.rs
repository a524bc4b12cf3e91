//! The API comes in; what follows from all of it, looked up by name, goes out.

use std::collections::{HashMap, HashSet};

use super::code::Scope;
use super::module::Known;
use super::text::inline;
use crate::ir::{Api, Field, Model, Shape, Success, Type, UnionVariant};

/// What emitters look up.
pub(super) struct Index<'a> {
    pub(super) api: &'a Api,
    pub(super) known: Known<'a>,
    models: HashMap<&'a str, &'a Model>,
    /// Models without `Eq`.
    partial: HashSet<&'a str>,
    /// Models with something to check before sending.
    checked: HashSet<&'a str>,
    /// Models of which the results of several requests make one.
    merged: HashSet<&'a str>,
}

impl<'a> Index<'a> {
    pub(super) fn new(api: &'a Api) -> Self {
        let users = users(api);
        let models: HashMap<&str, &Model> = api
            .models
            .iter()
            .map(|model| (model.name.as_str(), model))
            .collect();
        let partial = api
            .models
            .iter()
            .filter(|model| is_one_of(model) || types(model).any(|ty| holds(ty, &is_partial)));
        let checked = api
            .models
            .iter()
            .filter(|model| fields(model).iter().any(|field| !field.checks.is_empty()));
        Self {
            api,
            known: Known::new(api),
            merged: merged(api, &models),
            models,
            partial: spread(partial, &users),
            checked: spread(checked.filter(|model| model.in_request), &users),
        }
    }

    /// A model by its name.
    pub(super) fn model(&self, name: &str) -> Option<&'a Model> {
        let model = self.models.get(name).copied()?;
        match &model.shape {
            Shape::Alias(Type::Model(other)) => self.models.get(other.as_str()).copied(),
            _ => Some(model),
        }
    }

    /// Whether a value of the type is written as text, or as a list of texts, rather than as JSON.
    pub(super) fn is_text(&self, ty: &Type) -> bool {
        match ty {
            Type::String
            | Type::Bytes
            | Type::Json
            | Type::Bool
            | Type::Int
            | Type::UInt
            | Type::Float => true,
            Type::Option(some) => !matches!(**some, Type::List(_)) && self.is_text(some),
            Type::List(item) => {
                !matches!(**item, Type::List(_) | Type::Option(_)) && self.is_text(item)
            }
            Type::Model(name) => match self.model(name).map(|model| &model.shape) {
                Some(Shape::Enum(_)) => true,
                Some(Shape::OneOf(choices)) => self.is_one_text(choices),
                _ => false,
            },
            Type::Map(_) | Type::Boxed(_) => false,
        }
    }

    /// Whether a type is a union whose cases become it by `From`.
    pub(super) fn is_union(&self, ty: &Type) -> bool {
        match ty {
            Type::Model(name) | Type::Boxed(name) => {
                let model = self.model(name);
                model.is_some_and(|model| matches!(model.shape, Shape::OneOf(_)))
            }
            _ => false,
        }
    }

    /// What a field always is, as an expression, if nobody needs to give it.
    pub(super) fn always(&self, field: &Field) -> Option<String> {
        let text = field.const_value.as_deref()?;
        match &field.ty {
            Type::String => Some(format!("{text:?}.to_owned()")),
            Type::Model(name) => {
                let Shape::Enum(variants) = &self.model(name)?.shape else {
                    return None;
                };
                let variant = variants.iter().find(|variant| variant.wire_name == text)?;
                let ty = inline(&Scope::default().model(name));
                Some(format!("{ty}::{}", variant.name))
            }
            _ => None,
        }
    }

    /// Whether every case of a union is a single text.
    pub(super) fn is_one_text(&self, choices: &[UnionVariant]) -> bool {
        choices.iter().all(|UnionVariant { ty, .. }| match ty {
            Type::String | Type::Bool | Type::Int | Type::UInt | Type::Float => true,
            Type::Model(name) => {
                let model = self.model(name);
                model.is_some_and(|model| matches!(model.shape, Shape::Enum(_)))
            }
            _ => false,
        })
    }

    /// Whether values of the model are equal to themselves.
    pub(super) fn is_eq(&self, model: &Model) -> bool {
        !self.partial.contains(model.name.as_str())
    }

    /// Whether a value of the type is copied rather than cloned.
    pub(super) fn is_copy(&self, ty: &Type) -> bool {
        match ty {
            Type::Bool | Type::Int | Type::UInt | Type::Float => true,
            Type::Option(some) => self.is_copy(some),
            Type::Model(name) => self.model(name).is_some_and(is_closed_enum),
            _ => false,
        }
    }

    /// Whether the results of several requests, each of this model, make one.
    pub(super) fn is_merged(&self, model: &Model) -> bool {
        self.merged.contains(model.name.as_str()) && !matches!(model.shape, Shape::Alias(_))
    }

    /// Whether something in a value of the type is checked before it is sent.
    pub(super) fn is_checked(&self, ty: &Type) -> bool {
        holds(ty, &|ty| {
            model_name(ty).is_some_and(|name| self.checked.contains(name))
        })
    }
}

/// The fields of a struct.
pub(super) fn fields(model: &Model) -> &[Field] {
    match &model.shape {
        Shape::Struct(fields) => fields,
        _ => &[],
    }
}

/// An enum that is only sent: it has no value but the known ones.
pub(super) fn is_closed_enum(model: &Model) -> bool {
    matches!(model.shape, Shape::Enum(_)) && !model.in_response && !model.is_open
}

/// A union that keeps what fits no case as JSON.
fn is_one_of(model: &Model) -> bool {
    matches!(model.shape, Shape::OneOf(_))
}

/// Whether a struct has a value that nobody gave it.
pub(super) fn has_default(model: &Model) -> bool {
    matches!(&model.shape, Shape::Struct(fields) if fields.iter().all(|field| !field.required || field.is_additional_properties))
}

/// The model that a type is, if it is one.
pub(super) fn model_name(ty: &Type) -> Option<&str> {
    match ty {
        Type::Model(name) | Type::Boxed(name) => Some(name),
        _ => None,
    }
}

fn is_partial(ty: &Type) -> bool {
    matches!(ty, Type::Float | Type::Json)
}

/// Whether `test` holds of the type or of one inside it.
pub(super) fn holds(ty: &Type, test: &dyn Fn(&Type) -> bool) -> bool {
    test(ty)
        || match ty {
            Type::List(inner) | Type::Map(inner) | Type::Option(inner) => holds(inner, test),
            _ => false,
        }
}

/// The types that a model is made of.
fn types(model: &Model) -> impl Iterator<Item = &Type> {
    model.shape.types().into_iter()
}

/// For each model the models that it is a part of.
fn users(api: &Api) -> HashMap<&str, Vec<&str>> {
    let mut users: HashMap<&str, Vec<&str>> = HashMap::new();
    for model in &api.models {
        for ty in types(model) {
            if let Some(part) = innermost(ty) {
                users.entry(part).or_default().push(&model.name);
            }
        }
    }
    users
}

/// The results of operations that may be split, and the models in them other than the items of lists and maps.
fn merged<'a>(api: &'a Api, models: &HashMap<&'a str, &'a Model>) -> HashSet<&'a str> {
    let operations = api.groups.iter().flat_map(|group| &group.operations);
    let split = operations.filter(|operation| operation.bulk.is_some());
    let results = split.filter_map(|operation| match &operation.success {
        Success::Json { ty, .. } => single(ty),
        Success::ByArgument { model, .. } => Some(model),
        _ => None,
    });
    let mut open: Vec<&str> = results.collect();
    let mut reached = HashSet::new();
    while let Some(name) = open.pop() {
        if reached.insert(name) {
            let model = models.get(name).copied();
            open.extend(model.into_iter().flat_map(types).filter_map(single));
        }
    }
    reached
}

/// The model that a type is, if it is one of which there is at most one.
fn single(ty: &Type) -> Option<&str> {
    match ty {
        Type::Option(some) => single(some),
        _ => model_name(ty),
    }
}

/// The model at the heart of a type, if there is one.
pub(super) fn innermost(ty: &Type) -> Option<&str> {
    match ty {
        Type::List(inner) | Type::Map(inner) | Type::Option(inner) => innermost(inner),
        _ => model_name(ty),
    }
}

/// These models and all that they are a part of.
fn spread<'a>(
    models: impl Iterator<Item = &'a Model>,
    users: &HashMap<&'a str, Vec<&'a str>>,
) -> HashSet<&'a str> {
    let mut open: Vec<&str> = models.map(|model| model.name.as_str()).collect();
    let mut reached = HashSet::new();
    while let Some(name) = open.pop() {
        if reached.insert(name) {
            open.extend(users.get(name).into_iter().flatten());
        }
    }
    reached
}
