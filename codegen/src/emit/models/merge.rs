//! Emits how the results of several requests are merged into one.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::code::{Scope, ident};
use crate::emit::{docs, item};
use crate::ir::{ArgumentCase, Field, Model, Shape, Type};

/// Returns the `impl Merge` of a model: a struct merges each field, a union the values of its variants.
pub(super) fn merge(scope: &Scope, model: &Model) -> TokenStream {
    let merge = scope.import(item::MERGE);
    let name = ident(&model.name);
    let body = match &model.shape {
        Shape::Struct(fields) => structure(fields),
        Shape::ByArgument { cases, .. } => Some(union(cases)),
        _ => None,
    };
    quote!(impl #merge for #name { #body })
}

fn structure(fields: &[Field]) -> Option<TokenStream> {
    let merged: Vec<&Field> = fields.iter().filter(|field| is_merged(field)).collect();
    if merged.is_empty() {
        return None;
    }
    let deprecated = merged
        .iter()
        .any(|field| field.deprecated)
        .then(|| quote!(#[allow(deprecated, reason = "merges deprecated fields")]));
    let steps = merged.iter().map(|field| {
        let name = ident(&field.name);
        quote!(self.#name.absorb(other.#name);)
    });
    Some(quote! {
        #deprecated
        fn absorb(&mut self, other: Self) {
            #(#steps)*
        }
    })
}

fn union(cases: &[ArgumentCase]) -> TokenStream {
    let arms = cases.iter().map(|case| {
        let name = ident(&case.variant);
        quote!((Self::#name(one), Self::#name(other)) => one.absorb(other),)
    });
    let others = (cases.len() > 1).then(|| quote!(_ => {}));
    let docs = docs::outer(&[
        "Merges the results of two requests. They have the same variant, because it follows from the arguments of the\n\
         call. A result with another variant would be ignored.",
    ]);
    quote! {
        #docs
        fn absorb(&mut self, other: Self) {
            match (self, other) { #(#arms)* #others }
        }
    }
}

/// True if a later value of the field changes the merged value.
fn is_merged(field: &Field) -> bool {
    let keeps_first = matches!(
        field.ty,
        Type::String | Type::Bytes | Type::Bool | Type::Float | Type::Json
    );
    !(field.required && keeps_first)
}
