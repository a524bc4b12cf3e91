//! Resolution of `$ref`s.

use std::collections::HashSet;

use indexmap::IndexMap;
use serde_json::Value;

use super::target_error::TargetError;
use crate::metaschema::openapi::DOCUMENT;
use crate::metaschema::{ObjectSpec, ValueKind};
use crate::pointer::Pointer;
use crate::suggest::{nearest_few, or_list};

/// Resolved `$ref`s of a document.
pub(crate) struct References<'v> {
    root: &'v Value,
    /// Locations that recoveries removed or replaced.
    removed: &'v HashSet<Pointer>,
    /// Targets by the text of the `$ref` and the name of the expected object.
    resolved: IndexMap<(String, &'static str), Result<Target, TargetError>>,
    /// Number of `$ref`s without a target.
    errors: usize,
}

/// Number of errors that get suggestions. With more errors, the cause is probably not a misspelt name.
const MAX_SUGGESTIONS: usize = 100;

/// Chains of this many `$ref`s or more are not followed.
pub(crate) const MAX_REFERENCE_CHAIN: usize = 100;

/// Target of a `$ref`.
#[derive(Clone)]
pub(crate) struct Target {
    pub(crate) at: Pointer,
    pub(crate) spec: &'static ObjectSpec,
    /// True if the specification does not describe this location. The `$ref` alone determines its spec.
    pub(crate) unspecified: bool,
}

impl<'v> References<'v> {
    pub(super) fn new(root: &'v Value, removed: &'v HashSet<Pointer>) -> Self {
        Self {
            root,
            removed,
            resolved: IndexMap::new(),
            errors: 0,
        }
    }

    /// Resolves a `$ref`. The second value is true for the first `$ref` with this text.
    pub(super) fn resolve(
        &mut self,
        text: &str,
        spec: &'static ObjectSpec,
    ) -> (Result<Target, TargetError>, bool) {
        let key = (text.to_owned(), spec.name);
        if let Some(target) = self.resolved.get(&key) {
            return (target.clone(), false);
        }
        let target = self.target(text, spec);
        self.errors += usize::from(target.is_err());
        self.resolved.insert(key, target.clone());
        (target, true)
    }

    /// Returns the texts of the valid `$ref`s with their targets.
    pub(crate) fn targets(self) -> impl Iterator<Item = (String, Target)> {
        self.resolved
            .into_iter()
            .filter_map(|((text, _), target)| Some((text, target.ok()?)))
    }

