//! Bulk calls through both groups.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use workers_kv::{BulkGetResult, BulkWrite, Error, Json, ValueType};

use crate::support::test_namespace::{TestNamespace, now};
use crate::support::{Run as _, RunAll as _, Walk as _, both, kind};

/// Converts the result of a bulk get to JSON.
fn values(result: &BulkGetResult) -> Value {
    json!(result)["values"].clone()
}

/// A file for `wrangler kv bulk put`.
const WRANGLER: &str = r#"[
  {"key": "plain", "value": "text with é"},
  {"key": "bytes", "value": "AP8B", "base64": true},
  {"key": "ttl", "value": "1", "expiration_ttl": 3600, "metadata": {"type": "image/png", "n": 9007199254740992}},
  {"key": "at", "value": "", "expiration": 2000000000, "base64": false, "metadata": null}
]"#;

both! {
    fn bulk_calls_accept_300_keys(kv: TestNamespace) {
        let names: Vec<_> = (0..300).map(|n| format!("key {n:03}")).collect();
        let pairs = || names.iter().map(|name| BulkWrite::new(name, name.to_uppercase()));
        assert_eq!(kv.keys().bulk_update(pairs()).run().unwrap().successful_key_count, Some(300));
        assert_eq!(
            kv.namespaces().bulk_update(kv.id(), pairs()).run().unwrap().successful_key_count,
            Some(300)
        );

        let found = kv.keys().bulk_get(&names[..100]).run().unwrap();
        let expected: BTreeMap<_, _> = names[..100].iter().map(|name| (name, name.to_uppercase())).collect();
        assert_eq!(values(&found), json!(expected));
        assert_eq!(kv.namespaces().bulk_get(kv.id(), &names[..100]).run().unwrap(), found);

        let deleted = kv.keys().bulk_delete(&names[..150]).run().unwrap();
        assert_eq!(deleted.successful_key_count, Some(150));
        let deleted = kv.namespaces().bulk_delete(kv.id(), &names[150..]).run().unwrap();
        assert_eq!(deleted.successful_key_count, Some(150));
        assert_eq!(kv.keys().list().walk().unwrap(), []);
    }

    /// A page of a list has at most 1,000 keys.
    fn bulk_writes_of_several_pages_are_listed(kv: TestNamespace) {
        let names: Vec<_> = (0..1_001).map(|n| format!("{n:04}")).collect();
        let written = kv.keys().bulk_update(names.iter().map(|name| BulkWrite::new(name, "v"))).run().unwrap();
        assert_eq!(written.successful_key_count, Some(1_001));
        let first = kv.keys().list().run().unwrap();
        assert_eq!((first.result.len(), first.has_next_page()), (1_000, true));
        let listed: Vec<_> = kv.keys().list().walk().unwrap().into_iter().map(|key| key.name).collect();
        assert!(listed == names);
        let deleted = kv.keys().bulk_delete(&names).run().unwrap();
        assert_eq!(deleted.successful_key_count, Some(1_001));
        assert_eq!(kv.keys().list().walk().unwrap(), []);
    }

    fn send_all_splits_large_bulk_calls(kv: TestNamespace) {
        let names: Vec<_> = (0..300).map(|n| n.to_string()).collect();
        let pairs = || names.iter().map(|name| BulkWrite::new(format!("k{name}"), name).metadata(name));
        assert_eq!(kv.keys().bulk_update(pairs()).run_all().unwrap().successful_key_count, Some(300));

        let asked: Vec<_> = names.iter().map(|name| format!("k{name}")).chain(["none".to_owned()]).collect();
        let found = kv.keys().bulk_get(&asked).concurrency(2).run_all().unwrap();
        let mut expected: BTreeMap<_, _> = names.iter().map(|name| (format!("k{name}"), json!(name))).collect();
        expected.insert("none".to_owned(), Value::Null);
        assert_eq!(values(&found), json!(expected));
        let found = kv.namespaces().bulk_get(kv.id(), &asked).with_metadata(true).run_all().unwrap();
        let BulkGetResult::WithMetadata(entries) = found else { panic!("metadata was asked for") };
        assert_eq!(entries.len(), 301);
        assert_eq!(json!(entries["k299"]), json!({"value": "299", "metadata": "299"}));

        let deleted = kv.namespaces().bulk_delete(kv.id(), &asked[..300]).run_all().unwrap();
        assert_eq!(deleted.successful_key_count, Some(300));
        assert_eq!(kv.keys().list().walk().unwrap(), []);
    }

    fn bulk_calls_fail_for_a_missing_namespace(kv: TestNamespace) {
        let keys = kv.client.keys(kv.account(), "0".repeat(32));
        let pairs = (0..20_000).map(|n| BulkWrite::new(n.to_string(), "v"));
        let error = keys.bulk_update(pairs).concurrency(1).run_all().unwrap_err();
        assert_eq!(kind(&error), "Api", "{error}");
        let progress = error.progress().unwrap();
        assert_eq!((progress.done().len(), progress.rest().len()), (0, 20_000));
        assert!(error.to_string().ends_with("; 0 of 20000 items were done"), "{error}");
    }

    fn bytes_are_written_as_base64(kv: TestNamespace) {
        let bytes: Vec<u8> = (0..=255).collect();
        let encoded = BASE64_STANDARD.encode(&bytes);
        kv.keys()
            .bulk_update([
                BulkWrite::new("bytes", &encoded).base64(true),
                BulkWrite::new("text", &encoded).base64(false),
                BulkWrite::new("nothing", "").base64(true),
            ])
            .run()
            .unwrap()
            .complete()
            .unwrap();
        assert_eq!(*kv.values().get("bytes").run().unwrap().bytes(), bytes);
        assert_eq!(kv.values().get("text").run().unwrap().text().unwrap(), encoded);
        assert_eq!(kv.values().get("nothing").run().unwrap().bytes().len(), 0);

        let broken = kv.keys().bulk_update([BulkWrite::new("k", "?").base64(true)]).run().unwrap_err();
        assert_eq!(kind(&broken), "Api", "{broken}");
    }

    fn bulk_writes_store_metadata_and_expiration(kv: TestNamespace) {
        let at = now() + 86_400;
        kv.keys()
            .bulk_update([
                BulkWrite::new("a", "1").expiration(at).metadata(json!({"n": [1, null]})),
                BulkWrite::new("b", "2").expiration(at).expiration_ttl(3_600).metadata(false),
                BulkWrite::new("c", "3").metadata("text"),
                BulkWrite::new("d", "4"),
            ])
            .run()
            .unwrap()
            .complete()
            .unwrap();

        let listed = kv.keys().list().walk().unwrap();
        assert_eq!(json!(listed[0]), json!({"name": "a", "expiration": at, "metadata": {"n": [1, null]}}));
        let ttl = listed[1].expiration.expect("b expires") - now();
        assert!((3_540..=3_660).contains(&ttl), "{ttl} s");
        assert_eq!(json!(listed[1].metadata), json!(false));
        assert_eq!(json!(listed[2]), json!({"name": "c", "metadata": "text"}));
        assert_eq!(json!(listed[3]), json!({"name": "d"}));

        let found = kv.keys().bulk_get(["a", "c", "d", "none"]).with_metadata(true).run().unwrap();
        assert_eq!(
            values(&found),
            json!({
                "a": {"value": "1", "metadata": {"n": [1, null]}, "expiration": at},
                "c": {"value": "3", "metadata": "text"},
                "d": {"value": "4", "metadata": null},
                "none": null,
            })
        );
        let BulkGetResult::WithMetadata(entries) = found else { panic!("metadata was asked for") };
        assert_eq!(entries["a"].as_ref().unwrap().expiration, Some(at));
        assert!(entries["none"].is_none() && entries["d"].as_ref().unwrap().metadata.is_none());
    }

    fn pairs_are_tuples_references_and_bytes(kv: TestNamespace) {
        let pairs = [BulkWrite::new("a", "1"), BulkWrite::new("b", "2")];
        kv.keys().bulk_update(&pairs).run().unwrap().complete().unwrap();
        kv.keys().bulk_update([BulkWrite::bytes("bytes", [0, 255, 1])]).run().unwrap().complete().unwrap();
        assert_eq!(kv.values().get("bytes").run().unwrap().bytes().to_vec(), [0, 255, 1]);
        kv.keys().bulk_update([("c", "3".to_owned())]).run_all().unwrap().complete().unwrap();
        let tuples = [("d".to_owned(), "4")];
        kv.keys().bulk_update(&tuples).run_all().unwrap().complete().unwrap();
        let found = kv.keys().bulk_get(["a", "b", "c", "d"]).run().unwrap();
        assert_eq!(values(&found), json!({"a": "1", "b": "2", "c": "3", "d": tuples[0].1}));
    }

    fn accessors_return_the_content_of_the_variant(kv: TestNamespace) {
        kv.values().update("k", "v").metadata("m").run().unwrap();
        let plain = || kv.keys().bulk_get(["k"]).run().unwrap();
        assert_eq!(plain().into_values().unwrap()["k"], Some(Json::new("v")));
        assert!(plain().into_entries().is_none());
        let with_metadata = || kv.keys().bulk_get(["k"]).with_metadata(true).run().unwrap();
        let entry = with_metadata().into_entries().unwrap().remove("k").unwrap();
        assert_eq!(entry.unwrap().metadata, Some(Json::new("m")));
        assert!(with_metadata().into_values().is_none());
    }

    fn bulk_files_of_wrangler_are_written(kv: TestNamespace) {
        let pairs = BulkWrite::list_from_json(WRANGLER).unwrap();
        kv.keys().bulk_update(&pairs).run_all().unwrap().complete().unwrap();
        let at = |key: &str| kv.values().get(key).run().unwrap();
        assert_eq!(at("plain").text().unwrap(), "text with é");
        assert_eq!(at("bytes").bytes().to_vec(), [0, 255, 1]);
        assert!(at("ttl").expiration().is_some() && at("plain").expiration().is_none());
        assert_eq!(at("at").expiration(), Some(2_000_000_000));
        let metadata = kv.metadata().get("ttl").run().unwrap();
        assert_eq!(metadata, Some(Json::new(json!({"type": "image/png", "n": 9_007_199_254_740_992_i64}))));

        for (json, path, reason) in [
            (r#"[{"key": "a", "value": "b"}, {"key": "a", "value": "b", "expirationTtl": 60}]"#, "[1].expirationTtl", "unknown"),
            (r#"[{"key": "a"}]"#, "[0]", "missing field `value`"),
            (r#"[{"key": "a", "value": 1}]"#, "[0].value", "invalid type"),
            (r#"{"key": "a", "value": "b"}"#, "", "expected a sequence"),
            ("", "", "empty"),
        ] {
            let error = BulkWrite::list_from_json(json).unwrap_err();
            assert!(matches!(error, Error::Decode(_)), "{error}");
            assert_eq!(error.json_path(), Some(path), "{error}");
            assert!(error.to_string().contains(reason), "{error}");
        }
        // Pairs that were serialized can be read again.
        let copy = serde_json::to_vec(&pairs).unwrap();
        assert_eq!(BulkWrite::list_from_json(copy).unwrap(), pairs);
    }

    fn progress_counts_all_items(kv: TestNamespace) {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let record = seen.clone();
        let pairs = (0..2_500).map(|n| (n.to_string(), "v"));
        let call = kv.keys().bulk_update(pairs).on_progress(move |progress| record.lock().unwrap().push(progress));
        let result = call.run_all().unwrap().complete().unwrap();
        assert_eq!(result.successful_key_count, Some(2_500));
        let seen = seen.lock().unwrap();
        let last = seen.last().unwrap();
        assert_eq!((last.items_done(), last.items_total()), (2_500, 2_500));
        // The start and each of the three requests are reported.
        assert!(seen.len() >= 4 && last.bytes_sent() > 50_000, "{last}");
    }

    fn bulk_gets_return_text_or_json(kv: TestNamespace) {
        // The first value has the shape of an entry with metadata.
        let stored = [r#"{"value":1,"metadata":2}"#, "[1, 2.5, null]", "\"text\"", "7", "false"];
        let names: Vec<_> = (0..stored.len()).map(|n| format!("k{n}")).collect();
        kv.keys()
            .bulk_update(names.iter().zip(stored).map(|(name, value)| BulkWrite::new(name, value)))
            .run()
            .unwrap()
            .complete()
            .unwrap();

        let asked = || kv.keys().bulk_get(&names);
        let texts = json!(names.iter().zip(stored).collect::<BTreeMap<_, _>>());
        let first = json!({"value": 1, "metadata": 2});
        let parsed = json!({"k0": first, "k1": [1, 2.5, null], "k2": "text", "k3": 7, "k4": false});
        for (call, expected) in [
            (asked(), &texts),
            (asked().type_(ValueType::Text), &texts),
            (asked().type_(ValueType::Json), &parsed),
            (asked().type_(ValueType::Json).with_metadata(false), &parsed),
        ] {
            let found = call.run().unwrap();
            assert!(matches!(found, BulkGetResult::Values(_)));
            assert_eq!(values(&found), *expected);
        }
        for (call, expected) in [
            (asked().with_metadata(true), &texts),
            (asked().with_metadata(true).type_(ValueType::Json), &parsed),
        ] {
            let found = call.run().unwrap();
            assert!(matches!(found, BulkGetResult::WithMetadata(_)));
            for (name, value) in expected.as_object().unwrap() {
                assert_eq!(values(&found)[name], json!({"value": value, "metadata": null}));
            }
        }

        kv.values().update("no JSON", "{").run().unwrap();
        let refused = kv.keys().bulk_get(["no JSON"]).type_(ValueType::Json).run().unwrap_err();
        assert_eq!(refused.status().map(|status| status.as_u16()), Some(400), "{refused}");
        // Missing keys are not a failure.
        assert_eq!(values(&kv.keys().bulk_get(["x", "y"]).run().unwrap()), json!({"x": null, "y": null}));
    }
}
