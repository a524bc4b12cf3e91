//! Options and progress of a bulk call.

use std::any::Any;
use std::fmt;
use std::num::{NonZeroU64, NonZeroUsize};
use std::sync::{Arc, Mutex};

/// Called with the progress of a bulk call.
pub(crate) type OnProgress = Mutex<dyn FnMut(BulkProgress) + Send>;

/// Options that the caller of a bulk call sets.
#[derive(Clone, Default)]
pub(crate) struct BulkOptions {
    /// Number of concurrent requests.
    pub(crate) concurrency: Option<NonZeroUsize>,
    /// Maximum number of items of a request.
    pub(crate) batch_items: Option<NonZeroUsize>,
    /// Maximum size of a request body in bytes.
    pub(crate) batch_bytes: Option<NonZeroU64>,
    pub(crate) on_progress: Option<Arc<OnProgress>>,
}

/// State of the failed calls that a bulk call resumes.
#[derive(Clone)]
pub(crate) struct Resumed {
    pub(crate) progress: BulkProgress,
    /// Results of the successful requests. Their type depends on the operation.
    pub(crate) outputs: Arc<dyn Any + Send + Sync>,
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
