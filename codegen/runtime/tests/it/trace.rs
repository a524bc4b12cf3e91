//! Spans and events.

use std::time::Duration;

use crate::runtime::Client;
use crate::support::recorder::recorded;
use crate::support::server::{Server, hang_up, json, page, response, result, silence};
use crate::support::{Run, both};

both! {
    fn calls_are_spans([
        response("200 OK", &[("cf-ray", "ray-1")], "value"),
        response("200 OK", &[], r#"{"success":true,"result":null}"#),
    ], _server, client) {
        let lines = recorded(|| {
            client.shelf("s").value("k").run().unwrap();
            client.shelf("s").update("k", "123456").run_with_response().unwrap();
        });
        assert_eq!(lines, [
            r#"INFO call{operation="shelf.value" method="GET" path="/shelves/{shelf_id}/values/{key_name}" attempts=1 sent=0 status=200 request_id="ray-1" received=5}: it: close"#,
            r#"INFO call{operation="shelf.update" method="PUT" path="/shelves/{shelf_id}/values/{key_name}" attempts=1 sent=6 status=200 received=30}: it: close"#,
        ]);
    }
}

both! {
    fn retries_are_events([
        response("503 S", &[("cf-ray", "ray-1"), ("retry-after", "2")], ""),
        hang_up().closing(),
        response("200 OK", &[("cf-ray", "ray-3")], "value"),
    ], _server, client, clock, |builder| builder) {
        let lines = recorded(|| drop(client.shelf("s").value("k").run().unwrap()));
        let span = r#"call{operation="shelf.value" method="GET" path="/shelves/{shelf_id}/values/{key_name}""#;
        assert_eq!(lines, [
            format!(r#"DEBUG {span}}}: it: retrying error="api" status=503 request_id="ray-1" wait=2s"#),
            format!(r#"DEBUG {span}}}: it: retrying error="connect" wait={:?}"#, clock.slept()[1]),
            format!(r#"INFO {span} attempts=3 sent=0 status=200 request_id="ray-3" received=5}}: it: close"#),
        ]);
    }
}

both! {
    fn spans_record_the_error_kind([
        response("404 Not Found", &[("cf-ray", "ray-1")], ""),
        json("200 OK", r#"{"success":false}"#),
        json("200 OK", "[]"),
        silence(),
    ], _server, client, |builder| builder.max_retries(0)) {
        let list = client.shelf("s").list();
        let lines = recorded(|| {
            for _ in 0..3 {
                list.clone().run().unwrap_err();
            }
            list.clone().timeout(Duration::from_millis(50)).run().unwrap_err();
            client.shelf("").list().run().unwrap_err();
        });
        let span = r#"INFO call{operation="shelf.list" method="GET" path="/shelves/{shelf_id}/things""#;
        assert_eq!(lines, [
            format!(r#"{span} attempts=1 sent=0 status=404 request_id="ray-1" received=0 error="api"}}: it: close"#),
            format!(r#"{span} attempts=1 sent=0 status=200 received=17 error="api"}}: it: close"#),
            format!(r#"{span} attempts=1 sent=0 status=200 received=2 error="decode"}}: it: close"#),
            format!(r#"{span} attempts=1 sent=0 error="timeout"}}: it: close"#),
            format!(r#"{span} error="invalid_request"}}: it: close"#),
        ]);
    }
}

both! {
    fn pages_are_separate_spans([
        page(r#"[{"name":"a"}]"#, r#"{"cursor":"x"}"#),
        page(r#"[{"name":"b"}]"#, r#"{"cursor":""}"#),
    ], _server, client) {
        let lines = recorded(|| assert_eq!(client.shelf("s").list().items().0.len(), 2));
        assert_eq!(lines.len(), 2, "{lines:?}");
        assert!(lines.iter().all(|line| line.starts_with("INFO call{") && line.ends_with(": it: close")), "{lines:?}");
    }
}

both! {
    fn spans_are_children_of_the_current_span([result("{}")], _server, client) {
        // The call does not write to fields of the outer span, even if they have the same names.
        let lines = recorded(|| {
            tracing::info_span!(target: "it", "outer", status = tracing::field::Empty)
                .in_scope(|| client.shelf("s").delete("x").run().unwrap());
        });
        assert!(lines[0].starts_with(r#"INFO outer:call{operation="shelf.delete" "#), "{lines:?}");
        assert_eq!(lines[1..], ["INFO outer: it: close"]);
    }
}

both! {
    fn spans_contain_no_secrets([
        hang_up(), response("429 S", &[("retry-after", "0")], "s3cret"),
        json("200 OK", r#"{"success":true,"result":{"name":["s3cret"]}}"#),
        response("200 OK", &[("x-h", "s3cret"), ("location", "s3cret")], "s3cret"),
        json("400 Bad Request", r#"{"success":false,"errors":[{"code":1,"message":"s3cret"}]}"#),
    ], _server, client, |builder| builder.api_token("s3cret").default_header("x", "s3cret").user_agent("s3cret")) {
        let shelf = client.shelf("s3cret");
        let lines = recorded(|| {
            let create = shelf.create("s3cret").query("s3cret", "s3cret").header("x-s3cret", "s3cret");
            create.clone().run().unwrap_err();
            create.run().unwrap_err();
            shelf.value("s3cret").run().unwrap();
            shelf.update("s3cret", "s3cret").metadata("s3cret").run().unwrap_err();
            shelf.value("s3cret".repeat(100)).run().unwrap_err();
        });
        assert_eq!(lines.iter().filter(|line| line.starts_with("INFO call{")).count(), 5, "{lines:?}");
        assert!(lines.len() > 5 && lines.iter().all(|line| !line.contains("s3cret")), "{lines:?}");
    }
}

#[test]
fn spans_contain_no_api_keys() {
    let server = Server::start([hang_up(), result("{}")]);
    let builder = Client::builder().api_key("s3cret", "s3cret@mail");
    let client = builder.base_url(&server.url).build().unwrap();
    let lines = recorded(|| client.shelf("s").delete("x").run().unwrap());
    assert_eq!(server.received()[1].header("x-auth-key"), Some("s3cret"));
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(
        lines.iter().all(|line| !line.contains("s3cret")),
        "{lines:?}"
    );
}

#[cfg(feature = "blocking")]
#[test]
fn blocking_calls_inside_a_runtime_are_traced() {
    use crate::runtime::blocking;
    use crate::support::{RUNTIME, configured};

    let server = Server::start([result("{}")]);
    let client = configured(blocking::Client::builder(), &server.url)
        .build()
        .unwrap();
    let lines = recorded(|| {
        let outer = tracing::info_span!("outer");
        RUNTIME.block_on(async {
            outer.in_scope(|| client.shelf("s").delete("x").send().unwrap());
        });
    });
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(
        lines[0].starts_with("INFO outer:call{operation=\"shelf.delete\""),
        "{lines:?}"
    );
}
