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
    let words = [presence(field, model), int(field)];
    let words: Vec<&str> = words.into_iter().flatten().collect();
    if !words.is_empty() {
        text.extend([": ", &words.join(" ")]);
    }
    if field.name != field.wire_name {
        let _ = write!(text, " = {:?}", field.wire_name);
    }
    text
}

/// Returns the words for a field that may be null or absent.
fn presence(field: &Field, model: &Model) -> Option<&'static str> {
    let nullable = matches!(field.ty, Type::Option(_));
    match (field.required, &field.ty) {
        (true, _) => nullable.then_some("null"),
        // A null is a value, an absent property is not.
        (false, Type::Json) => Some("opt kept"),
        (false, _) if nullable && model.in_request => Some("opt kept"),
        (false, _) => Some("opt"),
    }
}

/// True if null and an absent property are read as `None`.
pub(in crate::emit) fn is_nullable(model: &Model, field: &Field) -> bool {
    matches!(presence(field, model), Some("opt" | "null"))
}

fn int(field: &Field) -> Option<&'static str> {
    field.ty.has_integers().then_some("int")
}
