//! A status of success, and a body that does not go with it.

use super::{
    Again, Fault, HTML, HUGE, MISFIT, Outcome, Outcomes, TOO_LARGE, UNFIT_AS_JSON, api, fault,
};
use crate::faults::server::{End, Reply};

const BODIES: [(&str, &[u8]); 7] = [
    ("no body", b""),
    ("HTML", HTML),
    ("an empty list", b"[]"),
    ("a number", b"7"),
    ("invalid JSON", b"{\"success\":tru,\"result\":null}"),
    ("an object with nothing in it", b"{}"),
    ("NUL", b"\0"),
];

/// What nobody looks at may be anything, as long as the answer says that all went well.
const UNFIT_WHERE_READ: Outcomes = Outcomes {
    bytes: MISFIT,
    stream: Outcome::Other,
    json: MISFIT,
    nothing: Outcome::Good,
};

const NO_CONTENT: Outcomes = Outcomes {
    bytes: Outcome::Other,
    stream: Outcome::Other,
    json: MISFIT,
    nothing: Outcome::Good,
};

/// A value is a value, whatever it says.
const NO_SUCCESS: Outcomes = Outcomes {
    bytes: Outcome::Good,
    stream: Outcome::Good,
    json: api(200, Some(10_001), Again::Never),
    nothing: api(200, Some(10_001), Again::Never),
};

pub(super) fn faults() -> Vec<Fault> {
    let bodies = BODIES.map(|(name, body)| {
        fault(format!("200 with {name}"), UNFIT_AS_JSON, move |good| {
            good.with(body)
        })
    });
    let others = [
        fault("200 with truncated JSON", UNFIT_AS_JSON, |good| {
            good.with(&good.body[..good.body.len() - 3])
        }),
        fault("200 with JSON of endless depth", UNFIT_AS_JSON, |good| {
            good.with(&b"[".repeat(200_000))
        }),
        fault("200 with invalid UTF-8", UNFIT_WHERE_READ, |good| {
            good.with(&good.replaced("text", b"te\xffxt"))
        }),
        fault("200 without success", NO_SUCCESS, |good| {
            let errors = b"false,\"errors\":[{\"code\":10001,\"message\":\"m\"}]";
            good.with(&good.replaced("true,\"errors\":[]", errors))
        }),
        fault("204", NO_CONTENT, |_| *b"HTTP/1.1 204 No Content\r\n\r\n"),
        fault("100 MB, announced", TOO_LARGE, |good| {
            let line = format!("content-length: {HUGE}\r\n");
            Reply::from(good.under(&line, b"")).and_filler(HUGE)
        })
        .oversized(),
        fault("100 MB without a length", TOO_LARGE, |good| {
            let reply = Reply::from(good.under("connection: close\r\n", b""));
            reply.and_filler(HUGE).then(End::Close)
        })
        .oversized(),
    ];
    let headers = [
        (
            "another content type",
            "content-type: text/html",
            Outcome::Good,
        ),
        (
            "a content type that is none",
            "content-type: \u{e9};;",
            Outcome::Good,
        ),
        (
            "an encoding that is none",
            "content-encoding: identity",
            Outcome::Good,
        ),
        ("gzip, unasked for", "content-encoding: gzip", MISFIT),
        ("br, unasked for", "content-encoding: br", MISFIT),
    ];
    let headers = headers.map(|(name, line, outcome)| {
        fault(name, outcome, move |good| {
            let length = good.body.len();
            let head = format!("HTTP/1.1 200 OK\r\n{line}\r\ncontent-length: {length}\r\n\r\n");
            [head.as_bytes(), &good.body].concat()
        })
    });
    bodies.into_iter().chain(others).chain(headers).collect()
}
