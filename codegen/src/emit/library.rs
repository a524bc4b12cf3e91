//! Prints `lib.rs` and `api.rs`.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::code::ident;
use super::condition::Condition;
use super::docs;
use super::file::File;
use super::runtime::{self, Parts};
use crate::format;
use crate::ir::{Api, Shape};

/// Prints `lib.rs`.
pub(super) fn library(api: &Api, parts: &Parts) -> File {
    let types = (!api.models.is_empty()).then(|| {
        quote!(
            pub mod types;
        )
    });
    let all_types = (!api.models.is_empty()).then(|| {
        quote!(
            pub use types::*;
        )
    });
    let handles = (!api.handles.is_empty()).then(|| {
        quote!(
            pub mod handles;
        )
    });
    let exports = exports(parts);
    let foreign = names(api).any(|name| !name.is_ascii()).then(|| {
        quote!(#![allow(
            confusable_idents, mixed_script_confusables, non_camel_case_types, non_snake_case, uncommon_codepoints,
            reason = "the API's own names"
        )])
    });
    let blocking_tokens = parts.has("part-tokens").then(|| {
        quote!(
            pub use crate::runtime::blocking::token_provider::TokenProvider;
        )
    });
    let tokens = quote! {
        #![doc = include_str!("../README.md")]
        #![cfg_attr(docsrs, feature(doc_cfg))]
        #foreign

        pub mod api;
        mod client;
        #handles
        mod runtime;
        #types

        #[doc(no_inline)]
        pub use reqwest;

        #(pub use #exports;)*
        #all_types

        /// Client for programs without an async runtime.
        #[cfg(feature = "blocking")]
        pub mod blocking {
            pub use crate::runtime::blocking::Client;
            #blocking_tokens
        }
    };
    file(api, "src/lib.rs", tokens)
}

/// Public names of the runtime that belong to a part.
const EXPORTS: &[(&str, &str)] = &[
    ("Binary", "part-binary"),
    ("BulkProgress", "part-bulk"),
    ("Complete", "part-bulk"),
    ("Download", "part-downloads"),
    ("IntoBulkItem", "part-bulk"),
    ("IntoOptional", "part-optional-setters"),
    ("Json", "part-json"),
    ("Message", "part-envelope"),
    ("Nullable", "part-nullable"),
    ("Page", "part-paging"),
    ("PageInfo", "part-paging"),
    ("Progress", "part-bulk"),
    ("TokenProvider", "part-tokens"),
    ("UnixSeconds", "part-seconds"),
    ("UnknownValue", "part-unknown-values"),
    ("Upload", "part-uploads"),
    ("WholeSeconds", "part-seconds"),
];

/// Returns the paths of the public names of the runtime, one path for each module.
fn exports(parts: &Parts) -> Vec<TokenStream> {
    let of_parts = EXPORTS.iter().filter(|(_, part)| parts.has(part));
    let mut names = vec![
        "ApiError",
        "AttemptOutcome",
        "AttemptRequest",
        "Call",
        "Client",
        "ClientBuilder",
        "Error",
        "FailedAttempt",
        "FromHeader",
        "Hook",
        "RateLimit",
        "Response",
        "Result",
        "RetryPolicy",
    ];
    names.extend(of_parts.map(|(name, _)| *name));
    names.sort_unstable();
    let mut modules: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for name in names {
        modules
            .entry(runtime::module_of(name))
            .or_default()
            .push(name);
    }
    let paths = modules.iter().map(|(module, names)| match &names[..] {
        [name] => format!("{module}::{name}"),
        names => format!("{module}::{{{}}}", names.join(", ")),
    });
    paths.filter_map(|path| path.parse().ok()).collect()
}

/// The names that come from the document, other than those of files.
fn names(api: &Api) -> impl Iterator<Item = &str> {
    let of_groups = api.groups.iter().flat_map(|group| {
        let methods = group.methods.iter().map(|method| &method.name);
        let operations = group.operations.iter();
        let arguments = operations
            .clone()
            .flat_map(|operation| &operation.arguments)
            .map(|argument| &argument.name);
        let operations = operations.map(|operation| &operation.name);
        std::iter::once(&group.type_name)
            .chain(methods)
            .chain(operations)
            .chain(arguments)
    });
    let of_models = api.models.iter().flat_map(|model| {
        let inside: Vec<&String> = match &model.shape {
            Shape::Struct(fields) => fields.iter().map(|field| &field.name).collect(),
            Shape::Enum(variants) => variants.iter().map(|variant| &variant.name).collect(),
            Shape::OneOf(choices) => choices.iter().map(|choice| &choice.variant).collect(),
            Shape::ByArgument { cases, .. } => cases.iter().map(|case| &case.variant).collect(),
            Shape::Binary(headers) => headers.iter().map(|header| &header.name).collect(),
            Shape::ResponseEnum(outcomes) => outcomes.iter().map(|one| &one.variant).collect(),
            Shape::Alias(_) => Vec::new(),
        };
        std::iter::once(&model.name).chain(inside)
    });
    of_groups.chain(of_models).map(String::as_str)
}

/// The module of the groups.
pub(super) fn groups(api: &Api) -> File {
    let docs = docs::inner(&["Groups of operations. A method of the client returns each group."]);
    let modules = api.groups.iter().map(|group| {
        let name = ident(&group.name);
        let condition = Condition::of_group(group).attribute();
        quote!(#condition pub mod #name;)
    });
    file(api, "src/api.rs", quote!(#docs #(#modules)*))
}

fn file(api: &Api, path: &str, tokens: TokenStream) -> File {
    let text = format::header(&api.package.source) + &format::items(tokens);
    File {
        path: path.to_owned(),
        text,
    }
}
