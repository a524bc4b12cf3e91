//! Operations in the tree of a document.

use serde_json::Value;

use crate::metaschema::ValueKind;
use crate::metaschema::openapi::{OPERATION, PATH_ITEM};
use crate::pointer::Pointer;

/// An operation in the tree.
pub(super) struct OperationEntry<'v> {
    pub(super) path: &'v str,
    pub(super) method: &'v str,
    pub(super) at: Pointer,
    value: &'v Value,
}

impl<'v> OperationEntry<'v> {
    pub(super) fn tags(&self) -> impl Iterator<Item = &'v str> + use<'v> {
        let tags = self.value.get("tags").and_then(Value::as_array);
        tags.into_iter().flatten().filter_map(Value::as_str)
    }

    pub(super) fn id(&self) -> Option<&'v str> {
        self.value.get("operationId").and_then(Value::as_str)
    }
}

/// Largest number of consecutive `$ref`s of a path item that are followed here.
const MAX_REFERENCES: usize = 2;

/// Returns every operation of a document.
pub(super) fn operations(root: &Value) -> Vec<OperationEntry<'_>> {
    let paths = root.get("paths").and_then(Value::as_object);
    let mut all = Vec::new();
    for (path, item) in paths.into_iter().flatten() {
        let mut at = Pointer::root().key("paths").key(path);
        let mut item = Some(item);
        for _ in 0..MAX_REFERENCES {
            let reference = item.and_then(|item| item.get("$ref")?.as_str());
            if let Some(target) = reference.and_then(Pointer::parse) {
                item = target.get(root);
                at = target;
            }
        }
        let entries = item.and_then(Value::as_object).into_iter().flatten();
        let operations = entries.filter(|(method, _)| is_method(method));
        all.extend(operations.map(|(method, value)| OperationEntry {
            path,
            method,
            at: at.key(method),
            value,
        }));
    }
    all
}

/// True if a key of a path item is an HTTP method.
pub(super) fn is_method(key: &str) -> bool {
    matches!(PATH_ITEM.value_kind(key), Some(ValueKind::Object(spec)) if *spec == OPERATION)
}
