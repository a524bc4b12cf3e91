//! Description of an operation: data that is known before the call, and how its response is decoded.

use crate::runtime::api::meta::Meta;
use crate::runtime::http::raw_response::RawResponse;
use crate::runtime::request::Request;
use crate::runtime::response::decode::DecodeError;

/// One operation of the API. Its arguments are a [`Request`], so every client can send it.
pub trait Operation: Sized + 'static {
    /// Result of a call.
    type Output: Send + 'static;
    /// Data that is known before the call.
    const META: &'static Meta;

    /// Decodes a response with a success status.
    fn decode(request: &Request, response: &RawResponse) -> Result<Self::Output, DecodeError>;
}
