//! The ways in which a call may go well come in, an enum with a variant for each goes out.

use proc_macro2::TokenStream;
use quote::quote;

use super::text;
use crate::emit::code::{bare, ident};
use crate::emit::docs;
use crate::emit::index::Index;
use crate::ir::{Content, Model, ResponseVariant};

pub(super) fn outcomes(index: &Index, model: &Model, outcomes: &[ResponseVariant]) -> TokenStream {
    let name = ident(&model.name);
    let docs = text(model);
    let eq = index.is_eq(model).then(|| quote!(, Eq));
    let variants = outcomes.iter().map(|outcome| {
        let name = ident(&outcome.variant);
        let docs = docs::outer(&[&docs::text_or(
            &outcome.docs,
            &format!("`{}`.", bare(&outcome.variant)),
        )]);
        let content = content(index, &outcome.content).map(|ty| quote!((#ty)));
        quote!(#docs #name #content)
    });
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq #eq)]
        pub enum #name { #(#variants),* }
    }
}

/// The type of what is held.
fn content(index: &Index, content: &Content) -> Option<TokenStream> {
    match content {
        Content::Nothing => None,
        Content::Json(ty) => Some(index.types.ty(ty)),
        Content::Text => Some(quote!(String)),
        Content::Binary => Some(quote!(Binary)),
    }
}
