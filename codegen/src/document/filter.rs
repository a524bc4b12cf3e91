//! The part of a document that is wanted: some operations, and all that their `$ref`s lead to.

use std::collections::HashSet;

use indexmap::IndexMap;
use openapiv3::{OpenAPI, ReferenceOr};
use serde_json::{Map, Value};

use super::untagged::Untagged;
use crate::config::Group;
use crate::diagnostic::{Diagnostic, Diagnostics, Origin};
use crate::metaschema::ValueKind;
use crate::metaschema::openapi::{OPERATION, PATH_ITEM};
use crate::names;
use crate::pointer::Pointer;
use crate::suggest::nearest_few;
use crate::suggest::or_list;
use crate::validate::references::lookup;

/// What is wanted of a document.
#[derive(Default)]
pub(super) struct Selection {
    /// The path and the method of each operation.
    operations: HashSet<(String, String)>,
    /// The places that they consist of, with all inside.
    needed: HashSet<Pointer>,
}

/// An operation as the tree has it.
pub(super) struct Found<'v> {
    pub(super) path: &'v str,
    method: &'v str,
    at: Pointer,
    operation: &'v Value,
}

impl Selection {
    /// Finds the operations that are wanted: by a path that theirs begins with, a tag or a group.
    pub(super) fn find(
        root: &Value,
        wanted: &[String],
        groups: &IndexMap<String, Group>,
        untagged: &Untagged,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let all = operations(root);
        let mut part = Self::default();
        for word in wanted {
            let matching = all
                .iter()
                .filter(|found| fits(found, word, groups, untagged));
            let mut any = false;
            for found in matching {
                any = true;
                part.operations
                    .insert((found.path.to_owned(), found.method.to_owned()));
                part.take(root, found);
            }
            if !any {
                diagnostics.push(no_match(word, &all, groups, untagged));
            }
        }
        part
    }

    /// Takes an operation with what stands beside it and what it refers to.
    fn take(&mut self, root: &Value, found: &Found<'_>) {
        let path = Pointer::root().key("paths").key(found.path);
        let mut open = vec![found.at.clone()];
        for item in [Some(path), found.at.parent()].into_iter().flatten() {
            let beside = lookup(root, &item).and_then(Value::as_object);
            let keys = beside.into_iter().flatten().map(|(key, _)| key);
            open.extend(keys.filter(|key| !is_method(key)).map(|key| item.key(key)));
        }
        while let Some(at) = open.pop() {
            if self.needed.contains(&at) {
                continue;
            }
            let mut references = Vec::new();
            if let Some(value) = lookup(root, &at) {
                collect(value, &mut references);
            }
            self.needed.insert(at);
            open.extend(references);
        }
    }

    /// Whether what is wrong is wrong with this part, or with what is around all parts.
    pub(super) fn concerns(&self, diagnostic: &Diagnostic) -> bool {
        let mut segments = diagnostic.at.segments();
        let (section, inner) = (segments.next(), segments.next());
        let is_shared = match section.as_deref() {
            Some("paths") => match inner {
                None => true,
                Some(path) if segments.next().is_none() => {
                    self.operations.iter().any(|(other, _)| *other == path)
                }
                Some(_) => false,
            },
            Some("components") => inner.is_none_or(|section| section == "securitySchemes"),
            _ => true,
        };
        diagnostic.origin == Origin::Config
            || is_shared
            || diagnostic
                .at
                .ancestors()
                .any(|at| self.needed.contains(&at))
    }

    /// Takes all other operations out of a document.
    pub(super) fn keep(&self, api: &mut OpenAPI) {
        let wanted = |path: &str, method: &str| {
            let key = (path.to_owned(), method.to_owned());
            self.operations.contains(&key)
        };
        api.paths.paths.retain(|path, item| match item {
            ReferenceOr::Reference { .. } => self.operations.iter().any(|(other, _)| other == path),
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
                    operation.take_if(|_| !wanted(path, method));
                }
                item.iter().next().is_some()
            }
        });
    }
}

