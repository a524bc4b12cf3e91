//! State of a validation.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::references::References;
use super::target_error::TargetError;
use super::unsupported::Unsupported;
use crate::diagnostic::Diagnostic;
use crate::metaschema::ObjectSpec;
use crate::pointer::{Location, Pointer};

/// Checks that a spec cannot express.
pub(super) struct Checker<'v> {
    pub(super) root: &'v Value,
    pub(super) references: References<'v>,
    /// Location of the first use of each operationId.
    pub(super) operation_ids: HashMap<String, Pointer>,
    /// Schemas in the `allOf`, `anyOf` or `oneOf` of others.
    pub(super) composed: HashSet<Pointer>,
    /// Required properties that a schema does not describe. They are faults unless the schema is composed.
    pub(super) absent_properties: Vec<(Pointer, Diagnostic)>,
    /// Targets of `$ref`s that the specification does not describe and that are not validated yet.
    pub(super) unspecified: Vec<(Pointer, &'static ObjectSpec)>,
    pub(super) unsupported: Unsupported,
}

impl<'v> Checker<'v> {
    pub(super) fn new(root: &'v Value, removed: &'v HashSet<Pointer>) -> Self {
        Self {
            root,
            references: References::new(root, removed),
            operation_ids: HashMap::new(),
            composed: HashSet::new(),
            absent_properties: Vec::new(),
            unspecified: Vec::new(),
            unsupported: Unsupported::default(),
        }
    }

    /// Resolves a reference to `#/$defs/…` relative to the schemas around it, which some authors expect.
    pub(super) fn with_local_definition(
        &self,
        mut error: TargetError,
        text: &str,
        at: &Location<'_>,
    ) -> TargetError {
        let path = text.strip_prefix('#').unwrap_or_default();
        let is_local = path.starts_with("/$defs/") || path.starts_with("/definitions/");
        if error.replacement.is_none() && is_local {
            let here = at.pointer();
            let ancestors = here.ancestors();
            let mut candidates = ancestors.filter_map(|at| Pointer::parse(&format!("{at}{path}")));
            let is_object = |at: &Pointer| at.get(self.root).is_some_and(Value::is_object);
            error.replacement = candidates.find(is_object);
            if let Some(target) = &error.replacement {
                error.help = Some(format!("pointers begin at the root: write `{target}`"));
            }
        }
        error
    }
}
