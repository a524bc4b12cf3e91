//! References to the operations and webhooks of a document.

use indexmap::IndexMap;
use openapiv3::{Parameter, PathItem, ReferenceOr, Server};

use crate::document::Document;
use crate::pointer::Pointer;

/// An operation of the document and its location.
#[derive(Clone)]
pub(crate) struct Found<'a> {
    pub(crate) at: Pointer,
    /// The operationId, else method and path, as in `get /pets`.
    pub(crate) id: String,
    pub(crate) verb: &'static str,
    pub(crate) path: &'a str,
    pub(crate) operation: &'a openapiv3::Operation,
    /// The servers of the path item, and their location.
    pub(in crate::lower) path_servers: (&'a [Server], Pointer),
    /// The parameters of the path item, and their location.
    shared: (&'a [ReferenceOr<Parameter>], Pointer),
}

impl<'a> Found<'a> {
    /// Returns the parameters of the path item and those of the operation, with their locations.
    pub(crate) fn parameters(&self) -> [(&'a [ReferenceOr<Parameter>], Pointer); 2] {
        let own = (
            self.operation.parameters.as_slice(),
            self.at.key("parameters"),
        );
        [self.shared.clone(), own]
    }
}

/// Returns all operations of a document, in document order.
pub(crate) fn find(document: &Document) -> Vec<Found<'_>> {
    find_in(document, "paths", &document.api.paths.paths)
}

/// Returns all webhooks of a document. The path of each is its name.
pub(in crate::lower) fn find_webhooks(document: &Document) -> Vec<Found<'_>> {
    find_in(document, "webhooks", &document.webhooks)
}

fn find_in<'a>(
    document: &'a Document,
    section: &str,
    items: &'a IndexMap<String, ReferenceOr<PathItem>>,
) -> Vec<Found<'a>> {
    let mut found = Vec::new();
    let section = Pointer::root().key(section);
    for (path, item) in items {
        let Some((at, item)) = document.path_item(item, &section.key(path)) else {
            continue;
        };
        for (verb, operation) in item.iter() {
            let verb = verb_of(verb);
            found.push(Found {
                at: at.key(&verb.to_lowercase()),
                id: operation
                    .operation_id
                    .clone()
                    .unwrap_or_else(|| format!("{} {path}", verb.to_lowercase())),
                verb,
                path,
                operation,
                path_servers: (&item.servers, at.key("servers")),
                shared: (&item.parameters, at.key("parameters")),
            });
        }
    }
    found
}

/// Returns the names of the parameters in a path template, in order.
pub(crate) fn path_parameters(path: &str) -> Vec<&str> {
    path.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
        .collect()
}

/// Returns the summary and the description, without the summary if the description begins with it.
pub(in crate::lower) fn docs(operation: &openapiv3::Operation) -> String {
    let summary = operation.summary.as_deref().unwrap_or_default().trim();
    let description = operation.description.as_deref().unwrap_or_default().trim();
    if summary.is_empty()
        || description.is_empty()
        || stems(description).starts_with(&stems(summary))
    {
        return if description.is_empty() {
            summary
        } else {
            description
        }
        .to_owned();
    }
    let stop = if summary.ends_with(['.', '!', '?']) {
        ""
    } else {
        "."
    };
    format!("{summary}{stop}\n\n{description}")
}

/// Returns the significant words of a text in a normal form: "List pets" is a prefix of "Lists all the pets".
fn stems(text: &str) -> Vec<String> {
    let words = text
        .split(|c: char| !c.is_alphanumeric())
        .map(str::to_lowercase);
    let said = words.filter(|word| !matches!(word.as_str(), "" | "a" | "an" | "the" | "all"));
    said.map(|word| word.trim_end_matches('s').to_owned())
        .collect()
}

fn verb_of(verb: &str) -> &'static str {
    match verb {
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
