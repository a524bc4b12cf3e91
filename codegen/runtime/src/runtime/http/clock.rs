//! Source of time. Tests replace it.

use std::pin::Pin;
use std::time::{Duration, SystemTime};

use crate::runtime::platform::{Instant, now, sleep, system_time};

/// Source of time and delays.
#[doc(hidden)]
pub trait Clock: Send + Sync {
    /// Returns the monotonic time.
    fn now(&self) -> Instant;

    /// Returns the system time, to compare with dates.
    fn system_time(&self) -> SystemTime;

    /// Waits for the given time.
    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>>;
}

/// Clock of the platform.
pub(crate) struct PlatformClock;

impl Clock for PlatformClock {
    fn now(&self) -> Instant {
        now()
    }

    fn system_time(&self) -> SystemTime {
        system_time()
    }

    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(sleep(time))
    }
}
