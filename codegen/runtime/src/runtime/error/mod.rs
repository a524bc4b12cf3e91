//! The one error of the crate: what went wrong, in which call, after how many attempts. It holds no secret, no value.

pub(crate) mod api;
mod construct;
pub(crate) mod context;
pub(crate) mod progress;
pub(crate) mod upload;
pub(crate) mod validation;

use std::error::Error as StdError;
use std::fmt;

use reqwest::StatusCode;

use crate::runtime::api::call_info::CallInfo;
use crate::runtime::error::api::ApiError;
use crate::runtime::error::context::{ErrorContext, ErrorData};
use crate::runtime::error::progress::Progress;
use crate::runtime::http::retry::{RetryReason, is_retryable};

/// What a call gives.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong.
///
/// Whatever the kind, [`operation`](Self::operation), [`method`](Self::method), [`path`](Self::path) and
/// [`attempts`](Self::attempts) say which call it was, and `source()` leads to the cause. Neither text nor `Debug` shows
/// credentials, arguments or stored values.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The server answered that it failed, or with a redirect, or that it succeeded and yet did not.
    Api(ApiError),
    /// The call was refused before anything was sent: [`parameter`](Self::parameter) says because of which argument.
    InvalidRequest(ErrorContext),
    /// No answer came: there was no connection, or it broke before the answer began.
    Connect(ErrorContext),
    /// An attempt took longer than the timeout.
    Timeout(ErrorContext),
    /// The answer broke off in its body, or the content to send could not be read, or had another size than was promised.
    Body(ErrorContext),
    /// The answer says that the call succeeded, but it does not look as it should: [`json_path`](Self::json_path) says
    /// where. Or it has more bytes than an answer may have, or came compressed.
    Decode(ErrorContext),
    /// The client is not configured as it should be, or has no credentials that the call takes.
    Config(ErrorContext),
}

impl Error {
    /// Status of the answer, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        self.api().map(ApiError::status)
    }

    /// The first error code that the server gave.
    pub fn code(&self) -> Option<i64> {
        self.api().and_then(ApiError::code)
    }

    /// Whether the server answered 404.
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(StatusCode::NOT_FOUND)
    }

    /// Whether the server answered that there were too many requests.
    pub fn is_rate_limited(&self) -> bool {
        self.status() == Some(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Whether the same call may succeed later and does no harm when it is sent again. The client has then sent it
    /// again already, as often as it was allowed to.
    pub fn is_retryable(&self) -> bool {
        let (Some(call), Some(retry_reason)) = (self.call(), self.retry_reason()) else {
            return false;
        };
        !call.body_consumed && is_retryable(call.meta.is_retryable(), retry_reason)
    }

    /// The call as the client names it: a group and a method of it, as in `users.get`. Where several groups have a method
    /// for the same call, it is always the same one of them.
    pub fn operation(&self) -> Option<&str> {
        self.call().map(|call| call.meta.operation)
    }

    /// HTTP method of the call.
    pub fn method(&self) -> Option<&str> {
        self.call().map(|call| call.meta.method)
    }

    /// Path of the call as a template, so without its arguments.
    pub fn path(&self) -> Option<&str> {
        self.call().map(|call| call.meta.path)
    }

    /// How many times the request was sent.
    pub fn attempts(&self) -> u32 {
        self.call().map_or(0, |call| call.attempts)
    }

    /// The argument because of which the call was refused, as in `pairs[17].key`.
    pub fn parameter(&self) -> Option<&str> {
        match self {
            Self::InvalidRequest(details) => details.0.subject.as_deref(),
            _ => None,
        }
    }

    /// Where in the JSON the answer does not look as it should, as in `result[1].name`. A name that is data is a `*`.
    pub fn json_path(&self) -> Option<&str> {
        match self {
            Self::Decode(details) => details.0.subject.as_deref(),
            _ => None,
        }
    }

    /// How far a call of `send_all` had come. `None` on any other call, and when an item was refused before sending.
    pub fn progress(&self) -> Option<&Progress> {
        match self.api() {
            Some(error) => error.progress(),
            None => self.details()?.progress.as_ref(),
        }
    }

    fn api(&self) -> Option<&ApiError> {
        match self {
            Self::Api(error) => Some(error),
            _ => None,
        }
    }

    fn details(&self) -> Option<&ErrorData> {
        match self {
            Self::Api(_) => None,
            Self::InvalidRequest(details)
            | Self::Connect(details)
            | Self::Timeout(details)
            | Self::Body(details)
            | Self::Decode(details)
            | Self::Config(details) => Some(&details.0),
        }
    }

    fn details_mut(&mut self) -> Option<&mut ErrorData> {
        match self {
            Self::Api(_) => None,
            Self::InvalidRequest(details)
            | Self::Connect(details)
            | Self::Timeout(details)
            | Self::Body(details)
            | Self::Decode(details)
            | Self::Config(details) => Some(&mut details.0),
        }
    }

    fn call(&self) -> Option<CallInfo> {
        match self.api() {
            Some(error) => Some(error.call()),
            None => self.details().and_then(|details| details.call),
        }
    }

    /// Why an attempt failed, if another one might not.
    pub(crate) fn retry_reason(&self) -> Option<RetryReason<'_>> {
        match self {
            Self::Api(error) => Some(RetryReason::Status(error.status(), error.headers())),
            _ => self.details()?.retry_reason,
        }
    }

    /// The same, with the cause of it.
    pub(crate) fn with_source(mut self, source: impl StdError + Send + Sync + 'static) -> Self {
        if let Self::Config(details) = &mut self {
            details.0.source = Some(Box::new(source));
        }
        self
    }

    /// The same, with how far the call had come.
    pub(crate) fn with_progress(mut self, progress: Progress) -> Self {
        match &mut self {
            Self::Api(error) => error.set_progress(progress),
            other => {
                if let Some(details) = other.details_mut() {
                    details.progress = Some(progress);
                }
            }
        }
        self
    }

    /// The same, of a call whose content is used up.
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
            (_, Some(details)) => f.write_str(&details.text)?,
            (_, None) => (),
        }
        match self.progress() {
            Some(progress) => write!(f, "; {progress}"),
            None => Ok(()),
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let source = self.details()?.source.as_ref()?;
        Some(&**source)
    }
}
