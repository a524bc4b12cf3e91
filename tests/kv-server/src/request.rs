//! A complete request, and access to its query parameters and its body.

use std::ops::RangeInclusive;

use bytes::Bytes;
use hyper::http::request::Parts;
use hyper::{HeaderMap, Method, StatusCode};
use serde::Deserialize;

use crate::error::ApiError;
use crate::path;

/// Maximum size of a body in bytes.
pub(crate) const MAX_BODY: usize = 100_000_000;

pub(crate) struct Request {
    pub(crate) method: Method,
    /// Percent-encoded.
    pub(crate) path: String,
    pub(crate) headers: HeaderMap,
    query: Vec<(String, String)>,
    body: Body,
}

pub(crate) enum Body {
    Whole(Bytes),
    TooLarge(usize),
}

impl Body {
    /// Returns the bytes. They are not kept if there are too many.
    pub(crate) fn bytes(&self) -> Bytes {
        match self {
            Self::Whole(bytes) => bytes.clone(),
            Self::TooLarge(_) => Bytes::new(),
        }
    }
}

impl Request {
    pub(crate) fn new(head: &Parts, body: Body) -> Self {
        let query = head.uri.query().unwrap_or_default().as_bytes();
        Self {
            method: head.method.clone(),
            path: path::without_dots(head.uri.path()),
            headers: head.headers.clone(),
            query: form_urlencoded::parse(query).into_owned().collect(),
            body,
        }
    }

    /// Returns the first parameter with a name.
    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// Returns a whole number such as `20` or `20.0`.
    pub(crate) fn integer(
        &self,
        name: &str,
        range: RangeInclusive<usize>,
        default: usize,
    ) -> Result<usize, ApiError> {
        let Some(text) = self.query(name) else {
            return Ok(default);
        };
        let digits = text.trim();
        let number = digits.strip_suffix(".0").unwrap_or(digits).parse().ok();
        number
            .filter(|number| range.contains(number))
            .ok_or_else(|| {
                let expected = format!("an integer from {} to {}", range.start(), range.end());
                ApiError::new(format!("{name}: expected {expected}, got \"{text}\""))
            })
    }

    pub(crate) fn body(&self) -> Result<&Bytes, ApiError> {
        match &self.body {
            Body::Whole(bytes) => Ok(bytes),
            Body::TooLarge(length) => {
                let message = format!("request body of {length} bytes exceeds limit of {MAX_BODY}");
                Err(ApiError::new(message).status(StatusCode::PAYLOAD_TOO_LARGE))
            }
        }
    }

    /// Parses the body as JSON. `invalid` returns the error for JSON with another shape.
    pub(crate) fn json<'a, T: Deserialize<'a>>(
        &'a self,
        invalid: impl FnOnce() -> ApiError,
    ) -> Result<T, ApiError> {
        let unreadable = || ApiError::new("could not parse the request body as JSON");
        serde_json::from_slice(self.body()?).map_err(|error| {
            if error.is_data() {
                invalid()
            } else {
                unreadable()
            }
        })
    }
}
