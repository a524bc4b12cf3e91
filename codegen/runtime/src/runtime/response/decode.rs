//! Decodes successful responses.

use std::marker::PhantomData;

use reqwest::StatusCode;
use serde::Deserialize;
use serde::de::value::UnitDeserializer;
use serde::de::{DeserializeOwned, IgnoredAny};

use crate::runtime::decode::envelope::{EnvelopeContent, read_envelope, reports_failure};
use crate::runtime::decode::path::{JsonError, read};
use crate::runtime::http::header::FromHeader;
use crate::runtime::http::raw_response::RawResponse;
use crate::runtime::response::binary::Binary;

/// Reason why a response has no result.
#[derive(Debug)]
pub enum DecodeError {
    /// The body reports a failure.
    Api,
    /// The body does not match the expected type.
    Json(JsonError),
}

impl RawResponse {
    /// Decodes the result. An absent result is read as `null`.
    pub fn result<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        let content = self.read_envelope::<_, IgnoredAny>()?;
        self.present(content.result)
    }

    /// Decodes the result. A null or absent result is the default value.
    pub fn result_or_default<T: DeserializeOwned + Default>(&self) -> Result<T, DecodeError> {
        self.result_or_else(T::default)
    }

    /// Decodes the result. A null or absent result, or an empty object that does not match the type, is
    /// replaced.
    pub fn result_or_else<T: DeserializeOwned>(
        &self,
        other: impl FnOnce() -> T,
    ) -> Result<T, DecodeError> {
        match self.read_envelope::<Option<T>, IgnoredAny>() {
            Ok(content) => Ok(content.result.flatten().unwrap_or_else(other)),
            Err(DecodeError::Json(_)) if self.read_envelope::<Empty, IgnoredAny>().is_ok() => {
                Ok(other())
            }
            Err(failure) => Err(failure),
        }
    }

    /// Checks that the body does not report a failure.
    pub fn empty(&self) -> Result<(), DecodeError> {
        if self.status == StatusCode::NO_CONTENT && self.body.is_empty() {
            return Ok(());
        }
        if self.envelope.is_some() {
            self.read_envelope::<IgnoredAny, IgnoredAny>()?;
        }
        Ok(())
    }

    /// Decodes the whole body as JSON.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        read(PhantomData::<T>, &self.body).map_err(|error| DecodeError::Json(self.shown(error)))
    }

    /// Returns the body as binary content.
    pub fn binary(&self) -> Binary {
        Binary::new(self.body.clone(), Some(self.call))
    }

    /// Returns the body as text.
    pub fn text(&self) -> Result<String, DecodeError> {
        let text = str::from_utf8(&self.body)
            .map_err(|error| invalid(String::new(), &error.to_string()))?;
        Ok(text.to_owned())
    }

    /// Returns a header, if it is present and valid.
    pub fn header<'a, T: FromHeader<'a>>(&'a self, name: &str) -> Option<T> {
        T::read(&self.headers, name)
    }

    /// Decodes the result and the paging information.
    pub(crate) fn read_envelope<'a, T, I>(&'a self) -> Result<EnvelopeContent<T, I>, DecodeError>
    where
        T: Deserialize<'a>,
        I: Deserialize<'a>,
    {
        let Some(envelope) = self.envelope else {
            let result = read(PhantomData::<T>, &self.body).map_err(DecodeError::Json)?;
            return Ok(EnvelopeContent {
                success: None,
                result: Some(result),
                info: None,
            });
        };
        match read_envelope(envelope, &self.body) {
            Ok(content) if content.success == Some(false) => Err(DecodeError::Api),
            Ok(content) => Ok(content),
            Err(_) if reports_failure(envelope, &self.body) => Err(DecodeError::Api),
            Err(error) => Err(DecodeError::Json(self.shown(error))),
        }
    }

    /// Markup instead of JSON is usually the error page of a proxy. The message contains its start.
    fn shown(&self, error: JsonError) -> JsonError {
        let start = self.body.trim_ascii_start();
        if !start.starts_with(b"<") {
            return error;
        }
        let start = String::from_utf8_lossy(start.get(..200).unwrap_or(start));
        let words: Vec<_> = start.split_whitespace().collect();
        let text = format!("it is no JSON but `{}`", words.join(" "));
        JsonError { text, ..error }
    }

    /// Returns the result. A missing result is an error, unless the type accepts null.
    fn present<T: DeserializeOwned>(&self, result: Option<T>) -> Result<T, DecodeError> {
        result
            .or_else(|| T::deserialize(UnitDeserializer::<serde_json::Error>::new()).ok())
            .ok_or_else(|| {
                let name = self.envelope.map_or("", |envelope| envelope.result);
                invalid(name.to_owned(), "it is missing")
            })
    }
}

/// `{}`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Empty {}

fn invalid(path: String, text: &str) -> DecodeError {
    DecodeError::Json(JsonError {
        path,
        text: text.to_owned(),
    })
}
