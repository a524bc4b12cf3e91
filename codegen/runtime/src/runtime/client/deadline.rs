//! Deadlines of calls.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use crate::runtime::api::call_info::CallInfo;
use crate::runtime::error::Error;
use crate::runtime::http::clock::Clock;
use crate::runtime::platform::Instant;

/// Time at which a call must be complete.
#[derive(Clone, Copy)]
pub(crate) struct Deadline {
    end: Instant,
    /// Time that the caller allowed.
    allowed: Duration,
}

impl Deadline {
    /// Starts a deadline. Returns `None` if the time is too long for the clock.
    pub(crate) fn start(allowed: Duration, clock: &dyn Clock) -> Option<Self> {
        let end = clock.now().checked_add(allowed)?;
        Some(Self { end, allowed })
    }

    /// Returns the remaining time.
    pub(crate) fn remaining(&self, clock: &dyn Clock) -> Duration {
        self.end.saturating_duration_since(clock.now())
    }

    /// Returns true if the deadline is the reason why the call fails: no time is left for a retry, or it shortened the
    /// timeout of the attempt.
    pub(crate) fn is_exceeded(
        &self,
        clock: &dyn Clock,
        error: &Error,
        delay: Option<Duration>,
    ) -> bool {
        let remaining = self.remaining(clock);
        match delay {
            Some(delay) => remaining <= delay,
            None => remaining.is_zero() && matches!(error, Error::Timeout(_)),
        }
    }

    /// Returns the error of a call that exceeded the deadline. `last` is the error of its last attempt.
    pub(crate) fn error(&self, call: CallInfo, last: Option<Error>) -> Error {
        Error::deadline(call, self.allowed, last)
    }
}

/// Runs a future until the deadline. Fails with the deadline if it passes first.
pub(crate) async fn until<F: Future>(
    deadline: Option<Deadline>,
    clock: &dyn Clock,
    mut future: Pin<&mut F>,
) -> Result<F::Output, Deadline> {
    let mut sleep = None;
    let output = poll_fn(|cx| {
        if let Poll::Ready(output) = future.as_mut().poll(cx) {
            return Poll::Ready(Ok(output));
        }
        let Some(deadline) = deadline else {
            return Poll::Pending;
        };
        let sleep = sleep.get_or_insert_with(|| clock.sleep(deadline.remaining(clock)));
        sleep.as_mut().poll(cx).map(|()| Err(deadline))
    });
    output.await
}
