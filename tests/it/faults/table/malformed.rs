//! Invalid HTTP responses, and valid ones with unusual syntax.

use super::{BROKEN, Fault, INVALID_JSON, LOST, Outcome, Retry, SILENT, api, fault};
use crate::faults::reply::{End, Reply};

const HEADS: [(&str, &[u8]); 8] = [
    ("no HTTP", b"SSH-2.0-OpenSSH_9.9\r\n\r\n"),
    ("a garbage status line", b"\0\xff\x01garbage\r\n\r\n"),
    (
        "a status of two digits",
        b"HTTP/1.1 20 OK\r\ncontent-length: 0\r\n\r\n",
    ),
    (
        "a status of four digits",
        b"HTTP/1.1 2000 OK\r\ncontent-length: 0\r\n\r\n",
    ),
    (
        "an unknown version",
        b"HTTP/9.9 200 OK\r\ncontent-length: 0\r\n\r\n",
    ),
    (
        "a header without a colon",
        b"HTTP/1.1 200 OK\r\ncontent-type\r\n\r\n",
    ),
    (
        "an invalid length",
        b"HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n",
    ),
    (
        "two lengths",
        b"HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n12",
    ),
];

const CHUNKED: &str = "transfer-encoding: chunked\r\n";

const CHUNKS: [(&str, &[u8]); 4] = [
    ("a chunk with an invalid size", b"zz\r\ntext\r\n0\r\n\r\n"),
    (
        "a chunk with a size that overflows",
        b"fffffffffffffffff\r\ntext\r\n0\r\n\r\n",
    ),
    (
        "a chunk that is longer than its size",
        b"2\r\ntext\r\n0\r\n\r\n",
    ),
    ("chunks without a last chunk", b"4\r\ntext\r\n"),
];

pub(super) fn faults() -> Vec<Fault> {
    let heads = HEADS.map(|(name, bytes)| fault(name, LOST, move |_| bytes));
    let chunks = CHUNKS.map(|(name, body)| {
        fault(name, BROKEN, move |success| {
            Reply::from(success.with_headers(CHUNKED, body)).ending(End::Close)
        })
    });
    let others = [
        fault("a thousand headers", LOST, |success| {
            success.with_headers(&"x: y\r\n".repeat(1_000), b"")
        }),
        fault("headers for ever", LOST, |_| {
            Reply::from(*b"HTTP/1.1 200 OK\r\nx: ").and_filler(10_000_000)
        }),
        fault("a length that is too short", INVALID_JSON, |success| {
            let line = format!("content-length: {}\r\n", success.body.len() - 2);
            success.with_headers(&line, &success.body)
        }),
        fault("a length that is too long", BROKEN, |success| {
            let line = format!("content-length: {}\r\n", success.body.len() + 2);
            Reply::from(success.with_headers(&line, &success.body)).ending(End::Close)
        }),
        fault("chunks of one byte", Outcome::Success, |success| {
            let chunks = success
                .body
                .iter()
                .map(|byte| [b'1', b'\r', b'\n', *byte, b'\r', b'\n']);
            let chunks: Vec<_> = chunks.flatten().chain(*b"0\r\n\r\n").collect();
            success.with_headers(CHUNKED, &chunks)
        }),
        fault("a response of HTTP/1.0", Outcome::Success, |success| {
            let text =
                String::from_utf8_lossy(&success.bytes()).replacen("HTTP/1.1", "HTTP/1.0", 1);
            Reply::from(text).ending(End::Close)
        }),
        fault("other statuses first", Outcome::Success, |success| {
            let first =
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n";
            [first.as_bytes(), &success.bytes()].concat()
        }),
        fault("101, unasked for", api(101, None, Retry::Never), |_| {
            *b"HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n"
        }),
        fault("nothing but 102", SILENT, |_| {
            Reply::from(b"HTTP/1.1 102 Processing\r\n\r\n".repeat(500)).ending(End::Stall)
        })
        .silent(true),
    ];
    heads.into_iter().chain(chunks).chain(others).collect()
}
