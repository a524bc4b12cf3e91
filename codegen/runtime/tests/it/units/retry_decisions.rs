//! Decisions about retries.

use std::time::{Duration, SystemTime};

use reqwest::StatusCode;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use crate::runtime::retry::{RetryReason, delay, is_retryable, retry_after};

fn headers(pairs: &[(&str, &str)]) -> HeaderMap {
    let pairs = pairs.iter().map(|(name, value)| {
        let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
        (name, HeaderValue::from_str(value).unwrap())
    });
    pairs.collect()
}

#[test]
fn retries_depend_on_reason_and_idempotency() {
    let none = HeaderMap::new();
    let status = |code| RetryReason::Status(StatusCode::from_u16(code).unwrap(), &none);
    for (retry_reason, idempotent, other) in [
        (RetryReason::NotSent, true, true),
        (RetryReason::NoResponse, true, false),
        (status(429), true, true),
        (status(408), true, false),
        (status(500), true, false),
        (status(524), true, false),
        (status(200), false, false),
        (status(302), false, false),
        (status(400), false, false),
        (status(404), false, false),
        (status(409), false, false),
    ] {
        assert_eq!(
            is_retryable(true, retry_reason),
            idempotent,
            "{retry_reason:?}"
        );
        assert_eq!(is_retryable(false, retry_reason), other, "{retry_reason:?}");
    }
}

#[test]
fn retry_delays_double_with_jitter() {
    let now = SystemTime::UNIX_EPOCH;
    let delay = |attempts, random| {
        delay(
            attempts,
            RetryReason::NoResponse,
            Duration::from_secs(60),
            now,
            random,
        )
    };
    let full: Vec<_> = (1..=7)
        .map(|attempts| delay(attempts, 0).as_millis())
        .collect();
    assert_eq!(full, [500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000]);
    assert_eq!(delay(u32::MAX, 0), Duration::from_secs(8));
    assert_eq!(delay(0, 0), Duration::from_millis(500));
    let spread: Vec<_> = (0..500)
        .map(|random| delay(2, random * 7_919).as_millis())
        .collect();
    assert!(spread.iter().all(|delay| (750..=1_000).contains(delay)));
    assert!(spread.iter().any(|delay| *delay < 800) && spread.iter().any(|delay| *delay > 950));
}

#[test]
fn retry_after_is_parsed() {
    let now = httpdate::parse_http_date("Wed, 21 Oct 2015 07:28:00 GMT").unwrap();
    let asked = |pairs: &[(&str, &str)]| retry_after(&headers(pairs), now);
    assert_eq!(asked(&[("retry-after", "7")]), Some(Duration::from_secs(7)));
    assert_eq!(
        asked(&[("retry-after", " 1.5 ")]),
        Some(Duration::from_millis(1_500))
    );
    assert_eq!(
        asked(&[("retry-after-ms", "20"), ("retry-after", "7")]),
        Some(Duration::from_millis(20))
    );
    assert_eq!(
        asked(&[("retry-after", "Wed, 21 Oct 2015 07:28:30 GMT")]),
        Some(Duration::from_secs(30))
    );
    assert_eq!(
        asked(&[("retry-after", "Wed, 21 Oct 2015 07:27:30 GMT")]),
        Some(Duration::ZERO)
    );
    for odd in ["", "soon", "-1", "NaN", "1e300", "inf"] {
        assert_eq!(asked(&[("retry-after", odd)]), None, "{odd}");
    }
    assert_eq!(
        asked(&[("retry-after-ms", "x"), ("retry-after", "7")]),
        Some(Duration::from_secs(7))
    );
    assert_eq!(asked(&[]), None);

    let delay = |value: &str, max| {
        let headers = headers(&[("retry-after", value)]);
        delay(
            1,
            RetryReason::Status(StatusCode::TOO_MANY_REQUESTS, &headers),
            Duration::from_secs(max),
            now,
            0,
        )
    };
    assert_eq!(delay("60", 60), Duration::from_secs(60));
    assert_eq!(delay("61", 60), Duration::from_millis(500));
    assert_eq!(delay("0", 60), Duration::ZERO);
}
