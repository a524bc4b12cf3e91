//! Emits the method that returns a typed response header.

use proc_macro2::TokenStream;
use quote::quote;

use super::code::{Scope, ident};
use super::docs;
use crate::ir::{Header, Type};

/// Returns the method of a model. The model has a field for the header.
pub(super) fn of_model(header: &Header) -> TokenStream {
    let name = ident(&header.name);
    if header.ty == Type::String {
        accessor(header, &quote!(self.#name.as_deref()))
    } else {
        accessor(header, &quote!(self.#name))
    }
}

/// Returns the method of a download. The download has all headers.
pub(super) fn of_download(header: &Header) -> TokenStream {
    let wire = &header.wire_name;
    accessor(header, &quote!(self.header(#wire)))
}

fn accessor(header: &Header, value: &TokenStream) -> TokenStream {
    let name = ident(&header.name);
    let docs = docs::outer(&[&docs::text_or(
        &header.docs,
        &format!("Returns the header `{}`.", header.wire_name),
    )]);
    let ty = if header.ty == Type::String {
        quote!(&str)
    } else {
        Scope::default().ty(&header.ty)
    };
    quote!(#docs pub fn #name(&self) -> Option<#ty> { #value })
}
