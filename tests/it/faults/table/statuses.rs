//! Error statuses, mixed statuses, rate limits and redirects.

use super::{Fault, HTML, HUGE, NOW, Retry, api, fault};
use crate::faults::reply::{Reply, RequestRead};
use crate::faults::successful::response;

const ENVELOPE: &[u8] =
    br#"{"success":false,"errors":[{"code":10001,"message":"m"}],"messages":[],"result":null}"#;

pub(super) fn faults() -> Vec<Fault> {
    let statuses = [
        (400, Retry::Never),
        (401, Retry::Never),
        (404, Retry::Never),
        (408, Retry::IfSafe),
        (413, Retry::Never),
        (500, Retry::IfSafe),
        (502, Retry::IfSafe),
        (503, Retry::IfSafe),
        (504, Retry::IfSafe),
        (999, Retry::Never),
    ];
    let statuses = statuses.map(|(status, retry)| {
        let outcome = api(status, Some(10_001), retry);
        fault(status.to_string(), outcome, move |_| {
            response(&format!("{status} Failed"), &[NOW], ENVELOPE)
        })
    });
    let others = [
        fault("524 with HTML", api(524, None, Retry::IfSafe), |_| {
            response("524 A Timeout Occurred", &[NOW], HTML)
        }),
        fault("502 with nothing", api(502, None, Retry::IfSafe), |_| {
            response("502 Bad Gateway", &[NOW], b"")
        }),
        fault(
            "503 before the body is read",
            api(503, None, Retry::IfSafe),
            |_| response("503 Busy", &[NOW], b""),
        )
        .reading_request(RequestRead::Head),
        fault("503 with gzip", api(503, None, Retry::IfSafe), |_| {
            let headers = [NOW, ("content-encoding", "gzip")];
            response("503 Busy", &headers, b"\x1f\x8b\x08\0\0\0\0\0\0\x03")
        }),
        // The error of the last attempt is returned.
        fault(
            "503 and 500 in turn",
            api(503, None, Retry::IfSafe),
            |success| response(["503 Busy", "500 Oops"][success.nth % 2], &[NOW], b""),
        ),
        fault("503 with 100 MB", api(503, None, Retry::IfSafe), |_| {
            let head = "HTTP/1.1 503 Busy\r\nretry-after-ms: 0\r\n";
            Reply::from(format!("{head}content-length: {HUGE}\r\n\r\n")).and_filler(HUGE)
        })
        .oversized(),
    ];
    let all = statuses.into_iter().chain(others);
    all.map(|fault| fault.quick(true)).collect()
}

/// Status 429 with every form of `retry-after`. The flag is true if the wait is zero.
pub(super) fn rate_limits() -> Vec<Fault> {
    let rows = [
        ("in seconds", "retry-after", "0", true),
        (
            "as a date",
            "retry-after",
            "Sun, 06 Nov 1994 08:49:37 GMT",
            true,
        ),
        ("in milliseconds", "retry-after-ms", "0", true),
        ("with a fraction", "retry-after", "0.0", true),
        ("not at all", "x-other", "1", false),
        ("in words", "retry-after", "becomes_true", false),
        ("as less than nothing", "retry-after", "-1", false),
        ("as a day", "retry-after", "86400", false),
    ];
    let rows = rows.into_iter().map(|(way, name, value, quick)| {
        let outcome = api(429, None, Retry::Always);
        let fault = fault(format!("429, retry-after {way}"), outcome, move |_| {
            response("429 Too Many Requests", &[(name, value)], b"")
        });
        fault.quick(quick)
    });
    rows.collect()
}

/// Redirects to another host, which must not receive credentials.
pub(super) fn redirects(other_host: &str) -> Vec<Fault> {
    let rows = [301, 302, 303, 304, 307, 308].into_iter().map(|status| {
        let location = format!("{other_host}/client/v4/x");
        let outcome = api(status, None, Retry::Never);
        fault(format!("{status} to another host"), outcome, move |_| {
            let line = format!("{status} Elsewhere");
            response(&line, &[("location", &location)], b"")
        })
    });
    rows.collect()
}
