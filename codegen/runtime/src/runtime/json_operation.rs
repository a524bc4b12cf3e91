//! Operations whose response is plain JSON.

use serde::de::DeserializeOwned;

use crate::runtime::api::meta::Meta;
use crate::runtime::http::raw_response::RawResponse;
use crate::runtime::operation::Operation;
use crate::runtime::request::Request;
use crate::runtime::response::decode::DecodeError;

/// An [`Operation`] whose response body is its result as JSON.
pub trait JsonOperation: Sized + 'static {
    /// Result of a call.
    type Output: DeserializeOwned + Send + 'static;
    /// Data that is known before the call.
    const META: &'static Meta;
}

impl<O: JsonOperation> Operation for O {
    type Output = <O as JsonOperation>::Output;
    const META: &'static Meta = <O as JsonOperation>::META;

    fn decode(_: &Request, response: &RawResponse) -> Result<Self::Output, DecodeError> {
        response.json()
    }
}
