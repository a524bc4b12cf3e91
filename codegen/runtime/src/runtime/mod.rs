//! The part of the crate that does not depend on the API: clients, calls, requests, responses and
//! errors.
//!
//! A generated operation builds a [`Request`] and decodes a [`RawResponse`]. [`Settings`] describe the
//! API.
//!
//! Each module uses only modules of earlier layers: `util`, `api`, `decode`, `http`, `error`, `json`,
//! `body`, `request`, `auth`, `response`, `operation`, `json_operation`, `client`, `call`, `builder`, `paging`, `bulk`,
//! `download`, `blocking`.

mod api;
#[cfg(feature = "part-credentials")]
mod auth;
#[cfg(feature = "blocking")]
pub mod blocking;
mod body;
mod builder;
#[cfg(feature = "part-bulk")]
mod bulk;
mod call;
mod client;
mod decode;
#[cfg(feature = "part-downloads")]
mod download;
mod error;
mod http;
mod json;
#[cfg(feature = "part-json-operations")]
mod json_operation;
mod operation;
#[cfg(feature = "part-paging")]
mod paging;
mod request;
mod response;
mod util;

#[cfg(feature = "part-credentials")]
pub use api::auth_scheme::{Credential, CredentialLocation, Secret, SecurityRequirements};
#[cfg(feature = "part-envelope")]
pub use api::meta::Envelope;
pub use api::meta::{BodyFormat, Meta, Settings};
#[cfg(feature = "part-arrays")]
pub use body::array::JsonArray;
pub use body::upload::Upload;
pub use builder::ClientBuilder;
#[cfg(feature = "part-bulk")]
pub use bulk::Bulk;
#[cfg(feature = "part-bulk")]
pub use bulk::merge::Merge;
pub use call::Call;
pub use client::Client;
pub use client::rate_limiter;
pub use decode::integer;
#[cfg(feature = "part-paging")]
pub use decode::page_info::PageInfo;
#[cfg(feature = "part-downloads")]
pub use download::{Download, Downloadable};
pub use error::api::ApiError;
pub use error::context::ErrorContext;
#[cfg(feature = "part-envelope")]
pub use error::message::{Message, Source};
#[cfg(feature = "part-bulk")]
pub use error::progress::Progress;
pub use error::validation::ValidationError;
#[cfg(feature = "part-model-checks")]
pub use error::validation::check;
pub use error::{Error, Result};
pub use http::header::FromHeader;
pub use http::rate_limit::RateLimit;
pub use http::raw_response::RawResponse;
pub use http::{clock, retry};
#[allow(unused_imports)] // no API is without models, but the runtime alone is
pub(crate) use json::constructor::builder;
#[cfg(feature = "part-nullable")]
pub use json::nullable::Nullable;
#[cfg(feature = "part-objects")]
pub(crate) use json::object::{json_object, json_property};
#[cfg(feature = "part-enums")]
pub use json::string_enum;
#[cfg(feature = "part-enums")]
pub(crate) use json::string_enum::words;
#[cfg(feature = "part-unions")]
pub(crate) use json::union::json_union;
#[cfg(feature = "part-union-display")]
pub(crate) use json::union::union_display;
#[cfg(feature = "part-json")]
pub use json::value::Json;
#[cfg(feature = "part-objects")]
pub use json::{field_reader, object};
#[cfg(feature = "part-unions")]
pub use json::{matcher, union};
#[cfg(feature = "part-json-operations")]
pub use json_operation::JsonOperation;
pub use operation::Operation;
#[cfg(feature = "part-paging")]
pub use paging::Paged;
#[cfg(feature = "part-paging")]
pub use paging::page::{Page, Paging};
#[cfg(feature = "part-each")]
pub use request::limits::each;
#[cfg(feature = "part-max-bytes")]
pub use request::limits::max_bytes;
#[cfg(feature = "part-max-items")]
pub use request::limits::max_items;
#[cfg(feature = "part-max-length")]
pub use request::limits::max_length;
#[cfg(feature = "part-maximum")]
pub use request::limits::maximum;
#[cfg(feature = "part-min-items")]
pub use request::limits::min_items;
#[cfg(feature = "part-minimum")]
pub use request::limits::minimum;
pub use request::path_segment::segment;
pub use request::style::Style;
pub use request::value::Value;
pub use request::{ParamLocation, Request};
#[cfg(feature = "part-binary")]
pub use response::binary::Binary;
pub use response::decode::DecodeError;
#[cfg(feature = "part-responses")]
pub use response::select::ResponseCase;
pub use response::typed::Response;
