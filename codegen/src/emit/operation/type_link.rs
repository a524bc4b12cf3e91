//! Prints types as Markdown with links to their documentation.

use std::fmt::Write;

use crate::emit::code::Scope;
use crate::emit::text;
use crate::ir::{Api, ModelId, Success, Type};

/// Returns the result type of an operation.
pub(super) fn of_success(api: &Api, scope: &Scope, success: &Success) -> String {
    match success {
        Success::Nothing => "`()`".to_owned(),
        Success::Text => "`String`".to_owned(),
        Success::Variants { output: ty, .. } | Success::Json { ty, .. } => of_type(api, scope, ty),
        Success::Page { item, .. } => code(&format!("[Page]\\<{}>", path(api, scope, item))),
        Success::ByArgument { model, .. } | Success::Binary { model: Some(model) } => {
            model_link(api, scope, *model)
        }
        Success::Binary { model: None } => "[`Binary`]".to_owned(),
    }
}

/// Returns a type with links to the models in it.
pub(super) fn of_type(api: &Api, scope: &Scope, ty: &Type) -> String {
    match ty {
        Type::Model(id) => model_link(api, scope, *id),
        Type::Json => "[`Json`](crate::Json)".to_owned(),
        _ if model_of(ty).is_some() => code(&path(api, scope, ty)),
        _ => format!("`{}`", text::inline(&Scope::default().ty(ty))),
    }
}

/// Returns a link to a model of `types`, whether or not it is imported. The text of the link ends with `more`.
pub(super) fn of_unimported(api: &Api, ty: &Type, more: &str) -> String {
    match ty {
        Type::Model(id) => {
            let name = api.model_name(*id);
            format!("[`{name}`{more}](crate::{name})")
        }
        _ => format!(
            "`{}`{more}",
            text::inline(&Scope::new(&api.models, []).ty(ty))
        ),
    }
}

fn model_link(api: &Api, scope: &Scope, id: ModelId) -> String {
    let name = api.model_name(id);
    if scope.has(name) {
        format!("[`{name}`](types::{name})")
    } else {
        format!("[`{name}`]")
    }
}

fn code(text: &str) -> String {
    format!("<code>{text}</code>")
}

/// Returns the model that a type contains.
fn model_of(ty: &Type) -> Option<ModelId> {
    match ty {
        Type::Model(id) | Type::Boxed(id) => Some(*id),
        Type::List(inner) | Type::Map(inner) | Type::Option(inner) => model_of(inner),
        _ => None,
    }
}

/// Prints a type inside of `<code>`.
fn path(api: &Api, scope: &Scope, ty: &Type) -> String {
    let mut text = String::new();
    let generic = |name: &str, inner: &Type| format!("{name}\\<{}>", path(api, scope, inner));
    match ty {
        Type::Model(id) | Type::Boxed(id) => {
            let name = api.model_name(*id);
            let target = if scope.has(name) {
                format!("(types::{name})")
            } else {
                String::new()
            };
            let _ = write!(text, "[{name}]{target}");
        }
        Type::List(inner) => text = generic("Vec", inner),
        Type::Map(inner) => {
            let _ = write!(text, "BTreeMap\\<String, {}>", path(api, scope, inner));
        }
        Type::Option(inner) => text = generic("Option", inner),
        Type::Json => text.push_str("[Json](crate::Json)"),
        _ => text = text::inline(&Scope::default().ty(ty)),
    }
    text
}
