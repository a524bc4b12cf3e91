//! A clock for tests. Delays take no time and are recorded.

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::{Duration, Instant, SystemTime};

use crate::runtime::clock::Clock;

/// A test clock. Clones share its state.
#[derive(Clone)]
pub struct TestClock(Arc<Inner>);

struct Inner {
    start: Instant,
    /// True if only the test advances the time.
    by_hand: bool,
    passed: Mutex<Duration>,
    slept: Mutex<Vec<Duration>>,
}

impl TestClock {
    /// Creates a clock that each delay advances.
    pub fn new() -> Self {
        Self::start(false)
    }

    /// Creates a clock that only [`advance`](Self::advance) advances. Delays end when they are polled
    /// afterwards.
    pub fn by_hand() -> Self {
        Self::start(true)
    }

    fn start(by_hand: bool) -> Self {
        Self(Arc::new(Inner {
            start: Instant::now(),
            by_hand,
            passed: Mutex::default(),
            slept: Mutex::default(),
        }))
    }

    pub fn advance(&self, time: Duration) {
        *self.0.passed.lock().unwrap() += time;
    }

    /// Returns all delays.
    pub fn slept(&self) -> Vec<Duration> {
        self.0.slept.lock().unwrap().clone()
    }

    fn passed(&self) -> Duration {
        *self.0.passed.lock().unwrap()
    }
}

impl Clock for TestClock {
    fn now(&self) -> Instant {
        self.0.start + self.passed()
    }

    /// Starts at Tue, 14 Nov 2023 22:13:20 GMT.
    fn system_time(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000) + self.passed()
    }

    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        self.0.slept.lock().unwrap().push(time);
        if !self.0.by_hand {
            self.advance(time);
        }
        let until = self.now() + if self.0.by_hand { time } else { Duration::ZERO };
        Box::pin(std::future::poll_fn(move |_| {
            if self.now() < until {
                Poll::Pending
            } else {
                Poll::Ready(())
            }
        }))
    }
}
