//! Emits a string enum. It has a variant for unknown values, unless it is only sent.

use std::fmt::Write;

use super::docs;
use super::layout::derives;
use crate::emit::docs::{text, text_or};
use crate::emit::markdown::{first_paragraph, sentence};
use crate::ir::{Model, Variant};

pub(super) fn enumeration(model: &Model, variants: &[Variant]) -> String {
    let unknown = unknown(model, variants);
    let copy = unknown.is_none().then_some("Copy");
    let mut items = docs::lines(model);
    items.push_str(&derives([
        Some("Clone"),
        copy,
        Some("Debug"),
        Some("PartialEq"),
        Some("Eq"),
    ]));
    if unknown.is_some() {
        items.push_str("#[non_exhaustive]\n");
    }
    let _ = writeln!(items, "pub enum {} {{", model.name);
    for variant in variants {
        items.push_str(&variant_docs(variant));
        let _ = writeln!(items, "    {},", variant.name);
    }
    if let Some(unknown) = unknown {
        items.push_str("    /// A value that this version of the crate does not know.\n");
        let _ = writeln!(items, "    {unknown}(String),");
    }
    items + "}\n"
}

/// Returns the name of the variant for unknown values, if there is one. No other variant has this name.
pub(super) fn unknown(model: &Model, variants: &[Variant]) -> Option<String> {
    if model.is_closed_enum() {
        return None;
    }
    let mut name = "Unknown".to_owned();
    while variants.iter().any(|variant| variant.name == name) {
        name.push_str("Value");
    }
    Some(name)
}

/// Returns the docs of a variant: its value in JSON and its description.
fn variant_docs(variant: &Variant) -> String {
    let value = &variant.wire_name;
    let description = sentence(&first_paragraph(&variant.docs));
    let is_plain = !value.is_empty()
        && value.trim() == value
        && !value.contains(|c: char| c == '`' || c.is_control());
    if !is_plain {
        let value = format!("`` {value:?} ``");
        return text(&[&value, &text_or(&description, "")], "    ");
    }
    if description.is_empty() {
        return format!("    /// `{value}`\n");
    }
    text(
        &[&text_or(&format!("`{value}`: {description}"), "")],
        "    ",
    )
}
