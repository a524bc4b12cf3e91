//! Prints the crate: converts [`crate::ir`] into files. This cannot fail.
//!
//! [`emit`] lists all files. Each emitter takes the [`Index`] and returns a file or the tokens of an item. `models`,
//! `group`, `operation` and `client` print Rust items; `code`, `imports` and `markdown` are their tools. `runtime` selects
//! the files of the runtime that the API needs.

mod argument;
mod checks;
mod client;
mod code;
mod condition;
mod docs;
mod example;
mod failed_keys;
mod file;
mod group;
mod handle;
mod header;
mod imports;
mod index;
mod item;
mod library;
mod manifest;
mod markdown;
mod models;
mod operation;
mod optional;
mod readme;
mod runtime;
mod security;
mod source_file;
#[cfg(test)]
mod tests;
mod text;

use crate::ir::{Api, Model, Type};
use code::Scope;
pub use file::File;
use index::Index;
use runtime::Parts;

/// Returns all files of the crate.
pub(crate) fn emit(api: &Api) -> Vec<File> {
    let index = Index::new(api);
    let parts = Parts::of(&index);
    let mut files = vec![manifest::manifest(api, &parts)];
    files.extend(emit_api(&index, &parts));
    files.extend(runtime::runtime(&parts));
    files
}

/// Returns the files that depend on the API, except the manifest.
fn emit_api(index: &Index, parts: &Parts) -> Vec<File> {
    let api = index.api;
    let mut files = vec![
        readme::readme(index, parts),
        library::library(api, parts),
        client::client(index),
    ];
    if !api.models.is_empty() {
        files.extend(models::models(index));
    }
    files.extend(handle::handles(index));
    files.push(library::groups(api));
    files.extend(
        api.groups
            .iter()
            .enumerate()
            .map(|(number, group)| group::group(index, number, group)),
    );
    files
}

/// Returns a type as code outside of the crate writes it. The module `types` must be in scope.
pub(crate) fn path_of(models: &[Model], ty: &Type) -> String {
    let names = models.iter().map(|model| model.name.as_str());
    Scope::new(models, names).ty(ty).to_string()
}
