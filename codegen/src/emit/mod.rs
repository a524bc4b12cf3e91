//! The crate as data comes in, its files go out. Nothing here can fail, and nothing looks past [`crate::ir`].

mod argument;
mod checks;
mod client;
mod code;
mod docs;
mod example;
mod group;
mod header;
mod imports;
mod index;
mod item;
mod library;
mod manifest;
mod markdown;
mod models;
mod module;
mod operation;
mod readme;
mod runtime;
mod security;
mod source_file;
#[cfg(test)]
mod tests;
mod text;

use crate::ir::{Api, Model, Type};
use code::Scope;
use index::Index;
use runtime::Parts;

/// A file of the emitted crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Where it lies in the crate's folder, with `/` between folders.
    pub path: String,
    /// What it holds.
    pub text: String,
}

/// Every file of the crate.
pub(crate) fn emit(api: &Api) -> Vec<File> {
    let index = Index::new(api);
    let parts = Parts::of(&index);
    let mut files = vec![manifest::manifest(api, &parts)];
    files.extend(emit_api(&index, &parts));
    files.extend(runtime::runtime(&parts));
    files
}

/// The files that differ from one API to the next, other than the manifest.
fn emit_api(index: &Index, parts: &Parts) -> Vec<File> {
    let api = index.api;
    let mut files = vec![
        readme::readme(index),
        library::library(api, parts),
        client::client(index),
    ];
    if !api.models.is_empty() {
        files.push(models::models(index));
    }
    files.push(library::groups(api));
    files.extend(
        api.groups
            .iter()
            .enumerate()
            .map(|(number, group)| group::group(index, number, group)),
    );
    files
}

/// A type as code outside of the crate writes it, where `types` and what they name are in scope.
pub(crate) fn path_of(models: &[Model], ty: &Type) -> String {
    let names = models.iter().map(|model| model.name.as_str());
    Scope::new(models, names).ty(ty).to_string()
}
