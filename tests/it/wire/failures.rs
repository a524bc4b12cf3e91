//! What is an error, which one, and what it tells.

use std::error::Error as _;
use std::net::TcpListener;
use std::time::Duration;

use serde_json::json;
use workers_kv::{ApiError, BulkWrite, Error};

use crate::support::script::{Answer, Server};
use crate::support::scripted::{ACCOUNT, NAMESPACE, Scripted};
use crate::support::{Run as _, both, kind};

#[track_caller]
fn api_error<T>(outcome: Result<T, Error>) -> ApiError {
    match outcome {
        Err(Error::Api(error)) => error,
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("it is a success"),
    }
}

const HTML: &str = "<html>\n<head><title>524: A timeout occurred</title></head>\n</html>";

both! {
    fn all_that_a_failure_says(api: Scripted) {
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
        api.answers([Answer::json(body.to_string())
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
        assert_eq!(error.ray_id(), Some("230b030023ae2822-SJC"));
        assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
        assert_eq!(error.headers()["content-type"], "application/json");
    }

    fn a_failure_with_status_200(api: Scripted) {
        let client = api.client();
        let (namespaces, keys) = (client.namespaces(ACCOUNT), client.keys(ACCOUNT, NAMESPACE));
        let (metadata, values) = (client.metadata(ACCOUNT, NAMESPACE), client.values(ACCOUNT, NAMESPACE));
        // Whatever the result looks like, and wherever it stands.
        for body in [
            r#"{"success":false,"errors":[{"code":10001,"message":"m"}],"messages":[],"result":null}"#,
            r#"{"result":{"successful_key_count":1},"success":false,"errors":[{"code":10001,"message":"m"}]}"#,
            r#"{"errors":[{"code":10001,"message":"m"}],"success":false}"#,
        ] {
            api.answers(vec![Answer::json(body); 12]);
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
        // A value is a value, whatever it says.
        api.answers([Answer::bytes(r#"{"success":false}"#)]);
        assert_eq!(values.get("k").run().unwrap().text().unwrap(), r#"{"success":false}"#);
    }

    fn html(api: Scripted) {
        let client = api.client();
        let page =
            |status| Answer::new(status, HTML).header("content-type", "text/html").header("retry-after", "0");
        for (status, number) in
            [("502 Bad Gateway", 502), ("524 A Timeout Occurred", 524), ("403 Forbidden", 403)]
        {
            api.answers(vec![page(status); 3]);
            let outcome = client.keys(ACCOUNT, NAMESPACE).bulk_update([BulkWrite::new("k", "v")]).run();
            let text = outcome.as_ref().unwrap_err().to_string();
            let error = api_error(outcome);
            assert_eq!(error.status().as_u16(), number);
            assert!(error.errors().is_empty() && error.messages().is_empty());
            assert_eq!(error.body_text(), HTML);
            assert!(text.contains("A timeout occurred") && !text.contains('\n'), "{text}");
        }
        // With a status of success it is no result either.
        api.answers(vec![page("200 OK"); 3]);
        assert_eq!(kind(&client.values(ACCOUNT, NAMESPACE).update("k", "v").run().unwrap_err()), "Decode");
        assert_eq!(kind(&client.namespaces(ACCOUNT).list().run().unwrap_err()), "Decode");
        assert_eq!(kind(&client.metadata(ACCOUNT, NAMESPACE).get("k").run().unwrap_err()), "Decode");
    }

    fn failures_without_an_envelope(api: Scripted) {
        let values =
            api.client_with(|builder| builder.api_token("tok").max_retries(0)).values(ACCOUNT, NAMESPACE);
        for body in ["", "null", "[]", "7", "{}", "{", r#"{"message":"m"}"#, "\u{0}\u{1}"] {
            api.answers([Answer::new("500 Oops", body)]);
            let error = api_error(values.get("k").run());
            assert_eq!(
                (error.status().as_u16(), error.code(), error.body_text().as_str()),
                (500, None, body)
            );
        }
        let long = "é".repeat(5_000);
        api.answers([Answer::new("500 Oops", long)]);
        let error = values.get("k").run().unwrap_err();
        assert!(error.to_string().len() < 1_000, "{error}");
        assert!(api_error::<()>(Err(error)).body_text().len() <= 1_100);
    }

    fn a_redirect(api: Scripted) {
        let elsewhere = Server::start();
        // Another name is another host, though it is this machine as well.
        let location = elsewhere.origin().replace("127.0.0.1", "localhost") + "/client/v4/x";
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
                elsewhere.answers(vec![Answer::result(json!({})); 3]);
                api.answers(vec![Answer::new(status, "").header("location", &location); 3]);
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
        assert_eq!(elsewhere.received().len(), 0, "nobody goes there");
    }

    /// Only what was asked for itself may be missing, and only with the code that says so.
    fn optional_things(api: Scripted) {
        let client = api.client_with(|builder| builder.api_token("tok").max_retries(0));
        let (namespaces, metadata, values) = (
            client.namespaces(ACCOUNT),
            client.metadata(ACCOUNT, NAMESPACE),
            client.values(ACCOUNT, NAMESPACE),
        );
        let answer = |status, code| api.answers([Answer::failure(status, code)]);

        answer("404 Not Found", 10_009);
        assert_eq!(values.get("k").run_optional().unwrap(), None);
        answer("404 Not Found", 10_009);
        assert_eq!(metadata.get("k").run_optional().unwrap(), None);
        answer("404 Not Found", 10_013);
        assert_eq!(namespaces.get(NAMESPACE).run_optional().unwrap(), None);

        for (status, code) in [
            ("404 Not Found", 10_013),
            ("404 Not Found", 7_003),
            ("400 Bad Request", 10_009),
            ("403 Forbidden", 10_000),
        ] {
            answer(status, code);
            assert_eq!(values.get("k").run_optional().unwrap_err().code(), Some(code));
            answer(status, code);
            assert_eq!(metadata.get("k").run_optional().unwrap_err().code(), Some(code));
        }
        answer("404 Not Found", 10_009);
        assert_eq!(namespaces.get(NAMESPACE).run_optional().unwrap_err().code(), Some(10_009));
        api.answers([Answer::new("404 Not Found", HTML)]);
        assert_eq!(kind(&values.get("k").run_optional().unwrap_err()), "Api");
        // Without a code for it, nothing is optional.
        answer("404 Not Found", 10_009);
        assert_eq!(values.delete("k").run_optional().unwrap_err().code(), Some(10_009));

        api.answers([
            Answer::bytes("v"),
            Answer::result(json!(null)),
            Answer::result(json!({"id": "i", "title": "t"})),
        ]);
        assert_eq!(values.get("k").run_optional().unwrap().unwrap().bytes().as_ref(), b"v");
        assert_eq!(metadata.get("k").run_optional().unwrap(), Some(None));
        assert!(namespaces.get("i").run_optional().unwrap().is_some());
    }

    fn no_server(api: Scripted) {
        // The port of a listener that is gone.
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let client = api.client_with(|builder| {
            builder.api_token("tok").base_url(format!("http://127.0.0.1:{port}")).max_retries(0)
        });
        let error = client.values(ACCOUNT, NAMESPACE).get("k").run().unwrap_err();
        assert_eq!((kind(&error), error.attempts(), error.is_retryable()), ("Connect", 1, true), "{error}");
        assert!(error.source().is_some() && error.status().is_none() && error.code().is_none());
        assert_eq!(error.method(), Some("GET"));
    }

    fn a_result_with_the_response(api: Scripted) {
        api.answers([Answer::result(json!({"id": "i", "title": "t"}))
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
