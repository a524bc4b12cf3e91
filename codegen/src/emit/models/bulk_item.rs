//! Emits conversions to an item of a bulk operation: from a reference, and from a tuple of its required fields.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};

use crate::emit::code::{Scope, ident};
use crate::emit::index::Index;
use crate::ir::{Field, Model, Type};

/// Returns the implementations of `From` for a struct.
pub(super) fn conversions(index: &Index, scope: &Scope, model: &Model) -> TokenStream {
    let name = ident(&model.name);
    let from_tuple = from_tuple(index, scope, model);
    quote! {
        impl From<&#name> for #name {
            fn from(item: &#name) -> Self {
                item.clone()
            }
        }

        #from_tuple
    }
}

/// Returns the conversion from a tuple with the arguments of the constructor, if it has several arguments and all of
/// them are strings, numbers or booleans.
fn from_tuple(index: &Index, scope: &Scope, model: &Model) -> Option<TokenStream> {
    let arguments: Vec<&Field> = model
        .fields()
        .iter()
        .filter(|field| field.required && index.analysis.constant(field).is_none())
        .collect();
    let is_tuple = arguments.len() > 1 && arguments.iter().all(|field| field.ty.is_scalar());
    if !is_tuple || model.has_default() || !model.in_request {
        return None;
    }
    let types: Vec<(TokenStream, Option<TokenStream>)> = arguments
        .iter()
        .enumerate()
        .map(|(position, field)| match field.ty {
            Type::String => {
                let parameter = format_ident!("T{}", position + 1);
                (
                    parameter.to_token_stream(),
                    Some(quote!(#parameter: Into<String>)),
                )
            }
            _ => (scope.inside(&field.ty), None),
        })
        .collect();
    let parameters: Vec<_> = types
        .iter()
        .filter_map(|(_, parameter)| parameter.as_ref())
        .collect();
    let generics = (!parameters.is_empty()).then(|| quote!(<#(#parameters),*>));
    let tuple = types.iter().map(|(ty, _)| ty);
    let tuple = quote!((#(#tuple),*));
    let names: Vec<_> = arguments.iter().map(|field| ident(&field.name)).collect();
    let name = ident(&model.name);
    Some(quote! {
        impl #generics From<#tuple> for #name {
            fn from((#(#names),*): #tuple) -> Self {
                Self::new(#(#names),*)
            }
        }
    })
}
