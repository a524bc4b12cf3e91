//! Selection of operations by path, tag or group, with everything that they refer to.

use std::collections::HashSet;

use indexmap::IndexMap;
use openapiv3::{OpenAPI, ReferenceOr};
use serde_json::{Map, Value};

use super::operations::{OperationEntry, is_method, operations};
use super::untagged::Untagged;
use crate::diagnostic::{Diagnostic, Diagnostics, Origin};
use crate::pointer::Pointer;
use crate::suggest::{nearest_few, or_list};

/// Names of the wanted operations.
pub(crate) struct Filter<'a> {
    /// Tags, groups and path prefixes.
    pub(crate) only: &'a [String],
    /// Operation ids of the groups in the config.
    pub(crate) groups: IndexMap<&'a str, Vec<&'a str>>,
    /// Returns the group of a tag that the config does not group.
    pub(crate) group_of_tag: fn(&str) -> String,
}

/// Selected operations of a document.
#[derive(Default)]
pub(super) struct Selection {
    /// Path and method of each operation.
    operations: HashSet<(String, String)>,
    /// Locations of the operations and of the objects that they refer to.
    locations: HashSet<Pointer>,
}

impl Filter<'_> {
    /// Selects operations. A name without an operation is an error.
    pub(super) fn select(
        &self,
        root: &Value,
        untagged: &Untagged,
        diagnostics: &mut Diagnostics,
    ) -> Selection {
        let all = operations(root);
        let mut selection = Selection::default();
        for name in self.only {
            let mut matching = all
                .iter()
                .filter(|operation| self.matches(operation, name, untagged))
                .peekable();
            if matching.peek().is_none() {
                diagnostics.push(self.no_match(name, &all, untagged));
            }
            matching.for_each(|operation| selection.add(root, operation));
        }
        selection
    }

    fn matches(&self, operation: &OperationEntry<'_>, name: &str, untagged: &Untagged) -> bool {
        if name.starts_with('/') {
            let rest = operation.path.strip_prefix(name.trim_end_matches('/'));
            return rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        }
        let ids = self.groups.get(name);
        let in_group = ids.is_some_and(|ids| operation.id().is_some_and(|id| ids.contains(&id)));
        in_group
            || operation.tags().any(|tag| tag == name)
            || self.group(operation, untagged) == name
    }

    /// Returns the group of an operation without a config.
    fn group(&self, operation: &OperationEntry<'_>, untagged: &Untagged) -> String {
        let tag = operation.tags().next();
        (self.group_of_tag)(tag.unwrap_or_else(|| untagged.group(operation.path)))
    }

    fn no_match(&self, name: &str, all: &[OperationEntry<'_>], untagged: &Untagged) -> Diagnostic {
        let text = if name.starts_with('/') {
            format!("no path begins with `{name}`")
        } else {
            format!("no operation has the tag `{name}`, and no group has this name")
        };
        let known = self.known_names(name, all, untagged);
        let near = nearest_few(name, known.iter().map(String::as_str), 3);
        let shown: Vec<&String> = known.iter().take(5).collect();
        let help = match near.as_slice() {
            [] if known.is_empty() => "the document has no operation".to_owned(),
            [] if shown.len() < known.len() => {
                format!("use {}, or another one of the document", or_list(&shown))
            }
            [] => format!("use {}", or_list(&shown)),
            near => format!("did you mean {}?", or_list(near)),
        };
        Diagnostic::error("unknown-selection", &Pointer::root().key("paths"), text)
            .at_key()
            .help(help)
    }

    /// Returns the valid names of the same kind as `name`: path prefixes, or tags and groups.
    fn known_names(
        &self,
        name: &str,
        all: &[OperationEntry<'_>],
        untagged: &Untagged,
    ) -> Vec<String> {
        let mut known: Vec<String> = if name.starts_with('/') {
            let length = name.split('/').count();
            let prefix = |path: &str| path.split('/').take(length).collect::<Vec<_>>().join("/");
            all.iter().map(|operation| prefix(operation.path)).collect()
        } else {
            let tags = all.iter().flat_map(OperationEntry::tags);
            let groups = self.groups.keys().copied();
            tags.chain(groups).map(str::to_owned).collect()
        };
        if known.is_empty() && !name.starts_with('/') {
            known.extend(all.iter().map(|operation| self.group(operation, untagged)));
        }
        known.sort();
        known.dedup();
        known
    }
}

impl Selection {
    /// Adds an operation, the shared parts of its path item, and everything that they refer to.
    fn add(&mut self, root: &Value, operation: &OperationEntry<'_>) {
        let OperationEntry {
            path, method, at, ..
        } = operation;
        let key = ((*path).to_owned(), (*method).to_owned());
        self.operations.insert(key);
        let path = Pointer::root().key("paths").key(path);
        let mut open = vec![at.clone()];
        for item in [Some(path), at.parent()].into_iter().flatten() {
            let entries = item.get(root).and_then(Value::as_object);
            let keys = entries.into_iter().flatten().map(|(key, _)| key);
            open.extend(keys.filter(|key| !is_method(key)).map(|key| item.key(key)));
        }
        while let Some(at) = open.pop() {
            if self.locations.contains(&at) {
                continue;
            }
            if let Some(value) = at.get(root) {
                collect_references(value, &mut open);
            }
            self.locations.insert(at);
        }
    }

    /// True if a diagnostic concerns a selected operation or a part that all operations share.
    pub(super) fn concerns(&self, diagnostic: &Diagnostic) -> bool {
        diagnostic.origin == Origin::Config
            || self.is_shared(&diagnostic.at)
            || diagnostic
                .at
                .ancestors()
                .any(|at| self.locations.contains(&at))
    }

    fn is_shared(&self, at: &Pointer) -> bool {
        let mut segments = at.segments();
        let (section, key) = (segments.next(), segments.next());
        match (section.as_deref(), key) {
            (Some("paths"), Some(path)) => segments.next().is_none() && self.has_path(&path),
            (Some("components"), Some(section)) => section == "securitySchemes",
            _ => true,
        }
    }

    fn has_path(&self, path: &str) -> bool {
        self.operations.iter().any(|(other, _)| *other == path)
    }

    /// Removes all other operations from a document.
    pub(super) fn apply(&self, api: &mut OpenAPI) {
        let is_selected = |path: &str, method: &str| {
            let key = (path.to_owned(), method.to_owned());
            self.operations.contains(&key)
        };
        api.paths.paths.retain(|path, item| match item {
            ReferenceOr::Reference { .. } => self.has_path(path),
            ReferenceOr::Item(item) => {
                let methods = [
                    ("get", &mut item.get),
                    ("put", &mut item.put),
                    ("post", &mut item.post),
                    ("delete", &mut item.delete),
                    ("options", &mut item.options),
                    ("head", &mut item.head),
                    ("patch", &mut item.patch),
                    ("trace", &mut item.trace),
                ];
                for (method, operation) in methods {
                    operation.take_if(|_| !is_selected(path, method));
                }
                item.iter().next().is_some()
            }
        });
    }
}

/// Collects the targets of the `$ref`s and discriminators in a value.
fn collect_references(value: &Value, targets: &mut Vec<Pointer>) {
    match value {
        Value::Array(items) => items
            .iter()
            .for_each(|item| collect_references(item, targets)),
        Value::Object(object) => {
            let reference = object.get("$ref").and_then(Value::as_str);
            targets.extend(reference.and_then(Pointer::parse));
            if let Some(Value::Object(mapping)) = object.get("mapping") {
                targets.extend(mapping_targets(mapping));
            }
            object
                .values()
                .for_each(|value| collect_references(value, targets));
        }
        _ => {}
    }
}

fn mapping_targets(mapping: &Map<String, Value>) -> impl Iterator<Item = Pointer> {
    let targets = mapping.values().filter_map(Value::as_str);
    targets.filter_map(|target| {
        if target.starts_with('#') {
            return Pointer::parse(target);
        }
        let schemas = Pointer::root().key("components").key("schemas");
        Some(schemas.key(target))
    })
}
