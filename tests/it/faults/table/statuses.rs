//! Statuses of failure, alone and in turn; and those that lead elsewhere.

use super::{Again, Fault, HTML, HUGE, NOW, api, fault};
use crate::faults::good::answer;
use crate::faults::server::{Reply, Takes};

const ENVELOPE: &[u8] =
    br#"{"success":false,"errors":[{"code":10001,"message":"m"}],"messages":[],"result":null}"#;

pub(super) fn faults() -> Vec<Fault> {
    let statuses = [
        (400, Again::Never),
        (401, Again::Never),
        (404, Again::Never),
        (408, Again::IfSafe),
        (413, Again::Never),
        (500, Again::IfSafe),
        (502, Again::IfSafe),
        (503, Again::IfSafe),
        (504, Again::IfSafe),
        (999, Again::Never),
    ];
    let statuses = statuses.map(|(status, again)| {
        let outcome = api(status, Some(10_001), again);
        fault(status.to_string(), outcome, move |_| {
            answer(&format!("{status} Failed"), &[NOW], ENVELOPE)
        })
    });
    let others = [
        fault("524 with HTML", api(524, None, Again::IfSafe), |_| {
            answer("524 A Timeout Occurred", &[NOW], HTML)
        }),
        fault("502 with nothing", api(502, None, Again::IfSafe), |_| {
            answer("502 Bad Gateway", &[NOW], b"")
        }),
        fault(
            "503 before the body is read",
            api(503, None, Again::IfSafe),
            |_| answer("503 Busy", &[NOW], b""),
        )
        .taking(Takes::Head),
        fault("503 with gzip", api(503, None, Again::IfSafe), |_| {
            let headers = [NOW, ("content-encoding", "gzip")];
            answer("503 Busy", &headers, b"\x1f\x8b\x08\0\0\0\0\0\0\x03")
        }),
        // Of three attempts the last one is told of, of one the first.
        fault(
            "503 and 500 in turn",
            api(503, None, Again::IfSafe),
            |good| answer(["503 Busy", "500 Oops"][good.nth % 2], &[NOW], b""),
        ),
        fault("503 with 100 MB", api(503, None, Again::IfSafe), |_| {
            let head = "HTTP/1.1 503 Busy\r\nretry-after-ms: 0\r\n";
            Reply::from(format!("{head}content-length: {HUGE}\r\n\r\n")).and_filler(HUGE)
        })
        .oversized(),
    ];
    let all = statuses.into_iter().chain(others);
    all.map(|fault| fault.quick(true)).collect()
}

/// 429 with each way to say how long to wait, and whether that is not at all.
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
        ("in words", "retry-after", "soon", false),
        ("as less than nothing", "retry-after", "-1", false),
        ("as a day", "retry-after", "86400", false),
    ];
    let rows = rows.into_iter().map(|(way, name, value, quick)| {
        let outcome = api(429, None, Again::Always);
        let fault = fault(format!("429, retry-after {way}"), outcome, move |_| {
            answer("429 Too Many Requests", &[(name, value)], b"")
        });
        fault.quick(quick)
    });
    rows.collect()
}

/// To another host, which credentials must not reach.
pub(super) fn redirects(elsewhere: &str) -> Vec<Fault> {
    let rows = [301, 302, 303, 304, 307, 308].into_iter().map(|status| {
        let location = format!("{elsewhere}/client/v4/x");
        let outcome = api(status, None, Again::Never);
        fault(format!("{status} to another host"), outcome, move |_| {
            let line = format!("{status} Elsewhere");
            answer(&line, &[("location", &location)], b"")
        })
    });
    rows.collect()
}
