//! A model of which the results of several requests make one comes in; how they do goes out.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::code::ident;
use crate::ir::{ArgumentCase, Field, Model, Shape, Type};

/// Field by field or, in a union, case by case.
pub(super) fn merge(model: &Model) -> TokenStream {
    let name = ident(&model.name);
    let body = match &model.shape {
        Shape::Struct(fields) => structure(fields),
        Shape::ByArgument { cases, .. } => union(cases),
        Shape::Alias(_)
        | Shape::Enum(_)
        | Shape::OneOf(_)
        | Shape::Binary(_)
        | Shape::ResponseEnum(_) => TokenStream::new(),
    };
    if body.is_empty() {
        return quote!(impl Merge for #name {});
    }
    quote! {
        impl Merge for #name {
            #body
        }
    }
}

fn structure(fields: &[Field]) -> TokenStream {
    let summed = || fields.iter().filter(|field| has_sum(field));
    if summed().next().is_none() {
        return TokenStream::new();
    }
    let deprecated = summed()
        .any(|field| field.deprecated)
        .then(|| quote!(#[allow(deprecated)]));
    let steps = summed().map(|field| {
        let name = ident(&field.name);
        quote!(self.#name.absorb(other.#name);)
    });
    quote! {
        #deprecated
        fn absorb(&mut self, other: Self) {
            #(#steps)*
        }
    }
}

fn union(cases: &[ArgumentCase]) -> TokenStream {
    let arms = cases.iter().map(|case| {
        let name = ident(&case.variant);
        quote!((Self::#name(one), Self::#name(other)) => one.absorb(other),)
    });
    let others = (cases.len() > 1).then(|| quote!(_ => (),));
    quote! {
        fn absorb(&mut self, other: Self) {
            match (self, other) { #(#arms)* #others }
        }
    }
}

/// Whether the second of two values changes anything.
fn has_sum(field: &Field) -> bool {
    let single = matches!(
        field.ty,
        Type::String | Type::Bytes | Type::Bool | Type::Float | Type::Json
    );
    !(field.required && single)
}
