//! Keeps to a rate: attempts come in, each goes on once the rate and the server allow it.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::Relaxed;
use std::time::{Duration, Instant};

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::runtime::http::clock::Clock;
use crate::runtime::http::rate_limit::RateLimit;
use crate::runtime::http::retry::retry_after;
use crate::runtime::util::lock::lock;

/// The rate that the clones of a client keep to together.
///
/// Who waits holds nothing that others need, for nobody may poll it any more. Instead, each sleeps a little longer than
/// those before it: they go first, but a turn that is not taken is not lost.
pub(crate) struct RateLimiter {
    window: Mutex<Window>,
    /// When the server wants to hear of the client again.
    blocked_until: Mutex<Option<Instant>>,
    /// How many wait for their turn.
    waiting: AtomicUsize,
}

impl RateLimiter {
    pub(crate) fn new(window: Window) -> Self {
        Self {
            window: Mutex::new(window),
            blocked_until: Mutex::new(None),
            waiting: AtomicUsize::new(0),
        }
    }

    /// WaitingGuard until an attempt may start, and counts it.
    pub(crate) async fn acquire(&self, clock: &dyn Clock) {
        let mut before = self.waiting.load(Relaxed) as u64;
        let mut started = lock(&self.window).started;
        let _waits = WaitingGuard::new(&self.waiting);
        loop {
            let wait = {
                let mut window = lock(&self.window);
                // Who started meanwhile was before this one, as far as one can tell.
                before = before.saturating_sub(window.started - started);
                started = window.started;
                let now = clock.now();
                let wait = window.wait(now, before).max(self.blocked_until(now));
                if wait.is_zero() {
                    window.start(now);
                    return;
                }
                wait
            };
            clock.sleep(wait).await;
        }
    }

    /// Takes note of an answer: when it says that there are too many requests, or that none is left, all attempts wait
    /// for as long as it says, at most `max`.
    pub(crate) fn observe(
        &self,
        clock: &dyn Clock,
        status: StatusCode,
        headers: &HeaderMap,
        max: Duration,
    ) {
        let retry_after = (status == StatusCode::TOO_MANY_REQUESTS)
            .then(|| retry_after(headers, clock.system_time()))
            .flatten();
        let used_up = RateLimit::read(headers)
            .filter(|limit| limit.remaining == Some(0))
            .and_then(|limit| limit.reset);
        if let Some(asked) = retry_after.max(used_up) {
            let until = clock.now().checked_add(asked.min(max));
            let mut blocked_until = lock(&self.blocked_until);
            *blocked_until = (*blocked_until).max(until);
        }
    }

    /// How long the server still wants to hear nothing.
    fn blocked_until(&self, now: Instant) -> Duration {
        let blocked_until = *lock(&self.blocked_until);
        blocked_until.map_or(Duration::ZERO, |until| until.saturating_duration_since(now))
    }
}

/// One that waits, until it is dropped.
struct WaitingGuard<'a>(&'a AtomicUsize);

impl<'a> WaitingGuard<'a> {
    fn new(waiting: &'a AtomicUsize) -> Self {
        waiting.fetch_add(1, Relaxed);
        Self(waiting)
    }
}

impl Drop for WaitingGuard<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Relaxed);
    }
}

/// How much longer each sleeps than the one before it.
const STEP: Duration = Duration::from_millis(1);

/// A sliding window: when the last attempts started, as many as one span of time may hold.
#[derive(Debug)]
pub struct Window {
    requests: u32,
    per: Duration,
    starts: VecDeque<Instant>,
    /// How many have started in all.
    started: u64,
}

impl Window {
    /// So many attempts in each span of time that is so long; neither may be zero.
    pub fn new(requests: u32, per: Duration) -> Option<Self> {
        let window = Self {
            requests,
            per,
            starts: VecDeque::new(),
            started: 0,
        };
        (requests > 0 && !per.is_zero()).then_some(window)
    }

    /// How long it is until another attempt may start that so many wait before.
    pub fn wait(&self, now: Instant, before: u64) -> Duration {
        match self.starts.front() {
            Some(first) if self.starts.len() >= self.requests as usize => {
                let steps = STEP.saturating_mul(u32::try_from(before).unwrap_or(u32::MAX));
                let wait = self.per.saturating_add(steps);
                wait.saturating_sub(now.saturating_duration_since(*first))
            }
            _ => Duration::ZERO,
        }
    }

    /// Counts an attempt that starts now.
    pub fn start(&mut self, now: Instant) {
        let per = self.per;
        let over = |first: &Instant| now.saturating_duration_since(*first) >= per;
        while self.starts.front().is_some_and(over) {
            self.starts.pop_front();
        }
        self.starts.push_back(now);
        self.started += 1;
    }
}
