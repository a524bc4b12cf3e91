//! Options and progress of a bulk call.

use std::any::Any;
use std::fmt;
use std::sync::{Arc, Mutex};

use crate::runtime::error::validation::ValidationError;

/// Called with the progress of a bulk call.
pub(crate) type OnProgress = Mutex<dyn FnMut(BulkProgress) + Send>;

/// Default number of concurrent requests.
const CONCURRENCY: usize = 4;

/// Options that the caller of a bulk call sets.
#[derive(Clone, Default)]
pub(crate) struct BulkOptions {
    /// Number of concurrent requests.
    pub(crate) concurrency: Option<usize>,
    /// Maximum number of items of a request.
    pub(crate) batch_items: Option<usize>,
    /// Maximum size of a request body in bytes.
    pub(crate) batch_bytes: Option<u64>,
    pub(crate) on_progress: Option<Arc<OnProgress>>,
}

impl BulkOptions {
    /// Checks that no option is zero.
    pub(crate) fn check(&self) -> Result<(), ValidationError> {
        let options = [
            ("concurrency", self.concurrency == Some(0)),
            ("batch_items", self.batch_items == Some(0)),
            ("batch_bytes", self.batch_bytes == Some(0)),
        ];
        match options.into_iter().find(|(_, is_zero)| *is_zero) {
            Some((name, _)) => Err(ValidationError::new("is 0; the minimum is 1").within(name)),
            None => Ok(()),
        }
    }

    /// Returns the number of concurrent requests.
    pub(crate) fn concurrency(&self) -> usize {
        self.concurrency.unwrap_or(CONCURRENCY).max(1)
    }
}

/// Results and progress of the failed calls that a bulk call resumes. Its type depends on the operation.
#[derive(Clone)]
pub(crate) struct Resumed(pub(crate) Arc<dyn Any + Send + Sync>);

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

    /// Returns the number of all items of the call. A resumed call includes the items that were done before. For a
    /// stream or an iterator, this is the number of items that were taken so far.
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
