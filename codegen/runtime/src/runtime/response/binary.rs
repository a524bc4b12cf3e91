//! Binary responses.

use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;
use serde::de::DeserializeOwned;

use crate::runtime::api::call_info::CallInfo;
use crate::runtime::decode::path::read;
use crate::runtime::error::{Error, Result};
use crate::runtime::http::raw_response::RawResponse;

/// A binary response body.
#[derive(Clone)]
pub struct Binary {
    bytes: Bytes,
    call: Option<CallInfo>,
}

impl Binary {
    pub(crate) fn new(bytes: Bytes, call: Option<CallInfo>) -> Self {
        Self { bytes, call }
    }

    /// Returns the bytes.
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// Returns the bytes without a copy.
    pub fn into_bytes(self) -> Bytes {
        self.bytes
    }

    /// Returns the bytes as text. Returns [`Error::Decode`] if they are not UTF-8.
    pub fn text(&self) -> Result<&str> {
        str::from_utf8(&self.bytes)
            .map_err(|error| Error::decode(self.call, String::new(), &error.to_string()))
    }

    /// Converts the bytes into text, usually without a copy. Returns [`Error::Decode`] if they are not UTF-8.
    pub fn into_text(self) -> Result<String> {
        String::from_utf8(self.bytes.into())
            .map_err(|error| Error::decode(self.call, String::new(), &error.to_string()))
    }

    /// Parses the bytes as JSON. Returns [`Error::Decode`] if they are not JSON or do not match the type.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T> {
        read(PhantomData::<T>, &self.bytes)
            .map_err(|error| Error::decode(self.call, error.path, &error.text))
    }

    /// Same as [`json`](Self::json), for bytes that are not needed afterwards.
    pub fn into_json<T: DeserializeOwned>(self) -> Result<T> {
        self.json()
    }
}

impl RawResponse {
    /// Returns the body as binary content.
    pub fn binary(&self) -> Binary {
        Binary::new(self.body.clone(), Some(self.call))
    }
}

impl PartialEq for Binary {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

impl Eq for Binary {}

impl From<Bytes> for Binary {
    fn from(bytes: Bytes) -> Self {
        Self::new(bytes, None)
    }
}

/// Displays the size only.
impl fmt::Debug for Binary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Binary({} bytes)", self.bytes.len())
    }
}
