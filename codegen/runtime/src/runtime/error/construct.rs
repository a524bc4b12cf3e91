//! Constructors of errors.

#[cfg(any(feature = "part-bulk", feature = "part-tokens"))]
use std::error::Error as StdError;
#[cfg(feature = "part-tokens")]
use std::fmt::Display;
use std::marker::PhantomData;
use std::time::Duration;

use serde::de::DeserializeOwned;

use crate::runtime::api::call_info::CallInfo;
use crate::runtime::decode::path::read;
use crate::runtime::error::api::ApiError;
use crate::runtime::error::context::ErrorContext;
#[cfg(feature = "part-uploads")]
use crate::runtime::error::upload::UploadError;
use crate::runtime::error::validation::ValidationError;
use crate::runtime::error::{Error, Result};
use crate::runtime::http::retry::RetryReason;
use crate::runtime::platform::{TransportError, is_refused};

impl ApiError {
    /// Parses the body as JSON. Returns [`Error::Decode`] if the body is not JSON or does not match the type.
    ///
    /// The documentation of each method names the types of its documented errors.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T> {
        read(PhantomData::<T>, &self.0.body).map_err(|error| {
            let error = Error::decode(Some(self.0.call), error.path, &error.text);
            error.with_headers(self.headers().clone())
        })
    }
}

impl Error {
    pub(crate) fn config(text: impl Into<String>) -> Self {
        Self::Config(ErrorContext::new(text))
    }

    pub(crate) fn invalid_request(call: CallInfo, error: ValidationError) -> Self {
        let text = format!("`{}` {}", error.parameter, error.reason);
        Self::InvalidRequest(
            ErrorContext::new(text)
                .with_subject(error.parameter)
                .with_call(call),
        )
    }

    pub(crate) fn decode(call: Option<CallInfo>, path: String, text: &str) -> Self {
        let what = call.map_or("the JSON", |_| "the response");
        let place = if path.is_empty() { "" } else { " at " };
        let text = format!("{what} does not match the expected type{place}{path}: {text}");
        let mut details = ErrorContext::new(text).with_subject(path);
        details.0.call = call;
        Self::Decode(details)
    }

    /// Error of the response as a whole.
    pub(crate) fn invalid_response(call: CallInfo, text: String) -> Self {
        Self::Decode(
            ErrorContext::new(text)
                .with_subject(String::new())
                .with_call(call),
        )
    }

    /// Error while reading the content to upload. A retry would fail as well.
    #[cfg(feature = "part-uploads")]
    pub(crate) fn upload(call: CallInfo, content: UploadError) -> Self {
        let mut details = ErrorContext::new(content.to_string()).with_call(call);
        details.0.source = content.source;
        Self::Body(details)
    }

    /// Error of a call whose credentials are missing.
    #[cfg(feature = "part-credentials")]
    pub(crate) fn missing_credentials(call: CallInfo, text: String) -> Self {
        Self::Config(ErrorContext::new(text).with_call(call))
    }

    /// Error of a token provider.
    #[cfg(feature = "part-tokens")]
    pub(crate) fn token_provider(call: CallInfo, source: Box<dyn StdError + Send + Sync>) -> Self {
        let mut details = ErrorContext::new("the token provider failed").with_call(call);
        details.0.source = Some(source);
        Self::Config(details)
    }

    /// Error of a token of a provider that cannot be valid. It does not contain the token.
    #[cfg(feature = "part-tokens")]
    pub(crate) fn provided_token(call: CallInfo, invalid: impl Display) -> Self {
        Self::Config(ErrorContext::new(format!("`token_provider`: {invalid}")).with_call(call))
    }

    /// Error of the response to a token request.
    #[cfg(feature = "part-client-credentials")]
    pub(crate) fn token_request(call: CallInfo, reason: &str) -> Self {
        Self::Config(ErrorContext::new(reason).with_call(call)).of_token_request()
    }

    /// Marks an error as the error of a token request. The client does not retry the call, because the token request was
    /// retried.
    #[cfg(feature = "part-client-credentials")]
    pub(crate) fn of_token_request(mut self) -> Self {
        if let Some(details) = self.details_mut() {
            details.text = format!("the request for an access token failed: {}", details.text);
            details.retry_reason = None;
        }
        self
    }

    /// Marks the error of a token request as temporary. The call can be retried, because its own request was not sent.
    #[cfg(feature = "part-client-credentials")]
    pub(crate) fn temporary(mut self) -> Self {
        if let Some(details) = self.details_mut() {
            details.is_temporary = true;
        }
        self
    }

    /// Error of the source of the items of a bulk call. An error of this crate is not changed.
    #[cfg(feature = "part-bulk")]
    pub(crate) fn item_source(call: CallInfo, source: Box<dyn StdError + Send + Sync>) -> Self {
        source.downcast::<Self>().map_or_else(
            |source| {
                let text = "the next item could not be read";
                let mut details = ErrorContext::new(text).with_call(call);
                details.0.source = Some(source);
                Self::Body(details)
            },
            |error| *error,
        )
    }

    /// Error of a call that exceeded its deadline, with the error of its last attempt.
    pub(crate) fn deadline(call: CallInfo, allowed: Duration, last: Option<Self>) -> Self {
        let text = format!("the call was not complete within its deadline of {allowed:?}");
        let mut details = ErrorContext::new(text).with_call(call);
        details.0.retry_reason = Some(RetryReason::NoResponse);
        details.0.source = last.map(Into::into);
        Self::Timeout(details)
    }

    /// Converts an error of the HTTP client. The URL is removed because it contains arguments.
    pub(crate) fn transport(call: CallInfo, error: TransportError, has_response: bool) -> Self {
        let error = error.without_url();
        let no_response = Some(RetryReason::NoResponse);
        let (kind, retry_reason, text): (fn(ErrorContext) -> Self, _, _) = if error.is_timeout() {
            let text = timeout_text(&error, call.timeout);
            (Self::Timeout, no_response, text)
        } else if has_response {
            (
                Self::Body,
                no_response,
                "the response body ended early".to_owned(),
            )
        } else if is_refused(&error) {
            let text = "the server did not process the request";
            (Self::Connect, Some(RetryReason::NotSent), text.to_owned())
        } else if error.is_connect() {
            let text = "the connection to the server failed";
            (Self::Connect, Some(RetryReason::NotSent), text.to_owned())
        } else {
            let text = "the connection was closed before a response was received";
            (Self::Connect, no_response, text.to_owned())
        };
        let mut details = ErrorContext::new(text).with_call(call);
        details.0.retry_reason = retry_reason;
        details.0.source = Some(Box::new(error));
        kind(details)
    }
}

/// Describes a timeout. Only a custom HTTP client has a separate timeout for connecting.
fn timeout_text(error: &TransportError, timeout: Option<Duration>) -> String {
    match timeout {
        Some(timeout) if !error.is_connect() => {
            // The timeout of an upload depends on its size. The text omits fractions of a millisecond.
            let millis = timeout.as_millis().try_into().unwrap_or(u64::MAX);
            let timeout = match millis {
                0 => timeout,
                millis => Duration::from_millis(millis),
            };
            format!("the response was not complete within the timeout of {timeout:?}")
        }
        _ => "the connection was not established within the timeout of the HTTP client".to_owned(),
    }
}
