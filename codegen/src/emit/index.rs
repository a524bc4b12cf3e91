//! The API comes in; what follows from all of it, looked up by name, goes out.

use std::collections::{HashMap, HashSet};

use super::code::Scope;
use super::module::Known;
use super::text::inline;
use crate::ir::{Api, Field, Model, ModelId, Shape, Success, Type, UnionVariant};

/// What emitters look up.
pub(super) struct Index<'a> {
    pub(super) api: &'a Api,
    pub(super) known: Known<'a>,
    /// Types as the module of all models has them.
    pub(super) types: Scope<'a>,
    ids: HashMap<&'a str, ModelId>,
    /// Models without `Eq`.
    partial: HashSet<ModelId>,
    /// Models with something to check before sending.
    checked: HashSet<ModelId>,
    /// Models of which the results of several requests make one.
    merged: HashSet<ModelId>,
}

impl<'a> Index<'a> {
    pub(super) fn new(api: &'a Api) -> Self {
        let users = users(api);
        let partial = ids(api)
            .filter(|(_, model)| is_one_of(model) || types(model).any(|ty| holds(ty, &is_partial)));
        let checked = ids(api).filter(|(_, model)| {
            model.in_request && fields(model).iter().any(|field| !field.checks.is_empty())
        });
        Self {
            api,
            known: Known::new(api),
            types: Scope::new(&api.models, []),
            ids: ids(api)
                .map(|(id, model)| (model.name.as_str(), id))
                .collect(),
            merged: merged(api),
            partial: spread(partial, &users),
            checked: spread(checked, &users),
        }
    }

    /// A model by its id; that of an alias is what it stands for.
    pub(super) fn model(&self, id: ModelId) -> Option<&'a Model> {
        let model = self.api.model(id)?;
        match &model.shape {
            Shape::Alias(Type::Model(other)) => self.api.model(*other),
            _ => Some(model),
        }
    }

    /// The id of a model by its name.
    pub(super) fn id(&self, name: &str) -> Option<ModelId> {
        self.ids.get(name).copied()
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
            Type::Model(id) => match self.model(*id).map(|model| &model.shape) {
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
            Type::Model(id) | Type::Boxed(id) => {
                let model = self.model(*id);
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
            Type::Model(id) => {
                let Shape::Enum(variants) = &self.model(*id)?.shape else {
                    return None;
                };
                let variant = variants.iter().find(|variant| variant.wire_name == text)?;
                let ty = inline(&self.types.model(*id));
                Some(format!("{ty}::{}", variant.name))
            }
            _ => None,
        }
    }

    /// Whether every case of a union is a single text.
    pub(super) fn is_one_text(&self, choices: &[UnionVariant]) -> bool {
        choices.iter().all(|UnionVariant { ty, .. }| match ty {
            Type::String | Type::Bool | Type::Int | Type::UInt | Type::Float => true,
            Type::Model(id) => {
                let model = self.model(*id);
                model.is_some_and(|model| matches!(model.shape, Shape::Enum(_)))
            }
            _ => false,
        })
    }

    /// Whether values of the model are equal to themselves.
    pub(super) fn is_eq(&self, model: &Model) -> bool {
        self.id(&model.name)
            .is_none_or(|id| !self.partial.contains(&id))
    }

    /// Whether a value of the type is copied rather than cloned.
    pub(super) fn is_copy(&self, ty: &Type) -> bool {
        match ty {
            Type::Bool | Type::Int | Type::UInt | Type::Float => true,
            Type::Option(some) => self.is_copy(some),
            Type::Model(id) => self.model(*id).is_some_and(is_closed_enum),
            _ => false,
        }
    }

    /// Whether the results of several requests, each of this model, make one.
    pub(super) fn is_merged(&self, model: &Model) -> bool {
        self.id(&model.name)
            .is_some_and(|id| self.merged.contains(&id))
            && !matches!(model.shape, Shape::Alias(_))
    }

    /// Whether something in a value of the type is checked before it is sent.
    pub(super) fn is_checked(&self, ty: &Type) -> bool {
        holds(ty, &|ty| {
            model_id(ty).is_some_and(|id| self.checked.contains(&id))
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
pub(super) fn model_id(ty: &Type) -> Option<ModelId> {
    match ty {
        Type::Model(id) | Type::Boxed(id) => Some(*id),
        _ => None,
    }
}

/// All models with their ids.
fn ids(api: &Api) -> impl Iterator<Item = (ModelId, &Model)> {
    let models = api.models.iter().enumerate();
    models.map(|(index, model)| (ModelId(index), model))
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
fn users(api: &Api) -> HashMap<ModelId, Vec<ModelId>> {
    let mut users: HashMap<ModelId, Vec<ModelId>> = HashMap::new();
    for (id, model) in ids(api) {
        for part in types(model).filter_map(innermost) {
            users.entry(part).or_default().push(id);
        }
    }
    users
}

/// The results of operations that may be split, and the models in them other than the items of lists and maps.
fn merged(api: &Api) -> HashSet<ModelId> {
    let operations = api.groups.iter().flat_map(|group| &group.operations);
    let split = operations.filter(|operation| operation.bulk.is_some());
    let results = split.filter_map(|operation| match &operation.success {
        Success::Json { ty, .. } => single(ty),
        Success::ByArgument { model, .. } => Some(*model),
        _ => None,
    });
    let mut open: Vec<ModelId> = results.collect();
    let mut reached = HashSet::new();
    while let Some(id) = open.pop() {
        if reached.insert(id) {
            let model = api.model(id);
            open.extend(model.into_iter().flat_map(types).filter_map(single));
        }
    }
    reached
}

/// The model that a type is, if it is one of which there is at most one.
fn single(ty: &Type) -> Option<ModelId> {
    match ty {
        Type::Option(some) => single(some),
        _ => model_id(ty),
    }
}

/// The model at the heart of a type, if there is one.
fn innermost(ty: &Type) -> Option<ModelId> {
    match ty {
        Type::List(inner) | Type::Map(inner) | Type::Option(inner) => innermost(inner),
        _ => model_id(ty),
    }
}

/// These models and all that they are a part of.
fn spread<'a>(
    models: impl Iterator<Item = (ModelId, &'a Model)>,
    users: &HashMap<ModelId, Vec<ModelId>>,
) -> HashSet<ModelId> {
    let mut open: Vec<ModelId> = models.map(|(id, _)| id).collect();
    let mut reached = HashSet::new();
    while let Some(id) = open.pop() {
        if reached.insert(id) {
            open.extend(users.get(&id).into_iter().flatten());
        }
    }
    reached
}
