//! The error type of the crate. It contains no secrets and no argument values.

pub(crate) mod api;
mod construct;
pub(crate) mod context;
#[cfg(feature = "part-envelope")]
pub(crate) mod message;
pub(crate) mod printable;
#[cfg(feature = "part-bulk")]
pub(crate) mod progress;
#[cfg(feature = "part-uploads")]
pub(crate) mod upload;
pub(crate) mod validation;

use std::error::Error as StdError;
use std::fmt;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::runtime::api::call_info::CallInfo;
use crate::runtime::error::api::ApiError;
use crate::runtime::error::context::{ErrorContext, ErrorData, write_request_id};
use crate::runtime::http::retry::{RetryReason, is_retryable};

/// Result of a call.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Error of a call or of the client configuration.
///
/// [`operation`](Self::operation), [`method`](Self::method), [`path`](Self::path) and
/// [`attempts`](Self::attempts) identify the call. `source()` returns the underlying error. `Display`
/// shows the reason, including the errors of the server with their causes, and the request id of the
/// server. `Display` and `Debug` show no credentials, arguments or stored values.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The server responded with an error status or a redirect, or with a success status and a body that
    /// reports a failure.
    Api(ApiError),
    /// An argument is invalid. Nothing was sent. [`parameter`](Self::parameter) names the argument.
    InvalidRequest(ErrorContext),
    /// No response was received: the connection failed or was closed before the response began.
    Connect(ErrorContext),
    /// An attempt exceeded the timeout. `Display` shows its length.
    Timeout(ErrorContext),
    /// The response body ended early, or the content to upload could not be read or did not have the
    /// declared size. Also the error of an item of a stream for a bulk call.
    Body(ErrorContext),
    /// The response reports success, but its body does not match the expected type: [`json_path`](Self::json_path) is
    /// the location. Also returned if the body exceeds the size limit or is compressed.
    Decode(ErrorContext),
    /// The client configuration is invalid, or the client has no usable credentials for the call. `Display`
    /// names the method of the builder or the environment variable.
    Config(ErrorContext),
    /// The server reported items of a bulk call as failed: [`failed_keys`](Self::failed_keys) lists them.
    #[cfg(feature = "part-bulk")]
    Incomplete(ErrorContext),
}

impl Error {
    /// Returns the status of the response, if one was received.
    pub fn status(&self) -> Option<StatusCode> {
        self.api().map(ApiError::status)
    }

    /// Returns the headers of the response, if one was received. Also available for [`Decode`](Self::Decode)
    /// and for a body that ended early.
    pub fn headers(&self) -> Option<&HeaderMap> {
        match self.api() {
            Some(error) => Some(error.headers()),
            None => self.details()?.headers.as_ref(),
        }
    }

    /// Returns the first error code from the server.
    #[cfg(feature = "part-envelope")]
    pub fn code(&self) -> Option<i64> {
        self.api().and_then(ApiError::code)
    }

