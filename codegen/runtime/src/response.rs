//! What a call gives together with the status and the headers of the answer.

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

/// What a call gives, with the status and the headers that it came with.
#[derive(Clone, Debug)]
pub struct Response<T> {
    status: StatusCode,
    headers: HeaderMap,
    value: T,
}

impl<T> Response<T> {
    pub(super) fn new(status: StatusCode, headers: HeaderMap, value: T) -> Self {
        Self {
            status,
            headers,
            value,
        }
    }

    /// Status of the answer.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Headers of the answer.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// What the call gives.
    pub fn get(&self) -> &T {
        &self.value
    }

    /// What the call gives.
    pub fn into_inner(self) -> T {
        self.value
    }
}
