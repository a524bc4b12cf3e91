//! The responses after which calls are retried.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use serde_json::json;
use workers_kv::{BulkWrite, Client};

use crate::support::mock_api::{ACCOUNT, MockApi, NAMESPACE};
use crate::support::mock_server::MockResponse;
use crate::support::{RUNTIME, Run as _, Walk as _, both, kind};

/// Counts the attempts of each of the sixteen methods for a response.
macro_rules! attempts {
    ($api:ident, $response:expr) => {{
        let client = $api.client();
        let (namespaces, keys) = (client.namespaces(ACCOUNT), client.keys(ACCOUNT, NAMESPACE));
        let (metadata, values) = (
            client.metadata(ACCOUNT, NAMESPACE),
            client.values(ACCOUNT, NAMESPACE),
        );
        let pairs = [BulkWrite::new("k", "v").metadata("m")];
        let mut all = Vec::new();
        macro_rules! count {
            ($call:expr) => {{
                $api.respond_with(vec![$response; 9]);
                let error = $call.run().map(drop).unwrap_err();
                let received = $api.received();
                assert_eq!(
                    usize::try_from(error.attempts()),
                    Ok(received.len()),
                    "{error}"
                );
                for again in &received {
                    // All attempts send the same request.
                    assert_eq!(
                        (&again.method, &again.target),
                        (&received[0].method, &received[0].target)
                    );
                    assert_eq!(
                        (&again.headers, &again.body),
                        (&received[0].headers, &received[0].body)
                    );
                }
                all.push((stringify!($call), received.len()));
            }};
        }
        count!(namespaces.list());
        count!(namespaces.create("t"));
        count!(namespaces.get(NAMESPACE));
        count!(namespaces.update(NAMESPACE, "t"));
        count!(namespaces.delete(NAMESPACE));
        count!(namespaces.bulk_update(NAMESPACE, pairs.clone()));
        count!(namespaces.bulk_delete(NAMESPACE, ["k"]));
        count!(namespaces.bulk_get(NAMESPACE, ["k"]));
        count!(keys.list());
        count!(keys.bulk_update(pairs.clone()));
        count!(keys.bulk_delete(["k"]));
        count!(keys.bulk_get(["k"]));
        count!(metadata.get("k"));
        count!(values.get("k"));
        count!(values.update("k", "v").metadata("m"));
        count!(values.delete("k"));
        assert_eq!(all.len(), 16);
        all
    }};
}

