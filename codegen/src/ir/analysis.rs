//! Facts that follow from the whole API: which models implement `Eq`, are checked or merged, and how values are written.

use std::collections::{HashMap, HashSet};

use super::{Api, Bulk, Field, Model, ModelId, Shape, Success, Type, UnionVariant, Variant};

/// Facts about the models of an API, by id.
pub(crate) struct Analysis<'a> {
    /// The API.
    pub api: &'a Api,
    without_eq: HashSet<ModelId>,
    checked: HashSet<ModelId>,
    mergeable: HashSet<ModelId>,
    /// Field with the failed keys, for each result of a bulk operation that has one.
    failed_keys: HashMap<ModelId, &'a str>,
    bulk_items: HashMap<ModelId, &'a Bulk>,
}

/// A value that a field always has.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Constant<'a> {
    /// A string.
    String(&'a str),
    /// A variant of an enum.
    Variant(ModelId, &'a Variant),
}

impl<'a> Analysis<'a> {
    /// Analyzes an API.
    pub(crate) fn new(api: &'a Api) -> Self {
        let users = users(api);
        let without_eq = api
            .models_with_ids()
            .filter(|(_, model)| model.is_union() || types(model).any(contains_no_eq));
        let checked = api.models_with_ids().filter(|(_, model)| has_checks(model));
        Self {
            api,
            without_eq: with_users(without_eq, &users),
            checked: with_users(checked, &users),
            mergeable: mergeable(api),
            failed_keys: failed_keys(api),
            bulk_items: bulk_items(api),
        }
    }

    /// Returns a model. An alias of a model is resolved.
    pub(crate) fn model(&self, id: ModelId) -> Option<&'a Model> {
        self.api.model(self.resolve(id))
    }

    /// Resolves an alias of a model.
    pub(crate) fn resolve(&self, id: ModelId) -> ModelId {
        resolve(self.api, id)
    }

    /// True if the model implements `Eq`.
    pub(crate) fn is_eq(&self, id: ModelId) -> bool {
        !self.without_eq.contains(&id)
    }

    /// True if the results of several requests are merged into one value of the model.
    pub(crate) fn is_mergeable(&self, id: ModelId) -> bool {
        let model = self.api.model(id);
        let is_alias = model.is_some_and(|model| matches!(model.shape, Shape::Alias(_)));
        self.mergeable.contains(&id) && !is_alias
    }

    /// Returns the field with the failed keys, if the model is the result of a bulk operation that reports them.
    pub(crate) fn failed_keys(&self, id: ModelId) -> Option<&'a str> {
        self.failed_keys.get(&id).copied()
    }

    /// Returns the bulk operation, if the model is an item of its list.
    pub(crate) fn bulk_of_item(&self, id: ModelId) -> Option<&'a Bulk> {
        self.bulk_items.get(&id).copied()
    }

    /// True if a value of the type contains something that is checked before it is sent.
    pub(crate) fn is_checked(&self, ty: &Type) -> bool {
        ty.any(&|ty| ty.model().is_some_and(|id| self.checked.contains(&id)))
    }

    /// True if a value of the type is written as a string or a list of strings outside of JSON.
    pub(crate) fn is_text(&self, ty: &Type) -> bool {
        match ty {
            Type::Bytes | Type::Json => true,
            Type::Option(some) => !matches!(**some, Type::List(_)) && self.is_text(some),
            Type::List(item) => {
                !matches!(**item, Type::List(_) | Type::Option(_)) && self.is_text(item)
            }
            Type::Model(id) => match self.model(*id).map(|model| &model.shape) {
                Some(Shape::Enum(_)) => true,
                Some(Shape::OneOf(variants)) => self.is_scalar_union(variants),
                _ => false,
            },
            Type::Map(_) | Type::Boxed(_) => false,
            _ => ty.is_scalar(),
        }
    }

    /// True if each variant of a union is written as one string outside of JSON.
    pub(crate) fn is_scalar_union(&self, variants: &[UnionVariant]) -> bool {
        variants.iter().all(|variant| match &variant.ty {
            Type::Model(id) => {
                let model = self.model(*id);
                model.is_some_and(|model| matches!(model.shape, Shape::Enum(_)))
            }
            ty => ty.is_scalar(),
        })
    }

    /// True if the type is a union. The values of its variants convert into it.
    pub(crate) fn is_union(&self, ty: &Type) -> bool {
        let model = ty.model().and_then(|id| self.model(id));
        model.is_some_and(Model::is_union)
    }

    /// True if the type implements `Copy`.
    pub(crate) fn is_copy(&self, ty: &Type) -> bool {
        match ty {
            Type::Bool | Type::Int | Type::UInt | Type::Float => true,
            Type::Option(some) => self.is_copy(some),
            Type::Model(id) => self.model(*id).is_some_and(Model::is_closed_enum),
            _ => false,
        }
    }

    /// Returns the value that a field always has.
    pub(crate) fn constant(&self, field: &'a Field) -> Option<Constant<'a>> {
        let text = field.const_value.as_deref()?;
        match &field.ty {
            Type::String => Some(Constant::String(text)),
            Type::Model(id) => {
                let Shape::Enum(variants) = &self.model(*id)?.shape else {
                    return None;
                };
                let variant = variants.iter().find(|variant| variant.wire_name == text)?;
                Some(Constant::Variant(*id, variant))
            }
            _ => None,
        }
    }
}

