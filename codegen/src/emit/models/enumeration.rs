//! A string with known values comes in, an enum goes out: closed when it is only sent, else with a place for the
//! values that are not known yet.

use std::fmt::Write;

use super::text::fill;
use crate::emit::index::is_closed_enum;
use crate::ir::{Model, Variant};

pub(super) fn enumeration(model: &Model, variants: &[Variant]) -> String {
    let mut values: Vec<String> = variants
        .iter()
        .map(|variant| format!("{} = {:?},", variant.name, variant.wire))
        .collect();
    if !is_closed_enum(model) {
        values.push(format!("..{}", unknown(variants)));
    }
    let docs = super::docs_of(model);
    if docs.is_empty() {
        return fill(
            &format!("words! {{ pub enum {} {{", model.name),
            &values,
            "} }",
        );
    }
    let values = fill(&format!("pub enum {} {{", model.name), &values, "}");
    let mut text = "words! {\n".to_owned();
    for line in docs.lines().chain(values.lines()) {
        let _ = writeln!(text, "    {line}");
    }
    text + "}\n"
}

/// The variant for other values, under a name that none of the known ones has.
fn unknown(variants: &[Variant]) -> String {
    let mut name = "Unknown".to_owned();
    while variants.iter().any(|variant| variant.name == name) {
        name.push_str("Value");
    }
    name
}
