//! Counts and reports the progress of a bulk call.

use std::sync::{Arc, Mutex};

use crate::runtime::body::metered::OnSent;
use crate::runtime::client::bulk_options::{BulkOptions, BulkProgress, OnProgress};
use crate::runtime::util::lock::lock;

/// Counts the progress of a bulk call. Clones share the counts.
#[derive(Clone)]
pub(super) struct Meter {
    progress: Arc<Mutex<BulkProgress>>,
    on_progress: Option<Arc<OnProgress>>,
}

impl Meter {
    /// Starts a call with a number of items.
    pub(super) fn start(options: &BulkOptions, items: usize) -> Self {
        let mut progress = options.resumed;
        progress.items_total = progress.items_done + items;
        let meter = Self {
            progress: Arc::new(Mutex::new(progress)),
            on_progress: options.on_progress.clone(),
        };
        meter.update(|_| ());
        meter
    }

    /// Counts items that the server confirmed.
    pub(super) fn add_items(&self, items: usize) {
        self.update(|progress| progress.items_done += items);
    }

    /// Returns a function that counts sent bytes, if the caller wants to know.
    pub(super) fn on_sent(&self) -> Option<Arc<OnSent>> {
        self.on_progress.as_ref()?;
        let meter = self.clone();
        Some(Arc::new(move |bytes| {
            meter.update(|progress| progress.bytes_sent += bytes);
        }))
    }

    /// Returns the current progress.
    pub(super) fn progress(&self) -> BulkProgress {
        *lock(&self.progress)
    }

    /// Changes the counts and reports them. The lock keeps the reports in order.
    fn update(&self, change: impl FnOnce(&mut BulkProgress)) {
        let mut progress = lock(&self.progress);
        change(&mut progress);
        if let Some(on_progress) = &self.on_progress {
            lock(on_progress)(*progress);
        }
    }
}
