//! Bulk calls: batches, retries, merging and progress.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::{Value, json};

use crate::runtime::{Client, Error};
use crate::support::api::{Found, Outcome, Pair};
use crate::support::server::{
    Received, Server, Step, by, error, hang_up, response, result, silence,
};
use crate::support::{RUNTIME, Run, both, configured};

/// Confirms all keys except these, and asks for a retry soon.
pub fn outcome(request: &Received, failed: &[&str]) -> Step {
    let sent = keys(request);
    let failed: Vec<_> = failed
        .iter()
        .filter(|key| sent.iter().any(|sent| sent == *key))
        .collect();
    let done = sent.len() - failed.len();
    let body = json!({"success": true, "result": {"successful_key_count": done, "unsuccessful_keys": failed}});
    response("200 OK", &[("retry-after-ms", "1")], body.to_string())
}

/// Returns each key as its own value, or with metadata an entry with the value. Keys that start with
/// `no` are missing.
pub fn found(request: &Received) -> Step {
    let with_metadata = body(request)["withMetadata"] == true;
    let entry = |key: &String| match key {
        key if key.starts_with("no") => Value::Null,
        key if with_metadata => json!({"value": key}),
        key => json!(key),
    };
    let values: serde_json::Map<_, _> = keys(request)
        .iter()
        .map(|key| (key.clone(), entry(key)))
        .collect();
    result(&json!({"values": values}).to_string())
}

fn body(request: &Received) -> Value {
    serde_json::from_slice(&request.body).unwrap()
}

/// Returns the keys of a bulk request.
pub fn keys(request: &Received) -> Vec<String> {
    let body = body(request);
    let list = body.get("keys").unwrap_or(&body).as_array().unwrap();
    let key = |item: &Value| item.get("key").unwrap_or(item).as_str().unwrap().to_owned();
    list.iter().map(key).collect()
}

/// Returns the number of keys of each request, in descending order.
pub fn counts(server: &Server) -> Vec<usize> {
    let mut counts: Vec<_> = server
        .received()
        .iter()
        .map(|request| keys(request).len())
        .collect();
    counts.sort_unstable_by(|one, other| other.cmp(one));
    counts
}

pub fn names(count: usize) -> Vec<String> {
    (0..count).map(|n| format!("k{n}")).collect()
}

/// Returns a pair whose JSON has this size.
fn pair(key: &str, bytes: usize) -> Pair {
    let frame = serde_json::to_string(&Pair::new(key, "")).unwrap().len();
    Pair::new(key, "v".repeat(bytes - frame))
}

/// Returns the keys that are done, and the rest.
pub fn progress(error: &Error) -> (Vec<&str>, Vec<&str>) {
    let progress = error.progress().expect("it says how far it came");
    (
        progress.done().iter().map(String::as_str).collect(),
        progress.rest().iter().map(String::as_str).collect(),
    )
}

both! {
    fn items_are_split_by_count([by(found)], server, client) {
        for (count, batches) in [(99, vec![99]), (100, vec![100]), (101, vec![100, 1]), (250, vec![100, 100, 50])] {
            let before = server.received().len();
            let Found::Values(values) = client.shelf("s").bulk_get(names(count)).run_all().unwrap() else {
                panic!("no metadata was asked for");
            };
            assert_eq!(values.len(), count);
            let mut sizes: Vec<_> = server.received().iter().skip(before).map(|request| keys(request).len()).collect();
            sizes.sort_unstable_by(|one, other| other.cmp(one));
            assert_eq!(sizes, batches);
        }
    }
}

both! {
    fn batches_keep_the_order_of_items([by(|request| outcome(request, &[]))], server, client) {
        let all = names(25_000);
        let outcome = client.shelf("s").bulk_delete(&all).concurrency(1).run_all().unwrap();
        assert_eq!(outcome, sum(25_000, &[]));
        let requests = server.received();
        let sent: Vec<_> = requests.iter().map(keys).collect();
        assert_eq!(sent, [&all[..10_000], &all[10_000..20_000], &all[20_000..]]);
        assert!(requests.iter().all(|request| request.header("content-type") == Some("application/json")));
    }
}

