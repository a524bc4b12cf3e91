//! The trait of operations.

use crate::runtime::api::meta::Meta;
use crate::runtime::http::raw_response::RawResponse;
use crate::runtime::request::Request;
use crate::runtime::response::decode::DecodeError;

/// An operation of the API. Its arguments are a [`Request`], so every client can run it.
pub trait Operation: Sized + 'static {
    /// Type of the result.
    type Output: Send + 'static;
    /// Facts about the operation.
    const META: &'static Meta;

    /// Decodes a response with a success status.
    fn decode(request: &Request, response: &RawResponse) -> Result<Self::Output, DecodeError>;
}
