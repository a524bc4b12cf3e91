//! Decides if and when a request is retried.

use std::time::{Duration, SystemTime};

use reqwest::StatusCode;
use reqwest::header::{HeaderMap, RETRY_AFTER};

/// Reason why an attempt failed.
#[derive(Clone, Copy, Debug)]
pub enum RetryReason<'a> {
    /// The server did not receive the request.
    NotSent,
    /// No complete response was received. The server may have processed the request.
    NoResponse,
    /// The server responded with this status.
    Status(StatusCode, &'a HeaderMap),
}

/// Returns true if a retry is safe and can succeed. A request is idempotent if sending it twice has the
/// same effect as sending it once.
pub fn is_retryable(idempotent: bool, retry_reason: RetryReason<'_>) -> bool {
    match retry_reason {
        // In these cases the server did not process the request.
        RetryReason::NotSent | RetryReason::Status(StatusCode::TOO_MANY_REQUESTS, _) => true,
        RetryReason::NoResponse | RetryReason::Status(StatusCode::REQUEST_TIMEOUT, _) => idempotent,
        RetryReason::Status(status, _) => idempotent && status.is_server_error(),
    }
}

/// Returns the delay before the next attempt.
///
/// A delay that the server asks for is used if it does not exceed `max`. Otherwise the delay starts at
/// 500 ms and doubles up to 8 s. A random part of at most a quarter is subtracted.
pub fn delay(
    attempts: u32,
    retry_reason: RetryReason<'_>,
    max: Duration,
    now: SystemTime,
    random: u64,
) -> Duration {
    if let RetryReason::Status(_, headers) = retry_reason
        && let Some(asked) = retry_after(headers, now)
        && asked <= max
    {
        return asked;
    }
    let full = 500 << attempts.saturating_sub(1).min(4);
    Duration::from_millis(full - random % (full / 4))
}

/// Returns the delay that the server asks for, in milliseconds, in seconds or as a date.
pub fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let number = |name: &str, scale: f64| {
        let number: f64 = headers.get(name)?.to_str().ok()?.trim().parse().ok()?;
        Duration::try_from_secs_f64(number / scale).ok()
    };
    number("retry-after-ms", 1_000.0)
        .or_else(|| number(RETRY_AFTER.as_str(), 1.0))
        .or_else(|| {
            let date = headers.get(RETRY_AFTER)?.to_str().ok()?;
            let date = httpdate::parse_http_date(date).ok()?;
            Some(date.duration_since(now).unwrap_or_default())
        })
}
