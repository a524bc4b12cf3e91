//! A string with known values comes in, an enum goes out: closed when it is only sent, else with a place for the
//! values that are not known yet.

use std::fmt::Write;

use crate::emit::index::is_closed_enum;
use crate::ir::{Model, Variant};

pub(super) fn enumeration(model: &Model, variants: &[Variant]) -> String {
    let mut text = "words! {\n".to_owned();
    for line in super::docs_of(model).lines() {
        text.extend(["    ", line, "\n"]);
    }
    let _ = writeln!(text, "    pub enum {} {{", model.name);
    for variant in variants {
        let _ = writeln!(text, "        {} = {:?},", variant.name, variant.wire);
    }
    if !is_closed_enum(model) {
        let _ = writeln!(text, "        ..{}", unknown(variants));
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
