//! Emits the result of an operation that returns bytes and typed headers.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use crate::emit::code::{Scope, ident};
use crate::emit::condition;
use crate::emit::header;
use crate::emit::index::Index;
use crate::emit::item;
use crate::ir::{Header, Model, ModelId};

pub(super) fn binary(
    index: &Index,
    scope: &Scope,
    id: ModelId,
    model: &Model,
    headers: &[Header],
) -> TokenStream {
    let name = ident(&model.name);
    let docs = docs::attributes(model);
    let binary = scope.import(item::BINARY);
    let condition = condition::receives_binary(index.api, id);
    let raw_response = scope.under(&condition, || scope.import(item::RAW_RESPONSE));
    let condition = condition.attribute();
    let fields = headers.iter().map(|header| {
        let name = ident(&header.name);
        let ty = scope.ty(&header.ty);
        quote!(#name: Option<#ty>)
    });
    let values = headers.iter().map(|header| {
        let name = ident(&header.name);
        let wire_name = &header.wire_name;
        quote!(#name: response.header(#wire_name))
    });
    let body_methods = body_methods(scope);
    let accessors = headers.iter().map(header::of_model);
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        pub struct #name { body: #binary, #(#fields),* }

        impl #name {
            #condition
            pub(crate) fn new(response: &#raw_response) -> Self {
                Self { body: response.binary(), #(#values),* }
            }

            #body_methods

            #(#accessors)*
        }
    }
}

/// Returns the methods that return the body.
fn body_methods(scope: &Scope) -> TokenStream {
    let bytes = scope.import(item::BYTES);
    let result = scope.import(item::RESULT);
    let deserialize = scope.import(item::DESERIALIZE_OWNED);
    quote! {
        /// Returns the body as bytes.
        pub fn bytes(&self) -> &#bytes {
            self.body.bytes()
        }

        /// Converts the response into its body, without a copy.
        pub fn into_bytes(self) -> #bytes {
            self.body.into_bytes()
        }

        /// Returns the body as text, or the error [`Decode`](crate::Error::Decode) if it is not UTF-8.
        pub fn text(&self) -> #result<&str> {
            self.body.text()
        }

        /// Converts the response into its body as text, usually without a copy. Returns the error
        /// [`Decode`](crate::Error::Decode) if it is not UTF-8.
        pub fn into_text(self) -> #result<String> {
            self.body.into_text()
        }

        /// Deserializes the body as JSON. Returns the error [`Decode`](crate::Error::Decode) if that
        /// fails.
        pub fn json<T: #deserialize>(&self) -> #result<T> {
            self.body.json()
        }

        /// Same as [`json`](Self::json), for a response that is not needed afterwards.
        pub fn into_json<T: #deserialize>(self) -> #result<T> {
            self.body.into_json()
        }
    }
}
