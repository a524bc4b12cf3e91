//! Downloads and response size limits.

use std::time::Duration;

use crate::runtime::Error;
use crate::support::server::{error, raw, response, result, silence};
use crate::support::{Begin, Drain, Run, both, content};

both! {
    fn headers_are_available_before_the_content([
        response("200 OK", &[("expiration", "1577836800"), ("x-secret", "s3cret")], "the value"),
        raw("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nthe \r\n5\r\nvalue\r\n0\r\n\r\n"),
    ], server, client) {
        let download = client.shelf("s").value("k").begin().unwrap();
        assert_eq!(download.status(), 200);
        assert_eq!(download.headers()["x-secret"], "s3cret");
        assert_eq!(download.content_length(), Some(9));
        assert_eq!(download.expiration(), Some(1_577_836_800));
        let debug = format!("{download:?}");
        assert!(debug.contains("/values/{key_name}") && !debug.contains("s3cret"), "{debug}");
        assert_eq!(download.drain().0, b"the value");

        let download = client.shelf("s").value("k").begin().unwrap();
        assert_eq!((download.content_length(), download.expiration()), (None, None));
        let (all, error) = download.drain();
        assert_eq!(all, b"the value");
        assert!(error.is_none());
        assert_eq!(server.received().len(), 2);
    }
}

both! {
    fn content_of_any_size_is_received([
        response("200 OK", &[], content(0)), response("200 OK", &[], content(1)), response("200 OK", &[], content(131_071)),
        response("200 OK", &[], content(131_072)), response("200 OK", &[], content(131_073)),
        response("200 OK", &[], content(26_214_400)),
    ], _server, client) {
        for size in [0, 1, 131_071, 131_072, 131_073, 26_214_400] {
            let (all, error) = client.shelf("s").value("k").begin().unwrap().drain();
            assert!(error.is_none());
            assert!(all == content(size), "{size}");
        }
    }
}

both! {
    fn errors_before_the_response_are_returned_by_download([
        error("503 S", 1), response("200 OK", &[], "v"), error("404 Not Found", 10009), error("503 S", 1), error("503 S", 1),
    ], server, client, |builder| builder.max_retries(1)) {
        let value = || client.shelf("s").value("k");
        assert_eq!(value().begin().unwrap().drain().0, b"v");
        let missing = value().begin().unwrap_err();
        assert!(missing.is_not_found() && missing.code() == Some(10009));
        assert_eq!(value().begin().unwrap_err().attempts(), 2);
        let invalid = client.shelf("s").value("..").begin().unwrap_err();
        assert_eq!(invalid.parameter(), Some("key_name"));
        assert_eq!(server.received().len(), 5);
    }
}

both! {
    fn truncated_content_is_an_error([
        error("503 S", 1),
        raw("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nthe v").closing(),
        raw("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nthe v\r\n").closing(),
        response("200 OK", &[], "v"),
    ], server, client) {
        for attempts in [2, 1] {
            let (all, error) = client.shelf("s").value("k").begin().unwrap().drain();
            assert_eq!(all, b"the v");
            let error = error.unwrap();
            assert!(matches!(error, Error::Body(_)), "{error:?}");
            assert_eq!(error.attempts(), attempts);
            assert_eq!((error.method(), error.path()), (Some("GET"), Some("/shelves/{shelf_id}/values/{key_name}")));
            assert!(error.is_retryable());
        }
        assert_eq!(client.shelf("s").value("k").begin().unwrap().drain().0, b"v");
        assert_eq!(server.received().len(), 4);
    }
}

both! {
    fn the_timeout_covers_the_content([
        raw("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nthe v"), response("200 OK", &[], "v"),
    ], _server, client) {
        let call = client.shelf("s").value("k").timeout(Duration::from_millis(200));
        let (all, error) = call.begin().unwrap().drain();
        assert_eq!(all, b"the v");
        assert!(matches!(error, Some(Error::Timeout(_))), "{error:?}");
        assert_eq!(client.shelf("s").value("k").run().unwrap().text().unwrap(), "v");
    }
}

both! {
    fn dropped_downloads_do_not_affect_the_client([
        response("200 OK", &[], content(5_000_000)), response("200 OK", &[], content(5_000_000)), response("200 OK", &[], "v"),
    ], server, client) {
        drop(client.shelf("s").value("k").begin().unwrap());
        let mut download = client.shelf("s").value("k").begin().unwrap();
        assert!(!download.piece().unwrap().unwrap().is_empty());
        drop(download);
        assert_eq!(client.shelf("s").value("k").run().unwrap().text().unwrap(), "v");
        assert_eq!(server.received().len(), 3);
    }
}

/// If the caller does not read, the client receives only what fits into socket buffers.
mod backpressure_limits_received_content {
    use std::io::{Read, Write};
    use std::net::TcpListener;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;

    #[cfg(feature = "blocking")]
    use crate::runtime::blocking;
    use crate::runtime::{Client, Download};
    use crate::support::api::operation;
    use crate::support::configured;

    use super::*;