    /// Returns true if the status is 404 Not Found.
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(StatusCode::NOT_FOUND)
    }

    /// Returns true if the status is 429 Too Many Requests.
    pub fn is_rate_limited(&self) -> bool {
        self.status() == Some(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Returns true if the call can be retried safely and may succeed later. The client has already made
    /// all the retries that its configuration allows.
    pub fn is_retryable(&self) -> bool {
        #[cfg(feature = "part-client-credentials")]
        if self.details().is_some_and(|details| details.is_temporary) {
            return true;
        }
        let (Some(call), Some(retry_reason)) = (self.call(), self.retry_reason()) else {
            return false;
        };
        #[cfg(feature = "part-uploads")]
        if call.body_consumed {
            return false;
        }
        is_retryable(call.meta.is_idempotent(), retry_reason)
    }

    /// Returns the group and method of the call, for example `users.get`. If several groups have a method
    /// for the call, the name is always the same one.
    pub fn operation(&self) -> Option<&str> {
        self.call().map(|call| call.meta.operation)
    }

    /// Returns the HTTP method of the call.
    pub fn method(&self) -> Option<&str> {
        self.call().map(|call| call.meta.method)
    }

    /// Returns the path template of the call. It contains no arguments.
    pub fn path(&self) -> Option<&str> {
        self.call().map(|call| call.meta.path)
    }

    /// Returns the number of times that the request was sent.
    pub fn attempts(&self) -> u32 {
        self.call().map_or(0, |call| call.attempts)
    }

    /// Returns the path of the invalid argument, for example `pairs[17].key`.
    pub fn parameter(&self) -> Option<&str> {
        match self {
            Self::InvalidRequest(details) => details.0.subject.as_deref(),
            _ => None,
        }
    }

    /// Returns the location of a mismatch in the response body, for example `result[1].name`. Map keys are
    /// replaced by `*`.
    pub fn json_path(&self) -> Option<&str> {
        match self {
            Self::Decode(details) => details.0.subject.as_deref(),
            _ => None,
        }
    }

    pub(crate) fn api(&self) -> Option<&ApiError> {
        match self {
            Self::Api(error) => Some(error),
            _ => None,
        }
    }

    pub(crate) fn details(&self) -> Option<&ErrorData> {
        match self {
            Self::Api(_) => None,
            Self::InvalidRequest(details)
            | Self::Connect(details)
            | Self::Timeout(details)
            | Self::Body(details)
            | Self::Decode(details)
            | Self::Config(details) => Some(&details.0),
            #[cfg(feature = "part-bulk")]
            Self::Incomplete(details) => Some(&details.0),
        }
    }

    #[cfg(any(feature = "part-client-credentials", feature = "part-uploads"))]
    pub(crate) fn details_mut(&mut self) -> Option<&mut ErrorData> {
        match self {
            Self::Api(_) => None,
            Self::InvalidRequest(details)
            | Self::Connect(details)
            | Self::Timeout(details)
            | Self::Body(details)
            | Self::Decode(details)
            | Self::Config(details) => Some(&mut details.0),
            #[cfg(feature = "part-bulk")]
            Self::Incomplete(details) => Some(&mut details.0),
        }
    }

    fn call(&self) -> Option<CallInfo> {
        match self.api() {
            Some(error) => Some(error.call()),
            None => self.details().and_then(|details| details.call),
        }
    }

    /// Returns the reason for a retry, if a retry can succeed.
    pub(crate) fn retry_reason(&self) -> Option<RetryReason<'_>> {
        match self {
            Self::Api(error) => Some(RetryReason::Status(error.status(), error.headers())),
            _ => self.details()?.retry_reason,
        }
    }

    /// Adds the headers of the response.
    pub(crate) fn with_headers(mut self, headers: HeaderMap) -> Self {
        if let Self::Timeout(details) | Self::Body(details) | Self::Decode(details) = &mut self {
            details.0.headers = Some(headers);
        }
        self
    }

    /// Adds the underlying error.
    pub(crate) fn with_source(mut self, source: impl StdError + Send + Sync + 'static) -> Self {
        if let Self::Config(details) = &mut self {
            details.0.source = Some(Box::new(source));
        }
        self
    }

    /// Marks the request body as consumed: the same call cannot be sent again.
    #[cfg(feature = "part-uploads")]
    pub(crate) fn body_consumed(mut self) -> Self {
        match &mut self {
            Self::Api(error) => error.call_mut().body_consumed = true,
            other => {
                if let Some(call) = other.details_mut().and_then(|it| it.call.as_mut()) {
                    call.body_consumed = true;
                }
            }
        }
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(CallInfo { meta, attempts, .. }) = self.call() {
            write!(f, "{} {}", meta.method, meta.path)?;
            if attempts > 1 {
                write!(f, " ({attempts} attempts)")?;
            }
            f.write_str(": ")?;
        }
        match (self, self.details()) {
            (Self::Api(error), _) => error.fmt(f)?,
            (_, Some(details)) => {
                f.write_str(&details.text)?;
                if let (Some(call), Some(headers)) = (details.call, &details.headers) {
                    write_request_id(f, call, headers)?;
                }
            }
            (_, None) => (),
        }
        #[cfg(feature = "part-bulk")]
        if let Some(progress) = self.progress() {
            write!(f, "; {progress}")?;
        }
        Ok(())
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let source = self.details()?.source.as_ref()?;
        Some(&**source)
    }
}
