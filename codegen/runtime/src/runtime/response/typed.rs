//! What a call gives together with the status and the headers of the answer.

use std::time::{Duration, SystemTime};

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::runtime::http::header::FromHeader;
use crate::runtime::http::rate_limit::RateLimit;
use crate::runtime::http::retry::retry_after;

/// What a call gives, with the status and the headers that it came with.
#[derive(Clone, Debug)]
pub struct Response<T> {
    status: StatusCode,
    headers: HeaderMap,
    value: T,
}

impl<T> Response<T> {
    pub(crate) fn new(status: StatusCode, headers: HeaderMap, value: T) -> Self {
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

    /// A header as text or as a number, as in `header::<i64>("x-total")`; `None` when it is not there or not of this type.
    pub fn header<'a, H: FromHeader<'a>>(&'a self, name: &str) -> Option<H> {
        H::read(&self.headers, name)
    }

    /// What the server says of its rate limit, if it does.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::read(&self.headers)
    }

    /// How long the server asks to wait before another request.
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after(&self.headers, SystemTime::now())
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
