//! Prints the JSON mapping of a struct.

use std::fmt::Write;

use super::super::layout::{fill, with_commas};
use crate::ir::{Field, Model, Type};

/// Returns the call of `json_object!`.
pub(super) fn object(model: &Model, fields: &[Field]) -> String {
    let known = fields
        .iter()
        .filter(|field| !field.is_additional_properties);
    let mut parts = with_commas(known.map(|field| property(model, field)).collect());
    let mut additional = fields.iter().filter(|field| field.is_additional_properties);
    if let Some(field) = additional.next() {
        let int = int(field).map_or(String::new(), |int| format!(": {int}"));
        let additional = format!("; ..{}{int}", field.name);
        match parts.last_mut() {
            Some(last) => last.push_str(&additional),
            None => parts.push(additional),
        }
    }
    fill(&format!("json_object! {{ {} {{", model.name), &parts, "} }")
}

/// Returns a field as `json_object!` describes it: `name: opt int = "nameInJson"`.
fn property(model: &Model, field: &Field) -> String {
    let mut text = field.name.clone();
    let words = [Presence::of(field, model).words(), int(field)];
    let words: Vec<&str> = words.into_iter().flatten().collect();
    if !words.is_empty() {
        text.extend([": ", &words.join(" ")]);
    }
    if field.name != field.wire_name {
        let _ = write!(text, " = {:?}", field.wire_name);
    }
    text
}

/// The JSON that a field accepts besides its value.
#[derive(Clone, Copy)]
enum Presence {
    /// Nothing, or a null that is a value of the type.
    Required,
    /// Null, which is `None`.
    Nullable,
    /// Null or an absent property. Both are `None`.
    Optional,
    /// An absent property, which is `None`. Null is a value.
    Kept,
}

impl Presence {
    fn of(field: &Field, model: &Model) -> Self {
        let nullable = matches!(field.ty, Type::Option(_));
        match (field.required, &field.ty) {
            (true, _) if nullable => Self::Nullable,
            (true, _) => Self::Required,
            (false, Type::Json) => Self::Kept,
            (false, _) if nullable && model.in_request => Self::Kept,
            (false, _) => Self::Optional,
        }
    }

    /// Returns the modifiers of `json_object!`.
    fn words(self) -> Option<&'static str> {
        match self {
            Self::Required => None,
            Self::Nullable => Some("null"),
            Self::Optional => Some("opt"),
            Self::Kept => Some("opt kept"),
        }
    }
}

/// True if null is read as `None`.
pub(in crate::emit) fn is_nullable(model: &Model, field: &Field) -> bool {
    matches!(
        Presence::of(field, model),
        Presence::Nullable | Presence::Optional
    )
}

fn int(field: &Field) -> Option<&'static str> {
    field.ty.has_integers().then_some("int")
}
