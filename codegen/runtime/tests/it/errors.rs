//! Errors of calls.

use std::error::Error as _;
use std::net::TcpListener;
use std::time::{Duration, Instant};

use crate::runtime::Error;
use crate::support::Run;
use crate::support::both;
use crate::support::server::{Step, hang_up, json, raw, response, silence};

both! {
    fn api_errors_contain_all_details([response(
        "400 Bad Request",
        &[("cf-ray", "ray-1"), ("retry-after", "7")],
        r#"{"success":false,"result":{"odd":1},
            "errors":[{"code":10014,"message":"taken","documentation_url":"https://d.example","source":{"pointer":"/name"}},"plain"],
            "messages":["hello",{"code":"12","message":"text"},{"code":1.0},5]}"#,
    )], server, client) {
        let error = client.shelf("s").create("n").run().unwrap_err();
        let Error::Api(api) = &error else { panic!("{error:?}") };
        assert_eq!(api.status(), 400);
        assert_eq!(api.ray_id(), Some("ray-1"));
        assert_eq!(api.retry_after(), Some(Duration::from_secs(7)));
        assert_eq!(api.headers()["cf-ray"], "ray-1");
        assert!(api.body().starts_with(b"{\"success\""));
        let first = &api.errors()[0];
        assert_eq!((first.code, first.message.as_str()), (Some(10014), "taken"));
        assert_eq!(first.documentation_url.as_deref(), Some("https://d.example"));
        assert_eq!(first.source.as_ref().unwrap().pointer.as_deref(), Some("/name"));
        assert_eq!((api.errors()[1].code, api.errors()[1].message.as_str()), (None, "plain"));
        let messages: Vec<_> = api.messages().iter().map(|message| (message.code, message.message.as_str())).collect();
        assert_eq!(messages, [(None, "hello"), (Some(12), "text"), (Some(1), ""), (None, "5")]);
        assert_eq!(error.code(), Some(10014));
        assert_eq!(error.to_string(),
            "POST /shelves/{shelf_id}/things: the server responded with 400 Bad Request: taken (code 10014); plain [cf-ray: ray-1]");
        assert_eq!(error.headers().unwrap()["cf-ray"], "ray-1");
        assert_eq!(server.received().len(), 1);
    }
}

/// Sends an envelope of a failure with these errors and messages.
fn failed(errors: &str, messages: &str) -> Step {
    json(
        "400 Bad Request",
        format!(r#"{{"success":false,"errors":{errors},"messages":{messages}}}"#),
    )
}

both! {
    fn control_characters_of_the_server_are_escaped([
        failed("[{\"code\":1,\"message\":\"a\\u001b[31m\\r\\nb\\u202ec \u{e9}\"}]", "[]"),
        response("502 Bad Gateway", &[], "\u{1b}[2J\u{7} <b>caf\u{e9}</b>"),
    ], _server, client) {
        let fail = || client.shelf("s").create("x").run().unwrap_err().to_string();
        let text = fail();
        assert!(text.ends_with("400 Bad Request: a\\u{1b}[31m\\r\\nb\\u{202e}c \u{e9} (code 1)"), "{text}");
        let text = fail();
        assert!(text.ends_with("502 Bad Gateway: \\u{1b}[2J\\u{7} <b>caf\u{e9}</b>"), "{text}");
    }
}

both! {
    fn causes_of_errors_are_displayed([
        failed(r#"[{"code":6003,"message":"Invalid request headers","error_chain":[
            {"code":6111,"message":"Invalid format","error_chain":[{"message":"it has a space"}]}, {"code":7}, "text"]}]"#, "[]"),
        failed(r#"[{"code":1,"message":"m","error_chain":null},{"error_chain":{"code":2,"message":"alone"}}]"#, "[]"),
    ], _server, client) {
        let fail = || match client.shelf("s").delete("x").run().unwrap_err() {
            Error::Api(api) => api,
            other => panic!("{other:?}"),
        };
        let api = fail();
        assert_eq!(api.to_string(), "the server responded with 400 Bad Request: \
            Invalid request headers (code 6003): Invalid format (code 6111): it has a space, code 7, text");
        let chain = api.errors()[0].error_chain();
        assert_eq!((chain.len(), chain[0].code, chain[0].message.as_str()), (3, Some(6111), "Invalid format"));
        assert_eq!(chain[0].error_chain()[0].message, "it has a space");
        assert!(chain[1].error_chain().is_empty());
        assert_eq!(chain[2].to_string(), "text");
        assert_eq!(api.code(), Some(6003));
        let api = fail();
        assert_eq!(api.to_string(), "the server responded with 400 Bad Request: m (code 1); no text: alone (code 2)");
    }
}

