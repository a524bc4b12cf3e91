//! Emits conversions to an item of a bulk operation: from a reference, and from a tuple of its required fields.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};

use crate::emit::code::{Scope, ident};
use crate::emit::index::Index;
use crate::emit::{docs, item, text};
use crate::ir::{Base64, Bulk, Field, Model, Type};

/// Returns the functions that create an item from bytes, and a list of items from JSON.
pub(super) fn constructors(
    index: &Index,
    scope: &Scope,
    model: &Model,
    bulk: &Bulk,
) -> impl Iterator<Item = String> {
    let arguments = constructor_arguments(index, model);
    let base64 = bulk.base64.as_ref();
    let from_bytes = base64.and_then(|base64| from_bytes(scope, model, &arguments, base64));
    let from_json = bulk.from_json.then(|| from_json(scope));
    let functions = from_bytes.into_iter().chain(from_json);
    functions.map(|function| text::members(&function))
}

/// Returns the implementations of `From` for a struct.
pub(super) fn conversions(index: &Index, scope: &Scope, model: &Model) -> TokenStream {
    let name = ident(&model.name);
    let from_tuple = from_tuple(scope, model, &constructor_arguments(index, model));
    quote! {
        impl From<&#name> for #name {
            fn from(item: &#name) -> Self {
                item.clone()
            }
        }

        #from_tuple
    }
}

/// Returns the arguments of the constructor, if all of them are strings, numbers or booleans.
fn constructor_arguments<'a>(index: &Index<'a>, model: &'a Model) -> Vec<&'a Field> {
    let arguments = model.fields().iter();
    let arguments: Vec<&Field> = arguments
        .filter(|field| field.required && index.analysis.constant(field).is_none())
        .collect();
    let has_constructor = model.in_request && !model.has_default();
    if has_constructor && arguments.iter().all(|field| field.ty.is_scalar()) {
        arguments
    } else {
        Vec::new()
    }
}

/// Returns the constructor that takes bytes and encodes them as Base64.
fn from_bytes(
    scope: &Scope,
    model: &Model,
    arguments: &[&Field],
    base64: &Base64,
) -> Option<TokenStream> {
    let has_setter = model.fields().iter().any(|field| field.name == "bytes");
    if arguments.is_empty() || has_setter {
        return None;
    }
    let encode = scope.import(item::BASE64);
    let is_value = |field: &Field| field.name == base64.value;
    let parameters = arguments.iter().map(|field| {
        let name = ident(&field.name);
        let ty = match field.ty {
            _ if is_value(field) => quote!(impl AsRef<[u8]>),
            Type::String => quote!(impl Into<String>),
            _ => scope.generic_argument(&field.ty),
        };
        quote!(#name: #ty)
    });
    let values = arguments.iter().map(|field| {
        let name = ident(&field.name);
        if is_value(field) {
            quote!(#encode(#name.as_ref()))
        } else {
            name.to_token_stream()
        }
    });
    let flag = ident(&base64.flag);
    let docs = docs::outer(&[&format!(
        "Creates a new `{}` from bytes. They are sent as Base64.",
        model.name
    )]);
    Some(quote! {
        #docs
        pub fn bytes(#(#parameters),*) -> Self {
            Self::new(#(#values),*).#flag(true)
        }
    })
}

/// Returns the function that reads a list of items.
fn from_json(scope: &Scope) -> TokenStream {
    let (read, result) = (
        scope.import(item::LIST_FROM_JSON),
        scope.import(item::RESULT),
    );
    let docs = docs::outer(&[
        "Reads a JSON array of items, for example the content of a file.",
        "Returns the error [`Decode`](crate::Error::Decode) if an item has a property that the type does not\n\
         have. Such a property would otherwise be lost.",
    ]);
    quote! {
        #docs
        pub fn list_from_json(json: impl AsRef<[u8]>) -> #result<Vec<Self>> {
            #read(json.as_ref())
        }
    }
}

/// Returns the conversions from a tuple of several arguments of the constructor, and from a reference to one.
fn from_tuple(scope: &Scope, model: &Model, arguments: &[&Field]) -> Option<TokenStream> {
    if arguments.len() < 2 {
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
            _ => (scope.generic_argument(&field.ty), None),
        })
        .collect();
    let parameters: Vec<_> = types
        .iter()
        .filter_map(|(_, parameter)| parameter.as_ref())
        .collect();
    let generics = (!parameters.is_empty()).then(|| quote!(<#(#parameters),*>));
    let cloned = (!parameters.is_empty()).then(|| quote!(<#(#parameters + Clone),*>));
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

        impl #cloned From<&#tuple> for #name {
            fn from(arguments: &#tuple) -> Self {
                arguments.clone().into()
            }
        }
    })
}
