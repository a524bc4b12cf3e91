//! Prints the list of failed keys in the result of a bulk operation.

use proc_macro2::TokenStream;
use quote::quote;

use super::code::ident;
use crate::ir::{Model, Type};

/// Prints the list as an `Option<&mut Vec<String>>`. `field` is its Rust name, and `result` an expression.
pub(super) fn list(model: &Model, field: &str, result: &TokenStream) -> Option<TokenStream> {
    let field = model.fields().iter().find(|other| other.name == *field)?;
    let name = ident(&field.name);
    let is_option = matches!(field.ty, Type::Option(_));
    Some(match (field.required, is_option) {
        (true, false) => quote!(Some(&mut #result.#name)),
        // A request model has two `Option`s: one for null, one for a missing value.
        (false, true) if model.in_request => {
            quote!(#result.#name.as_mut().and_then(Option::as_mut))
        }
        _ => quote!(#result.#name.as_mut()),
    })
}
