//! Emits a union as an enum that keeps unknown values as JSON.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use crate::emit::checks;
use crate::emit::code::{Scope, ident};
use crate::emit::condition;
use crate::emit::docs::{outer, text_or};
use crate::emit::index::Index;
use crate::emit::item;
use crate::emit::markdown::first_paragraph;
use crate::ir::{Model, ModelId, Type, UnionVariant};

pub(super) fn union(
    index: &Index,
    scope: &Scope,
    id: ModelId,
    model: &Model,
    variants: &[UnionVariant],
) -> TokenStream {
    let name = ident(&model.name);
    let docs = docs::attributes(model);
    let json = scope.import(item::JSON);
    let items = variants.iter().map(|variant| {
        let name = ident(&variant.variant);
        // A model has its own docs.
        let description = match variant.ty.model() {
            Some(_) => "",
            None => &variant.docs,
        };
        let docs = outer(&[&text_or(&first_paragraph(description), "")]);
        let ty = scope.ty(&variant.ty);
        quote!(#docs #name(#ty))
    });
    let is_checked = model.in_request && index.analysis.is_checked(&Type::Model(id));
    let check = is_checked.then(|| {
        let condition = condition::sends(index.api, id);
        let check = scope.under(&condition, || check(index, scope, model, variants));
        let condition = condition.attribute();
        quote!(#condition #check)
    });
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#items,)*
            /// A value that this version of the crate does not know.
            Unknown(#json),
        }

        #check
    }
}

/// Returns the method that checks the value of a variant before it is sent.
fn check(index: &Index, scope: &Scope, model: &Model, variants: &[UnionVariant]) -> TokenStream {
    let name = ident(&model.name);
    let error = scope.import(item::VALIDATION_ERROR);
    let checked = variants
        .iter()
        .filter(|variant| index.analysis.is_checked(&variant.ty));
    let arms = checked.map(|variant| {
        let name = ident(&variant.variant);
        let check = checks::check_models(scope, &variant.ty);
        quote!(Self::#name(item) => #check)
    });
    quote! {
        impl #name {
            pub(crate) fn check(&self) -> Result<(), #error> {
                match self {
                    #(#arms,)*
                    _ => Ok(()),
                }
            }
        }
    }
}
