//! Keeps to a rate: attempts come in, each goes on once the rate and the server allow it, first come first served.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use super::clock::Clock;
use super::rate_limit::RateLimit;
use super::retry::retry_after;

/// The rate that the clones of a client keep to together.
pub(super) struct Pace {
    /// Locked while one waits, so that the others queue up behind it. Its queue is fair, and who leaves it takes nothing
    /// along.
    window: tokio::sync::Mutex<Window>,
    /// When the server wants to hear of the client again. It has a lock of its own, for answers come in while one waits.
    held: Mutex<Option<Instant>>,
}

impl Pace {
    pub(super) fn new(window: Window) -> Self {
        Self {
            window: tokio::sync::Mutex::new(window),
            held: Mutex::new(None),
        }
    }

    /// Waits until an attempt may start, and counts it.
    pub(super) async fn turn(&self, clock: &dyn Clock) {
        let mut window = self.window.lock().await;
        loop {
            let now = clock.now();
            let wait = window.wait(now).max(self.held(now));
            if wait.is_zero() {
                window.start(now);
                return;
            }
            clock.sleep(wait).await;
        }
    }

    /// Takes note of an answer: when it says that there are too many requests, or that none is left, all attempts wait
    /// for as long as it says, at most `max`.
    pub(super) fn heed(
        &self,
        clock: &dyn Clock,
        status: StatusCode,
        headers: &HeaderMap,
        max: Duration,
    ) {
        let refused = (status == StatusCode::TOO_MANY_REQUESTS)
            .then(|| retry_after(headers, clock.wall()))
            .flatten();
        let used_up = RateLimit::read(headers)
            .filter(|limit| limit.remaining == Some(0))
            .and_then(|limit| limit.reset);
        if let Some(asked) = refused.max(used_up) {
            let until = clock.now().checked_add(asked.min(max));
            let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
            *held = (*held).max(until);
        }
    }

    /// How long the server still wants to hear nothing.
    fn held(&self, now: Instant) -> Duration {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.map_or(Duration::ZERO, |until| until.saturating_duration_since(now))
    }
}

/// A sliding window: when the last attempts started, as many as one span of time may hold.
#[derive(Debug)]
pub struct Window {
    requests: u32,
    per: Duration,
    starts: VecDeque<Instant>,
}

impl Window {
    /// So many attempts in each span of time that is so long; neither may be zero.
    pub fn new(requests: u32, per: Duration) -> Option<Self> {
        let window = Self {
            requests,
            per,
            starts: VecDeque::new(),
        };
        (requests > 0 && !per.is_zero()).then_some(window)
    }

    /// How long it is until another attempt may start.
    pub fn wait(&self, now: Instant) -> Duration {
        match self.starts.front() {
            Some(first) if self.starts.len() >= self.requests as usize => self
                .per
                .saturating_sub(now.saturating_duration_since(*first)),
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
    }
}
