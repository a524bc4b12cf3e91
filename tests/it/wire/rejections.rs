//! Requests that are rejected before they are sent. The error names the argument, and the server receives no request.

use serde_json::json;
use workers_kv::{BulkWrite, Error};

use crate::support::mock_api::{ACCOUNT, MockApi, NAMESPACE};
use crate::support::mock_server::{MockResponse, MockServer};
use crate::support::{Run as _, Walk as _, both};

/// The limit of a value.
const MIB_25: usize = 26_214_400;
/// The limit of metadata.
const KIB: usize = 1_024;

/// Asserts that the call is rejected because of an argument and that nothing is sent.
#[track_caller]
fn rejected<T>(server: &MockServer, parameter: &str, outcome: Result<T, Error>) {
    let Err(error) = outcome else {
        panic!("{parameter} is not rejected");
    };
    assert!(matches!(error, Error::InvalidRequest(_)), "{error:?}");
    assert_eq!(error.parameter(), Some(parameter), "{error}");
    assert!(
        error.to_string().contains(&format!("`{parameter}`")),
        "{error}"
    );
    assert_eq!(
        (error.attempts(), error.status(), error.is_retryable()),
        (0, None, false)
    );
    assert_eq!(server.received().len(), 0, "requests");
}

/// Asserts that the call is sent.
#[track_caller]
fn sent<T>(server: &MockServer, outcome: Result<T, Error>) {
    assert!(outcome.is_ok(), "{}", outcome.err().unwrap());
    assert_eq!(server.received().len(), 1, "requests");
}

/// Returns metadata of `size` bytes when serialized.
fn metadata(size: usize) -> String {
    "m".repeat(size - 2)
}

