//! Time: what clients read it from and wait with. Tests put another clock in its place.

use std::pin::Pin;
use std::time::{Duration, Instant, SystemTime};

/// What a client reads the time from and waits with.
#[doc(hidden)]
pub trait Clock: Send + Sync {
    /// Time that only goes forward, to measure with.
    fn now(&self) -> Instant;

    /// The time of day, to compare with dates.
    fn system_time(&self) -> SystemTime;

    /// Waits for so long.
    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>>;
}

/// The time of the async runtime.
pub(crate) struct TokioClock;

impl Clock for TokioClock {
    fn now(&self) -> Instant {
        tokio::time::Instant::now().into_std()
    }

    fn system_time(&self) -> SystemTime {
        SystemTime::now()
    }

    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(tokio::time::sleep(time))
    }
}
