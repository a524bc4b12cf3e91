//! The models made so far, and what is known of the types that are being made.

use std::collections::{HashMap, HashSet};

use crate::ir::{Model, ModelId, Shape, Type};
use crate::lower::union;
use crate::names::Scope;
use crate::pointer::Pointer;

/// The models made so far.
#[derive(Clone, Default)]
pub(in crate::lower) struct ModelRegistry {
    /// Finished ones; `None` while one is being made.
    pub(in crate::lower) models: Vec<Option<Model>>,
    pub(in crate::lower) known: HashMap<Pointer, ModelId>,
    /// The unions that were asked for, by where they are.
    unions: HashMap<Pointer, Union>,
    pub(in crate::lower) scope: Scope,
    /// Where the first union of some cases is, by what tells these cases from all others.
    pub(in crate::lower) shared: HashMap<String, Pointer>,
    /// How many models are being made.
    pub(in crate::lower) open: usize,
    /// The places of items that are being looked at, each with how many models were open there.
    pub(in crate::lower) inside: Vec<(Pointer, usize)>,
    /// Names that the config gives.
    pub(in crate::lower) given: HashSet<String>,
}

#[derive(Clone)]
struct Union {
    /// Whether `null` is a case of it.
    nullable: bool,
    /// None while it is being made.
    ty: Option<Type>,
}

/// The place of a model that was never finished. Every model is.
const UNFINISHED: Model = Model {
    name: String::new(),
    docs: String::new(),
    origin: String::new(),
    shape: Shape::Alias(Type::Json),
    in_request: false,
    in_response: false,
    is_open: false,
};

impl ModelRegistry {
    /// All of them, and the names of those that the config names.
    pub(crate) fn finish(self) -> (Vec<Model>, HashSet<String>) {
        let models = self
            .models
            .into_iter()
            .map(|model| model.unwrap_or(UNFINISHED));
        let mut models: Vec<Model> = models.collect();
        union::note_constants(&mut models);
        (models, self.given)
    }

    /// The models that are finished.
    pub(crate) fn finished(&self) -> impl Iterator<Item = (ModelId, &Model)> {
        let all = self.models.iter().enumerate();
        all.filter_map(|(index, model)| Some((ModelId(index), model.as_ref()?)))
    }

    /// A finished model.
    pub(crate) fn model(&self, id: ModelId) -> Option<&Model> {
        self.models.get(id.0)?.as_ref()
    }

    /// The type of a union that has one already, or will have once it is made: what its cases are need not be found
    /// out at each place that refers to it.
    pub(in crate::lower) fn known_union(&self, at: &Pointer) -> Option<(Type, bool)> {
        let union = self.unions.get(at)?;
        let made = || Some(Type::Model(*self.known.get(at)?));
        Some((union.ty.clone().or_else(made)?, union.nullable))
    }

    /// Whether it is not begun already: a union whose type is still to be found consists of itself then.
    pub(in crate::lower) fn begin_union(&mut self, at: &Pointer, nullable: bool) -> bool {
        let union = Union { nullable, ty: None };
        self.unions.insert(at.clone(), union).is_none()
    }

    pub(in crate::lower) fn end_union(&mut self, at: &Pointer, ty: &Type) {
        if let Some(union) = self.unions.get_mut(at) {
            union.ty = Some(ty.clone());
        }
    }

    /// Lets an enum take any text beside its values.
    pub(in crate::lower) fn open(&mut self, ty: &Type) {
        if let Type::Model(id) = ty
            && let Some(Some(model)) = self.models.get_mut(id.0)
        {
            model.is_open = true;
        }
    }
}