/// Resolves an alias of a model.
fn resolve(api: &Api, id: ModelId) -> ModelId {
    match api.model(id).map(|model| &model.shape) {
        Some(Shape::Alias(Type::Model(other))) => *other,
        _ => id,
    }
}

fn types(model: &Model) -> impl Iterator<Item = &Type> {
    model.shape.types().into_iter()
}

fn contains_no_eq(ty: &Type) -> bool {
    ty.any(&|ty| matches!(ty, Type::Float | Type::Json))
}

fn has_checks(model: &Model) -> bool {
    model.in_request && model.fields().iter().any(|field| !field.checks.is_empty())
}

/// Returns for each model the models that contain it.
fn users(api: &Api) -> HashMap<ModelId, Vec<ModelId>> {
    let mut users: HashMap<ModelId, Vec<ModelId>> = HashMap::new();
    for (id, model) in api.models_with_ids() {
        for part in types(model).filter_map(innermost) {
            users.entry(part).or_default().push(id);
        }
    }
    users
}

/// Returns these models and all models that contain one of them.
fn with_users<'a>(
    models: impl Iterator<Item = (ModelId, &'a Model)>,
    users: &HashMap<ModelId, Vec<ModelId>>,
) -> HashSet<ModelId> {
    let start = models.map(|(id, _)| id);
    reachable(start, |id| users.get(&id).into_iter().flatten().copied())
}

/// Returns the results of bulk operations and the models in them. Items of lists and maps are not included: they are
/// not merged.
fn mergeable(api: &Api) -> HashSet<ModelId> {
    let operations = api.groups.iter().flat_map(|group| &group.operations);
    let bulk = operations.filter(|operation| operation.bulk.is_some());
    let results = bulk.filter_map(|operation| match &operation.success {
        Success::Json { ty, .. } => single(ty),
        Success::ByArgument { model, .. } => Some(*model),
        _ => None,
    });
    reachable(results, |id| {
        let model = api.model(id);
        model.into_iter().flat_map(types).filter_map(single)
    })
}

/// Returns the field with the failed keys for each result of a bulk operation.
fn failed_keys(api: &Api) -> HashMap<ModelId, &str> {
    let operations = api.groups.iter().flat_map(|group| &group.operations);
    let results = operations.filter_map(|operation| {
        let field = operation.bulk.as_ref()?.failed_keys.as_deref()?;
        match &operation.success {
            Success::Json { ty, .. } => Some((resolve(api, single(ty)?), field)),
            _ => None,
        }
    });
    results.collect()
}

/// Returns the items of the lists of bulk operations.
fn bulk_items(api: &Api) -> HashMap<ModelId, &Bulk> {
    let operations = api.groups.iter().flat_map(|group| &group.operations);
    let items = operations.filter_map(|operation| {
        let bulk = operation.bulk.as_ref()?;
        let mut arguments = operation.arguments.iter();
        match &arguments
            .find(|argument| argument.name == bulk.argument)?
            .ty
        {
            Type::List(item) => Some((resolve(api, item.model()?), bulk)),
            _ => None,
        }
    });
    items.collect()
}

/// Returns the models that can be reached from `start`.
fn reachable<N: Iterator<Item = ModelId>>(
    start: impl Iterator<Item = ModelId>,
    next: impl Fn(ModelId) -> N,
) -> HashSet<ModelId> {
    let mut open: Vec<ModelId> = start.collect();
    let mut reached = HashSet::new();
    while let Some(id) = open.pop() {
        if reached.insert(id) {
            open.extend(next(id));
        }
    }
    reached
}

/// Returns the model of a type that contains at most one value of it.
fn single(ty: &Type) -> Option<ModelId> {
    match ty {
        Type::Option(some) => single(some),
        _ => ty.model(),
    }
}

/// Returns the model in a type.
fn innermost(ty: &Type) -> Option<ModelId> {
    match ty {
        Type::List(inner) | Type::Map(inner) | Type::Option(inner) => innermost(inner),
        _ => ty.model(),
    }
}
