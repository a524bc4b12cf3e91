//! A response header comes in; the method that gives it by name goes out, the same for all that carries it.

use proc_macro2::TokenStream;
use quote::quote;

use super::code::{Scope, ident};
use super::docs;
use crate::ir::{Header, Type};

/// On a model, which has a field for it.
pub(super) fn of_model(header: &Header) -> TokenStream {
    let name = ident(&header.name);
    if header.ty == Type::String {
        accessor(header, &quote!(self.#name.as_deref()))
    } else {
        accessor(header, &quote!(self.#name))
    }
}

/// On a download, which has all headers as they came.
pub(super) fn of_download(header: &Header) -> TokenStream {
    let wire = &header.wire_name;
    accessor(header, &quote!(self.header(#wire)))
}

fn accessor(header: &Header, value: &TokenStream) -> TokenStream {
    let name = ident(&header.name);
    let docs = docs::outer(&[&docs::text_or(
        &header.docs,
        &format!("The header `{}`.", header.wire_name),
    )]);
    let ty = if header.ty == Type::String {
        quote!(&str)
    } else {
        Scope::default().ty(&header.ty)
    };
    quote!(#docs pub fn #name(&self) -> Option<#ty> { #value })
}
