//! A response with its complete body.

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::runtime::api::call_info::CallInfo;
#[cfg(feature = "part-envelope")]
use crate::runtime::api::meta::Envelope;
use crate::runtime::http::head::{HasHead, ResponseHead};

/// A response with a success status and its complete body.
pub struct RawResponse {
    pub(crate) call: CallInfo,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

#[cfg(feature = "part-envelope")]
impl RawResponse {
    /// Returns the envelope of the API.
    pub(crate) fn envelope(&self) -> Option<&'static Envelope> {
        self.call.settings.envelope
    }
}

impl HasHead for RawResponse {
    fn head(&self) -> ResponseHead<'_> {
        ResponseHead {
            status: self.status,
            headers: &self.headers,
            #[cfg(feature = "tracing")]
            size: Some(self.body.len() as u64),
        }
    }
}
