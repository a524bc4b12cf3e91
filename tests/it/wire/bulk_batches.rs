//! Sizes of the requests of bulk calls, and what follows after a failure.

use serde_json::{Value, json};
use workers_kv::{BulkWrite, Error};

use crate::support::mock_api::{ACCOUNT, MockApi, NAMESPACE};
use crate::support::mock_server::MockResponse;
use crate::support::{Run as _, RunAll as _, both};

fn pairs(count: usize) -> impl Iterator<Item = (String, String)> {
    (0..count).map(|number| (format!("key {number}"), "v".to_owned()))
}

fn confirmed(count: usize) -> MockResponse {
    MockResponse::result(json!({"successful_key_count": count, "unsuccessful_keys": []}))
}

/// Returns the number of items in each request.
fn sizes(bodies: impl IntoIterator<Item = Vec<u8>>) -> Vec<usize> {
    let count = |body: Vec<u8>| {
        let body: Value = serde_json::from_slice(&body).unwrap();
        body.get("keys").unwrap_or(&body).as_array().unwrap().len()
    };
    bodies.into_iter().map(count).collect()
}

both! {
    fn bulk_writes_have_1000_pairs_per_request(api: MockApi) {
        api.respond_with([confirmed(1_000), confirmed(1_000), confirmed(1)]);
        let call = api.client().keys(ACCOUNT, NAMESPACE).bulk_update(pairs(2_001));
        let result = call.concurrency(1).run_all().unwrap().complete().unwrap();
        assert_eq!(result.successful_key_count, Some(2_001));
        assert_eq!(sizes(api.received().into_iter().map(|request| request.body)), [1_000, 1_000, 1]);
    }

    fn requests_are_halved_after_413_and_524(api: MockApi) {
        let failure = |status| MockResponse::new(status, "<html>");
        api.respond_with([
            failure("524 A Timeout Occurred"),
            confirmed(500),
            failure("413 Payload Too Large"),
            confirmed(250),
            confirmed(250),
        ]);
        let call = api.client().keys(ACCOUNT, NAMESPACE).bulk_update(pairs(1_000));
        let result = call.concurrency(1).run_all().unwrap().complete().unwrap();
        assert_eq!(result.successful_key_count, Some(1_000));
        assert_eq!(sizes(api.received().into_iter().map(|request| request.body)), [1_000, 500, 500, 250, 250]);
    }

    fn bulk_gets_are_halved_after_413(api: MockApi) {
        let found = |key: &str| MockResponse::result(json!({"values": {key: "v"}}));
        api.respond_with([MockResponse::failure("413 Payload Too Large", 10_000), found("a"), found("b")]);
        let call = api.client().keys(ACCOUNT, NAMESPACE).bulk_get(["a", "b"]);
        assert_eq!(json!(call.concurrency(1).run_all().unwrap()), json!({"values": {"a": "v", "b": "v"}}));
    }

    fn failed_calls_are_resumed_with_the_other_pairs(api: MockApi) {
        api.respond_with([confirmed(2), MockResponse::failure("400 Bad Request", 1), confirmed(2)]);
        let pairs = ["a", "b", "c", "d"].map(|key| BulkWrite::new(key, "secret"));
        let call = api.client().keys(ACCOUNT, NAMESPACE).bulk_update(&pairs);
        let mut call = call.batch_items(2).concurrency(1);
        let error = call.run_all().unwrap_err();
        assert!(!format!("{error:?}").contains("secret"), "{error:?}");
        assert_eq!(error.progress().unwrap().rest(), ["c", "d"]);
        call = error.resume().unwrap();
        let result = call.run_all().unwrap().complete().unwrap();
        assert_eq!(result.into_inner().successful_key_count, Some(4));
        let bodies: Vec<_> = api.received().into_iter().map(|request| request.body).collect();
        assert_eq!(bodies[1], bodies[2]);
    }

    fn failed_keys_are_an_error_of_complete(api: MockApi) {
        api.respond_with([MockResponse::result(json!({"successful_key_count": 1, "unsuccessful_keys": ["b"]}))]);
        let call = api.client().keys(ACCOUNT, NAMESPACE).bulk_delete(["a", "b"]);
        let error = call.run().unwrap().complete().unwrap_err();
        assert!(matches!(error, Error::Incomplete(_)), "{error:?}");
        assert_eq!(error.failed_keys(), ["b"]);
    }
}
