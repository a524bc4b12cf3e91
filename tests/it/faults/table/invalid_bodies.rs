//! Success statuses with invalid bodies.

use super::{
    Fault, HTML, HUGE, INVALID_JSON, Outcome, Outcomes, Retry, TOO_LARGE, UNDECODABLE, api, fault,
};
use crate::faults::reply::{End, Reply};

const BODIES: [(&str, &[u8]); 7] = [
    ("no body", b""),
    ("HTML", HTML),
    ("an empty list", b"[]"),
    ("a number", b"7"),
    ("invalid JSON", b"{\"success\":tru,\"result\":null}"),
    ("an object with nothing in it", b"{}"),
    ("NUL", b"\0"),
];

/// Calls without a result accept any body that reports success.
const INVALID_WHERE_READ: Outcomes = Outcomes {
    bytes: UNDECODABLE,
    stream: Outcome::Other,
    json: UNDECODABLE,
    nothing: Outcome::Success,
};

const NO_CONTENT: Outcomes = Outcomes {
    bytes: Outcome::Other,
    stream: Outcome::Other,
    json: UNDECODABLE,
    nothing: Outcome::Success,
};

/// The body of a value can have any content.
const NO_SUCCESS: Outcomes = Outcomes {
    bytes: Outcome::Success,
    stream: Outcome::Success,
    json: api(200, Some(10_001), Retry::Never),
    nothing: api(200, Some(10_001), Retry::Never),
};

pub(super) fn faults() -> Vec<Fault> {
    let bodies = BODIES.map(|(name, body)| {
        fault(format!("200 with {name}"), INVALID_JSON, move |success| {
            success.with(body)
        })
    });
    let others = [
        fault("200 with truncated JSON", INVALID_JSON, |success| {
            success.with(&success.body[..success.body.len() - 3])
        }),
        fault("200 with JSON of endless depth", INVALID_JSON, |success| {
            success.with(&b"[".repeat(200_000))
        }),
        fault("200 with invalid UTF-8", INVALID_WHERE_READ, |success| {
            success.with(&success.replaced("text", b"te\xffxt"))
        }),
        fault("200 without success", NO_SUCCESS, |success| {
            let errors = b"false,\"errors\":[{\"code\":10001,\"message\":\"m\"}]";
            success.with(&success.replaced("true,\"errors\":[]", errors))
        }),
        fault("204", NO_CONTENT, |_| *b"HTTP/1.1 204 No Content\r\n\r\n"),
        fault("100 MB, announced", TOO_LARGE, |success| {
            let line = format!("content-length: {HUGE}\r\n");
            Reply::from(success.with_headers(&line, b"")).and_filler(HUGE)
        })
        .oversized(),
        fault("100 MB without a length", TOO_LARGE, |success| {
            let reply = Reply::from(success.with_headers("connection: close\r\n", b""));
            reply.and_filler(HUGE).ending(End::Close)
        })
        .oversized(),
    ];
    let headers = [
        (
            "another content type",
            "content-type: text/html",
            Outcome::Success,
        ),
        (
            "an invalid content type",
            "content-type: \u{e9};;",
            Outcome::Success,
        ),
        (
            "an unknown encoding",
            "content-encoding: identity",
            Outcome::Success,
        ),
        ("gzip, unasked for", "content-encoding: gzip", UNDECODABLE),
        ("br, unasked for", "content-encoding: br", UNDECODABLE),
    ];
    let headers = headers.map(|(name, line, outcome)| {
        fault(name, outcome, move |success| {
            let length = success.body.len();
            let head = format!("HTTP/1.1 200 OK\r\n{line}\r\ncontent-length: {length}\r\n\r\n");
            [head.as_bytes(), &success.body].concat()
        })
    });
    bodies.into_iter().chain(others).chain(headers).collect()
}
