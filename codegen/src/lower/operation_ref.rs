//! References to the operations and webhooks of a document.

use indexmap::IndexMap;
use openapiv3::{Parameter, PathItem, ReferenceOr, Server};

use crate::document::Document;
use crate::pointer::Pointer;

/// An operation of the document.
#[derive(Clone)]
pub(crate) struct OperationRef<'a> {
    /// Location of the operation.
    pub(crate) at: Pointer,
    /// The operationId, else method and path, as in `get /pets`.
    pub(crate) id: String,
    pub(crate) http_method: &'static str,
    pub(crate) path: &'a str,
    pub(crate) operation: &'a openapiv3::Operation,
    /// The servers of the path item, and their location.
    pub(in crate::lower) path_item_servers: (&'a [Server], Pointer),
    /// The parameters of the path item, and their location.
    path_item_parameters: (&'a [ReferenceOr<Parameter>], Pointer),
}

impl<'a> OperationRef<'a> {
    /// Returns the parameters of the path item and those of the operation, with their locations.
    pub(crate) fn parameters(&self) -> [(&'a [ReferenceOr<Parameter>], Pointer); 2] {
        let own = (
            self.operation.parameters.as_slice(),
            self.at.key("parameters"),
        );
        [self.path_item_parameters.clone(), own]
    }
}

/// Returns all operations of a document, in document order.
pub(crate) fn operations_of(document: &Document) -> Vec<OperationRef<'_>> {
    operations_of_items(document, "paths", &document.api.paths.paths)
}

/// Returns all webhooks of a document. The path of each is its name.
pub(in crate::lower) fn webhooks_of(document: &Document) -> Vec<OperationRef<'_>> {
    operations_of_items(document, "webhooks", &document.webhooks)
}

fn operations_of_items<'a>(
    document: &'a Document,
    section: &str,
    items: &'a IndexMap<String, ReferenceOr<PathItem>>,
) -> Vec<OperationRef<'a>> {
    let mut operations = Vec::new();
    let section = Pointer::root().key(section);
    for (path, item) in items {
        let Some((at, item)) = document.path_item(item, &section.key(path)) else {
            continue;
        };
        for (method, operation) in item.iter() {
            let http_method = http_method(method);
            let key = http_method.to_lowercase();
            let id = operation.operation_id.clone();
            operations.push(OperationRef {
                at: at.key(&key),
                id: id.unwrap_or_else(|| format!("{key} {path}")),
                http_method,
                path,
                operation,
                path_item_servers: (&item.servers, at.key("servers")),
                path_item_parameters: (&item.parameters, at.key("parameters")),
            });
        }
    }
    operations
}

/// Returns the names of the parameters in a path template, in order.
pub(crate) fn path_parameters(path: &str) -> Vec<&str> {
    path.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
        .collect()
}

fn http_method(key: &str) -> &'static str {
    match key {
        "get" => "GET",
        "put" => "PUT",
        "post" => "POST",
        "delete" => "DELETE",
        "options" => "OPTIONS",
        "head" => "HEAD",
        "patch" => "PATCH",
        _ => "TRACE",
    }
}