both! {
    fn server_errors_are_retried_if_safe(api: MockApi) {
        for (call, attempts) in attempts!(api, MockResponse::failure("503 Service Unavailable", 1)) {
            // The server may have created the namespace. All other calls are safe to repeat.
            assert_eq!(attempts, if call.contains("create") { 1 } else { 3 }, "{call}");
        }
        for (call, attempts) in
            attempts!(api, MockResponse::new("524 A Timeout Occurred", "<html>").header("retry-after", "0"))
        {
            assert_eq!(attempts, if call.contains("create") { 1 } else { 3 }, "{call}");
        }
    }

    fn status_429_is_always_retried(api: MockApi) {
        for (call, attempts) in attempts!(api, MockResponse::failure("429 Too Many Requests", 10_048)) {
            assert_eq!(attempts, 3, "{call}");
        }
    }

    fn client_errors_are_not_retried(api: MockApi) {
        for (call, attempts) in attempts!(api, MockResponse::failure("400 Bad Request", 1)) {
            assert_eq!(attempts, 1, "{call}");
        }
    }

    fn calls_are_retried_until_they_succeed(api: MockApi) {
        let client = api.client();
        api.respond_with([
            MockResponse::failure("429 Too Many Requests", 1),
            MockResponse::failure("503 S", 1),
            MockResponse::result(json!({})),
        ]);
        client.values(ACCOUNT, NAMESPACE).update("k", "v").metadata(json!({"m": 1})).run().unwrap();
        let received = api.received();
        assert_eq!(received.len(), 3);
        assert!(
            received.iter().all(|request| request.body == received[0].body && request.boundary().is_some())
        );

        api.respond_with([
            MockResponse::failure("429 Too Many Requests", 1),
            MockResponse::result(json!({"id": "i", "title": "t"})),
        ]);
        assert_eq!(client.namespaces(ACCOUNT).create("t").run().unwrap().id, "i");
        assert_eq!(api.received().len(), 2);

        // In a list, only the failed page is requested again.
        let page = |cursor: &str| MockResponse::page(json!([{"name": cursor}]), json!({"cursor": cursor}));
        api.respond_with([page("a"), MockResponse::failure("500 S", 1), page("b"), page("")]);
        assert_eq!(client.keys(ACCOUNT, NAMESPACE).list().walk().unwrap().len(), 3);
        let targets: Vec<_> = api.received().into_iter().map(|request| request.target).collect();
        assert_eq!(targets.len(), 4);
        assert!(targets[1] == targets[2] && targets[1].ends_with("?cursor=a"), "{targets:?}");
    }

    fn max_retries_limits_the_attempts(api: MockApi) {
        let busy = || vec![MockResponse::failure("503 S", 1); 9];
        let once =
            api.client_with(|builder| builder.api_token("tok").max_retries(0)).values(ACCOUNT, NAMESPACE);
        for (retries, attempts) in [(None, 1), (Some(0), 1), (Some(1), 2), (Some(4), 5)] {
            api.respond_with(busy());
            let call = once.get("k");
            let call = match retries {
                Some(retries) => call.max_retries(retries),
                None => call,
            };
            let error = call.run().unwrap_err();
            assert_eq!((error.attempts(), api.received().len()), (attempts, attempts as usize));
            assert!(error.is_retryable());
            assert_eq!(error.to_string().contains("attempts"), attempts > 1, "{error}");
        }
    }

    fn retry_after_sets_the_wait(api: MockApi) {
        let values = api.client().values(ACCOUNT, NAMESPACE);
        let busy = |name: &str, value: &str| MockResponse::new("429 Too Many Requests", "").header(name, value);
        for (response, milliseconds) in [
            (busy("retry-after", "1"), 1_000),
            (busy("retry-after-ms", "700"), 700),
            // A longer wait than the maximum is ignored. The first default wait is half a second.
            (busy("retry-after", "86400"), 375),
            (busy("x", "y"), 375),
        ] {
            api.respond_with([response, MockResponse::bytes("v")]);
            let started = Instant::now();
            values.get("k").run().unwrap();
            let took = started.elapsed();
            assert!(took >= Duration::from_millis(milliseconds), "{took:?}");
        }
    }

    /// A refused connection is always safe to retry, also when creating a namespace.
    fn refused_connections_are_always_retried(api: MockApi) {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let client = api.client_with(|builder| {
            builder.api_token("tok").base_url(format!("http://127.0.0.1:{port}")).max_retries(1)
        });
        for outcome in [
            client.namespaces(ACCOUNT).create("t").run().map(drop),
            client.values(ACCOUNT, NAMESPACE).update("k", "v").run(),
        ] {
            let error = outcome.unwrap_err();
            assert_eq!((kind(&error), error.attempts()), ("Connect", 2), "{error}");
        }
    }

    /// The server may have created the namespace before the timeout.
    fn timeouts_of_creations_are_not_retried(api: MockApi) {
        let late = MockResponse::result(json!({"id": "i", "title": "t"})).after(Duration::from_secs(5));
        let client = api.client_with(|builder| builder.api_token("tok").timeout(Duration::from_millis(500)));
        api.respond_with(vec![late; 5]);
        let error = client.namespaces(ACCOUNT).create("t").run().unwrap_err();
        assert_eq!((kind(&error), error.attempts(), error.is_retryable()), ("Timeout", 1, false), "{error}");
        assert_eq!(api.received().len(), 1);
    }
}

#[test]
fn clients_can_be_shared_between_threads() {
    let api = MockApi::<Client>::open();
    api.respond_with(vec![MockResponse::bytes("v"); 64]);
    let values = api.client().values(ACCOUNT, NAMESPACE);
    let calls: Vec<_> = (0..64)
        .map(|n| RUNTIME.spawn(values.get(n.to_string()).send()))
        .collect();
    for call in calls {
        assert_eq!(
            RUNTIME.block_on(call).unwrap().unwrap().bytes().as_ref(),
            b"v"
        );
    }
    let mut targets: Vec<_> = api
        .received()
        .into_iter()
        .map(|request| request.target)
        .collect();
    targets.sort();
    targets.dedup();
    assert_eq!(targets.len(), 64);
}