    /// Returns an object, or the target of its `$ref`.
    pub(super) fn follow(&self, mut value: &'v Value) -> Option<&'v Value> {
        for _ in 0..MAX_REFERENCE_CHAIN {
            let Some(Value::String(text)) = value.get("$ref") else {
                return Some(value);
            };
            value = Pointer::parse(text)?.get(self.root)?;
        }
        None
    }

    /// True if a recovery removed or replaced this location.
    pub(super) fn is_removed(&self, at: &Pointer) -> bool {
        self.removed.contains(at)
    }

    fn target(&self, text: &str, spec: &'static ObjectSpec) -> Result<Target, TargetError> {
        if !text.starts_with('#') {
            return Err(self.external(text, spec));
        }
        let Some(at) = Pointer::parse(text) else {
            return Err(self.unknown_anchor(text, spec));
        };
        let value = at.get(self.root).filter(|value| !value.is_null());
        let Some(value) = value else {
            return Err(self.missing(text, &at));
        };
        let unspecified = self.matches(text, &at, value, spec)?;
        self.check_chain(text, value)?;
        Ok(Target {
            at,
            spec,
            unspecified,
        })
    }

    /// Compares the object that the specification describes at a location with the expected one. Returns true if the
    /// specification does not describe the location.
    fn matches(
        &self,
        text: &str,
        at: &Pointer,
        value: &Value,
        spec: &'static ObjectSpec,
    ) -> Result<bool, TargetError> {
        let not_expected = format!("the reference target `{text}` is not {}", spec.name);
        match value_kind(at) {
            Some(
                ValueKind::Object(actual)
                | ValueKind::Reference(actual)
                | ValueKind::BoolOrReference(actual),
            ) if actual == spec => {
                if value.is_object() {
                    return Ok(false);
                }
                Err(TargetError::new("invalid-reference-target", not_expected)
                    .help("correct the target"))
            }
            Some(ValueKind::Any) => Ok(true),
            Some(ValueKind::Object(actual) | ValueKind::Reference(actual)) => {
                let text = format!(
                    "the reference target `{text}` is {}, not {}",
                    actual.name, spec.name
                );
                let near = self.similar_components(&at.last(), spec);
                let help = if near.is_empty() {
                    format!("refer to {}", spec.name)
                } else {
                    format!("did you mean {}?", or_list(&near))
                };
                Err(TargetError::new("wrong-reference-target", text).help(help))
            }
            _ => Err(TargetError::new("wrong-reference-target", not_expected)
                .help("correct the pointer")),
        }
    }

    /// Follows the chain of `$ref`s that begins with a `$ref` to this value.
    fn check_chain(&self, text: &str, mut value: &'v Value) -> Result<(), TargetError> {
        let mut seen = HashSet::new();
        while let Some(Value::String(next)) = value.get("$ref") {
            if !seen.insert(next) {
                let text = format!("`{text}` is part of a cycle of `$ref`s");
                return Err(TargetError::new("reference-cycle", text)
                    .help("replace one of them by the object itself"));
            }
            if seen.len() + 1 >= MAX_REFERENCE_CHAIN {
                let text = format!("`{text}` begins a chain of too many `$ref`s");
                return Err(TargetError::new("reference-chain", text)
                    .help("replace one of them by the object itself"));
            }
            match Pointer::parse(next).and_then(|at| at.get(self.root)) {
                Some(target) => value = target,
                None => return Ok(()),
            }
        }
        Ok(())
    }

    fn missing(&self, text: &str, at: &Pointer) -> TargetError {
        if at.ancestors().any(|at| self.is_removed(&at)) {
            let text = format!("the reference target `{text}` is left out");
            return TargetError::new("removed-reference-target", text);
        }
        let text = format!("the reference target `{text}` does not exist");
        let error = TargetError::new("missing-reference-target", text);
        match self.similar_keys(at) {
            Some(help) => error.help(help),
            None => error,
        }
    }

    /// A `$ref` to an `$anchor` that no schema has.
    fn unknown_anchor(&self, text: &str, spec: &ObjectSpec) -> TargetError {
        let name = text.trim_start_matches('#');
        let error = TargetError::new(
            "unknown-anchor",
            format!("no schema has the `$anchor` `{name}`"),
        );
        match self.component(name, spec) {
            Some(at) => error.replace_by(at),
            None => error.help("write a pointer, as in `#/components/schemas/Name`"),
        }
    }

    /// A `$ref` to another document, or the name of a component.
    fn external(&self, text: &str, spec: &ObjectSpec) -> TargetError {
        if let Some(at) = self.component(text, spec) {
            let text = format!("`{text}` is not a JSON pointer");
            return TargetError::new("component-name-as-reference", text).replace_by(at);
        }
        let text = format!("`{text}` refers to another document");
        TargetError::new("external-reference", text)
            .help("combine the documents into one, with a bundler for OpenAPI documents")
    }

    /// Returns the component with this name and spec.
    fn component(&self, name: &str, spec: &ObjectSpec) -> Option<Pointer> {
        let mut candidates = self
            .sections()
            .filter(|(_, section)| section.get(name).is_some())
            .map(|(at, _)| at.key(name));
        candidates.find(|at| is_reference_to(at, spec))
    }

    /// Returns components with this spec and a similar name.
    fn similar_components(&self, name: &str, spec: &ObjectSpec) -> Vec<String> {
        if self.errors >= MAX_SUGGESTIONS {
            return Vec::new();
        }
        let sections = self
            .sections()
            .filter(|(at, _)| is_reference_to(&at.key(name), spec))
            .filter_map(|(at, section)| Some((at, section.as_object()?)));
        sections
            .flat_map(|(at, section)| {
                let near = nearest_few(name, section.keys().map(String::as_str), 3);
                let pointers = near.into_iter().map(|key| at.key(key).to_string());
                pointers.collect::<Vec<_>>()
            })
            .collect()
    }

    fn sections(&self) -> impl Iterator<Item = (Pointer, &'v Value)> {
        let components = Pointer::root().key("components");
        let sections = self.root.get("components").and_then(Value::as_object);
        let sections = sections.into_iter().flatten();
        sections.map(move |(key, section)| (components.key(key), section))
    }

    /// Suggests pointers with a similar last key.
    fn similar_keys(&self, at: &Pointer) -> Option<String> {
        if self.errors >= MAX_SUGGESTIONS {
            return None;
        }
        let parent = at.parent()?;
        let Some(container) = parent.get(self.root) else {
            return Some(format!("add `{parent}`, or correct the pointer"));
        };
        let entries = container.as_object().into_iter().flatten();
        let last = at.last();
        let near: Vec<String> = nearest_few(&last, entries.map(|(key, _)| key.as_str()), 3)
            .iter()
            .map(|key| parent.key(key).to_string())
            .collect();
        Some(if near.is_empty() {
            "add it, or correct the pointer".to_owned()
        } else {
            format!("did you mean {}?", or_list(&near))
        })
    }
}

fn is_reference_to(at: &Pointer, spec: &ObjectSpec) -> bool {
    matches!(value_kind(at), Some(ValueKind::Reference(actual)) if actual == spec)
}

/// Returns the kind of value that the specification describes at a location.
fn value_kind(at: &Pointer) -> Option<ValueKind> {
    at.segments()
        .try_fold(ValueKind::Object(&DOCUMENT), |kind, segment| {
            kind.child(&segment)
        })
}
