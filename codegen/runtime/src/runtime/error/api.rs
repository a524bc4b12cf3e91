//! Errors that the server reported.

use std::fmt;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde_json::Value;

use crate::runtime::api::call_info::CallInfo;
use crate::runtime::decode::envelope::errors_and_messages;
use crate::runtime::error::progress::Progress;
use crate::runtime::http::head::{HasHead, ResponseHead};
use crate::runtime::http::rate_limit::RateLimit;
use crate::runtime::http::raw_response::RawResponse;
use crate::runtime::http::retry::retry_after;

/// Maximum number of body bytes that are displayed.
const MAX_SHOWN_BODY: usize = 1_024;

/// An error that the server reported.
pub struct ApiError(pub(crate) Box<ApiErrorData>);

pub(crate) struct ApiErrorData {
    pub(crate) call: CallInfo,
    status: StatusCode,
    headers: HeaderMap,
    pub(crate) body: Bytes,
    /// True if the body is an envelope.
    enveloped: bool,
    errors: Vec<Message>,
    messages: Vec<Message>,
    progress: Option<Progress>,
}

/// An error or message from the server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Message {
    /// Error code.
    pub code: Option<i64>,
    /// Text of the message.
    pub message: String,
    /// URL of the documentation.
    pub documentation_url: Option<String>,
    /// Cause of the error in the request.
    pub source: Option<Source>,
}

/// The part of a request that a message refers to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Source {
    /// JSON pointer into the request.
    pub pointer: Option<String>,
}

impl ApiError {
    /// Returns the status of the response. It can be a success status if the body reports a failure.
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// Returns the first error code.
    pub fn code(&self) -> Option<i64> {
        self.0.errors.iter().find_map(|error| error.code)
    }

    /// Returns the errors.
    pub fn errors(&self) -> &[Message] {
        &self.0.errors
    }

    /// Returns the additional messages.
    pub fn messages(&self) -> &[Message] {
        &self.0.messages
    }

    /// Returns the response headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// Returns a header if its value is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.0.headers.get(name)?.to_str().ok()
    }

    /// Returns the delay that the server asks for before the next request.
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after(&self.0.headers, SystemTime::now())
    }

    /// Returns the rate limit that the server reported.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::read(&self.0.headers)
    }

    /// Returns the response body.
    pub fn body(&self) -> &Bytes {
        &self.0.body
    }

    /// Returns the first 1,024 bytes of the body as text.
    pub fn body_text(&self) -> String {
        let start = self.0.body.get(..MAX_SHOWN_BODY).unwrap_or(&self.0.body);
        String::from_utf8_lossy(start).into_owned()
    }

    pub(crate) fn new(response: RawResponse) -> Self {
        let found = errors_and_messages(response.envelope, &response.body);
        let (enveloped, (errors, messages)) = (found.is_some(), found.unwrap_or_default());
        Self(Box::new(ApiErrorData {
            call: response.call,
            status: response.status,
            headers: response.headers,
            body: response.body,
            enveloped,
            errors: errors.iter().map(Message::read).collect(),
            messages: messages.iter().map(Message::read).collect(),
            progress: None,
        }))
    }

    pub(crate) fn progress(&self) -> Option<&Progress> {
        self.0.progress.as_ref()
    }

    pub(crate) fn set_progress(&mut self, progress: Progress) {
        self.0.progress = Some(progress);
    }

    pub(crate) fn call(&self) -> CallInfo {
        self.0.call
    }

    pub(crate) fn call_mut(&mut self) -> &mut CallInfo {
        &mut self.0.call
    }
}

impl HasHead for ApiError {
    fn head(&self) -> ResponseHead<'_> {
        ResponseHead {
            status: self.status(),
            headers: self.headers(),
            size: Some(self.body().len() as u64),
        }
    }
}

impl Message {
    /// Reads a message in any of the common forms: an object, a string or another value.
    fn read(value: &Value) -> Self {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let Value::Object(object) = value else {
            let message = text(value).unwrap_or_else(|| value.to_string());
            return Self {
                message,
                ..Self::default()
            };
        };
        let get = |name: &str| object.get(name);
        let pointer = get("source").and_then(|source| source.get("pointer"));
        Self {
            code: get("code").and_then(code),
            message: get("message").and_then(text).unwrap_or_default(),
            documentation_url: get("documentation_url").and_then(text),
            source: get("source").map(|_| Source {
                pointer: pointer.and_then(text),
            }),
        }
    }
}

/// Reads a code. It may be a string or have a fraction of zero.
fn code(value: &Value) -> Option<i64> {
    match value {
        Value::String(text) => text.parse().ok(),
        _ => serde_json::from_value::<crate::runtime::decode::integer::Integer<i64>>(value.clone())
            .ok()
            .map(|number| number.0),
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the server answered {}", self.0.status)?;
        if self.0.status.is_success() {
            f.write_str(", but that the call failed")?;
        }
        for (index, error) in self.0.errors.iter().enumerate() {
            f.write_str(if index == 0 { ": " } else { "; " })?;
            f.write_str(&error.message)?;
            if let Some(code) = error.code {
                write!(f, " (code {code})")?;
            }
        }
        if self.0.enveloped {
            return Ok(());
        }
        // The text is displayed on one line.
        let text = self.body_text();
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        match words.char_indices().nth(200) {
            Some((end, _)) => write!(f, ": {}…", words.get(..end).unwrap_or_default()),
            None if words.is_empty() => f.write_str(" with an empty body"),
            None => write!(f, ": {words}"),
        }
    }
}

impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut fields = f.debug_struct("ApiError");
        fields
            .field("method", &self.0.call.meta.method)
            .field("path", &self.0.call.meta.path)
            .field("attempts", &self.0.call.attempts)
            .field("status", &self.0.status)
            .field("errors", &self.0.errors)
            .field("messages", &self.0.messages);
        if !self.0.enveloped {
            fields.field("body", &self.body_text());
        }
        if let Some(progress) = &self.0.progress {
            fields.field("progress", progress);
        }
        fields.finish_non_exhaustive()
    }
}
