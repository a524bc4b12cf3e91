//! Emits `types/json.rs`: one macro call of the runtime for each type, with the names of its parts in JSON.

mod matcher;
mod object;
mod string_enum;
mod union;

pub(in crate::emit) use object::is_nullable;

use crate::emit::code::Scope;
use crate::emit::docs::inner;
use crate::emit::file::File;
use crate::emit::index::Index;
use crate::emit::item;
use crate::emit::source_file::SourceFile;
use crate::ir::{Model, Shape};

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
    let docs: Vec<&str> = [ABOUT]
        .into_iter()
        .chain(about_macros(&index.api.models))
        .collect();
    let docs = inner(&docs);
    let source = &index.api.package.source;
    Some(file.finish("src/types/json.rs", source, docs, &scope))
}

const ABOUT: &str =
    "JSON mapping of the types. The macros of the runtime implement `Serialize` and `Deserialize`.";

const ABOUT_OBJECTS: &str = "\
`json_object!` lists the properties of a struct. A property has the name of its field, unless a name follows `=`.
Modifiers of a field: `opt` (an `Option`; `None` is absent from the JSON), `opt kept` (like `opt`, but null is a
value), `null` (an `Option`; `None` is null), and `int` (integers, also if they are written as `1.0`). The field
after `..` is a map of the other properties.";

const ABOUT_ENUMS: &str = "\
`string_enum!` lists the variants of an enum and their strings. The variant after `..` contains any other string. The
macro also implements conversions from and to text, and `KNOWN`, the list of the known values.";

const ABOUT_UNIONS: &str = "\
`json_union!` lists the variants of a union and the conditions that select them.";

/// Returns the docs of the macros that the mapping uses.
fn about_macros(models: &[Model]) -> impl Iterator<Item = &'static str> {
    let has = |test: fn(&Shape) -> bool| models.iter().any(|model| test(&model.shape));
    let texts = [
        (
            has(|shape| matches!(shape, Shape::Struct(_))),
            ABOUT_OBJECTS,
        ),
        (has(|shape| matches!(shape, Shape::Enum(_))), ABOUT_ENUMS),
        (has(|shape| matches!(shape, Shape::OneOf(_))), ABOUT_UNIONS),
    ];
    texts
        .into_iter()
        .filter(|(used, _)| *used)
        .map(|(_, text)| text)
}
