//! Emits the models: `types.rs` contains their Rust types, `types/json.rs` their JSON mapping.

mod binary;
mod bulk_item;
mod by_argument;
mod check;
mod complete;
mod constructor;
mod docs;
mod enumeration;
mod json;
mod layout;
mod merge;
mod response_enum;
mod structure;
mod union;

pub(super) use json::is_nullable;

use quote::quote;

use super::code::Scope;
use super::docs::inner;
use super::file::File;
use super::index::Index;
use super::source_file::SourceFile;
use super::text::inline;
use crate::format;
use crate::ir::{Model, ModelId, Shape};

/// Returns the files of the models.
pub(super) fn models(index: &Index) -> Vec<File> {
    let mapping = json::json(index);
    let scope = Scope::of_models(&index.api.models);
    let mut types = SourceFile::default();
    for (id, model) in index.api.models_with_ids() {
        types.push_text(&items(index, &scope, id, model));
        if index.analysis.is_mergeable(id) {
            types.push(merge::merge(&scope, model));
        }
        if index.analysis.bulk_of_item(id).is_some() && matches!(model.shape, Shape::Struct(_)) {
            types.push(bulk_item::conversions(index, &scope, model));
        }
    }
    let about_json = match mapping {
        Some(_) => {
            "The module `json` implements `Serialize` and `Deserialize` of structs, enums and unions."
        }
        None => "",
    };
    let docs = inner(&["Types of requests and responses.", about_json]);
    let json = mapping.is_some().then(|| {
        quote!(
            mod json;
        )
    });
    let source = &index.api.package.source;
    let types = types.finish("src/types.rs", source, quote!(#docs #json), &scope);
    std::iter::once(types).chain(mapping).collect()
}

/// Returns the formatted items of one model.
fn items(index: &Index, scope: &Scope, id: ModelId, model: &Model) -> String {
    match &model.shape {
        Shape::Alias(ty) => {
            let ty = inline(&scope.ty(ty));
            format!("{}pub type {} = {ty};\n", docs::lines(model), model.name)
        }
        Shape::Struct(fields) => structure::structure(index, scope, id, model, fields),
        Shape::Enum(variants) => enumeration::enumeration(model, variants),
        Shape::OneOf(variants) => format::items(union::union(index, scope, id, model, variants)),
        Shape::ByArgument { property, cases } => {
            let property = property.as_deref();
            format::items(by_argument::by_argument(
                index, scope, id, model, property, cases,
            ))
        }
        Shape::Binary(headers) => format::items(binary::binary(index, scope, id, model, headers)),
        Shape::ResponseEnum(variants) => format::items(response_enum::response_enum(
            index, scope, id, model, variants,
        )),
    }
}
