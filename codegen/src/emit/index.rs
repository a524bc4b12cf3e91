//! Lookups that emitters share: the API, its analysis, and the names of its types for docs.

use super::code::Scope;
use crate::ir::analysis::Analysis;
use crate::ir::{Api, Field, Model, ModelId, Type};

/// The API and the facts about it.
pub(super) struct Index<'a> {
    pub(super) api: &'a Api,
    pub(super) analysis: Analysis<'a>,
    /// Types as docs name them. Imports are not recorded for a file.
    pub(super) types: Scope<'a>,
}

impl<'a> Index<'a> {
    pub(super) fn new(api: &'a Api) -> Self {
        Self {
            api,
            analysis: Analysis::new(api),
            types: Scope::of_models(&api.models),
        }
    }

    pub(super) fn model(&self, id: ModelId) -> Option<&'a Model> {
        self.analysis.model(id)
    }

    /// True if a model has this name.
    pub(super) fn has_model(&self, name: &str) -> bool {
        self.api.models.iter().any(|model| model.name == name)
    }

    pub(super) fn is_text(&self, ty: &Type) -> bool {
        self.analysis.is_text(ty)
    }

    pub(super) fn is_union(&self, ty: &Type) -> bool {
        self.analysis.is_union(ty)
    }

    pub(super) fn is_copy(&self, ty: &Type) -> bool {
        self.analysis.is_copy(ty)
    }

    pub(super) fn is_checked(&self, ty: &Type) -> bool {
        self.analysis.is_checked(ty)
    }
}

pub(super) fn fields(model: &Model) -> &[Field] {
    model.fields()
}

pub(super) fn has_default(model: &Model) -> bool {
    model.has_default()
}

pub(super) fn model_id(ty: &Type) -> Option<ModelId> {
    ty.model()
}
