//! The list of groups and models comes in, `lib.rs` and `api.rs` go out.

use proc_macro2::TokenStream;
use quote::quote;

use super::File;
use super::code::{self, ident};
use super::docs;
use crate::format;
use crate::ir::Api;

/// The crate's root.
pub(super) fn library(api: &Api) -> File {
    // What operations alone call is not called without them.
    let features = api.groups.iter().any(|group| group.feature.is_some());
    let unused = features
        .then(|| quote!(#[cfg_attr(not(feature = "full"), allow(dead_code, reason = "for some groups only"))]));
    let types = (!api.models.is_empty()).then(|| {
        quote!(
            #unused
            pub mod types;
        )
    });
    let all_types = (!api.models.is_empty()).then(|| {
        quote!(
            pub use types::*;
        )
    });
    let tokens = quote! {
        #![doc = include_str!("../README.md")]

        pub mod api;
        mod client;
        #types
        #[allow(dead_code, unreachable_pub, unused_imports, unused_macros, reason = "no API needs all of it")]
        mod runtime;

        pub use runtime::{
            ApiError, Binary, Call, Client, ClientBuilder, Download, Error, FromHeader, Json, Message, Page, PageInfo, Progress,
            RateLimit, Response, Result, Upload,
        };
        #all_types

        /// The client for programs without an async runtime.
        #[cfg(feature = "blocking")]
        pub mod blocking {
            pub use crate::runtime::blocking::Client;
        }
    };
    file(api, "src/lib.rs", tokens)
}

/// The module of the groups.
pub(super) fn groups(api: &Api) -> File {
    let docs =
        docs::inner(&["The operations, by group. Each is reached from a method of the client."]);
    let modules = api.groups.iter().map(|group| {
        let name = ident(&group.name);
        let condition = code::condition(group);
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
