//! A result with the status and headers of the response.

use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::runtime::http::header::FromHeader;
use crate::runtime::http::rate_limit::RateLimit;
use crate::runtime::http::retry::retry_after;
use crate::runtime::platform::system_time;

/// A result with the status and headers of the response.
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

    /// Returns the status of the response.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns a header as text, number or boolean, for example `header::<i64>("x-total")`. Returns `None`
    /// if it is absent or invalid.
    pub fn header<'a, H: FromHeader<'a>>(&'a self, name: &str) -> Option<H> {
        H::read(&self.headers, name)
    }

    /// Returns the rate limit that the server reported.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::read(&self.headers)
    }

    /// Returns the delay that the server asks for before the next request.
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after(&self.headers, system_time())
    }

    /// Returns the result.
    pub fn get(&self) -> &T {
        &self.value
    }

    /// Returns the result.
    pub fn into_inner(self) -> T {
        self.value
    }
}
