//! Docs of models and of their variants.

use proc_macro2::TokenStream;

use crate::emit::code::unprefixed;
use crate::emit::docs::{outer, text, text_or};
use crate::ir::Model;

/// Returns the docs of a model as attributes.
pub(super) fn attributes(model: &Model) -> TokenStream {
    outer(&[&text_or(&model.docs, "")])
}

/// Returns the docs of a model as lines.
pub(super) fn lines(model: &Model) -> String {
    text(&[&text_or(&model.docs, "")], "")
}

/// Returns the docs of a variant as attributes. Without a description they repeat the name.
pub(super) fn variant(name: &str, description: &str) -> TokenStream {
    outer(&[&text_or(description, &format!("`{}`.", unprefixed(name)))])
}
