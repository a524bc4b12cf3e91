//! Retries.

use std::time::Duration;

use crate::runtime::Error;
use crate::support::Run;
use crate::support::both;
use crate::support::server::{error, hang_up, raw, response, result, silence};

both! {
    fn idempotent_calls_are_retried([
        error("503 Service Unavailable", 1), error("408 Request Timeout", 1), response("200 OK", &[], "v"),
        error("500 Internal Server Error", 1), result("{}"),
        error("502 Bad Gateway", 1), result("{}"),
        error("429 Too Many Requests", 1), result("{}"),
    ], server, client) {
        let shelf = client.shelf("s");
        assert_eq!(shelf.value("k").run().unwrap().text().unwrap(), "v");
        shelf.update("k", "v").metadata(1).run().unwrap();
        shelf.bulk_delete(["a"]).run().unwrap();
        shelf.delete("x").run().unwrap();
        let requests = server.received();
        assert_eq!(requests.len(), 9);
        assert_eq!(requests[3].body, requests[4].body);
        assert_eq!(requests[3].headers, requests[4].headers);
        assert_eq!(requests[5].text(), r#"["a"]"#);
        assert_eq!(requests[6].text(), r#"["a"]"#);
    }
}

both! {
    fn non_idempotent_calls_are_not_retried([
        error("500 Internal Server Error", 1), error("408 Request Timeout", 1),
        error("429 Too Many Requests", 1), result(r#"{"name":"n"}"#),
        error("400 Bad Request", 1), error("404 Not Found", 1), error("409 Conflict", 1),
    ], server, client) {
        let shelf = client.shelf("s");
        for _ in 0..2 {
            let error = shelf.create("n").run().unwrap_err();
            assert_eq!(error.attempts(), 1);
            assert!(!error.is_retryable());
        }
        shelf.create("n").run().unwrap();
        for _ in 0..3 {
            let error = shelf.delete("n").run().unwrap_err();
            assert_eq!(error.attempts(), 1);
            assert!(!error.is_retryable());
        }
        assert_eq!(server.received().len(), 7);
    }
}

both! {
    fn retries_are_limited([
        error("503 S", 1), error("503 S", 1), error("503 S", 2),
        error("503 S", 1), error("429 S", 1), error("503 S", 1), error("503 S", 1),
    ], server, client) {
        let shelf = client.shelf("s");
        let error = shelf.delete("x").run().unwrap_err();
        assert_eq!((error.attempts(), error.code()), (3, Some(2)));
        assert!(error.is_retryable());
        assert!(error.to_string().starts_with("DELETE /shelves/{shelf_id}/things/{thing_id} (3 attempts): "), "{error}");
        assert_eq!(shelf.delete("x").max_retries(0).run().unwrap_err().attempts(), 1);
        let error = shelf.delete("x").max_retries(0).run().unwrap_err();
        assert!(error.is_rate_limited() && error.is_retryable());
        assert_eq!(shelf.delete("x").max_retries(1).run().unwrap_err().attempts(), 2);
        assert_eq!(server.received().len(), 7);
    }
}

both! {
    fn retry_after_sets_the_delay([
        response("503 S", &[("retry-after", "Tue, 14 Nov 2023 22:13:30 GMT")], ""), result("{}"),
        response("503 S", &[("retry-after", "1")], ""), result("{}"),
        response("503 S", &[("retry-after", "9"), ("retry-after-ms", "1500")], ""), result("{}"),
        response("503 S", &[("retry-after", "2.000")], ""), result("{}"),
        // The delay exceeds the maximum and is ignored.
        response("503 S", &[("retry-after", "10.001")], ""), result("{}"),
    ], _server, client, clock, |builder| builder.max_retry_after(Duration::from_secs(10))) {
        for _ in 0..5 {
            client.shelf("s").delete("x").run().unwrap();
        }
        let slept = clock.slept();
        assert_eq!(slept[..4], [10_000, 1_000, 1_500, 2_000].map(Duration::from_millis));
        assert!((375..=500).contains(&slept[4].as_millis()), "{slept:?}");
    }
}

both! {
    fn delays_double([
        response("503 S", &[], ""), response("503 S", &[], ""), response("503 S", &[], ""), response("503 S", &[], ""),
        response("503 S", &[], ""), response("503 S", &[], ""), response("503 S", &[], ""), result("{}"),
    ], _server, client, clock, |builder| builder.max_retries(7)) {
        client.shelf("s").delete("x").run().unwrap();
        let slept = clock.slept();
        let full = [500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000];
        assert_eq!(slept.len(), full.len());
        for (slept, full) in slept.iter().zip(full) {
            assert!((full * 3 / 4..=full).contains(&slept.as_millis()), "{slept:?} of {full} ms");
        }
    }
}

both! {
    fn lost_responses_are_retried_for_idempotent_calls([
        hang_up(), result("{}"),
        raw("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{").closing(), result("{}"),
        silence(), result("{}"),
    ], server, client, clock, |builder| builder.timeout(Duration::from_millis(200))) {
        for _ in 0..3 {
            client.shelf("s").update("k", "v").run().unwrap();
        }
        let slept = clock.slept();
        assert!(slept.len() == 3 && slept.iter().all(|slept| (375..=500).contains(&slept.as_millis())), "{slept:?}");
        assert_eq!(server.received().len(), 6);
    }
}

both! {
    fn decode_errors_are_not_retried([response("200 OK", &[], "<html>")], server, client) {
        let error = client.shelf("s").list().run().unwrap_err();
        assert!(matches!(error, Error::Decode { .. }));
        server.only();
    }
}