both! {
    fn messages_are_displayed_if_there_are_no_errors([
        failed("[]", r#"["hello",{"code":12,"message":"text"}]"#),
        failed("null", r#"["hello"]"#),
        failed(r#"["error"]"#, r#"["hello"]"#),
        failed("[]", "[]"),
    ], _server, client) {
        let reasons = [": hello; text (code 12)", ": hello", ": error", " without a reason"];
        for reason in reasons {
            let error = client.shelf("s").delete("x").run().unwrap_err();
            assert_eq!(
                error.to_string(),
                format!("DELETE /shelves/{{shelf_id}}/things/{{thing_id}}: the server responded with 400 Bad Request{reason}")
            );
        }
    }
}

both! {
    fn statuses_have_names([
        response("530 Anything", &[], "no"), response("499 Anything", &[], "no"), response("502 Anything", &[], "no"),
    ], _server, client, |builder| builder.max_retries(0)) {
        for status in ["530 Out of Shelves", "499", "502 Bad Gateway"] {
            let error = client.shelf("s").delete("x").run().unwrap_err();
            assert!(error.to_string().ends_with(&format!(": the server responded with {status}: no")), "{error}");
        }
    }
}

both! {
    fn all_errors_with_a_response_contain_its_request_id([
        response("200 OK", &[("cf-ray", "ray-1")], r#"{"success":true,"result":5}"#),
        response("200 OK", &[("cf-ray", "ray-2"), ("content-encoding", "gzip")], "x"),
        raw("HTTP/1.1 200 OK\r\ncf-ray: ray-3\r\ncontent-length: 100\r\n\r\nshort").closing(),
        raw("HTTP/1.1 200 OK\r\ncf-ray: ray-4\r\ncontent-length: 100\r\n\r\nshort"),
        response("200 OK", &[("cf-ray", "ray-5")], r#"{"success":true,"result":{}}"#),
        response("404 Not Found", &[("cf-ray", "ray-6")], ""),
        hang_up(),
    ], _server, client, |builder| builder.max_retries(0).timeout(Duration::from_millis(300))) {
        let shelf = client.shelf("s");
        let errors = [
            shelf.list().run().map(drop),
            shelf.list().run().map(drop),
            shelf.value("k").run().map(drop),
            shelf.value("k").run().map(drop),
            shelf.list().run().map(drop),
            shelf.value("k").run().map(drop),
        ];
        for (number, result) in (1..).zip(errors) {
            let error = result.unwrap_err();
            let id = format!("ray-{number}");
            assert_eq!(error.ray_id(), Some(id.as_str()), "{error:?}");
            assert!(error.to_string().ends_with(&format!(" [cf-ray: {id}]")), "{error}");
        }
        let error = shelf.value("k").run().unwrap_err();
        assert_eq!((error.ray_id(), error.headers()), (None, None));
    }
}

both! {
    fn api_errors_without_an_envelope_show_the_body([
        response("403 Forbidden", &[], "<html>\n<b>blocked</b>"),
        response("404 Not Found", &[], ""),
        response("400 Bad Request", &[], vec![b'x'; 5_000]),
        json("400 Bad Request", r#"{"error":"other"}"#),
        json("400 Bad Request", "{\"success\":false,\"errors\":["),
        response("418 Teapot", &[], b"\xff"),
        json("400 Bad Request", r#"{"success":false,"errors":{"code":3,"message":"alone"},"messages":null}"#),
    ], _server, client) {
        let fail = || match client.shelf("s").delete("x").run().unwrap_err() {
            Error::Api(api) => api,
            other => panic!("{other:?}"),
        };
        let api = fail();
        assert_eq!(api.body_text(), "<html>\n<b>blocked</b>");
        assert_eq!(api.to_string(), "the server responded with 403 Forbidden: <html> <b>blocked</b>");
        assert_eq!(fail().to_string(), "the server responded with 404 Not Found and an empty body");
        let api = fail();
        assert_eq!((api.body_text().len(), api.body().len()), (1_024, 5_000));
        assert!(api.to_string().len() < 300);
        assert!(fail().to_string().contains("other"));
        assert!(fail().errors().is_empty());
        assert_eq!(fail().body_text(), "\u{fffd}");
        assert_eq!(fail().errors()[0].code, Some(3));
    }
}

both! {
    fn redirects_are_not_followed([
        response("302 Found", &[("location", "/elsewhere")], ""),
        response("307 Temporary Redirect", &[("location", "http://127.0.0.1:1/")], ""),
    ], server, client) {
        for status in [302, 307] {
            let error = client.shelf("s").update("k", "v").run().unwrap_err();
            assert!(matches!(error, Error::Api(_)));
            assert_eq!(error.status().unwrap(), status);
        }
        assert_eq!(server.received().len(), 2);
    }
}

both! {
    fn refused_connections_are_connect_errors([], _server, client, |builder| {
        let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        builder.base_url(format!("http://{free}")).max_retries(1)
    }) {
        // The server cannot have processed the request, so `create` is retried.
        let error = client.shelf("s").create("n").run().unwrap_err();
        assert!(matches!(error, Error::Connect { .. }), "{error:?}");
        assert_eq!(error.attempts(), 2);
        assert!(error.is_retryable());
        assert_eq!(error.status(), None);
        assert_eq!(error.to_string(),
            "POST /shelves/{shelf_id}/things (2 attempts): the connection to the server failed");
        let mut retry_reason = error.source();
        while let Some(inner) = retry_reason.and_then(|retry_reason| retry_reason.source()) {
            retry_reason = Some(inner);
        }
        assert!(retry_reason.unwrap().to_string().contains("refused"));
    }
}

both! {
    fn connections_closed_before_the_response_are_connect_errors([hang_up(), raw("HTTP/1.1 200 OK\r\ncontent-le").closing()], server, client,
        |builder| builder.max_retries(5))
    {
        for requests in 1..=2 {
            // The server may have processed the request, so `create` is not retried.
            let error = client.shelf("s").create("n").run().unwrap_err();
            assert!(matches!(error, Error::Connect { .. }), "{error:?}");
            assert!(!error.is_retryable());
            assert_eq!(error.attempts(), 1);
            assert_eq!(server.received().len(), requests);
        }
    }
}

both! {
    fn truncated_responses_are_body_errors([
        raw("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort").closing(),
        raw("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nshort\r\nxx").closing(),
    ], _server, client, |builder| builder.max_retries(0)) {
        for _ in 0..2 {
            let error = client.shelf("s").value("k").run().unwrap_err();
            assert!(matches!(error, Error::Body { .. }), "{error:?}");
            assert!(error.is_retryable());
            assert!(error.source().is_some());
        }
    }
}

both! {
    fn slow_attempts_are_timeouts([silence(), raw("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort"), silence()],
        server, client, |builder| builder.max_retries(0).timeout(Duration::from_millis(150)))
    {
        let start = Instant::now();
        for _ in 0..2 {
            let error = client.shelf("s").value("k").run().unwrap_err();
            assert!(matches!(error, Error::Timeout { .. }), "{error:?}");
            assert!(error.to_string().ends_with("the response was not complete within the timeout of 150ms"));
            assert!(error.is_retryable());
        }
        let error = client.shelf("s").create("n").timeout(Duration::from_millis(20)).run().unwrap_err();
        assert!(matches!(error, Error::Timeout { .. }), "{error:?}");
        assert!(error.to_string().ends_with("the response was not complete within the timeout of 20ms"));
        assert!(!error.is_retryable());
        assert!(start.elapsed() < Duration::from_secs(5));
        assert_eq!(server.received().len(), 3);
    }
}
