//! Whether and when to send a request again: pure, from why the attempt failed.

use std::time::{Duration, SystemTime};

use reqwest::StatusCode;
use reqwest::header::{HeaderMap, RETRY_AFTER};

/// Why an attempt failed.
#[derive(Clone, Copy, Debug)]
pub enum RetryReason<'a> {
    /// The server cannot have seen the request.
    NotSent,
    /// No whole answer came, but the server may have seen the request.
    NoResponse,
    /// The server answered so.
    Status(StatusCode, &'a HeaderMap),
}

/// Whether it makes sense to send the request again, and does no harm. `idempotent` says whether sending it twice does
/// what sending it once does.
pub fn is_retryable(idempotent: bool, retry_reason: RetryReason<'_>) -> bool {
    match retry_reason {
        // The server has not acted in these two cases.
        RetryReason::NotSent | RetryReason::Status(StatusCode::TOO_MANY_REQUESTS, _) => true,
        RetryReason::NoResponse | RetryReason::Status(StatusCode::REQUEST_TIMEOUT, _) => idempotent,
        RetryReason::Status(status, _) => idempotent && status.is_server_error(),
    }
}

/// How long to wait after so many failed attempts. What the server asks for is obeyed up to `max`; else the wait starts
/// at half a second, doubles up to 8 seconds, and is shortened at random by up to a quarter, to spread those who wait.
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

/// How long the server asks to wait: milliseconds, seconds or a date.
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
