//! The API with the facts that emitters share: its analysis, and the names of its types for docs.

use super::code::Scope;
use crate::ir::Api;
use crate::ir::analysis::Analysis;

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

    /// True if a model has this name.
    pub(super) fn has_model(&self, name: &str) -> bool {
        self.api.models.iter().any(|model| model.name == name)
    }
}