pub fn sum(count: i64, failed: &[&str]) -> Outcome {
    serde_json::from_value(json!({"successful_key_count": count, "unsuccessful_keys": failed}))
        .unwrap()
}

both! {
    fn items_are_split_by_size([by(|request| outcome(request, &[]))], server, client) {
        // The body has two brackets and a comma in addition to the pairs.
        for (second, batches) in [(599_996, 1), (599_997, 1), (599_998, 2)] {
            let before = server.received().len();
            let pairs = [pair("a", 400_000), pair("b", second)];
            assert_eq!(client.shelf("s").bulk_update(pairs).run_all().unwrap(), sum(2, &[]));
            let sizes: Vec<_> = server.received().iter().skip(before).map(|request| request.body.len()).collect();
            assert_eq!(sizes.len(), batches, "{sizes:?}");
            assert!(sizes.iter().all(|size| *size <= 1_000_000), "{sizes:?}");
        }
    }
}

both! {
    fn oversized_items_are_rejected([by(|request| outcome(request, &[]))], server, client) {
        let pairs = |bytes| [pair("a", 100), pair("b", bytes), pair("c", 100)];
        client.shelf("s").bulk_update(pairs(999_998)).run_all().unwrap();
        assert_eq!(counts(&server), [1, 1, 1]);
        let error = client.shelf("s").bulk_update(pairs(999_999)).run_all().unwrap_err();
        assert!(matches!(error, Error::InvalidRequest(_)));
        assert_eq!(error.parameter(), Some("pairs[1]"));
        assert!(error.to_string().ends_with("`pairs[1]` results in a body of 1000001 bytes; the maximum is 1000000"), "{error}");
        assert!(error.progress().is_none());
        assert_eq!(server.received().len(), 3);
    }
}

both! {
    fn an_invalid_item_fails_the_call([], server, client) {
        let shelf = client.shelf("s");
        let mut pairs: Vec<_> = (0..20_000).map(|n| Pair::new(format!("k{n}"), "v")).collect();
        pairs[17].key = "k".repeat(513);
        pairs[12_000].key = "k".repeat(600);
        let error = shelf.bulk_update(pairs).run_all().unwrap_err();
        assert_eq!(error.parameter(), Some("pairs[17].key"));
        let error = shelf.bulk_get(["a", &"k".repeat(513)]).run_all().unwrap_err();
        assert_eq!(error.parameter(), Some("keys[1]"));
        let error = shelf.bulk_get(["a", &"k".repeat(513)]).run().unwrap_err();
        assert_eq!(error.parameter(), Some("keys[1]"));
        let error = shelf.bulk_get(["a"]).concurrency(0).run_all().unwrap_err();
        assert!(matches!(error, Error::InvalidRequest(_)));
        assert_eq!(error.parameter(), Some("concurrency"));
        assert_eq!(server.received().len(), 0);
    }
}

both! {
    fn an_empty_list_is_one_request([by(|request| outcome(request, &[]))], server, client) {
        assert_eq!(client.shelf("s").bulk_delete([""; 0]).run_all().unwrap(), sum(0, &[]));
        assert_eq!(server.only().text(), "[]");
    }
}

both! {
    fn concurrency_is_limited([by(|request| found(request).gathering(3))], server, client) {
        let Found::Values(values) = client.shelf("s").bulk_get(names(1_100)).concurrency(3).run_all().unwrap() else {
            panic!("no metadata was asked for");
        };
        assert_eq!(values.len(), 1_100);
        assert_eq!(server.received().len(), 11);
        assert_eq!(server.most_at_once(), 3);
    }
}

both! {
    fn default_concurrency_is_four([by(|request| found(request).gathering(4))], server, client) {
        client.shelf("s").bulk_get(names(600)).run_all().unwrap();
        assert_eq!(server.most_at_once(), 4);
    }
}

