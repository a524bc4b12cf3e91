//! The part of the crate that does not depend on the API: clients, calls, requests, responses and errors.
//!
//! A generated operation builds a `Request` and decodes a `RawResponse`. `Settings` describe the API. A crate contains
//! only the modules that its API uses.

pub(crate) mod api;
#[cfg(feature = "part-credentials")]
pub(crate) mod auth;
#[cfg(feature = "blocking")]
pub mod blocking;
pub(crate) mod body;
pub(crate) mod builder;
#[cfg(feature = "part-bulk")]
pub(crate) mod bulk;
pub(crate) mod call;
pub(crate) mod client;
pub(crate) mod decode;
#[cfg(feature = "part-downloads")]
pub(crate) mod download;
pub(crate) mod error;
#[cfg(feature = "exports")]
mod exports;
mod extension_methods;
pub(crate) mod http;
pub(crate) mod json;
#[cfg(feature = "part-json-operations")]
pub(crate) mod json_operation;
pub(crate) mod operation;
#[cfg(feature = "part-paging")]
pub(crate) mod paging;
pub(crate) mod platform;
pub(crate) mod request;
pub(crate) mod response;
pub(crate) mod util;

#[cfg(feature = "exports")]
pub use exports::*;