    /// Starts a server that sends without end. Returns its URL and the number of bytes that it could send.
    fn endless() -> (String, Arc<AtomicUsize>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let sent = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&sent);
        thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let _ = stream.read(&mut [0; 10_000]);
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 1000000000\r\n\r\n");
            while stream.write_all(&[b'v'; 10_000]).is_ok() {
                count.fetch_add(10_000, Ordering::Relaxed);
            }
        });
        (url, sent)
    }

    /// Reads a chunk, then waits until the server cannot send more.
    fn takes_little<C>(call: impl Begin<operation::Value, Client = C>, sent: &AtomicUsize)
    where
        Download<C, operation::Value>: Drain,
    {
        let mut download = call.begin().unwrap();
        assert!(download.piece().unwrap().is_some());
        let mut before = 0;
        loop {
            thread::sleep(Duration::from_millis(50));
            let now = sent.load(Ordering::Relaxed);
            assert!(now < 20_000_000, "{now}");
            if now > 0 && now == before {
                break;
            }
            before = now;
        }
    }

    #[test]
    fn in_async() {
        let (url, sent) = endless();
        let client = configured(Client::builder(), &url).build().unwrap();
        takes_little(client.shelf("s").value("k"), &sent);
    }

    #[cfg(feature = "blocking")]
    #[test]
    fn in_blocking() {
        let (url, sent) = endless();
        let client = configured(blocking::Client::builder(), &url)
            .build()
            .unwrap();
        takes_little(client.shelf("s").value("k"), &sent);
    }
}

#[cfg(feature = "blocking")]
#[test]
fn downloads_outlive_their_client() {
    use crate::runtime::blocking;
    use crate::support::server::Server;
    use crate::support::{RUNTIME, configured};

    let server = Server::start([response("200 OK", &[], content(300_000))]);
    RUNTIME.block_on(async {
        let client = configured(blocking::Client::builder(), &server.url)
            .build()
            .unwrap();
        let download = client.shelf("s").value("k").download().unwrap();
        drop(client);
        assert!(download.drain().0 == content(300_000));
    });
}

both! {
    fn error_responses_with_broken_bodies_are_api_errors([
        raw("HTTP/1.1 404 Not Found\r\ncontent-length: 100\r\n\r\nit is no").closing(),
        raw("HTTP/1.1 429 Slow\r\nretry-after-ms: 1\r\ncontent-length: 100\r\n\r\nslow").closing(),
        result(r#"{"name":"n"}"#),
        raw("HTTP/1.1 400 Bad\r\nx: y\r\ncontent-length: 100\r\n\r\nstalls"),
        response("400 Bad", &[], content(3_000_000)), raw("HTTP/1.1 302 Found\r\ncontent-length: 9\r\n\r\n"),
    ], server, client, |builder| builder.timeout(Duration::from_millis(400))) {
        let shelf = client.shelf("s");
        let failure = |error: Error| match error {
            Error::Api(error) => error,
            other => panic!("{other:?}"),
        };
        let missing = failure(shelf.value("k").begin().unwrap_err());
        assert_eq!((missing.status().as_u16(), missing.body_text().as_str()), (404, "it is no"));
        // The failed call created nothing.
        assert_eq!(shelf.create("n").run().unwrap().name, "n");
        let stalled = failure(shelf.value("k").run().unwrap_err());
        assert_eq!((stalled.header("x"), stalled.body_text().as_str()), (Some("y"), "stalls"));
        let long = failure(shelf.value("k").run().unwrap_err());
        assert!(*long.body() == content(3_000_000)[..1_048_576]);
        assert_eq!(failure(shelf.create("n").run().unwrap_err()).status(), 302);
        assert_eq!(server.received().len(), 6);
    }
}

both! {
    fn oversized_responses_are_rejected([
        response("200 OK", &[], content(100)), response("200 OK", &[], content(101)),
        raw(format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n65\r\n{}\r\n", "v".repeat(101))),
        response("200 OK", &[], content(101)),
    ], server, client, |builder| builder.max_response_bytes(100)) {
        let value = || client.shelf("s").value("k");
        assert_eq!(*value().run().unwrap().bytes(), content(100));
        for _ in 0..2 {
            let error = value().run().unwrap_err();
            assert!(matches!(error, Error::Decode(_)), "{error:?}");
            assert!(error.to_string().ends_with(": the response has more than 100 bytes"), "{error}");
            assert!(!error.is_retryable());
        }
        assert_eq!(value().begin().unwrap().drain().0, content(101));
        assert_eq!(server.received().len(), 4);
    }
}

both! {
    fn default_response_limit_is_32_mebibytes([
        raw("HTTP/1.1 200 OK\r\ncontent-length: 33554433\r\n\r\n"),
    ], _server, client) {
        let error = client.shelf("s").value("k").run().unwrap_err();
        assert!(error.to_string().ends_with(": the response has more than 33554432 bytes"), "{error}");
    }
}

both! {
    fn compressed_responses_are_rejected([
        response("200 OK", &[("content-encoding", "gzip")], "\u{1f}"), response("200 OK", &[("content-encoding", "br")], "\u{1f}"),
        response("200 OK", &[("content-encoding", "identity")], "v"), response("404 Not Found", &[("content-encoding", "gzip")], ""),
    ], _server, client) {
        let value = || client.shelf("s").value("k");
        for (error, name) in [(value().run().unwrap_err(), "(gzip)"), (value().begin().unwrap_err(), "(br)")] {
            assert!(matches!(error, Error::Decode(_)), "{error:?}");
            assert!(error.to_string().contains(name) && !error.is_retryable(), "{error}");
        }
        assert_eq!(value().run().unwrap().text().unwrap(), "v");
        assert!(value().run().unwrap_err().is_not_found());
    }
}

both! {
    fn a_silent_server_is_a_timeout([silence()], _server, client) {
        let call = client.shelf("s").value("k").timeout(Duration::from_millis(50)).max_retries(0);
        assert!(matches!(call.begin().unwrap_err(), Error::Timeout(_)));
    }
}
