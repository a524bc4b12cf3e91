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
mod auth;
#[cfg(feature = "blocking")]
pub mod blocking;
mod body;
mod builder;
mod bulk;
mod call;
mod client;
mod decode;
mod download;
mod error;
mod http;
mod json;
mod json_operation;
mod operation;
mod paging;
mod request;
mod response;
mod util;

pub use api::auth_scheme::{Credential, CredentialLocation, Secret, SecurityRequirements};
pub use api::meta::{BodyFormat, Envelope, Meta, Settings};
pub use body::array::JsonArray;
pub use body::upload::Upload;
pub use builder::ClientBuilder;
pub use bulk::Bulk;
pub use bulk::merge::Merge;
pub use call::Call;
pub use client::Client;
pub use client::rate_limiter;
pub use decode::integer;
pub use decode::page_info::PageInfo;
pub use download::{Download, Downloadable};
pub use error::api::{ApiError, Message, Source};
pub use error::context::ErrorContext;
pub use error::progress::Progress;
pub use error::validation::{ValidationError, check};
pub use error::{Error, Result};
pub use http::header::FromHeader;
pub use http::rate_limit::RateLimit;
pub use http::raw_response::RawResponse;
pub use http::{clock, retry};
#[allow(unused_imports)] // no API is without models, but the runtime alone is
pub(crate) use json::constructor::builder;
pub use json::nullable::Nullable;
#[allow(unused_imports)] // as above
pub(crate) use json::object::{json_object, json_property};
#[allow(unused_imports)] // as above
pub(crate) use json::string_enum::words;
#[allow(unused_imports, reason = "not every API has unions")]
pub(crate) use json::union::{json_union, union_display};
pub use json::value::Json;
pub use json::{field_reader, matcher, object, string_enum, union};
pub use json_operation::JsonOperation;
pub use operation::Operation;
pub use paging::Paged;
pub use paging::page::{Page, Paging};
pub use request::limits::{each, max_bytes, max_items, max_length, maximum, min_items, minimum};
pub use request::path_segment::segment;
pub use request::style::Style;
pub use request::value::Value;
pub use request::{ParamLocation, Request};
pub use response::binary::Binary;
pub use response::decode::DecodeError;
pub use response::select::ResponseCase;
pub use response::typed::Response;
