//! What an API is, as data, and what each of its operations can do.

use crate::runtime::api::meta::Meta;
use crate::runtime::http::raw_response::RawResponse;
use crate::runtime::request::Request;
use crate::runtime::response::decode::DecodeError;

/// One operation of the API: what it is called with is a [`Request`], so every client can run it.
pub trait Operation: Sized + 'static {
    /// What it gives.
    type Output: Send + 'static;
    /// What is known of it before it is called.
    const META: &'static Meta;

    /// Reads what came back with a status of success.
    fn decode(request: &Request, response: &RawResponse) -> Result<Self::Output, DecodeError>;
}
