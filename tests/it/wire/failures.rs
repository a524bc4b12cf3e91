//! Errors: their variants and their contents.

use std::error::Error as _;
use std::net::TcpListener;
use std::time::Duration;

use serde_json::json;
use workers_kv::{ApiError, BulkWrite, Error};

use crate::support::mock_api::{ACCOUNT, MockApi, NAMESPACE};
use crate::support::mock_server::{MockResponse, MockServer};
use crate::support::{Run as _, both, kind};

#[track_caller]
fn api_error<T>(outcome: Result<T, Error>) -> ApiError {
    match outcome {
        Err(Error::Api(error)) => error,
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("the call succeeded"),
    }
}

const HTML: &str = "<html>\n<head><title>524: A timeout occurred</title></head>\n</html>";

both! {
    fn api_errors_have_all_fields_of_the_response(api: MockApi) {
        let body = json!({
            "success": false,
            "errors": [
                {
                    "code": 10_014, "message": "title taken", "documentation_url": "https://docs",
                    "source": {"pointer": "/title"}, "error_chain": [{"code": 1, "message": "because"}], "new": 1,
                },
                {"code": "7003", "message": "no route"},
            ],
            "messages": ["plain text", {"code": 5, "message": "an object"}],
            "result": {},
        });
        api.respond_with([MockResponse::json(body.to_string())
            .status("400 Bad Request")
            .header("cf-ray", "230b030023ae2822-SJC")
            .header("retry-after", "7")]);
        let outcome = api.client().namespaces(ACCOUNT).create("t").run();
        let error = outcome.as_ref().unwrap_err();
        assert_eq!((error.status().map(|status| status.as_u16()), error.code()), (Some(400), Some(10_014)));
        assert_eq!(
            (error.method(), error.path(), error.attempts()),
            (Some("POST"), Some("/accounts/{account_id}/storage/kv/namespaces"), 1)
        );
        assert!(!error.is_not_found() && !error.is_rate_limited() && !error.is_retryable());
        let text = error.to_string();
        for part in [
            "POST",
            "/accounts/{account_id}/storage/kv/namespaces",
            "400",
            "title taken",
            "10014",
            "no route",
            "7003",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }

        let error = api_error(outcome);
        assert_eq!(error.errors().len(), 2);
        let first = &error.errors()[0];
        assert_eq!((first.code, first.message.as_str()), (Some(10_014), "title taken"));
        assert_eq!(first.documentation_url.as_deref(), Some("https://docs"));
        assert_eq!(first.source.as_ref().and_then(|source| source.pointer.as_deref()), Some("/title"));
        assert_eq!((error.errors()[1].code, &error.errors()[1].source), (Some(7_003), &None));
        let messages: Vec<_> =
            error.messages().iter().map(|message| (message.code, message.message.as_str())).collect();
        assert_eq!(messages, [(None, "plain text"), (Some(5), "an object")]);
        let chain: Vec<_> =
            first.error_chain().iter().map(|cause| (cause.code, cause.message.as_str())).collect();
        assert_eq!(chain, [(Some(1), "because")]);
        assert_eq!(error.ray_id(), Some("230b030023ae2822-SJC"));
        assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
        assert_eq!(error.headers()["content-type"], "application/json");
    }

    fn tokens_that_cannot_be_valid_are_config_errors(api: MockApi) {
        for token in ["se cret", "secret\n", "\"secret\"", "'secret'", "Bearer secret", "secret...", "secret\u{2026}", ""] {
            let error = api.try_client(|builder| builder.api_token(token)).err().unwrap();
            assert_eq!((kind(&error), error.attempts()), ("Config", 0));
            let text = format!("{error} {error:?}");
            assert!(text.contains("`api_token`: the token ") && !text.contains("cret"), "{text}");
        }
        let error = api.try_client(|builder| builder.api_key("key", "")).err().unwrap();
        assert_eq!(error.to_string(), "`api_key`: the value of header X-Auth-Email is empty");
        assert_eq!(api.received().len(), 0);
    }

    fn unsuccessful_envelopes_with_status_200_are_api_errors(api: MockApi) {
        let client = api.client();
        let (namespaces, keys) = (client.namespaces(ACCOUNT), client.keys(ACCOUNT, NAMESPACE));
        let (metadata, values) = (client.metadata(ACCOUNT, NAMESPACE), client.values(ACCOUNT, NAMESPACE));
        // The result and the order of the properties do not matter.
        for body in [
            r#"{"success":false,"errors":[{"code":10001,"message":"m"}],"messages":[],"result":null}"#,
            r#"{"result":{"successful_key_count":1},"success":false,"errors":[{"code":10001,"message":"m"}]}"#,
            r#"{"errors":[{"code":10001,"message":"m"}],"success":false}"#,
        ] {
            api.respond_with(vec![MockResponse::json(body); 12]);
            for outcome in [
                namespaces.list().run().map(drop),
                namespaces.create("t").run().map(drop),
                namespaces.get(NAMESPACE).run().map(drop),
                namespaces.update(NAMESPACE, "t").run().map(drop),
                namespaces.delete(NAMESPACE).run(),
                keys.list().run().map(drop),
                keys.bulk_update([BulkWrite::new("k", "v")]).run().map(drop),
                keys.bulk_delete(["k"]).run().map(drop),
                keys.bulk_get(["k"]).run().map(drop),
                metadata.get("k").run().map(drop),
                values.update("k", "v").run(),
                values.delete("k").run(),
            ] {
                let error = outcome.unwrap_err();
                assert_eq!(
                    (error.code(), error.attempts(), error.is_retryable()),
                    (Some(10_001), 1, false),
                    "{error}"
                );
                assert_eq!(api_error::<()>(Err(error)).status().as_u16(), 200);
            }
        }
        // The body of a value is not an envelope.
        api.respond_with([MockResponse::bytes(r#"{"success":false}"#)]);
        assert_eq!(values.get("k").run().unwrap().text().unwrap(), r#"{"success":false}"#);
    }

    fn html_bodies_are_shown_in_errors(api: MockApi) {
        let client = api.client();
        let page =
            |status| MockResponse::new(status, HTML).header("content-type", "text/html").header("retry-after", "0");
        for (status, number) in
            [("502 Bad Gateway", 502), ("524 A Timeout Occurred", 524), ("403 Forbidden", 403)]
        {
            api.respond_with(vec![page(status); 3]);
            let outcome = client.keys(ACCOUNT, NAMESPACE).bulk_update([BulkWrite::new("k", "v")]).run();
            let text = outcome.as_ref().unwrap_err().to_string();
            let error = api_error(outcome);
            assert_eq!(error.status().as_u16(), number);
            assert!(error.errors().is_empty() && error.messages().is_empty());
            assert_eq!(error.body_text(), HTML);
            assert!(text.contains("A timeout occurred") && !text.contains('\n'), "{text}");
        }
        // HTML with a success status is a decode error.
        api.respond_with(vec![page("200 OK"); 3]);
        assert_eq!(kind(&client.values(ACCOUNT, NAMESPACE).update("k", "v").run().unwrap_err()), "Decode");
        assert_eq!(kind(&client.namespaces(ACCOUNT).list().run().unwrap_err()), "Decode");
        assert_eq!(kind(&client.metadata(ACCOUNT, NAMESPACE).get("k").run().unwrap_err()), "Decode");
    }

    fn bodies_without_an_envelope_are_api_errors(api: MockApi) {
        let values =
            api.client_with(|builder| builder.api_token("tok").max_retries(0)).values(ACCOUNT, NAMESPACE);
        for body in ["", "null", "[]", "7", "{}", "{", r#"{"message":"m"}"#, "\u{0}\u{1}"] {
            api.respond_with([MockResponse::new("500 Oops", body)]);
            let error = api_error(values.get("k").run());
            assert_eq!(
                (error.status().as_u16(), error.code(), error.body_text().as_str()),
                (500, None, body)
            );
        }
        let long = "é".repeat(5_000);
        api.respond_with([MockResponse::new("500 Oops", long)]);
        let error = values.get("k").run().unwrap_err();
        assert!(error.to_string().len() < 1_000, "{error}");
        assert!(api_error::<()>(Err(error)).body_text().len() <= 1_100);
    }

    fn redirects_are_not_followed(api: MockApi) {
        let other_host = MockServer::start();
        // `localhost` is another host than `127.0.0.1`.
        let location = other_host.origin().replace("127.0.0.1", "localhost") + "/client/v4/x";
        let token = api.client();
        let key = api.client_with(|builder| builder.api_key("key", "me@example.com"));
        for (status, number) in [
            ("301 Moved", 301),
            ("302 Found", 302),
            ("303 See Other", 303),
            ("307 Temporary", 307),
            ("308 Permanent", 308),
        ] {
            for client in [&token, &key] {
                other_host.respond_with(vec![MockResponse::result(json!({})); 3]);
                api.respond_with(vec![MockResponse::new(status, "").header("location", &location); 3]);
                let values = client.values(ACCOUNT, NAMESPACE);
                for outcome in
                    [values.get("k").run().map(drop), values.update("k", "v").run(), values.delete("k").run()]
                {
                    let error = outcome.unwrap_err();
                    assert!(!error.is_retryable());
                    let error = api_error::<()>(Err(error));
                    assert_eq!(
                        (error.status().as_u16(), error.headers()["location"].to_str().unwrap()),
                        (number, location.as_str())
                    );
                }
                assert_eq!(api.received().len(), 3, "each is sent once");
            }
        }
        assert_eq!(other_host.received().len(), 0, "nobody goes there");
    }

    /// `None` requires that the requested object itself is missing, with the code of the config.
    fn missing_objects_are_none_with_send_optional(api: MockApi) {
        let client = api.client_with(|builder| builder.api_token("tok").max_retries(0));
        let (namespaces, metadata, values) = (
            client.namespaces(ACCOUNT),
            client.metadata(ACCOUNT, NAMESPACE),
            client.values(ACCOUNT, NAMESPACE),
        );
        let response = |status, code| api.respond_with([MockResponse::failure(status, code)]);

        response("404 Not Found", 10_009);
        assert_eq!(values.get("k").run_optional().unwrap(), None);
        response("404 Not Found", 10_009);
        assert_eq!(metadata.get("k").run_optional().unwrap(), None);
        response("404 Not Found", 10_013);
        assert_eq!(namespaces.get(NAMESPACE).run_optional().unwrap(), None);

        for (status, code) in [
            ("404 Not Found", 10_013),
            ("404 Not Found", 7_003),
            ("400 Bad Request", 10_009),
            ("403 Forbidden", 10_000),
        ] {
            response(status, code);
            assert_eq!(values.get("k").run_optional().unwrap_err().code(), Some(code));
            response(status, code);
            assert_eq!(metadata.get("k").run_optional().unwrap_err().code(), Some(code));
        }
        response("404 Not Found", 10_009);
        assert_eq!(namespaces.get(NAMESPACE).run_optional().unwrap_err().code(), Some(10_009));
        api.respond_with([MockResponse::new("404 Not Found", HTML)]);
        assert_eq!(kind(&values.get("k").run_optional().unwrap_err()), "Api");
        // Operations without a code always fail.
        response("404 Not Found", 10_009);
        assert_eq!(values.delete("k").run_optional().unwrap_err().code(), Some(10_009));

        api.respond_with([
            MockResponse::bytes("v"),
            MockResponse::result(json!(null)),
            MockResponse::result(json!({"id": "i", "title": "t"})),
        ]);
        assert_eq!(values.get("k").run_optional().unwrap().unwrap().bytes().as_ref(), b"v");
        assert_eq!(metadata.get("k").run_optional().unwrap(), Some(None));
        assert!(namespaces.get("i").run_optional().unwrap().is_some());
    }

    fn connection_errors_have_a_source(api: MockApi) {
        // A port without a listener.
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let client = api.client_with(|builder| {
            builder.api_token("tok").base_url(format!("http://127.0.0.1:{port}")).max_retries(0)
        });
        let error = client.values(ACCOUNT, NAMESPACE).get("k").run().unwrap_err();
        assert_eq!((kind(&error), error.attempts(), error.is_retryable()), ("Connect", 1, true), "{error}");
        assert!(error.source().is_some() && error.status().is_none() && error.code().is_none());
        assert_eq!(error.method(), Some("GET"));
    }

    fn responses_have_status_headers_and_result(api: MockApi) {
        api.respond_with([MockResponse::result(json!({"id": "i", "title": "t"}))
            .status("201 Created")
            .header("cf-ray", "r")
            .header("x-twice", "1")
            .header("x-twice", "2")]);
        let response = api.client().namespaces(ACCOUNT).create("t").run_with_response().unwrap();
        assert_eq!((response.status().as_u16(), response.headers()["cf-ray"].to_str().unwrap()), (201, "r"));
        assert_eq!(response.headers().get_all("x-twice").iter().count(), 2);
        assert_eq!(response.into_inner().title, "t");
    }
}
