//! Emits a union whose variant follows from an argument of the request.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use crate::emit::code::{Scope, ident, unprefixed};
use crate::emit::docs::outer;
use crate::emit::index::Index;
use crate::emit::item;
use crate::ir::{ArgumentCase, Model, ModelId};

/// Returns the enum and its `Serialize`. `property` is the one property around each case.
pub(super) fn by_argument(
    index: &Index,
    scope: &Scope,
    id: ModelId,
    model: &Model,
    property: Option<&str>,
    cases: &[ArgumentCase],
) -> TokenStream {
    let name = ident(&model.name);
    let docs = docs::attributes(model);
    let eq = index.analysis.is_eq(id).then(|| quote!(, Eq));
    let serialize = scope.import(item::SERIALIZE);
    let variants = cases.iter().map(|case| {
        let name = ident(&case.variant);
        let docs = docs::variant(&case.variant, &case.docs);
        let ty = scope.ty(&case.ty);
        quote!(#docs #name(#ty))
    });
    let accessors = cases.iter().map(|case| accessor(scope, case));
    let accessors = quote!(impl #name { #(#accessors)* });
    let Some(property) = property else {
        return quote! {
            #docs
            #[derive(Clone, Debug, PartialEq #eq, #serialize)]
            #[serde(untagged)]
            pub enum #name { #(#variants),* }

            #accessors
        };
    };
    let serializer = scope.import(item::SERIALIZER);
    let arms = cases.iter().map(|case| {
        let name = ident(&case.variant);
        quote!(Self::#name(content) => serializer.collect_map([(#property, content)]))
    });
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq #eq)]
        pub enum #name { #(#variants),* }

        #accessors

        impl #serialize for #name {
            fn serialize<S: #serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self { #(#arms),* }
            }
        }
    }
}

/// Returns the method that returns the content of a variant.
fn accessor(scope: &Scope, case: &ArgumentCase) -> TokenStream {
    let (name, variant) = (ident(&case.accessor), ident(&case.variant));
    let ty = scope.ty(&case.ty);
    let docs = outer(&[&format!(
        "Returns the content of [`{}`](Self::{variant}), or `None` for the other variant.",
        unprefixed(&case.variant)
    )]);
    quote! {
        #docs
        pub fn #name(self) -> Option<#ty> {
            match self {
                Self::#variant(content) => Some(content),
                _ => None,
            }
        }
    }
}
