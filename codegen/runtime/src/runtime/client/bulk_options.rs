//! Options of a bulk call.

use std::fmt;
use std::num::{NonZeroU64, NonZeroUsize};
use std::sync::{Arc, Mutex};

use reqwest::StatusCode;

use crate::runtime::body::metered::OnSent;
use crate::runtime::error::Error;

/// Called with the progress of a bulk call.
pub(crate) type OnProgress = Mutex<dyn FnMut(BulkProgress) + Send>;

/// Options of a bulk call and of its requests.
#[derive(Clone, Default)]
pub(crate) struct BulkOptions {
    /// Number of concurrent requests.
    pub(crate) concurrency: Option<NonZeroUsize>,
    /// Maximum number of items of a request.
    pub(crate) batch_items: Option<NonZeroUsize>,
    /// Maximum size of a request body in bytes.
    pub(crate) batch_bytes: Option<NonZeroU64>,
    pub(crate) on_progress: Option<Arc<OnProgress>>,
    /// Progress of the calls that this call resumes.
    pub(crate) resumed: BulkProgress,
    /// Statuses after which the request is halved instead of repeated. `None` if it cannot be halved.
    pub(crate) halve_on: Option<&'static [u16]>,
    /// Called with the size of each chunk of the request body.
    pub(crate) on_sent: Option<Arc<OnSent>>,
}

impl BulkOptions {
    /// Returns the number of requests that share the line.
    pub(crate) fn shared_by(&self) -> u64 {
        self.concurrency.map_or(1, |requests| requests.get() as u64)
    }

    /// Returns true if the request is halved because of the error: its body was too large, or it took too
    /// long.
    pub(crate) fn is_halved_after(&self, error: &Error) -> bool {
        let Some(statuses) = self.halve_on else {
            return false;
        };
        match error.status() {
            Some(status) => {
                status == StatusCode::PAYLOAD_TOO_LARGE || statuses.contains(&status.as_u16())
            }
            // A call that exceeds its deadline has no timeout.
            None => {
                matches!(error, Error::Timeout(details) if details.0.call.is_some_and(|call| call.timeout.is_some()))
            }
        }
    }
}

/// Progress of a bulk call while it runs.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct BulkProgress {
    pub(crate) items_done: usize,
    pub(crate) items_total: usize,
    pub(crate) bytes_sent: u64,
}

impl BulkProgress {
    /// Returns the number of items that the server confirmed.
    pub fn items_done(&self) -> usize {
        self.items_done
    }

    /// Returns the number of all items of the call. A resumed call includes the items that were done before.
    pub fn items_total(&self) -> usize {
        self.items_total
    }

    /// Returns the number of body bytes that were handed to the connection, including those of repeated
    /// requests. The operating system may still hold the last of them.
    pub fn bytes_sent(&self) -> u64 {
        self.bytes_sent
    }
}

impl fmt::Display for BulkProgress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            items_done,
            items_total,
            bytes_sent,
        } = self;
        write!(
            f,
            "{items_done} of {items_total} items done, {bytes_sent} bytes sent"
        )
    }
}

impl fmt::Debug for BulkProgress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BulkProgress({self})")
    }
}