both! {
    fn results_of_both_variants_are_merged([by(found)], server, client) {
        let keys = [names(150), vec!["none".to_owned()]].concat();
        let Found::Values(values) = client.shelf("s").bulk_get(&keys).run_all().unwrap() else {
            panic!("no metadata was asked for");
        };
        assert_eq!(values.len(), 151);
        assert_eq!(values["k149"].as_ref().unwrap().as_str(), "\"k149\"");
        assert!(values["none"].is_none());
        let Found::WithMetadata(entries) = client.shelf("s").bulk_get(&keys).with_metadata(true).run_all().unwrap() else {
            panic!("metadata was asked for");
        };
        assert_eq!(entries.len(), 151);
        assert_eq!(entries["k149"].as_ref().unwrap().value.as_ref().unwrap().as_str(), "\"k149\"");
        assert!(entries["none"].is_none());
        assert!(server.received().iter().skip(2).all(|request| body(request)["withMetadata"] == true));
    }
}

both! {
    fn failed_keys_are_sent_again([
        by({
            let first = AtomicBool::new(true);
            move |request| {
                let first = first.swap(false, Ordering::SeqCst);
                outcome(request, if first { &["k1", "k\"2\"", "k4"] } else { &[] })
            }
        }),
    ], server, client) {
        let pairs = ["k0", "k1", "k\"2\"", "k3", "k4"].map(|key| Pair::new(key, "v").metadata(["key", key]));
        assert_eq!(client.shelf("s").bulk_update(pairs).run_all().unwrap(), sum(5, &[]));
        let requests = server.received();
        assert_eq!(keys(&requests[1]), ["k1", "k\"2\"", "k4"]);
        // The metadata is sent unchanged.
        assert_eq!(body(&requests[1])[1], body(&requests[0])[2]);
        assert_eq!(requests.len(), 2);
    }
}

both! {
    fn permanently_failed_keys_stay_in_the_result([by(|request| outcome(request, &["b", "d"]))], server, client) {
        let shelf = client.shelf("s");
        assert_eq!(shelf.bulk_delete(["a", "b", "c", "d"]).run_all().unwrap(), sum(2, &["b", "d"]));
        assert_eq!(counts(&server), [4, 2, 2]);
        assert_eq!(shelf.bulk_delete(["a", "b"]).max_retries(0).run_all().unwrap(), sum(1, &["b"]));
        assert_eq!(counts(&server), [4, 2, 2, 2]);
    }
}

