//! What is refused before it is sent: the error names the argument, and nothing reaches the server.

use serde_json::json;
use workers_kv::{BulkWrite, Error};

use crate::support::script::{Answer, Server};
use crate::support::scripted::{ACCOUNT, NAMESPACE, Scripted};
use crate::support::{Run as _, Walk as _, both};

/// A size over which a value is refused, and one over which metadata is.
const MIB_25: usize = 26_214_400;
const KIB: usize = 1_024;

/// That a call was refused because of this argument, and nothing was sent.
#[track_caller]
fn refused<T>(server: &Server, parameter: &str, outcome: Result<T, Error>) {
    let Err(error) = outcome else {
        panic!("{parameter} is not refused");
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

/// That what just fits is sent.
#[track_caller]
fn sent<T>(server: &Server, outcome: Result<T, Error>) {
    assert!(outcome.is_ok(), "{}", outcome.err().unwrap());
    assert_eq!(server.received().len(), 1, "requests");
}

/// Metadata of so many bytes.
fn metadata(size: usize) -> String {
    "m".repeat(size - 2)
}

both! {
    fn what_a_path_cannot_hold(api: Scripted) {
        let client = api.client();
        for part in ["", ".", ".."] {
            refused(&api, "account_id", client.namespaces(part).list().run());
            refused(&api, "account_id", client.namespaces(part).list().walk());
            refused(&api, "account_id", client.namespaces(part).create("t").run());
            refused(&api, "account_id", client.keys(part, NAMESPACE).list().run());
            refused(&api, "account_id", client.values(part, NAMESPACE).get("k").run_optional());

            let namespaces = client.namespaces(ACCOUNT);
            refused(&api, "namespace_id", namespaces.get(part).run());
            refused(&api, "namespace_id", namespaces.update(part, "t").run());
            refused(&api, "namespace_id", namespaces.delete(part).run());
            refused(&api, "namespace_id", namespaces.bulk_update(part, [BulkWrite::new("k", "v")]).run());
            refused(&api, "namespace_id", namespaces.bulk_delete(part, ["k"]).run());
            refused(&api, "namespace_id", namespaces.bulk_get(part, ["k"]).run());
            let keys = client.keys(ACCOUNT, part);
            refused(&api, "namespace_id", keys.list().walk());
            refused(&api, "namespace_id", keys.bulk_update([BulkWrite::new("k", "v")]).run());
            refused(&api, "namespace_id", keys.bulk_delete(["k"]).run());
            refused(&api, "namespace_id", keys.bulk_get(["k"]).run());
            refused(&api, "namespace_id", client.metadata(ACCOUNT, part).get("k").run());

            let values = client.values(ACCOUNT, NAMESPACE);
            refused(&api, "key_name", values.get(part).run());
            refused(&api, "key_name", values.get(part).run_with_response());
            refused(&api, "key_name", values.update(part, "v").run());
            refused(&api, "key_name", values.delete(part).run());
            refused(&api, "key_name", client.metadata(ACCOUNT, NAMESPACE).get(part).run());
        }
    }

    fn keys_over_512_bytes(api: Scripted) {
        let client = api.client();
        let (keys, values) = (client.keys(ACCOUNT, NAMESPACE), client.values(ACCOUNT, NAMESPACE));
        // Bytes count, not characters.
        for long in ["k".repeat(513), "é".repeat(257), "🦀".repeat(128) + "k"] {
            refused(&api, "key_name", values.get(&long).run());
            refused(&api, "key_name", values.update(&long, "v").run());
            refused(&api, "key_name", values.delete(&long).run());
            refused(&api, "key_name", client.metadata(ACCOUNT, NAMESPACE).get(&long).run());
            refused(&api, "keys[1]", keys.bulk_get(["k", &long]).run());
            refused(&api, "keys[2]", keys.bulk_delete(["k", "k", &long]).run());
            let pairs = [BulkWrite::new("k", "v"), BulkWrite::new(&long, "v"), BulkWrite::new(&long, "v")];
            refused(&api, "pairs[1].key", keys.bulk_update(pairs.clone()).run());
            refused(&api, "pairs[1].key", client.namespaces(ACCOUNT).bulk_update(NAMESPACE, pairs).run());
        }
        for fits in ["k".repeat(512), "é".repeat(256), "🦀".repeat(128)] {
            let done = || Answer::result(json!({"values": {}}));
            api.answers([Answer::bytes("v"), done(), done(), done()]);
            sent(&api, values.get(&fits).run());
            sent(&api, keys.bulk_get([&fits]).run());
            sent(&api, keys.bulk_delete([&fits]).run());
            sent(&api, keys.bulk_update([BulkWrite::new(&fits, "v")]).run());
        }
    }

    fn a_ttl_under_a_minute(api: Scripted) {
        let client = api.client();
        let (keys, values) = (client.keys(ACCOUNT, NAMESPACE), client.values(ACCOUNT, NAMESPACE));
        for ttl in [59, 0, -60, i64::MIN] {
            refused(&api, "expiration_ttl", values.update("k", "v").expiration_ttl(ttl).run());
            refused(&api, "expiration_ttl", values.update("k", "v").expiration_ttl(ttl).metadata("m").run());
            let pairs = [BulkWrite::new("k", "v"), BulkWrite::new("l", "v").expiration_ttl(ttl)];
            refused(&api, "pairs[1].expiration_ttl", keys.bulk_update(pairs).run());
        }
        api.answers([Answer::result(json!({})), Answer::result(json!({}))]);
        sent(&api, values.update("k", "v").expiration_ttl(60).run());
        sent(&api, keys.bulk_update([BulkWrite::new("k", "v").expiration_ttl(60)]).run());
    }

    fn metadata_over_a_kibibyte(api: Scripted) {
        let client = api.client();
        let (keys, values) = (client.keys(ACCOUNT, NAMESPACE), client.values(ACCOUNT, NAMESPACE));
        // As it is written out: quotes and escapes count, and bytes, not characters.
        let escaped = "\n".repeat(512);
        for long in [metadata(KIB + 1), escaped, "é".repeat(512)] {
            refused(&api, "metadata", values.update("k", "v").metadata(&long).run());
            refused(
                &api,
                "pairs[0].metadata",
                keys.bulk_update([BulkWrite::new("k", "v").metadata(&long)]).run(),
            );
        }
        api.answers([Answer::result(json!({})), Answer::result(json!({}))]);
        sent(&api, values.update("k", "v").metadata(metadata(KIB)).run());
        sent(&api, keys.bulk_update([BulkWrite::new("k", "v").metadata(metadata(KIB))]).run());
    }

    fn metadata_that_is_no_json(api: Scripted) {
        let client = api.client();
        let none = std::collections::HashMap::from([((1, 2), 3)]);
        refused(&api, "metadata", client.values(ACCOUNT, NAMESPACE).update("k", "v").metadata(&none).run());
        let pair = BulkWrite::new("k", "v").metadata(&none);
        let error = client.keys(ACCOUNT, NAMESPACE).bulk_update([pair]).run().unwrap_err();
        assert!(matches!(error, Error::InvalidRequest(_)), "{error:?}");
        assert_eq!(api.received().len(), 0);
    }

    fn a_value_over_25_mebibytes(api: Scripted) {
        let client = api.client();
        let (keys, values) = (client.keys(ACCOUNT, NAMESPACE), client.values(ACCOUNT, NAMESPACE));
        let long = "v".repeat(MIB_25 + 1);
        refused(&api, "value", values.update("k", long.as_bytes()).run());
        refused(&api, "value", values.update("k", long.as_str()).metadata("m").run());
        refused(&api, "pairs[0].value", keys.bulk_update([BulkWrite::new("k", &long)]).run());
        refused(&api, "pairs[0].value", keys.bulk_update([BulkWrite::new("k", &long).base64(false)]).run());
        // What is in Base64 may be longer than what it stands for.
        api.answers([Answer::result(json!({})), Answer::result(json!({}))]);
        sent(&api, keys.bulk_update([BulkWrite::new("k", &long).base64(true)]).run());
        sent(&api, values.update("k", &long.as_bytes()[1..]).run());
    }

    fn more_than_there_may_be(api: Scripted) {
        let client = api.client();
        let (namespaces, keys) = (client.namespaces(ACCOUNT), client.keys(ACCOUNT, NAMESPACE));
        let names = |count: usize| (0..count).map(|n| n.to_string());
        let pairs = |count| names(count).map(|name| BulkWrite::new(name, ""));
        refused(&api, "pairs", keys.bulk_update(pairs(10_001)).run());
        refused(&api, "pairs", namespaces.bulk_update(NAMESPACE, pairs(10_001)).run());
        refused(&api, "keys", keys.bulk_delete(names(10_001)).run());
        refused(&api, "keys", namespaces.bulk_delete(NAMESPACE, names(10_001)).run());
        refused(&api, "keys", keys.bulk_get(names(101)).run());
        refused(&api, "keys", namespaces.bulk_get(NAMESPACE, names(101)).run());

        api.answers(vec![Answer::result(json!({"values": {}})); 3]);
        sent(&api, keys.bulk_update(pairs(10_000)).run());
        sent(&api, keys.bulk_delete(names(10_000)).run());
        sent(&api, keys.bulk_get(names(100)).run());
    }

    fn a_body_over_100_megabytes(api: Scripted) {
        // One byte too many: around every value there is `{"key":"1","value":""}`, a comma between
        // two, and brackets around all.
        let (values, around) = (80_000_000, 5 * 22 + 4 + 2);
        let rest = 100_000_001 - values - around;
        let pairs = [20_000_000, 20_000_000, 20_000_000, 20_000_000, rest].into_iter().enumerate();
        let pairs = pairs.map(|(n, size)| BulkWrite::new(n.to_string(), "v".repeat(size)));
        let outcome = api.client().keys(ACCOUNT, NAMESPACE).bulk_update(pairs).run();
        assert!(
            outcome.as_ref().is_err_and(|error| error.to_string().contains(" 100000001 ")),
            "{outcome:?}"
        );
        refused(&api, "pairs", outcome);
    }

    fn headers_that_are_none(api: Scripted) {
        let values = api.client().values(ACCOUNT, NAMESPACE);
        refused(&api, "header x-own", values.get("k").header("x-own", "a\r\nb").run());
        refused(&api, "header a b", values.get("k").header("a b", "v").run());
    }
}
