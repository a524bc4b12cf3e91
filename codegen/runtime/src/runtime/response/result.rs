//! The result in the envelope of a response.

use std::marker::PhantomData;

use reqwest::StatusCode;
use serde::Deserialize;
use serde::de::value::UnitDeserializer;
use serde::de::{DeserializeOwned, IgnoredAny};

use crate::runtime::decode::envelope::{EnvelopeContent, read_envelope, reports_failure};
use crate::runtime::decode::path::read;
use crate::runtime::http::raw_response::RawResponse;
use crate::runtime::response::decode::{DecodeError, invalid};

impl RawResponse {
    /// Decodes the result. An absent result is read as `null`.
    pub fn result<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        let content = self.read_envelope::<_, IgnoredAny>()?;
        self.require(content.result)
    }

    /// Decodes the result. A null or absent result is the default value.
    pub fn result_or_default<T: DeserializeOwned + Default>(&self) -> Result<T, DecodeError> {
        self.result_or_else(T::default)
    }

    /// Decodes the result. A null or absent result, or an empty object that does not match the type, is replaced.
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

    /// Fails if the envelope reports a failure.
    pub(crate) fn check_envelope(&self) -> Result<(), DecodeError> {
        let is_absent = self.status == StatusCode::NO_CONTENT && self.body.is_empty();
        if self.envelope().is_some() && !is_absent {
            self.read_envelope::<IgnoredAny, IgnoredAny>()?;
        }
        Ok(())
    }

    /// Decodes the result and the paging information.
    pub(crate) fn read_envelope<'a, T, I>(&'a self) -> Result<EnvelopeContent<T, I>, DecodeError>
    where
        T: Deserialize<'a>,
        I: Deserialize<'a>,
    {
        let Some(envelope) = self.envelope() else {
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
            Err(error) => Err(DecodeError::Json(self.describe_markup(error))),
        }
    }

    /// Returns the result. A missing result is an error, unless the type accepts null.
    fn require<T: DeserializeOwned>(&self, result: Option<T>) -> Result<T, DecodeError> {
        result
            .or_else(|| T::deserialize(UnitDeserializer::<serde_json::Error>::new()).ok())
            .ok_or_else(|| {
                let name = self.envelope().map_or("", |envelope| envelope.result);
                invalid(name.to_owned(), "it is missing")
            })
    }
}

/// `{}`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Empty {}
