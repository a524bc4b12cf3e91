//! Emits `types/json.rs`: one macro call of the runtime for each type, with the names of its parts in JSON.

mod matcher;
mod object;
mod string_enum;
mod union;

use crate::emit::code::Scope;
use crate::emit::docs::inner;
use crate::emit::file::File;
use crate::emit::index::Index;
use crate::emit::item;
use crate::emit::source_file::SourceFile;
use crate::ir::Shape;

/// Returns the JSON mapping of the models, if there is any.
pub(super) fn json(index: &Index) -> Option<File> {
    let scope = Scope::of_models(&index.api.models);
    let mut calls = String::new();
    for model in &index.api.models {
        match &model.shape {
            Shape::Struct(fields) => {
                scope.import(item::JSON_OBJECT);
                calls.push_str(&object::object(model, fields));
            }
            Shape::Enum(variants) => {
                scope.import(item::STRING_ENUM);
                calls.push_str(&string_enum::string_enum(model, variants));
            }
            Shape::OneOf(variants) => {
                calls.push_str(&union::union(index, &scope, model, variants));
            }
            _ => {}
        }
    }
    if calls.is_empty() {
        return None;
    }
    scope.import_from("super", "*");
    let mut file = SourceFile::default();
    file.push_text(&calls);
    let docs = inner(&["JSON mapping of the types."]);
    let source = &index.api.package.source;
    Some(file.finish("src/types/json.rs", source, docs, &scope))
}
