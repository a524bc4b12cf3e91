//! The clock of the server: the system clock or a fixed time, plus an offset that tests set.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

#[derive(Default)]
pub(crate) struct Clock {
    /// The time at which a frozen clock starts.
    frozen_at: Option<SystemTime>,
    ahead_ms: AtomicU64,
}

impl Clock {
    pub(crate) fn frozen_at(time: SystemTime) -> Self {
        Self {
            frozen_at: Some(time),
            ahead_ms: AtomicU64::new(0),
        }
    }

    pub(crate) fn time(&self) -> SystemTime {
        let start = self.frozen_at.unwrap_or_else(SystemTime::now);
        let ahead = Duration::from_millis(self.ahead_ms.load(Ordering::Relaxed));
        start.checked_add(ahead).unwrap_or(start)
    }

    /// Seconds since 1970-01-01 UTC.
    pub(crate) fn now(&self) -> i64 {
        seconds(self.time())
    }

    pub(crate) fn advance(&self, by: Duration) {
        let by = u64::try_from(by.as_millis()).unwrap_or(u64::MAX);
        let add = |ahead: u64| Some(ahead.saturating_add(by));
        // The closure always returns a value, so the update succeeds.
        let _ = self
            .ahead_ms
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
    }
}

/// Returns the seconds since 1970-01-01 UTC. A time before it is 0.
pub(crate) fn seconds(time: SystemTime) -> i64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}
