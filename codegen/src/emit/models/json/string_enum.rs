//! Prints the JSON mapping of a string enum.

use super::super::enumeration::unknown;
use super::super::layout::{fill, with_commas};
use crate::ir::{Model, Variant};

/// Returns the call of `string_enum!`.
pub(super) fn string_enum(model: &Model, variants: &[Variant]) -> String {
    let values = variants
        .iter()
        .map(|variant| format!("{} = {:?}", variant.name, variant.wire_name));
    let unknown = unknown(model, variants).map(|name| format!("..{name}"));
    let parts = with_commas(values.chain(unknown).collect());
    fill(&format!("string_enum! {{ {} {{", model.name), &parts, "} }")
}
