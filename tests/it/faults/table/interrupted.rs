//! Connections that end, or fall silent, at every point of an exchange.

use super::{Again, BROKEN, Fault, LOST, Outcome, SILENT, STALLED, UNFIT_AS_JSON, api, fault};
use crate::faults::good::Good;
use crate::faults::server::{End, Reply, Takes};

/// What comes of an answer before the connection ends.
type Part = fn(&Good) -> Vec<u8>;

const BEFORE_THE_BODY: [(&str, Part); 3] = [
    ("before any byte", |_| Vec::new()),
    ("within the status line", |_| b"HTTP/1.1 2".to_vec()),
    ("within the headers", |good| good.bytes()[..40].to_vec()),
];

const WITHIN_THE_BODY: [(&str, Part); 3] = [
    ("after the headers", |good| part(good, 0)),
    ("in mid-body", |good| part(good, good.body.len() / 2)),
    ("before the last byte", |good| {
        part(good, good.body.len() - 1)
    }),
];

/// The head of a good answer, and so many bytes of its body.
fn part(good: &Good, bytes: usize) -> Vec<u8> {
    let mut whole = good.bytes();
    whole.truncate(whole.len() - good.body.len() + bytes);
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
    // Where no length is given, the end of the connection is the end of the answer.
    let half = |good: &Good| {
        let half = &good.body[..good.body.len() / 2];
        Reply::from(good.under("connection: close\r\n", half))
    };
    all.extend([
        fault(
            "closed in mid-body, no length",
            UNFIT_AS_JSON,
            move |good| half(good).then(End::Close),
        ),
        fault("reset in mid-body, no length", BROKEN, move |good| {
            half(good).then(End::Reset)
        }),
        fault("closed after a good answer", Outcome::Good, |good| {
            Reply::from(good.bytes()).then(End::Close)
        }),
        fault("reset after a good answer", Outcome::Good, |good| {
            Reply::from(good.bytes()).then(End::Reset)
        }),
    ]);
    all
}

fn with_end(end: End, word: &str) -> Vec<Fault> {
    let silent = end == End::Stall;
    let lost = if silent { SILENT } else { LOST };
    let broken = if silent { STALLED } else { BROKEN };
    let mut all = Vec::new();
    for (point, takes) in [
        ("before the request is read", Takes::Nothing),
        ("before the body is read", Takes::Head),
    ] {
        let fault = fault(format!("{word} {point}"), lost, move |_| {
            Reply::from([]).then(end)
        });
        all.push(fault.taking(takes));
    }
    for (point, part) in BEFORE_THE_BODY {
        let name = format!("{word} {point}");
        all.push(fault(name, lost, move |good| {
            Reply::from(part(good)).then(end)
        }));
    }
    for (point, part) in WITHIN_THE_BODY {
        let name = format!("{word} {point}");
        all.push(fault(name, broken, move |good| {
            Reply::from(part(good)).then(end)
        }));
        // A status that says enough.
        for (status, again) in [(503, Again::IfSafe), (403, Again::Never)] {
            let name = format!("{status}, {word} {point}");
            let fault = fault(name, api(status, None, again), move |good| {
                let part = part(good);
                let failed = format!("HTTP/1.1 {status} Failed\r\nretry-after-ms: 0");
                let rest = part.strip_prefix(b"HTTP/1.1 200 OK").expect("a good one");
                Reply::from([failed.as_bytes(), rest].concat()).then(end)
            });
            all.push(fault.quick(true));
        }
    }
    let name = format!("{word} in a chunk");
    all.push(fault(name, broken, move |good| {
        Reply::from(good.under("transfer-encoding: chunked\r\n", b"5\r\n{\"s")).then(end)
    }));
    all.into_iter().map(|fault| fault.silent(silent)).collect()
}
