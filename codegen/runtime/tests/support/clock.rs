//! A clock for tests: waiting takes no time and is written down.

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::{Duration, Instant, SystemTime};

use crate::runtime::clock::Clock;

/// Clones are the same clock.
#[derive(Clone)]
pub struct TestClock(Arc<Inner>);

struct Inner {
    start: Instant,
    /// Whether time passes only when the test says so, not by itself when somebody waits.
    by_hand: bool,
    passed: Mutex<Duration>,
    slept: Mutex<Vec<Duration>>,
}

impl TestClock {
    /// Its time goes on by as much as somebody waits.
    pub fn new() -> Self {
        Self::start(false)
    }

    /// Its time goes on by [`advance`](Self::advance) alone; those who wait find out when they are polled.
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

    /// The waits so far.
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

    /// It starts at Tue, 14 Nov 2023 22:13:20 GMT.
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
