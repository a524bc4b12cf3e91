//! Delays attempts according to the configured rate and the server's rate limit.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::runtime::http::clock::Clock;
use crate::runtime::http::rate_limit::RateLimit;
use crate::runtime::http::retry::retry_after;
use crate::runtime::platform::Instant;
use crate::runtime::util::lock::lock;

/// Rate limiter that clones of a client share.
///
/// Waiting calls hold no lock and no permit, because their futures may never be polled again. Instead, each call sleeps
/// slightly longer than the calls before it. This keeps the order, and an abandoned call does not block others.
pub(crate) struct RateLimiter {
    window: Mutex<Window>,
    /// Time until which the server does not accept requests.
    blocked_until: Mutex<Option<Instant>>,
    /// Number of waiting calls.
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

    /// Waits until an attempt may start, and counts it.
    pub(crate) async fn acquire(&self, clock: &dyn Clock) {
        let mut before = self.waiting.load(Relaxed) as u64;
        let mut started = lock(&self.window).started;
        let _waits = WaitingGuard::new(&self.waiting);
        loop {
            let wait = {
                let mut window = lock(&self.window);
                // Calls that started in the meantime are assumed to be earlier ones.
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

    /// Processes a response. If the status is 429, or no requests remain, all attempts wait as long as the
    /// server asks for, but at most `max`.
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

    /// Returns the time until the server accepts requests again.
    fn blocked_until(&self, now: Instant) -> Duration {
        let blocked_until = *lock(&self.blocked_until);
        blocked_until.map_or(Duration::ZERO, |until| until.saturating_duration_since(now))
    }
}

/// Counts a waiting call until it is dropped.
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

/// Additional delay per waiting call.
const STEP: Duration = Duration::from_millis(1);

/// Sliding window with the start times of the latest attempts.
#[derive(Debug)]
pub struct Window {
    requests: u32,
    per: Duration,
    starts: VecDeque<Instant>,
    /// Total number of attempts.
    started: u64,
}

impl Window {
    /// Creates a window. Returns `None` if a value is zero.
    pub fn new(requests: u32, per: Duration) -> Option<Self> {
        let window = Self {
            requests,
            per,
            starts: VecDeque::new(),
            started: 0,
        };
        (requests > 0 && !per.is_zero()).then_some(window)
    }

    /// Returns the delay until an attempt may start, if `before` calls wait before it.
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

    /// Counts an attempt.
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
