//! Requests that the client accepts and the server rejects, and the effect on the other items.

use workers_kv::{BulkResult, BulkWrite, Error, ValueType};

use crate::support::test_namespace::{TestNamespace, now, title};
use crate::support::{Run as _, Walk as _, both, kind};

/// Returns the status and the code of a rejection. Replaces codes that differ between servers with 10001.
#[track_caller]
fn rejection<T>(outcome: Result<T, Error>) -> (u16, Option<i64>) {
    let Err(error) = outcome else {
        panic!("the call succeeded")
    };
    assert_eq!((kind(&error), error.attempts()), ("Api", 1), "{error}");
    assert!(!error.is_retryable(), "{error}");
    let status = error.status().expect("the server answered").as_u16();
    (status, error.code().filter(|code| *code != 10_001))
}

/// Returns the number of keys that succeeded, and the keys that failed.
fn counts(result: BulkResult) -> (Option<i64>, Vec<String>) {
    (
        result.successful_key_count,
        result.unsuccessful_keys.unwrap_or_default(),
    )
}

both! {
    fn expirations_in_the_past_are_rejected(kv: TestNamespace) {
        for at in [0, 1, now() - 1, now(), now() + 30] {
            let one = kv.values().update("key", "v").expiration(at).run();
            assert_eq!(rejection(one), (400, Some(10_033)), "{at}");
            let form = kv.values().update("key", "v").expiration(at).metadata("m").run();
            assert_eq!(rejection(form), (400, Some(10_033)), "{at}");
            let bulk = [BulkWrite::new("first", "v"), BulkWrite::new("key", "v").expiration(at)];
            assert_eq!(rejection(kv.keys().bulk_update(bulk).run()), (400, Some(10_033)), "{at}");
        }
        // The TTL overrides the expiration.
        kv.values().update("both", "v").expiration(1).expiration_ttl(60).run().unwrap();
        // A bulk write is atomic.
        assert_eq!(kv.keys().list().walk().unwrap().len(), 1);
    }

    fn expirations_in_milliseconds_are_rejected(kv: TestNamespace) {
        let milliseconds = (now() + 3_600) * 1_000;
        let value = || kv.values().update("key", "v");
        for call in [value().expiration(milliseconds), value().expiration_ttl(4_000_000_000)] {
            // The codes of the servers differ.
            assert_eq!(call.run().unwrap_err().status().map(|status| status.as_u16()), Some(400));
        }
        assert_eq!(kv.keys().list().walk().unwrap(), []);
    }

    fn bulk_writes_with_an_invalid_pair_are_rejected(kv: TestNamespace) {
        let good = || BulkWrite::new("good", "v");
        for bad in [BulkWrite::new("", "v"), BulkWrite::new(".", "v"), BulkWrite::new("..", "v")] {
            assert_eq!(rejection(kv.keys().bulk_update([good(), bad]).run()), (400, None));
        }
        // The same key twice, with equal and with different values.
        assert_eq!(rejection(kv.keys().bulk_update([good(), BulkWrite::new("good", "w")]).run()), (400, None));
        assert_eq!(kv.keys().list().walk().unwrap(), []);
        let twice = kv.keys().bulk_update([good(), good()]).run().unwrap();
        assert_eq!(counts(twice), (Some(1), vec![]));
        let none = kv.keys().bulk_update([("", ""); 0]).run().unwrap();
        assert_eq!(counts(none), (Some(0), vec![]));
    }

    fn bulk_deletes_report_invalid_keys(kv: TestNamespace) {
        kv.values().update("key", "v").run().unwrap();
        let some = kv.keys().bulk_delete(["..", "key", "not there"]).run().unwrap();
        assert_eq!(counts(some), (Some(2), vec!["..".to_owned()]));
        assert_eq!(rejection(kv.keys().bulk_delete([".", ".."]).run()), (400, None));
        assert_eq!(kv.keys().list().walk().unwrap(), []);
        let none = kv.keys().bulk_delete([""; 0]).run().unwrap();
        assert_eq!(counts(none), (Some(0), vec![]));
    }

    fn bulk_gets_limit_the_number_and_size_of_values(kv: TestNamespace) {
        assert_eq!(rejection(kv.keys().bulk_get([""; 0]).run()), (400, None));
        for bad in ["", ".", ".."] {
            assert_eq!(rejection(kv.keys().bulk_get(["key", bad]).run()), (400, None), "{bad:?}");
        }
        kv.values().update("text", "no JSON").run().unwrap();
        let json = kv.keys().bulk_get(["text", "not there"]).type_(ValueType::Json);
        assert_eq!(rejection(json.run()), (400, None));
        // The limit is 25 MiB in total.
        for key in ["one", "two"] {
            kv.values().update(key, "x".repeat(13_107_201)).run().unwrap();
        }
        assert_eq!(rejection(kv.keys().bulk_get(["one", "two"]).run()), (413, None));
        assert!(kv.keys().bulk_get(["one"]).run().is_ok());
    }

    fn list_limits_out_of_range_are_rejected(kv: TestNamespace) {
        for limit in [-1, 0, 9, 1_001] {
            assert_eq!(rejection(kv.keys().list().limit(limit).run()), (400, None), "limit {limit}");
        }
        assert_eq!(rejection(kv.keys().list().prefix("é".repeat(257)).run()), (414, None));
        assert_eq!(kv.keys().list().prefix("").walk().unwrap(), []);
        for per_page in [-1, 0, 1_001] {
            let list = kv.namespaces().list().per_page(per_page);
            assert_eq!(rejection(list.run()), (400, None), "per_page {per_page}");
        }
        for page in [-1, 0] {
            assert_eq!(rejection(kv.namespaces().list().page(page).run()), (400, None), "page {page}");
        }
        // A page after the last one is empty.
        assert_eq!(kv.namespaces().list().page(1_000_000).run().unwrap().result, []);
    }

    fn invalid_namespace_ids_are_rejected(kv: TestNamespace) {
        let namespaces = kv.namespaces();
        let nowhere = "0123456789abcdef0123456789abcdef";
        for (id, status, code) in [(nowhere, 404, 10_013), ("no-id", 400, 10_011)] {
            let expected = (status, Some(code));
            assert_eq!(rejection(namespaces.get(id).run()), expected);
            assert_eq!(rejection(namespaces.update(id, title("none")).run()), expected);
            assert_eq!(rejection(namespaces.delete(id).run()), expected);
            assert_eq!(rejection(namespaces.bulk_update(id, [BulkWrite::new("key", "v")]).run()), expected);
            assert_eq!(rejection(namespaces.bulk_delete(id, ["key"]).run()), expected);
            assert_eq!(rejection(namespaces.bulk_get(id, ["key"]).run()), expected);
            let keys = kv.client.keys(kv.account(), id);
            assert_eq!(rejection(keys.list().run()), expected);
            assert_eq!(rejection(keys.list().walk()), expected);
            let values = kv.client.values(kv.account(), id);
            assert_eq!(rejection(values.get("key").run()), expected);
            assert_eq!(rejection(values.update("key", "v").run()), expected);
            assert_eq!(rejection(values.update("key", "v").metadata("m").run()), expected);
            assert_eq!(rejection(values.delete("key").run()), expected);
            assert_eq!(rejection(kv.client.metadata(kv.account(), id).get("key").run()), expected);
        }
        assert_eq!(rejection(namespaces.create("").run()), (400, Some(10_019)));
        assert_eq!(rejection(namespaces.update(kv.id(), "").run()), (400, Some(10_019)));
    }
}
