//! Method names of the operations of a tag.

use std::collections::HashMap;

use crate::lower::operation_ref::OperationRef;
use crate::names;

/// Returns the method names of the operations of a tag. They come from the operationIds.
pub(in crate::lower) fn method_names(tag: &str, operations: &[OperationRef<'_>]) -> Vec<String> {
    let tag = names::operation_words(tag);
    let ids = operations.iter().map(|it| names::operation_words(&it.id));
    let ids: Vec<Vec<String>> = ids.collect();
    let short_names: Vec<String> = ids
        .iter()
        .zip(operations)
        .map(|(id, operation)| method_name(&tag, without_path_suffix(id, operation)))
        .collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for name in &short_names {
        *counts.entry(name).or_default() += 1;
    }
    let names = short_names.iter().zip(&ids).map(|(short_name, id)| {
        if counts.get(short_name.as_str()) == Some(&1) {
            short_name.clone()
        } else {
            method_name(&tag, id)
        }
    });
    names.collect()
}

/// Returns the method name for the words of an operationId, without the words of the tag at the start.
fn method_name(tag: &[String], id: &[String]) -> String {
    let rest = id.strip_prefix(tag).filter(|rest| !rest.is_empty());
    names::snake(&rest.unwrap_or(id).join(" "), names::RESERVED_METHODS)
}

/// Returns the words of an operationId without its suffix of path and HTTP method.
///
/// Some frameworks append them to make the operationId unique. A short operationId is returned unchanged.
fn without_path_suffix<'w>(id: &'w [String], operation_ref: &OperationRef<'_>) -> &'w [String] {
    let mut suffix = names::operation_words(operation_ref.path);
    suffix.push(operation_ref.http_method.to_lowercase());
    let rest = id.strip_suffix(suffix.as_slice());
    let rest = rest.filter(|rest| !rest.is_empty() && suffix.len() > 1 && id.len() > 3);
    rest.unwrap_or(id)
}