both! {
    fn unknown_failed_keys_are_not_sent([
        result(r#"{"successful_key_count":1,"unsuccessful_keys":["x"]}"#),
        response("200 OK", &[("retry-after-ms", "1")], r#"{"success":true,"result":{"successful_key_count":1,"unsuccessful_keys":["x","b"]}}"#),
        result(r#"{"successful_key_count":1}"#),
    ], server, client) {
        let shelf = client.shelf("s");
        assert_eq!(shelf.bulk_delete(["a"]).run_all().unwrap(), sum(1, &["x"]));
        assert_eq!(shelf.bulk_delete(["a", "b"]).run_all().unwrap(), sum(2, &["x"]));
        assert_eq!(server.received()[2].text(), r#"["b"]"#);
        assert_eq!(server.received().len(), 3);
    }
}

both! {
    fn all_items_of_a_failed_key_are_sent_again([by(|request| outcome(request, &["a"]))], server, client) {
        client.shelf("s").bulk_delete(["a", "b", "a"]).max_retries(1).run_all().unwrap();
        assert_eq!(server.received()[1].text(), r#"["a","a"]"#);
    }
}

both! {
    fn a_failed_batch_reports_progress([
        by(|request| match &*keys(request)[0] {
            "k10000" => error("400 Bad Request", 10),
            _ => outcome(request, &["k3"]),
        }),
    ], server, client) {
        let all = names(20_500);
        let call = client.shelf("s").bulk_delete(&all).concurrency(1).max_retries(1);
        let error = call.run_all().unwrap_err();
        assert!(matches!(error, Error::Api(_)));
        assert_eq!((error.code(), error.attempts()), (Some(10), 1));
        let (done, rest) = progress(&error);
        assert_eq!(done, [&all[..3], &all[4..10_000]].concat());
        assert_eq!(rest, [&all[3..4], &all[10_000..]].concat());
        // The next batch was not started.
        assert_eq!(counts(&server), [10_000, 10_000, 1]);
        assert!(error.to_string().ends_with("; 9999 of 20500 items were done"), "{error}");
        assert!(format!("{error:?}").contains("Progress(9999 of 20500 items were done)"), "{error:?}");
        assert!(!format!("{error}{error:?}").contains("k1"), "{error:?}");
    }
}

both! {
    fn running_batches_are_completed_after_a_failure([
        by(|request| match &*keys(request)[0] {
            // It fails while the two others are running.
            "k100" => error("400 Bad Request", 10).gathering(3),
            _ => found(request).gathering(3).after(Duration::from_millis(150)),
        }),
    ], server, client) {
        let all = names(500);
        let error = client.shelf("s").bulk_get(&all).concurrency(3).run_all().unwrap_err();
        let (done, rest) = progress(&error);
        assert_eq!(done, [&all[..100], &all[200..300]].concat());
        assert_eq!(rest, [&all[100..200], &all[300..]].concat());
        assert_eq!(server.received().len(), 3);
    }
}

both! {
    fn a_batch_that_fails_on_retry_reports_progress([
        response("200 OK", &[("retry-after-ms", "1")], r#"{"success":true,"result":{"unsuccessful_keys":["b"]}}"#), hang_up(),
    ], server, client, |builder| builder.max_retries(1)) {
        let error = client.shelf("s").bulk_update(["a", "b", "c"].map(|key| Pair::new(key, ""))).max_retries(1).run_all();
        let error = error.unwrap_err();
        // The script has ended, so the retry of the second round received a 500.
        assert_eq!((error.status().map(|status| status.as_u16()), error.attempts()), (Some(500), 2));
        assert_eq!(progress(&error), (vec!["a", "c"], vec!["b"]));
        assert_eq!(server.received().len(), 3);
    }
}

both! {
    fn errors_of_batches_keep_their_kind([silence(), hang_up()], server, client, |builder| {
        builder.max_retries(0).timeout(Duration::from_millis(200))
    }) {
        let call = || client.shelf("s").bulk_delete(["a", "b"]);
        let error = call().run_all().unwrap_err();
        assert!(matches!(error, Error::Timeout(_)) && error.is_retryable());
        assert_eq!(progress(&error), (vec![], vec!["a", "b"]));
        assert!(error.to_string().ends_with(": the response was not complete within the timeout of 200ms; 0 of 2 items were done"), "{error}");
        let error = call().run_all().unwrap_err();
        assert!(matches!(error, Error::Connect(_)));
        assert_eq!(progress(&error), (vec![], vec!["a", "b"]));
        assert_eq!(server.received().len(), 2);
        // Other calls have no progress.
        assert!(call().run().unwrap_err().progress().is_none());
    }
}

both! {
    fn call_options_apply_to_each_request([
        error("503 S", 1), by(found),
    ], server, client) {
        client.shelf("s").bulk_get(names(150)).header("x-a", "1").query("b", 2).concurrency(1).run_all().unwrap();
        let requests = server.received();
        assert_eq!(requests.len(), 3);
        assert!(requests.iter().all(|request| request.header("x-a") == Some("1") && request.target.ends_with("?b=2")));
        assert_eq!(requests[0].body, requests[1].body);
    }
}

#[test]
fn dropped_calls_send_no_further_requests() {
    let server = Server::start([silence(), silence(), by(found)]);
    let client = configured(Client::builder(), &server.url).build().unwrap();
    RUNTIME.block_on(async {
        let call = client.shelf("s").bulk_get(names(1_000)).concurrency(2);
        let mut running = Box::pin(call.send_all());
        while server.received().len() < 2 {
            assert!(
                tokio::time::timeout(Duration::from_millis(1), &mut running)
                    .await
                    .is_err()
            );
        }
        drop(running);
        let found = client.shelf("s").bulk_get(["a"]).send_all().await.unwrap();
        assert!(matches!(found, Found::Values(values) if values.len() == 1));
    });
    assert_eq!(server.received().len(), 3);
}
