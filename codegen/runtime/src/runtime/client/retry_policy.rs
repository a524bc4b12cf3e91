//! Decides whether a failed attempt is repeated.

use std::time::Duration;

use crate::runtime::error::Error;

/// Decides whether a failed attempt is repeated, and when. A closure is a policy as well.
///
/// The policy decides about attempts that failed on the connection or with an error status, also of calls that are not
/// safe to repeat. It does not decide about other failures, about bodies that cannot be sent again, or about batches of a
/// bulk call that are sent in smaller parts.
pub trait RetryPolicy: Send + Sync + 'static {
    /// Returns the delay before the next attempt, or `None` if the call fails.
    fn delay(&self, failure: &FailedAttempt<'_>) -> Option<Duration>;
}

impl<F: Fn(&FailedAttempt<'_>) -> Option<Duration> + Send + Sync + 'static> RetryPolicy for F {
    fn delay(&self, failure: &FailedAttempt<'_>) -> Option<Duration> {
        self(failure)
    }
}

/// A failed attempt.
#[derive(Debug)]
#[non_exhaustive]
pub struct FailedAttempt<'a> {
    /// The error, with the operation, the status and the number of attempts.
    pub error: &'a Error,
    /// Decision of the default policy. It respects `max_retries`, `Retry-After`, and whether the call is safe to repeat.
    pub default_delay: Option<Duration>,
}
