//! A string with known values comes in, an enum goes out: closed when it is only sent, else with a place for the
//! values that are not known yet.

use std::fmt::Write;

use super::text::fill;
use crate::emit::docs;
use crate::emit::index::is_closed_enum;
use crate::emit::markdown::first_paragraph;
use crate::ir::{Model, Variant};

pub(super) fn enumeration(model: &Model, variants: &[Variant]) -> String {
    let mut values: Vec<String> = variants
        .iter()
        .map(|variant| format!("{} = {:?},", variant.name, variant.wire_name))
        .collect();
    if !is_closed_enum(model) {
        values.push(format!("..{}", unknown(variants)));
    }
    let docs = super::docs_of(model);
    if variants.iter().any(|variant| !variant.docs.is_empty()) {
        return documented(model, &docs, variants, &values);
    }
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

/// The same where variants have docs: each on lines of its own.
fn documented(model: &Model, docs: &str, variants: &[Variant], values: &[String]) -> String {
    let mut text = "words! {\n".to_owned();
    for line in docs.lines() {
        let _ = writeln!(text, "    {line}");
    }
    let _ = writeln!(text, "    pub enum {} {{", model.name);
    let docs = variants.iter().map(|variant| variant.docs.as_str());
    for (value, docs) in values.iter().zip(docs.chain([""])) {
        let docs = first_paragraph(&docs::text_or(docs, ""));
        let _ = writeln!(text, "{}        {value}", docs::text(&[&docs], "        "));
    }
    text + "    }\n}\n"
}

/// The variant for other values, under a name that none of the known ones has.
fn unknown(variants: &[Variant]) -> String {
    let mut name = "Unknown".to_owned();
    while variants.iter().any(|variant| variant.name == name) {
        name.push_str("Value");
    }
    name
}
