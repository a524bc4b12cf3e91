//! Names that generated code imports from the runtime, with their modules.
//!
//! Generated code imports each name from its module, so this file is not part of a generated crate.

#[cfg(feature = "part-client-credentials")]
pub use crate::runtime::api::auth_scheme::ClientCredentialsFlow;
#[cfg(feature = "part-credentials")]
pub use crate::runtime::api::auth_scheme::{
    Credential, CredentialLocation, Secret, SecurityRequirements,
};
#[cfg(feature = "part-envelope")]
pub use crate::runtime::api::meta::Envelope;
pub use crate::runtime::api::meta::{BodyFormat, Meta, Settings};
#[cfg(feature = "part-arrays")]
pub use crate::runtime::body::array::JsonArray;
pub use crate::runtime::body::upload::Upload;
pub use crate::runtime::builder::ClientBuilder;
#[cfg(feature = "part-bulk")]
pub use crate::runtime::bulk::Bulk;
#[cfg(feature = "part-bulk")]
pub use crate::runtime::bulk::complete::Complete;
#[cfg(feature = "part-bulk")]
pub use crate::runtime::bulk::item::IntoBulkItem;
#[cfg(feature = "part-bulk")]
pub use crate::runtime::bulk::merge::Merge;
pub use crate::runtime::call::Call;
pub use crate::runtime::client::Client;
#[cfg(feature = "part-bulk")]
pub use crate::runtime::client::bulk_options::BulkProgress;
#[cfg(feature = "part-environment")]
pub use crate::runtime::client::environment::environment_variable;
pub use crate::runtime::client::hook::{AttemptOutcome, AttemptRequest, Hook};
pub use crate::runtime::client::rate_limiter;
pub use crate::runtime::client::retry_policy::{FailedAttempt, RetryPolicy};
#[cfg(feature = "part-tokens")]
pub use crate::runtime::client::token_provider::TokenProvider;
#[cfg(feature = "part-integers")]
pub use crate::runtime::decode::integer;
#[cfg(feature = "part-downloads")]
pub use crate::runtime::download::{Download, Downloadable};
pub use crate::runtime::error::api::ApiError;
pub use crate::runtime::error::context::ErrorContext;
#[cfg(feature = "part-envelope")]
pub use crate::runtime::error::message::{Message, Source};
#[cfg(feature = "part-bulk")]
pub use crate::runtime::error::progress::Progress;
pub use crate::runtime::error::validation::ValidationError;
#[cfg(feature = "part-model-checks")]
pub use crate::runtime::error::validation::check;
pub use crate::runtime::error::{Error, Result};
pub use crate::runtime::http::header::FromHeader;
pub use crate::runtime::http::rate_limit::RateLimit;
pub use crate::runtime::http::raw_response::RawResponse;
pub use crate::runtime::http::{clock, retry};
#[cfg(feature = "part-union-display")]
pub use crate::runtime::json::display;
#[cfg(feature = "part-union-display")]
#[allow(unused_imports, reason = "only generated code and tests call it")]
pub(crate) use crate::runtime::json::display::union_display;
#[cfg(feature = "part-unions")]
#[allow(unused_imports, reason = "only generated code and tests call it")]
pub(crate) use crate::runtime::json::matcher::variant_matcher;
#[cfg(feature = "part-nullable")]
pub use crate::runtime::json::nullable::Nullable;
#[cfg(feature = "part-objects")]
#[allow(unused_imports, reason = "only generated code and tests call it")]
pub(crate) use crate::runtime::json::object::{json_object, json_property};
#[cfg(feature = "part-strict-json")]
pub use crate::runtime::json::strict::list_from_json;
#[cfg(feature = "part-enums")]
pub use crate::runtime::json::string_enum;
#[cfg(feature = "part-enums")]
#[allow(unused_imports, reason = "only generated code and tests call it")]
pub(crate) use crate::runtime::json::string_enum::string_enum;
#[cfg(feature = "part-unions")]
#[allow(unused_imports, reason = "only generated code and tests call it")]
pub(crate) use crate::runtime::json::union::json_union;
#[cfg(feature = "part-unknown-values")]
pub use crate::runtime::json::unknown_value::UnknownValue;
#[cfg(feature = "part-json")]
pub use crate::runtime::json::value::Json;
#[cfg(feature = "part-objects")]
pub use crate::runtime::json::{field_reader, object};
#[cfg(feature = "part-unions")]
pub use crate::runtime::json::{matcher, union};
#[cfg(feature = "part-json-operations")]
pub use crate::runtime::json_operation::JsonOperation;
pub use crate::runtime::operation::Operation;
#[cfg(feature = "part-paging")]
pub use crate::runtime::paging::Paged;
#[cfg(feature = "part-paging")]
pub use crate::runtime::paging::page::{Page, Paging};
#[cfg(feature = "part-paging")]
pub use crate::runtime::paging::page_info::PageInfo;
#[cfg(feature = "part-each")]
pub use crate::runtime::request::limits::each::each;
#[cfg(feature = "part-max-items")]
pub use crate::runtime::request::limits::items::max_items;
#[cfg(feature = "part-min-items")]
pub use crate::runtime::request::limits::items::min_items;
#[cfg(feature = "part-max-length")]
pub use crate::runtime::request::limits::length::max_length;
#[cfg(feature = "part-maximum")]
pub use crate::runtime::request::limits::number::maximum;
#[cfg(feature = "part-minimum")]
pub use crate::runtime::request::limits::number::minimum;
#[cfg(feature = "part-max-bytes")]
pub use crate::runtime::request::limits::size::max_bytes;
pub use crate::runtime::request::path_segment::segment;
#[cfg(feature = "part-styles")]
pub use crate::runtime::request::style::Style;
pub use crate::runtime::request::value::Value;
pub use crate::runtime::request::{ParamLocation, Request};
#[cfg(feature = "part-binary")]
pub use crate::runtime::response::binary::Binary;
pub use crate::runtime::response::decode::DecodeError;
#[cfg(feature = "part-responses")]
pub use crate::runtime::response::select::ResponseCase;
pub use crate::runtime::response::typed::Response;
#[cfg(feature = "part-base64")]
pub use crate::runtime::util::base64::base64;
#[cfg(feature = "part-optional-setters")]
pub use crate::runtime::util::optional::IntoOptional;
#[cfg(feature = "part-seconds")]
pub use crate::runtime::util::seconds::{UnixSeconds, WholeSeconds};