/// Every operation of a document.
pub(super) fn operations(root: &Value) -> Vec<Found<'_>> {
    let paths = root.get("paths").and_then(Value::as_object);
    let mut all = Vec::new();
    for (path, item) in paths.into_iter().flatten() {
        let mut at = Pointer::root().key("paths").key(path);
        let mut item = Some(item);
        // Two in a row: more are rare, and a circle has no end.
        for _ in 0..2 {
            let reference = item.and_then(|item| item.get("$ref")?.as_str());
            if let Some(target) = reference.and_then(Pointer::parse) {
                item = lookup(root, &target);
                at = target;
            }
        }
        let entries = item.and_then(Value::as_object).into_iter().flatten();
        all.extend(
            entries
                .filter(|(method, _)| is_method(method))
                .map(|(method, operation)| Found {
                    path,
                    method,
                    at: at.key(method),
                    operation,
                }),
        );
    }
    all
}

fn is_method(key: &str) -> bool {
    matches!(PATH_ITEM.value_kind(key), Some(ValueKind::Object(kind)) if *kind == OPERATION)
}

fn fits(
    found: &Found<'_>,
    word: &str,
    groups: &IndexMap<String, Group>,
    untagged: &Untagged,
) -> bool {
    if word.starts_with('/') {
        let rest = found.path.strip_prefix(word.trim_end_matches('/'));
        return rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    }
    let id = found.operation.get("operationId").and_then(Value::as_str);
    let in_group = groups.get(word).is_some_and(|group| {
        let mut ids = group.methods.values();
        ids.any(|other| Some(other.as_str()) == id)
    });
    in_group || tags(found).any(|tag| tag == word) || group(found, untagged) == word
}

pub(super) fn tags<'v>(found: &Found<'v>) -> impl Iterator<Item = &'v str> {
    let tags = found.operation.get("tags").and_then(Value::as_array);
    tags.into_iter().flatten().filter_map(Value::as_str)
}

/// The group that an operation is in without a config.
fn group(found: &Found<'_>, untagged: &Untagged) -> String {
    let first = tags(found).next();
    let tag = first.unwrap_or_else(|| untagged.group(found.path));
    names::snake(tag, names::RESERVED_GROUPS)
}

fn no_match(
    word: &str,
    all: &[Found<'_>],
    groups: &IndexMap<String, Group>,
    untagged: &Untagged,
) -> Diagnostic {
    let is_path = word.starts_with('/');
    let mut known: Vec<String> = if is_path {
        let length = word.split('/').count();
        let start = |path: &str| path.split('/').take(length).collect::<Vec<_>>().join("/");
        all.iter().map(|found| start(found.path)).collect()
    } else {
        let tags = all.iter().flat_map(tags).map(str::to_owned);
        tags.chain(groups.keys().cloned()).collect()
    };
    if !is_path && known.is_empty() {
        known.extend(all.iter().map(|found| group(found, untagged)));
    }
    known.sort();
    known.dedup();
    let near = nearest_few(word, known.iter().map(String::as_str), 3);
    let text = if is_path {
        format!("no path begins with `{word}`")
    } else {
        format!("no operation has the tag `{word}`, and no group has this name")
    };
    let diagnostic =
        Diagnostic::error("unknown-selection", &Pointer::root().key("paths"), text).at_key();
    let some: Vec<&String> = known.iter().take(5).collect();
    match (near.as_slice(), some.len()) {
        ([], 0) => diagnostic.help("the document has no operation"),
        ([], shown) if shown < known.len() => diagnostic.help(format!(
            "use {}, or another one of the document's",
            or_list(&some)
        )),
        ([], _) => diagnostic.help(format!("use {}", or_list(&some))),
        (near, _) => diagnostic.help(format!("did you mean {}?", or_list(near))),
    }
}

/// Where the `$ref`s and discriminators in a value lead.
fn collect(value: &Value, references: &mut Vec<Pointer>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, references)),
        Value::Object(object) => {
            let reference = object.get("$ref").and_then(Value::as_str);
            references.extend(reference.and_then(Pointer::parse));
            if let Some(Value::Object(mapping)) = object.get("mapping") {
                references.extend(mapped(mapping));
            }
            object.values().for_each(|value| collect(value, references));
        }
        _ => {}
    }
}

fn mapped(mapping: &Map<String, Value>) -> impl Iterator<Item = Pointer> {
    let targets = mapping.values().filter_map(Value::as_str);
    targets.filter_map(|target| {
        if target.starts_with('#') {
            return Pointer::parse(target);
        }
        let schemas = Pointer::root().key("components").key("schemas");
        Some(schemas.key(target))
    })
}
