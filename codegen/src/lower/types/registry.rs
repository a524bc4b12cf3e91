//! The registry of models.

use std::collections::HashMap;

use crate::ir::{Model, ModelId, Shape, Type};
use crate::lower::types::name_request::NameRequest;
use crate::pointer::Pointer;

/// The models that are registered, and the state of those that are being lowered.
#[derive(Clone, Default)]
pub(in crate::lower) struct ModelRegistry {
    /// Models by id; `None` while a model is being lowered.
    models: Vec<Option<Model>>,
    /// Requested names by id.
    requests: Vec<NameRequest>,
    /// Ids by the location of the schema.
    ids: HashMap<Pointer, ModelId>,
    /// Types of unions by the location of the schema.
    unions: HashMap<Pointer, Union>,
    /// Locations of the first inline union of certain variants, by a key of these variants.
    pub(in crate::lower) shared_unions: HashMap<String, Pointer>,
    /// The models that are being lowered, the innermost last.
    open: Vec<ModelId>,
    /// Locations of the item schemas that are being lowered, each with the number of open models at its start.
    pub(in crate::lower) items: Vec<(Pointer, usize)>,
}

#[derive(Clone)]
struct Union {
    nullable: bool,
    /// `None` while the union is being lowered.
    ty: Option<Type>,
}

/// Placeholder for a model whose lowering has not ended.
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
    /// Returns the id of the model of the schema at `at`.
    pub(in crate::lower) fn id(&self, at: &Pointer) -> Option<ModelId> {
        self.ids.get(at).copied()
    }

    /// Registers a model before its parts are lowered, so that these can refer to it.
    pub(in crate::lower) fn begin(&mut self, at: Pointer, request: NameRequest) -> ModelId {
        let id = ModelId(self.models.len());
        self.ids.insert(at, id);
        self.requests.push(request);
        self.models.push(None);
        self.open.push(id);
        id
    }

    /// Completes the innermost model.
    pub(in crate::lower) fn end(&mut self, id: ModelId, model: Model) {
        self.open.pop();
        if let Some(entry) = self.models.get_mut(id.0) {
            *entry = Some(model);
        }
    }

    /// Returns the innermost model that is being lowered.
    pub(in crate::lower) fn parent(&self) -> Option<ModelId> {
        self.open.last().copied()
    }

    /// Returns the number of models that are being lowered.
    pub(in crate::lower) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Returns all models and their requested names, by id.
    pub(in crate::lower) fn finish(self) -> (Vec<Model>, Vec<NameRequest>) {
        let models = self.models.into_iter();
        let models = models.map(|model| model.unwrap_or(UNFINISHED));
        (models.collect(), self.requests)
    }

    /// Returns the complete models.
    pub(in crate::lower) fn finished(&self) -> impl Iterator<Item = (ModelId, &Model)> {
        let all = self.models.iter().enumerate();
        all.filter_map(|(index, model)| Some((ModelId(index), model.as_ref()?)))
    }

    /// Returns a complete model.
    pub(in crate::lower) fn model(&self, id: ModelId) -> Option<&Model> {
        self.models.get(id.0)?.as_ref()
    }

    /// Returns the type of a union and whether it is nullable, if its type or at least its model is known.
    pub(in crate::lower) fn known_union(&self, at: &Pointer) -> Option<(Type, bool)> {
        let union = self.unions.get(at)?;
        let model = || Some(Type::Model(self.id(at)?));
        Some((union.ty.clone().or_else(model)?, union.nullable))
    }

    /// Registers a union. Returns false if it is being lowered already: then it consists of itself only.
    pub(in crate::lower) fn begin_union(&mut self, at: &Pointer, nullable: bool) -> bool {
        let union = Union { nullable, ty: None };
        self.unions.insert(at.clone(), union).is_none()
    }

    pub(in crate::lower) fn end_union(&mut self, at: &Pointer, ty: &Type) {
        if let Some(union) = self.unions.get_mut(at) {
            union.ty = Some(ty.clone());
        }
    }

    /// Marks an enum as open: it accepts strings other than its values.
    pub(in crate::lower) fn set_open(&mut self, ty: &Type) {
        if let Type::Model(id) = ty
            && let Some(Some(model)) = self.models.get_mut(id.0)
        {
            model.is_open = true;
        }
    }
}
