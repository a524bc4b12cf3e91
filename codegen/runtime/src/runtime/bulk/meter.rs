//! Counts and reports the progress of a bulk call.

use std::sync::{Arc, Mutex};
use std::task::Waker;

use crate::runtime::body::metered::SentBytes;
use crate::runtime::client::bulk_options::{BulkOptions, BulkProgress, OnProgress};
use crate::runtime::util::lock::lock;

/// Counts the progress of a bulk call.
pub(super) struct Meter {
    progress: Mutex<BulkProgress>,
    /// Bytes that the calls that are resumed had sent.
    bytes_before: u64,
    pub(super) sent: Arc<SentBytes>,
    on_progress: Option<Arc<OnProgress>>,
}

impl Meter {
    /// Starts a call with a number of items. `before` counts the items that are not sent again.
    pub(super) fn start(options: &BulkOptions, before: BulkProgress, items: usize) -> Self {
        let meter = Self {
            progress: Mutex::new(BulkProgress {
                items_total: before.items_total + items,
                ..before
            }),
            bytes_before: before.bytes_sent,
            sent: Arc::default(),
            on_progress: options.on_progress.clone(),
        };
        meter.report(|_| ());
        meter
    }

    /// Counts items that the server confirmed.
    pub(super) fn add_items(&self, items: usize) {
        self.report(|progress| progress.items_done += items);
    }

    /// Reports bytes that were sent since the last report, and wakes the task when more are sent.
    pub(super) fn report_sent(&self, waker: &Waker) {
        if self.on_progress.is_some() {
            self.sent.wake(waker);
            if self.bytes_sent() != lock(&self.progress).bytes_sent {
                self.report(|_| ());
            }
        }
    }

    /// Returns the current progress.
    pub(super) fn progress(&self) -> BulkProgress {
        BulkProgress {
            bytes_sent: self.bytes_sent(),
            ..*lock(&self.progress)
        }
    }

    fn bytes_sent(&self) -> u64 {
        self.bytes_before + self.sent.count()
    }

    /// Changes the counts and reports them.
    fn report(&self, change: impl FnOnce(&mut BulkProgress)) {
        let progress = {
            let mut progress = lock(&self.progress);
            change(&mut progress);
            progress.bytes_sent = self.bytes_sent();
            *progress
        };
        if let Some(on_progress) = &self.on_progress {
            lock(on_progress)(progress);
        }
    }
}
