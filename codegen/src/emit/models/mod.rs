//! Models come in, `types.rs` goes out.

mod enumeration;
mod merge;
mod outcomes;
mod structure;
mod text;
mod union;

use proc_macro2::TokenStream;
use quote::quote;

use super::File;
use super::code::{Scope, bare, ident};
use super::docs;
use super::header;
use super::index::Index;
use super::module::Module;
use super::text::inline;
use crate::format;
use crate::ir::{ArgumentCase, Header, Model, Shape};
use enumeration::enumeration;
use structure::structure;

/// The module of all models.
pub(super) fn models(index: &Index) -> File {
    let own = index.api.models.iter().map(|model| model.name.as_str());
    let mut module = Module::new(&index.known, own);
    for model in &index.api.models {
        let items = self::model(index, model);
        if matches!(model.shape, Shape::Enum(_)) {
            // Its words are names of its own.
            module.push_raw(&items);
            module.import("crate::runtime", "words");
        } else {
            module.push_text(&items);
        }
        if let Shape::OneOf(choices) = &model.shape {
            module.push_raw(&union::wire(index, model, choices));
            module.import("crate::runtime", "json_union");
            if index.is_one_text(choices) {
                module.import("crate::runtime", "union_display");
            }
        }
        if index.is_merged(model) {
            module.push(merge::merge(model));
        }
        if matches!(model.shape, Shape::Binary(_)) {
            module.import("crate::runtime", "Result");
        }
    }
    let docs = docs::inner(&["What is sent and received."]);
    File {
        path: "src/types.rs".to_owned(),
        text: module.text(&index.api.package.source, docs),
    }
}

/// All items of one model, laid out.
pub(super) fn model(index: &Index, model: &Model) -> String {
    match &model.shape {
        Shape::Alias(ty) => {
            let ty = inline(&index.types.ty(ty));
            format!("{}pub type {} = {ty};\n", docs_of(model), model.name)
        }
        Shape::Struct(fields) => structure(index, model, fields),
        Shape::Enum(variants) => enumeration(model, variants),
        Shape::OneOf(choices) => format::items(union::union(index, model, choices)),
        Shape::ByArgument { property, cases } => {
            format::items(chosen(index, model, property.as_deref(), cases))
        }
        Shape::Binary(headers) => format::items(binary(model, headers)),
        Shape::ResponseEnum(outcomes) => format::items(outcomes::outcomes(index, model, outcomes)),
    }
}

/// The docs of a model.
pub(super) fn text(model: &Model) -> TokenStream {
    docs::outer(&[&words_of(model)])
}

/// The docs of a model, laid out.
fn docs_of(model: &Model) -> String {
    docs::text(&[&words_of(model)], "")
}

fn words_of(model: &Model) -> String {
    docs::text_or(&model.docs, "")
}

/// A union of which the request says which case it is.
fn chosen(
    index: &Index,
    model: &Model,
    property: Option<&str>,
    cases: &[ArgumentCase],
) -> TokenStream {
    let name = ident(&model.name);
    let docs = text(model);
    let scope = &index.types;
    let eq = index.is_eq(model).then(|| quote!(, Eq));
    let variants = cases.iter().map(|case| {
        let name = ident(&case.variant);
        let docs = docs::outer(&[&docs::text_or(
            &case.docs,
            &format!("`{}`.", bare(&case.variant)),
        )]);
        let ty = scope.ty(&case.ty);
        quote!(#docs #name(#ty))
    });
    let Some(property) = property else {
        return quote! {
            #docs
            #[derive(Clone, Debug, PartialEq #eq, Serialize)]
            #[serde(untagged)]
            pub enum #name { #(#variants),* }
        };
    };
    let arms = cases.iter().map(|case| {
        let name = ident(&case.variant);
        quote!(Self::#name(content) => serializer.collect_map([(#property, content)]))
    });
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq #eq)]
        pub enum #name { #(#variants),* }

        impl Serialize for #name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self { #(#arms),* }
            }
        }
    }
}

/// Bytes, and headers that came with them.
fn binary(model: &Model, headers: &[Header]) -> TokenStream {
    let name = ident(&model.name);
    let docs = text(model);
    let fields = headers.iter().map(|header| {
        let name = ident(&header.name);
        let ty = Scope::default().ty(&header.ty);
        quote!(#name: Option<#ty>)
    });
    let values = headers.iter().map(|header| {
        let name = ident(&header.name);
        let wire = &header.wire_name;
        quote!(#name: response.header(#wire))
    });
    let accessors = headers.iter().map(header::of_model);
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        pub struct #name { body: Binary, #(#fields),* }

        impl #name {
            pub(crate) fn new(response: &RawResponse) -> Self {
                Self { body: response.binary(), #(#values),* }
            }

            /// The content.
            pub fn bytes(&self) -> &Bytes {
                self.body.bytes()
            }

            /// The content, without a copy.
            pub fn into_bytes(self) -> Bytes {
                self.body.into_bytes()
            }

            /// The content as text, or [`Error::Decode`](crate::Error::Decode) when it is not UTF-8.
            pub fn text(&self) -> Result<&str> {
                self.body.text()
            }

            /// The content read as JSON, or [`Error::Decode`](crate::Error::Decode) when it is none or
            /// not of this type.
            pub fn json<T: DeserializeOwned>(&self) -> Result<T> {
                self.body.json()
            }

            #(#accessors)*
        }
    }
}
