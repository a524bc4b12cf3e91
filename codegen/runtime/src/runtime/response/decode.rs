//! What came back with a status of success: in goes an answer, out comes what the operation gives, or why it does not.

use std::marker::PhantomData;

use serde::de::DeserializeOwned;

use crate::runtime::decode::path::{JsonError, read};
use crate::runtime::http::header::FromHeader;
use crate::runtime::http::raw_response::RawResponse;

/// Why an answer gives no result.
#[derive(Debug)]
pub enum DecodeError {
    /// It says that the call failed.
    Api,
    /// It does not look as it should.
    Json(JsonError),
}

impl RawResponse {
    /// Only that the call went well.
    pub fn empty(&self) -> Result<(), DecodeError> {
        #[cfg(feature = "part-envelope")]
        self.check_envelope()?;
        Ok(())
    }

    /// The whole body as JSON.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        read(PhantomData::<T>, &self.body).map_err(|error| DecodeError::Json(self.shown(error)))
    }

    /// The body as text.
    pub fn text(&self) -> Result<String, DecodeError> {
        let text = str::from_utf8(&self.body)
            .map_err(|error| invalid(String::new(), &error.to_string()))?;
        Ok(text.to_owned())
    }

    /// A header, when it is there and reads as what it should be.
    pub fn header<'a, T: FromHeader<'a>>(&'a self, name: &str) -> Option<T> {
        T::read(&self.headers, name)
    }

    /// Where markup came instead of JSON, a proxy most likely sent it: how it starts tells which.
    pub(crate) fn shown(&self, error: JsonError) -> JsonError {
        let start = self.body.trim_ascii_start();
        if !start.starts_with(b"<") {
            return error;
        }
        let start = String::from_utf8_lossy(start.get(..200).unwrap_or(start));
        let words: Vec<_> = start.split_whitespace().collect();
        let text = format!("it is no JSON but `{}`", words.join(" "));
        JsonError { text, ..error }
    }
}

pub(crate) fn invalid(path: String, text: &str) -> DecodeError {
    DecodeError::Json(JsonError {
        path,
        text: text.to_owned(),
    })
}
