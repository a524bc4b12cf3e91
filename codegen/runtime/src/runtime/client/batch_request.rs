//! State of a request that belongs to a bulk call.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use reqwest::StatusCode;

use crate::runtime::body::metered::{MeteredBody, SentBytes};
use crate::runtime::error::Error;
use crate::runtime::platform::{Body, TransportError};

/// State of a request that belongs to a bulk call. Clones share the state.
#[derive(Clone)]
pub(crate) struct BatchRequest {
    /// Number of requests that share the line.
    pub(crate) concurrency: u64,
    /// Statuses after which the request is halved instead of repeated. `None` if it cannot be halved.
    pub(crate) halve_on: Option<&'static [u16]>,
    /// True after a failure of another request of the call.
    pub(crate) is_stopped: Arc<AtomicBool>,
    /// Bytes that the requests of the call sent.
    pub(crate) sent: Arc<SentBytes>,
    attempt: Arc<AttemptState>,
}

/// State of the current attempt.
#[derive(Default)]
struct AttemptState {
    is_running: AtomicBool,
    /// True if a part of the body was handed to the connection.
    has_sent: AtomicBool,
}

impl BatchRequest {
    pub(crate) fn new(
        concurrency: u64,
        halve_on: Option<&'static [u16]>,
        is_stopped: Arc<AtomicBool>,
        sent: Arc<SentBytes>,
    ) -> Self {
        Self {
            concurrency,
            halve_on,
            is_stopped,
            sent,
            attempt: Arc::default(),
        }
    }

    /// Starts an attempt. It ends when the result is dropped.
    pub(crate) fn start_attempt(&self) -> RunningAttempt<'_> {
        self.attempt.has_sent.store(false, Relaxed);
        self.attempt.is_running.store(true, Relaxed);
        RunningAttempt(&self.attempt)
    }

    /// Returns a body that counts its bytes.
    pub(crate) fn metered(&self, body: Body) -> Body {
        let (attempt, sent) = (self.attempt.clone(), self.sent.clone());
        MeteredBody::wrap(body, move |bytes| {
            attempt.has_sent.store(true, Relaxed);
            sent.add(bytes);
        })
    }

    /// Returns true if the request must not continue: another request failed, and no attempt is running.
    pub(crate) fn is_over(&self) -> bool {
        self.is_stopped.load(Relaxed) && !self.attempt.is_running.load(Relaxed)
    }

    /// Returns true if an attempt is the last one because of its error.
    pub(crate) fn is_last_attempt(&self, error: &Error) -> bool {
        self.is_stopped.load(Relaxed) || self.is_halved_after(error)
    }

    /// Returns true if the request is halved because of the error: its body was too large, or it took too long.
    ///
    /// A smaller request does not help if the connection was not established. Then no part of the body was sent.
    pub(crate) fn is_halved_after(&self, error: &Error) -> bool {
        let Some(statuses) = self.halve_on else {
            return false;
        };
        match error.status() {
            Some(status) => is_too_large(error) || statuses.contains(&status.as_u16()),
            None => is_attempt_timeout(error) && self.attempt.has_sent.load(Relaxed),
        }
    }
}

/// An attempt that is running.
pub(crate) struct RunningAttempt<'a>(&'a AttemptState);

impl Drop for RunningAttempt<'_> {
    fn drop(&mut self) {
        self.0.is_running.store(false, Relaxed);
    }
}

/// Returns true if the server rejected a request as too large.
pub(crate) fn is_too_large(error: &Error) -> bool {
    error.status() == Some(StatusCode::PAYLOAD_TOO_LARGE)
}

/// Returns true if one attempt exceeded its timeout. A limit of the whole call does not count.
fn is_attempt_timeout(error: &Error) -> bool {
    let source = error.details().and_then(|details| details.source.as_ref());
    let source = source.and_then(|source| source.downcast_ref::<TransportError>());
    source.is_some_and(|source| source.is_timeout() && !source.is_connect())
}
