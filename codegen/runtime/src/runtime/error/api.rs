//! Errors that the server reported.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::runtime::api::call_info::CallInfo;
use crate::runtime::error::context::write_request_id;
#[cfg(feature = "part-envelope")]
use crate::runtime::error::message::{Message, Messages};
use crate::runtime::error::printable::Printable;
#[cfg(feature = "part-bulk")]
use crate::runtime::error::progress::Progress;
use crate::runtime::http::head::{HasHead, ResponseHead};
use crate::runtime::http::rate_limit::RateLimit;
use crate::runtime::http::raw_response::RawResponse;
use crate::runtime::http::retry::retry_after;
use crate::runtime::platform::system_time;

/// Maximum number of body bytes that are displayed.
const MAX_SHOWN_BODY: usize = 1_024;

/// An error that the server reported.
///
/// `Display` shows the status, the errors with their codes and causes, and the request id of the server.
pub struct ApiError(pub(crate) Box<ApiErrorData>);

pub(crate) struct ApiErrorData {
    pub(crate) call: CallInfo,
    status: StatusCode,
    headers: HeaderMap,
    pub(crate) body: Bytes,
    /// Errors and messages, if the body is an envelope.
    #[cfg(feature = "part-envelope")]
    messages: Option<Messages>,
    #[cfg(feature = "part-bulk")]
    pub(crate) progress: Option<Progress>,
}

impl ApiError {
    /// Returns the status of the response. It can be a success status if the body reports a failure.
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// Returns the headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// Returns a header if its value is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.0.headers.get(name)?.to_str().ok()
    }

    /// Returns the delay that the server asks for before the next request.
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after(&self.0.headers, system_time())
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
        Self(Box::new(ApiErrorData {
            call: response.call,
            status: response.status,
            headers: response.headers,
            #[cfg(feature = "part-envelope")]
            messages: Messages::read(response.call.settings.envelope, &response.body),
            body: response.body,
            #[cfg(feature = "part-bulk")]
            progress: None,
        }))
    }

    pub(crate) fn call(&self) -> CallInfo {
        self.0.call
    }

    #[cfg(feature = "part-uploads")]
    pub(crate) fn call_mut(&mut self) -> &mut CallInfo {
        &mut self.0.call
    }
}

#[cfg(feature = "part-envelope")]
impl ApiError {
    /// Returns the first error code.
    pub fn code(&self) -> Option<i64> {
        self.errors().iter().find_map(|error| error.code)
    }

    /// Returns the errors.
    pub fn errors(&self) -> &[Message] {
        self.0
            .messages
            .as_ref()
            .map_or(&[], |messages| &messages.errors)
    }

    /// Returns the additional messages.
    pub fn messages(&self) -> &[Message] {
        self.0
            .messages
            .as_ref()
            .map_or(&[], |messages| &messages.messages)
    }
}

impl HasHead for ApiError {
    fn head(&self) -> ResponseHead<'_> {
        ResponseHead {
            status: self.status(),
            headers: self.headers(),
            #[cfg(feature = "tracing")]
            size: Some(self.body().len() as u64),
        }
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the server responded with ")?;
        self.fmt_status(f)?;
        if self.0.status.is_success() {
            f.write_str(", but reported a failure")?;
        }
        self.fmt_reason(f)?;
        write_request_id(f, self.0.call, &self.0.headers)
    }
}

impl ApiError {
    fn fmt_status(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = self.0.status;
        f.write_str(status.as_str())?;
        let name = status.canonical_reason();
        #[cfg(feature = "part-status-names")]
        let name = {
            let mut names = self.0.call.settings.status_names.iter();
            let own = names.find(|(code, _)| *code == status.as_u16());
            own.map(|(_, name)| *name).or(name)
        };
        name.map_or(Ok(()), |name| write!(f, " {name}"))
    }

    /// Displays the errors in the body, or the start of the body if it is not an envelope.
    fn fmt_reason(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        #[cfg(feature = "part-envelope")]
        if let Some(messages) = &self.0.messages {
            return write!(f, "{messages}");
        }
        // The text is displayed on one line.
        let text = self.body_text();
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        match words.char_indices().nth(200) {
            Some((end, _)) => {
                let start = words.get(..end).unwrap_or_default();
                write!(f, ": {}…", Printable(start))
            }
            None if words.is_empty() => f.write_str(" and an empty body"),
            None => write!(f, ": {}", Printable(&words)),
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
            .field("status", &self.0.status);
        #[cfg(feature = "part-envelope")]
        fields
            .field("errors", &self.errors())
            .field("messages", &self.messages());
        #[cfg(feature = "part-envelope")]
        let is_enveloped = self.0.messages.is_some();
        #[cfg(not(feature = "part-envelope"))]
        let is_enveloped = false;
        if !is_enveloped {
            fields.field("body", &self.body_text());
        }
        #[cfg(feature = "part-bulk")]
        if let Some(progress) = &self.0.progress {
            fields.field("progress", progress);
        }
        fields.finish_non_exhaustive()
    }
}
