//! Hooks: code of the caller that runs before and after each attempt.

use std::fmt;
use std::time::Duration;

use reqwest::header::HeaderMap;
use reqwest::{Method, StatusCode, Url};

use crate::runtime::error::Error;

/// Code that runs before and after each attempt, for example for logs, metrics, signatures or additional headers.
///
/// Retries and the requests of paged and bulk calls are attempts. Hooks run in the order in which they were added, in the
/// task of the call, so they must not block for long. They must not wait for a call of the same blocking client.
pub trait Hook: Send + Sync + 'static {
    /// Runs before an attempt. It can change the headers of this attempt.
    fn before_attempt(&self, request: &mut AttemptRequest<'_>) {
        let _ = request;
    }

    /// Runs when the response is complete, or the attempt has failed. The response of a download is complete when its
    /// headers are received. It does not run if the call is dropped, or if its deadline ends the attempt.
    fn after_attempt(&self, outcome: &AttemptOutcome<'_>) {
        let _ = outcome;
    }
}

/// The request of an attempt, with credentials.
#[non_exhaustive]
pub struct AttemptRequest<'a> {
    /// Group and method of the call, for example `users.get`.
    pub operation: &'static str,
    /// Number of the attempt. The first one is 1.
    pub attempt: u32,
    /// HTTP method.
    pub method: &'a Method,
    /// URL with the query.
    pub url: &'a Url,
    /// Headers.
    pub headers: &'a mut HeaderMap,
    /// Body. `None` if the request has no body, or if the body is a stream or a batch of a bulk call.
    pub body: Option<&'a [u8]>,
}

/// Does not display credentials, arguments or content.
impl fmt::Debug for AttemptRequest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AttemptRequest")
            .field("operation", &self.operation)
            .field("attempt", &self.attempt)
            .field("method", &self.method)
            .finish_non_exhaustive()
    }
}

/// The outcome of an attempt.
#[derive(Debug)]
#[non_exhaustive]
pub struct AttemptOutcome<'a> {
    /// Group and method of the call, for example `users.get`.
    pub operation: &'static str,
    /// Number of the attempt. The first one is 1.
    pub attempt: u32,
    /// Time since the attempt was sent.
    pub duration: Duration,
    /// Status, if a response was received.
    pub status: Option<StatusCode>,
    /// Headers, if a response was received.
    pub headers: Option<&'a HeaderMap>,
    /// Error, if the attempt failed.
    pub error: Option<&'a Error>,
}