both! {
    fn invalid_path_arguments_are_rejected(api: MockApi) {
        let client = api.client();
        for part in ["", ".", ".."] {
            rejected(&api, "account_id", client.namespaces(part).list().run());
            rejected(&api, "account_id", client.namespaces(part).list().walk());
            rejected(&api, "account_id", client.namespaces(part).create("t").run());
            rejected(&api, "account_id", client.keys(part, NAMESPACE).list().run());
            rejected(&api, "account_id", client.values(part, NAMESPACE).get("k").run_optional());

            let namespaces = client.namespaces(ACCOUNT);
            rejected(&api, "namespace_id", namespaces.get(part).run());
            rejected(&api, "namespace_id", namespaces.update(part, "t").run());
            rejected(&api, "namespace_id", namespaces.delete(part).run());
            rejected(&api, "namespace_id", namespaces.bulk_update(part, [BulkWrite::new("k", "v")]).run());
            rejected(&api, "namespace_id", namespaces.bulk_delete(part, ["k"]).run());
            rejected(&api, "namespace_id", namespaces.bulk_get(part, ["k"]).run());
            let keys = client.keys(ACCOUNT, part);
            rejected(&api, "namespace_id", keys.list().walk());
            rejected(&api, "namespace_id", keys.bulk_update([BulkWrite::new("k", "v")]).run());
            rejected(&api, "namespace_id", keys.bulk_delete(["k"]).run());
            rejected(&api, "namespace_id", keys.bulk_get(["k"]).run());
            rejected(&api, "namespace_id", client.metadata(ACCOUNT, part).get("k").run());

            let values = client.values(ACCOUNT, NAMESPACE);
            rejected(&api, "key_name", values.get(part).run());
            rejected(&api, "key_name", values.get(part).run_with_response());
            rejected(&api, "key_name", values.update(part, "v").run());
            rejected(&api, "key_name", values.delete(part).run());
            rejected(&api, "key_name", client.metadata(ACCOUNT, NAMESPACE).get(part).run());
        }
    }

    fn keys_over_512_bytes_are_rejected(api: MockApi) {
        let client = api.client();
        let (keys, values) = (client.keys(ACCOUNT, NAMESPACE), client.values(ACCOUNT, NAMESPACE));
        // The limit counts bytes, not characters.
        for long in ["k".repeat(513), "é".repeat(257), "🦀".repeat(128) + "k"] {
            rejected(&api, "key_name", values.get(&long).run());
            rejected(&api, "key_name", values.update(&long, "v").run());
            rejected(&api, "key_name", values.delete(&long).run());
            rejected(&api, "key_name", client.metadata(ACCOUNT, NAMESPACE).get(&long).run());
            rejected(&api, "keys[1]", keys.bulk_get(["k", &long]).run());
            rejected(&api, "keys[2]", keys.bulk_delete(["k", "k", &long]).run());
            let pairs = [BulkWrite::new("k", "v"), BulkWrite::new(&long, "v"), BulkWrite::new(&long, "v")];
            rejected(&api, "pairs[1].key", keys.bulk_update(pairs.clone()).run());
            rejected(&api, "pairs[1].key", client.namespaces(ACCOUNT).bulk_update(NAMESPACE, pairs).run());
        }
        for fits in ["k".repeat(512), "é".repeat(256), "🦀".repeat(128)] {
            let done = || MockResponse::result(json!({"values": {}}));
            api.respond_with([MockResponse::bytes("v"), done(), done(), done()]);
            sent(&api, values.get(&fits).run());
            sent(&api, keys.bulk_get([&fits]).run());
            sent(&api, keys.bulk_delete([&fits]).run());
            sent(&api, keys.bulk_update([BulkWrite::new(&fits, "v")]).run());
        }
    }

    fn ttls_under_60_seconds_are_rejected(api: MockApi) {
        let client = api.client();
        let (keys, values) = (client.keys(ACCOUNT, NAMESPACE), client.values(ACCOUNT, NAMESPACE));
        for ttl in [59, 0, -60, i64::MIN] {
            rejected(&api, "expiration_ttl", values.update("k", "v").expiration_ttl(ttl).run());
            rejected(&api, "expiration_ttl", values.update("k", "v").expiration_ttl(ttl).metadata("m").run());
            let pairs = [BulkWrite::new("k", "v"), BulkWrite::new("l", "v").expiration_ttl(ttl)];
            rejected(&api, "pairs[1].expiration_ttl", keys.bulk_update(pairs).run());
        }
        api.respond_with([MockResponse::result(json!({})), MockResponse::result(json!({}))]);
        sent(&api, values.update("k", "v").expiration_ttl(60).run());
        sent(&api, keys.bulk_update([BulkWrite::new("k", "v").expiration_ttl(60)]).run());
    }

    fn metadata_over_1024_bytes_is_rejected(api: MockApi) {
        let client = api.client();
        let (keys, values) = (client.keys(ACCOUNT, NAMESPACE), client.values(ACCOUNT, NAMESPACE));
        // The limit counts the bytes of the serialized JSON, with quotes and escapes.
        let escaped = "\n".repeat(512);
        for long in [metadata(KIB + 1), escaped, "é".repeat(512)] {
            rejected(&api, "metadata", values.update("k", "v").metadata(&long).run());
            rejected(
                &api,
                "pairs[0].metadata",
                keys.bulk_update([BulkWrite::new("k", "v").metadata(&long)]).run(),
            );
        }
        api.respond_with([MockResponse::result(json!({})), MockResponse::result(json!({}))]);
        sent(&api, values.update("k", "v").metadata(metadata(KIB)).run());
        sent(&api, keys.bulk_update([BulkWrite::new("k", "v").metadata(metadata(KIB))]).run());
    }

    fn metadata_that_fails_to_serialize_is_rejected(api: MockApi) {
        let client = api.client();
        let none = std::collections::HashMap::from([((1, 2), 3)]);
        rejected(&api, "metadata", client.values(ACCOUNT, NAMESPACE).update("k", "v").metadata(&none).run());
        let pair = BulkWrite::new("k", "v").metadata(&none);
        let error = client.keys(ACCOUNT, NAMESPACE).bulk_update([pair]).run().unwrap_err();
        assert!(matches!(error, Error::InvalidRequest(_)), "{error:?}");
        assert_eq!(api.received().len(), 0);
    }

    fn values_over_25_mib_are_rejected(api: MockApi) {
        let client = api.client();
        let (keys, values) = (client.keys(ACCOUNT, NAMESPACE), client.values(ACCOUNT, NAMESPACE));
        let long = "v".repeat(MIB_25 + 1);
        rejected(&api, "value", values.update("k", long.as_bytes()).run());
        rejected(&api, "value", values.update("k", long.as_str()).metadata("m").run());
        rejected(&api, "pairs[0].value", keys.bulk_update([BulkWrite::new("k", &long)]).run());
        rejected(&api, "pairs[0].value", keys.bulk_update([BulkWrite::new("k", &long).base64(false)]).run());
        // Base64 may be longer than the limit of the bytes.
        api.respond_with([MockResponse::result(json!({})), MockResponse::result(json!({}))]);
        sent(&api, keys.bulk_update([BulkWrite::new("k", &long).base64(true)]).run());
        sent(&api, values.update("k", &long.as_bytes()[1..]).run());
    }

    fn bulk_calls_over_the_maximum_number_of_items_are_rejected(api: MockApi) {
        let client = api.client();
        let (namespaces, keys) = (client.namespaces(ACCOUNT), client.keys(ACCOUNT, NAMESPACE));
        let names = |count: usize| (0..count).map(|n| n.to_string());
        let pairs = |count| names(count).map(|name| BulkWrite::new(name, ""));
        rejected(&api, "pairs", keys.bulk_update(pairs(10_001)).run());
        rejected(&api, "pairs", namespaces.bulk_update(NAMESPACE, pairs(10_001)).run());
        rejected(&api, "keys", keys.bulk_delete(names(10_001)).run());
        rejected(&api, "keys", namespaces.bulk_delete(NAMESPACE, names(10_001)).run());
        rejected(&api, "keys", keys.bulk_get(names(101)).run());
        rejected(&api, "keys", namespaces.bulk_get(NAMESPACE, names(101)).run());

        api.respond_with(vec![MockResponse::result(json!({"values": {}})); 3]);
        sent(&api, keys.bulk_update(pairs(10_000)).run());
        sent(&api, keys.bulk_delete(names(10_000)).run());
        sent(&api, keys.bulk_get(names(100)).run());
    }

    fn bodies_over_100_mb_are_rejected(api: MockApi) {
        // One byte too many. Each value is in `{"key":"1","value":""}`. Pairs are separated by commas and enclosed in
        // brackets.
        let (values, around) = (80_000_000, 5 * 22 + 4 + 2);
        let rest = 100_000_001 - values - around;
        let pairs = [20_000_000, 20_000_000, 20_000_000, 20_000_000, rest].into_iter().enumerate();
        let pairs = pairs.map(|(n, size)| BulkWrite::new(n.to_string(), "v".repeat(size)));
        let outcome = api.client().keys(ACCOUNT, NAMESPACE).bulk_update(pairs).run();
        assert!(
            outcome.as_ref().is_err_and(|error| error.to_string().contains(" 100000001 ")),
            "{outcome:?}"
        );
        rejected(&api, "pairs", outcome);
    }

    fn invalid_headers_are_rejected(api: MockApi) {
        let values = api.client().values(ACCOUNT, NAMESPACE);
        rejected(&api, "header x-own", values.get("k").header("x-own", "a\r\nb").run());
        rejected(&api, "header a b", values.get("k").header("a b", "v").run());
    }
}
