//! Decodes successful responses.

use std::marker::PhantomData;

use serde::de::DeserializeOwned;

use crate::runtime::decode::path::{JsonError, read};
#[cfg(feature = "part-binary")]
use crate::runtime::http::header::FromHeader;
use crate::runtime::http::raw_response::RawResponse;

/// Reason why a response has no result.
#[derive(Debug)]
pub enum DecodeError {
    /// The body reports a failure.
    Api,
    /// The body does not match the expected type.
    Json(JsonError),
}

impl RawResponse {
    /// Checks that the body does not report a failure.
    pub fn empty(&self) -> Result<(), DecodeError> {
        #[cfg(feature = "part-envelope")]
        self.check_envelope()?;
        Ok(())
    }

    /// Decodes the whole body as JSON.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        read(PhantomData::<T>, &self.body)
            .map_err(|error| DecodeError::Json(self.describe_markup(error)))
    }

    /// Returns the body as text.
    #[cfg(feature = "part-text")]
    pub fn text(&self) -> Result<String, DecodeError> {
        let text = str::from_utf8(&self.body)
            .map_err(|error| invalid(String::new(), &error.to_string()))?;
        Ok(text.to_owned())
    }

    /// Returns a header, if it is present and valid.
    #[cfg(feature = "part-binary")]
    pub fn header<'a, T: FromHeader<'a>>(&'a self, name: &str) -> Option<T> {
        T::read(&self.headers, name)
    }

    /// Markup instead of JSON is usually the error page of a proxy. The message contains its start.
    pub(crate) fn describe_markup(&self, error: JsonError) -> JsonError {
        let start = self.body.trim_ascii_start();
        if !start.starts_with(b"<") {
            return error;
        }
        let start = String::from_utf8_lossy(start.get(..200).unwrap_or(start));
        let words: Vec<_> = start.split_whitespace().collect();
        let text = format!("the body is not JSON but `{}`", words.join(" "));
        JsonError { text, ..error }
    }
}

#[cfg(any(feature = "part-envelope", feature = "part-text"))]
pub(crate) fn invalid(path: String, text: &str) -> DecodeError {
    DecodeError::Json(JsonError {
        path,
        text: text.to_owned(),
    })
}
