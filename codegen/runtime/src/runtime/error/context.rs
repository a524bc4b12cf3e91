//! Context of errors that the server did not report.

use std::error::Error as StdError;
use std::fmt;

use reqwest::header::HeaderMap;

use crate::runtime::api::call_info::CallInfo;
#[cfg(feature = "part-bulk")]
use crate::runtime::error::progress::Progress;
use crate::runtime::http::retry::RetryReason;

/// Context of an error: the call, the argument or JSON path, and the source.
pub struct ErrorContext(pub(crate) Box<ErrorData>);

#[derive(Default)]
pub(crate) struct ErrorData {
    pub(crate) call: Option<CallInfo>,
    pub(crate) text: String,
    /// The argument or JSON path that the error refers to.
    pub(crate) subject: Option<String>,
    /// Headers of the response, if one was received.
    pub(crate) headers: Option<HeaderMap>,
    /// Reason for a retry, if a retry can succeed.
    pub(crate) retry_reason: Option<RetryReason<'static>>,
    /// True if the call can be retried although the client does not retry it: the request for an access token failed.
    #[cfg(feature = "part-client-credentials")]
    pub(crate) is_temporary: bool,
    pub(crate) source: Option<Box<dyn StdError + Send + Sync>>,
    #[cfg(feature = "part-bulk")]
    pub(crate) progress: Option<Progress>,
    /// Keys of the items that the server reported as failed.
    #[cfg(feature = "part-bulk")]
    pub(crate) failed_keys: Vec<String>,
}

impl ErrorContext {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(Box::new(ErrorData {
            text: text.into(),
            ..ErrorData::default()
        }))
    }

    pub(crate) fn with_call(mut self, call: CallInfo) -> Self {
        self.0.call = Some(call);
        self
    }

    pub(crate) fn with_subject(mut self, subject: String) -> Self {
        self.0.subject = Some(subject);
        self
    }
}

/// Writes the request id of the server, with which its operator finds the request.
pub(crate) fn write_request_id(
    f: &mut fmt::Formatter<'_>,
    call: CallInfo,
    headers: &HeaderMap,
) -> fmt::Result {
    let name = call.settings.request_id_header;
    let id = name.and_then(|name| headers.get(name)?.to_str().ok());
    match (name, id) {
        (Some(name), Some(id)) => write!(f, " [{name}: {id}]"),
        _ => Ok(()),
    }
}

impl fmt::Debug for ErrorContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut fields = f.debug_struct("ErrorContext");
        if let Some(call) = self.0.call {
            fields
                .field("method", &call.meta.method)
                .field("path", &call.meta.path)
                .field("attempts", &call.attempts);
        }
        fields.field("text", &self.0.text);
        if let Some(source) = &self.0.source {
            fields.field("source", source);
        }
        #[cfg(feature = "part-bulk")]
        if let Some(progress) = &self.0.progress {
            fields.field("progress", progress);
        }
        fields.finish()
    }
}
