//! Connections that end or stall at every point of an exchange.

use super::{BROKEN, Fault, INVALID_JSON, LOST, Outcome, Retry, SILENT, STALLED, api, fault};
use crate::faults::reply::{End, Reply, RequestRead};
use crate::faults::successful::SuccessfulResponse;

/// Returns the bytes before the connection ends.
type Part = fn(&SuccessfulResponse) -> Vec<u8>;

const BEFORE_THE_BODY: [(&str, Part); 3] = [
    ("before any byte", |_| Vec::new()),
    ("within the status line", |_| b"HTTP/1.1 2".to_vec()),
    ("within the headers", |success| {
        success.bytes()[..40].to_vec()
    }),
];

const WITHIN_THE_BODY: [(&str, Part); 3] = [
    ("after the headers", |success| part(success, 0)),
    ("in mid-body", |success| {
        part(success, success.body.len() / 2)
    }),
    ("before the last byte", |success| {
        part(success, success.body.len() - 1)
    }),
];

/// Returns the head of a successful response and a part of its body.
fn part(success: &SuccessfulResponse, bytes: usize) -> Vec<u8> {
    let mut whole = success.bytes();
    whole.truncate(whole.len() - success.body.len() + bytes);
    whole
}

pub(super) fn faults() -> Vec<Fault> {
    let mut all = Vec::new();
    for (end, word) in [
        (End::Reset, "reset"),
        (End::Close, "closed"),
        (End::Stall, "silence"),
    ] {
        all.extend(with_end(end, word));
    }
    // Without a length, the end of the connection ends the body.
    let half = |success: &SuccessfulResponse| {
        let half = &success.body[..success.body.len() / 2];
        Reply::from(success.with_headers("connection: close\r\n", half))
    };
    all.extend([
        fault(
            "closed in mid-body, no length",
            INVALID_JSON,
            move |success| half(success).ending(End::Close),
        ),
        fault("reset in mid-body, no length", BROKEN, move |success| {
            half(success).ending(End::Reset)
        }),
        fault(
            "closed after a successful response",
            Outcome::Success,
            |success| Reply::from(success.bytes()).ending(End::Close),
        ),
        fault(
            "reset after a successful response",
            Outcome::Success,
            |success| Reply::from(success.bytes()).ending(End::Reset),
        ),
    ]);
    all
}

fn with_end(end: End, word: &str) -> Vec<Fault> {
    let silent = end == End::Stall;
    let lost = if silent { SILENT } else { LOST };
    let broken = if silent { STALLED } else { BROKEN };
    let mut all = Vec::new();
    for (point, takes) in [
        ("before the request is read", RequestRead::Nothing),
        ("before the body is read", RequestRead::Head),
    ] {
        let fault = fault(format!("{word} {point}"), lost, move |_| {
            Reply::from([]).ending(end)
        });
        all.push(fault.reading_request(takes));
    }
    for (point, part) in BEFORE_THE_BODY {
        let name = format!("{word} {point}");
        all.push(fault(name, lost, move |success| {
            Reply::from(part(success)).ending(end)
        }));
    }
    for (point, part) in WITHIN_THE_BODY {
        let name = format!("{word} {point}");
        all.push(fault(name, broken, move |success| {
            Reply::from(part(success)).ending(end)
        }));
        // The status alone determines the error.
        for (status, retry) in [(503, Retry::IfSafe), (403, Retry::Never)] {
            let name = format!("{status}, {word} {point}");
            let fault = fault(name, api(status, None, retry), move |success| {
                let part = part(success);
                let failed = format!("HTTP/1.1 {status} Failed\r\nretry-after-ms: 0");
                let rest = part
                    .strip_prefix(b"HTTP/1.1 200 OK")
                    .expect("a success one");
                Reply::from([failed.as_bytes(), rest].concat()).ending(end)
            });
            all.push(fault.quick(true));
        }
    }
    let name = format!("{word} in a chunk");
    all.push(fault(name, broken, move |success| {
        Reply::from(success.with_headers("transfer-encoding: chunked\r\n", b"5\r\n{\"s"))
            .ending(end)
    }));
    all.into_iter().map(|fault| fault.silent(silent)).collect()
}
