//! Emits the result of an operation with several successful responses: an enum with a variant for each.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::docs;
use crate::emit::code::{Scope, ident};
use crate::emit::index::Index;
use crate::emit::item;
use crate::ir::{Content, Model, ModelId, ResponseVariant};

pub(super) fn response_enum(
    index: &Index,
    scope: &Scope,
    id: ModelId,
    model: &Model,
    variants: &[ResponseVariant],
) -> TokenStream {
    let name = ident(&model.name);
    let docs = docs::attributes(model);
    let eq = index.analysis.is_eq(id).then(|| quote!(, Eq));
    let variants = variants.iter().map(|variant| {
        let name = ident(&variant.variant);
        let docs = docs::variant(&variant.variant, &variant.docs);
        let content = content(scope, &variant.content).map(|ty| quote!((#ty)));
        quote!(#docs #name #content)
    });
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq #eq)]
        pub enum #name { #(#variants),* }
    }
}

/// Returns the type of the content of a response.
fn content(scope: &Scope, content: &Content) -> Option<TokenStream> {
    match content {
        Content::Nothing => None,
        Content::Json(ty) => Some(scope.ty(ty)),
        Content::Text => Some(quote!(String)),
        Content::Binary => Some(scope.import(item::BINARY).to_token_stream()),
    }
}
