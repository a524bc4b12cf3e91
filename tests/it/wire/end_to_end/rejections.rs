//! What the server refuses though the client lets it pass, and what becomes of the rest.

use workers_kv::{BulkResult, BulkWrite, Error, ValueType};

use crate::support::stage::{Stage, now, title};
use crate::support::{Run as _, Walk as _, both, kind};

/// Status and code of a refusal. Codes that only emulate the service are left out: 10001 stands for any.
#[track_caller]
fn refusal<T>(outcome: Result<T, Error>) -> (u16, Option<i64>) {
    let Err(error) = outcome else {
        panic!("it is a success")
    };
    assert_eq!((kind(&error), error.attempts()), ("Api", 1), "{error}");
    assert!(!error.is_retryable(), "{error}");
    let status = error.status().expect("the server answered").as_u16();
    (status, error.code().filter(|code| *code != 10_001))
}

/// How many keys were taken care of, and which were not.
fn counts(result: BulkResult) -> (Option<i64>, Vec<String>) {
    (
        result.successful_key_count,
        result.unsuccessful_keys.unwrap_or_default(),
    )
}

both! {
    fn an_expiration_that_is_past_or_near(kv: Stage) {
        for at in [0, 1, now() - 1, now(), now() + 30] {
            let one = kv.values().update("key", "v").expiration(at).run();
            assert_eq!(refusal(one), (400, Some(10_033)), "{at}");
            let form = kv.values().update("key", "v").expiration(at).metadata("m").run();
            assert_eq!(refusal(form), (400, Some(10_033)), "{at}");
            let bulk = [BulkWrite::new("first", "v"), BulkWrite::new("key", "v").expiration(at)];
            assert_eq!(refusal(kv.keys().bulk_update(bulk).run()), (400, Some(10_033)), "{at}");
        }
        // Where both are given, only the TTL counts.
        kv.values().update("both", "v").expiration(1).expiration_ttl(60).run().unwrap();
        // A bulk write is done whole or not at all.
        assert_eq!(kv.keys().list().walk().unwrap().len(), 1);
    }

    fn a_bulk_write_with_one_bad_pair(kv: Stage) {
        let good = || BulkWrite::new("good", "v");
        for bad in [BulkWrite::new("", "v"), BulkWrite::new(".", "v"), BulkWrite::new("..", "v")] {
            assert_eq!(refusal(kv.keys().bulk_update([good(), bad]).run()), (400, None));
        }
        // The same key twice, with one value and with two.
        assert_eq!(refusal(kv.keys().bulk_update([good(), BulkWrite::new("good", "w")]).run()), (400, None));
        assert_eq!(kv.keys().list().walk().unwrap(), []);
        let twice = kv.keys().bulk_update([good(), good()]).run().unwrap();
        assert_eq!(counts(twice), (Some(1), vec![]));
        let none = kv.keys().bulk_update([]).run().unwrap();
        assert_eq!(counts(none), (Some(0), vec![]));
    }

    fn a_bulk_delete_with_a_bad_key(kv: Stage) {
        kv.values().update("key", "v").run().unwrap();
        let some = kv.keys().bulk_delete(["..", "key", "not there"]).run().unwrap();
        assert_eq!(counts(some), (Some(2), vec!["..".to_owned()]));
        assert_eq!(refusal(kv.keys().bulk_delete([".", ".."]).run()), (400, None));
        assert_eq!(kv.keys().list().walk().unwrap(), []);
        let none = kv.keys().bulk_delete([""; 0]).run().unwrap();
        assert_eq!(counts(none), (Some(0), vec![]));
    }

    fn a_bulk_get_of_too_much_or_nothing(kv: Stage) {
        assert_eq!(refusal(kv.keys().bulk_get([""; 0]).run()), (400, None));
        for bad in ["", ".", ".."] {
            assert_eq!(refusal(kv.keys().bulk_get(["key", bad]).run()), (400, None), "{bad:?}");
        }
        kv.values().update("text", "no JSON").run().unwrap();
        let json = kv.keys().bulk_get(["text", "not there"]).type_(ValueType::Json);
        assert_eq!(refusal(json.run()), (400, None));
        // 25 MiB in all, no more.
        for key in ["one", "two"] {
            kv.values().update(key, "x".repeat(13_107_201)).run().unwrap();
        }
        assert_eq!(refusal(kv.keys().bulk_get(["one", "two"]).run()), (413, None));
        assert!(kv.keys().bulk_get(["one"]).run().is_ok());
    }

    fn a_list_out_of_range(kv: Stage) {
        for limit in [-1, 0, 9, 1_001] {
            assert_eq!(refusal(kv.keys().list().limit(limit).run()), (400, None), "limit {limit}");
        }
        assert_eq!(refusal(kv.keys().list().prefix("é".repeat(257)).run()), (414, None));
        assert_eq!(kv.keys().list().prefix("").walk().unwrap(), []);
        for per_page in [-1, 0, 1_001] {
            let list = kv.namespaces().list().per_page(per_page);
            assert_eq!(refusal(list.run()), (400, None), "per_page {per_page}");
        }
        for page in [-1, 0] {
            assert_eq!(refusal(kv.namespaces().list().page(page).run()), (400, None), "page {page}");
        }
        // A page that is none is an empty one.
        assert_eq!(kv.namespaces().list().page(1_000_000).run().unwrap().result, []);
    }

    fn a_namespace_that_is_none(kv: Stage) {
        let namespaces = kv.namespaces();
        let nowhere = "0123456789abcdef0123456789abcdef";
        for (id, status, code) in [(nowhere, 404, 10_013), ("no-id", 400, 10_011)] {
            let expected = (status, Some(code));
            assert_eq!(refusal(namespaces.get(id).run()), expected);
            assert_eq!(refusal(namespaces.update(id, title("none")).run()), expected);
            assert_eq!(refusal(namespaces.delete(id).run()), expected);
            assert_eq!(refusal(namespaces.bulk_update(id, [BulkWrite::new("key", "v")]).run()), expected);
            assert_eq!(refusal(namespaces.bulk_delete(id, ["key"]).run()), expected);
            assert_eq!(refusal(namespaces.bulk_get(id, ["key"]).run()), expected);
            let keys = kv.client.keys(kv.account(), id);
            assert_eq!(refusal(keys.list().run()), expected);
            assert_eq!(refusal(keys.list().walk()), expected);
            let values = kv.client.values(kv.account(), id);
            assert_eq!(refusal(values.get("key").run()), expected);
            assert_eq!(refusal(values.update("key", "v").run()), expected);
            assert_eq!(refusal(values.update("key", "v").metadata("m").run()), expected);
            assert_eq!(refusal(values.delete("key").run()), expected);
            assert_eq!(refusal(kv.client.metadata(kv.account(), id).get("key").run()), expected);
        }
        assert_eq!(refusal(namespaces.create("").run()), (400, Some(10_019)));
        assert_eq!(refusal(namespaces.update(kv.id(), "").run()), (400, Some(10_019)));
    }
}
