//! Emits an object with known properties: a struct and, if it is sent, its constructor, setters and checks.

use std::fmt::Write;

use super::layout::derives;
use super::{bulk_item, check, complete, constructor, docs};
use crate::emit::code::Scope;
use crate::emit::docs::field as field_docs;
use crate::emit::index::Index;
use crate::emit::text::inline;
use crate::ir::{Field, Model, ModelId, Type};

/// Maximum length of a field without its comma, with the line break before it.
const WIDTH: usize = 99;

pub(super) fn structure(
    index: &Index,
    scope: &Scope,
    id: ModelId,
    model: &Model,
    fields: &[Field],
) -> String {
    let default = model.has_default().then_some("Default");
    let eq = index.analysis.is_eq(id).then_some("Eq");
    let mut text = docs::lines(model);
    text.push_str(&derives([
        Some("Clone"),
        Some("Debug"),
        default,
        Some("PartialEq"),
        eq,
    ]));
    if index.analysis.failed_keys(id).is_some() {
        text.push_str(
            "#[must_use = \"it lists the keys that failed: check them, or call `complete`\"]\n",
        );
    }
    let _ = write!(text, "#[non_exhaustive]\npub struct {} {{", model.name);
    for field in fields {
        push_field(scope, model, field, &mut text);
    }
    text.push_str(if fields.is_empty() { "}\n" } else { "\n}\n" });
    let functions = functions(index, scope, id, model, fields);
    if !functions.is_empty() {
        let functions = functions.concat();
        let _ = write!(text, "\nimpl {} {{\n{functions}}}\n", model.name);
    }
    text
}

/// Returns the constructors, setters, checks and other methods.
fn functions(
    index: &Index,
    scope: &Scope,
    id: ModelId,
    model: &Model,
    fields: &[Field],
) -> Vec<String> {
    let mut functions = Vec::new();
    if model.in_request {
        functions.extend(constructor::functions(index, scope, model, fields));
        functions.extend(check::check(index, scope, id, fields));
    }
    if let Some(bulk) = index.analysis.bulk_of_item(id) {
        functions.extend(bulk_item::constructors(index, scope, model, bulk));
    }
    if let Some(failed_keys) = index.analysis.failed_keys(id) {
        functions.extend(complete::complete(scope, model, failed_keys));
    }
    functions
}

fn push_field(scope: &Scope, model: &Model, field: &Field, text: &mut String) {
    let docs = field_docs(field, model.in_request);
    if !docs.is_empty() {
        text.extend(["\n", docs.trim_end()]);
    }
    if field.deprecated {
        text.push_str("\n    #[deprecated]");
    }
    let head = format!("\n    pub {}:", field.name);
    let ty = inline(&scope.ty(&field_type(field, model)));
    // Like rustfmt: a type that does not fit goes on a line of its own.
    let fits = head.chars().count() + ty.chars().count() <= WIDTH;
    let space = if fits { " " } else { "\n        " };
    text.extend([&head, space, &ty, ","]);
}

/// Returns the type of a field. Only a model that is sent distinguishes null from an absent property.
fn field_type(field: &Field, model: &Model) -> Type {
    match &field.ty {
        ty if field.required => ty.clone(),
        Type::Option(_) if !model.in_request => field.ty.clone(),
        ty => Type::Option(Box::new(ty.clone())),
    }
}
