//! Property tests with random arguments: stored values are returned, and invalid requests are not sent.
//!
//! `PROPTEST_CASES` sets the number of cases. A failure prints a minimal case.

mod arguments;
mod servers;
mod streams;

use std::collections::BTreeMap;
use std::env;
use std::fmt::Debug;

use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::{Strategy, any, prop_oneof};
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};
use workers_kv::{BulkGetResult, BulkWrite, Json};

use self::arguments::{json, key, text};
use self::servers::Servers;
use crate::support::mock_api::{ACCOUNT, MockApi, NAMESPACE, TOKEN};
use crate::support::{Run as _, RunAll as _, Walk as _, both, kind};

/// Runs a test with random arguments.
fn check<S: Strategy<Value: Debug>>(arguments: &S, case: impl Fn(S::Value)) {
    let mut config = Config {
        // Writes no seeds to the source folder.
        failure_persistence: None,
        ..Config::default()
    };
    if env::var_os("PROPTEST_CASES").is_none() {
        config.cases = 24;
    }
    let outcome = TestRunner::new(config).run(arguments, |arguments| {
        case(arguments);
        Ok(())
    });
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
}

/// Returns the metadata that is read back. `null` is the same as no metadata.
fn read(metadata: Option<&Json>) -> Option<&Json> {
    metadata.filter(|json| json.as_str() != "null")
}

/// Returns the text that a bulk get returns: without a byte order mark at the start.
fn bulk_value(text: &str) -> Json {
    Json::new(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// Percent-decodes a path segment.
fn decoded(segment: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = segment.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        if let (b'%', [high, low, after @ ..]) = (first, after) {
            let hex = [*high, *low];
            let hex = str::from_utf8(&hex).expect("two digits");
            bytes.push(u8::from_str_radix(hex, 16).expect("two digits"));
            rest = after;
        } else {
            bytes.push(*first);
        }
    }
    String::from_utf8(bytes).expect("text")
}

both! {
    fn pairs_are_returned_as_written(kv: Servers) {
        let bytes = prop_oneof![vec(any::<u8>(), 0..4_096), text(200).prop_map(String::into_bytes)];
        check(&(key(), bytes, option::of(json())), |(key, value, metadata)| {
            let kv = kv.namespace(2);
            let call = kv.values().update(&key, value.clone());
            match &metadata {
                Some(metadata) => call.metadata(metadata).run().unwrap(),
                None => call.run().unwrap(),
            }
            let metadata = read(metadata.as_ref());
            assert_eq!(*kv.values().get(&key).run().unwrap().bytes(), value);
            assert_eq!(kv.metadata().get(&key).run().unwrap().as_ref(), metadata);
            let listed = kv.keys().list().prefix(&key).walk().unwrap();
            assert_eq!(listed.len(), 1);
            assert_eq!((&listed[0].name, listed[0].metadata.as_ref()), (&key, metadata));
            if let Ok(text) = String::from_utf8(value) {
                let found = kv.keys().bulk_get([&key]).run().unwrap();
                assert_eq!(found, BulkGetResult::Values(BTreeMap::from([(key.clone(), Some(bulk_value(&text)))])));
            }
            kv.values().delete(&key).run().unwrap();
            assert_eq!(kv.values().get(&key).run_optional().unwrap(), None);
            assert_eq!(kv.keys().list().walk().unwrap(), []);
        });
    }

    fn bulk_pairs_are_returned_as_written(kv: Servers) {
        let pairs = btree_map(key(), (text(50), option::of(json())), 1..40);
        let limit = option::of(10..=1_000_i64);
        check(&(0..3_usize, pairs, limit, 1..100_usize, text(2)), |(server, pairs, limit, batch, prefix)| {
            let kv = kv.namespace(server);
            let list = || {
                let list = kv.keys().list();
                match limit {
                    Some(limit) => list.limit(limit),
                    None => list,
                }
            };
            let names: Vec<_> = pairs.keys().cloned().collect();
            let writes = pairs.iter().map(|(key, (value, metadata))| {
                let write = BulkWrite::new(key, value);
                match metadata {
                    Some(metadata) => write.metadata(metadata),
                    None => write,
                }
            });
            for batch in writes.collect::<Vec<_>>().chunks(batch) {
                let written = kv.keys().bulk_update(batch.to_vec()).run().unwrap();
                assert_eq!(written.successful_key_count, i64::try_from(batch.len()).ok());
            }

            // In the order of bytes, like Rust strings.
            let listed = list().walk().unwrap();
            assert!(listed.iter().map(|key| &key.name).eq(&names));
            for key in &listed {
                assert_eq!(key.metadata.as_ref(), read(pairs[&key.name].1.as_ref()));
            }
            let expected: Vec<_> = names.iter().filter(|name| name.starts_with(&prefix)).collect();
            let listed = list().prefix(&prefix).walk().unwrap();
            assert!(listed.iter().map(|key| &key.name).eq(expected));

            for batch in names.chunks(batch) {
                let found = kv.keys().bulk_get(batch).with_metadata(true).run().unwrap();
                let BulkGetResult::WithMetadata(found) = found else { panic!("metadata was asked for") };
                assert!(found.keys().eq(batch));
                for (key, entry) in found {
                    let (entry, (value, metadata)) = (entry.expect("an existing key"), &pairs[&key]);
                    assert_eq!(entry.value, bulk_value(value));
                    assert_eq!(entry.metadata.as_ref(), read(metadata.as_ref()));
                }
            }

            let (gone, left) = names.split_at(names.len() / 2);
            for batch in gone.chunks(batch) {
                let deleted = kv.keys().bulk_delete(batch).run().unwrap();
                assert_eq!(deleted.successful_key_count, i64::try_from(batch.len()).ok());
            }
            assert!(list().walk().unwrap().iter().map(|key| &key.name).eq(left));
        });
    }

    /// One request takes some of the numbers, several requests the others.
    fn any_number_of_pairs_is_returned(kv: Servers) {
        let count = prop_oneof![8 => 1..400_usize, 1 => 9_990..20_010_usize];
        let start = key().prop_filter("too long for a suffix", |key| key.len() < 500);
        check(&(count, start, text(20), 1..8_usize), |(count, start, value, requests)| {
            let kv = kv.namespace(2);
            let pairs: BTreeMap<_, _> = (0..count).map(|n| (format!("{start}{n}"), format!("{value}{n}"))).collect();
            let writes = pairs.iter().map(|(key, value)| BulkWrite::new(key, value).metadata(value));
            let written = kv.keys().bulk_update(writes).concurrency(requests).run_all().unwrap();
            assert_eq!(written.successful_key_count, i64::try_from(count).ok());
            assert_eq!(written.unsuccessful_keys.unwrap_or_default(), [""; 0]);

            let listed = kv.keys().list().walk().unwrap();
            assert!(listed.iter().map(|key| &key.name).eq(pairs.keys()));
            let found = kv.keys().bulk_get(pairs.keys()).concurrency(requests).run_all().unwrap();
            let expected = pairs.iter().map(|(key, value)| (key.clone(), Some(bulk_value(value)))).collect();
            assert!(found == BulkGetResult::Values(expected));

            let deleted = kv.keys().bulk_delete(pairs.keys()).concurrency(requests).run_all().unwrap();
            assert_eq!(deleted.successful_key_count, i64::try_from(count).ok());
            assert_eq!(kv.keys().list().walk().unwrap(), []);
        });
    }

    fn invalid_keys_are_not_sent(api: MockApi) {
        let bad = prop_oneof![
            select(vec!["", ".", ".."]).prop_map(str::to_owned),
            text(40).prop_map(|text| format!("{text}{}", "x".repeat(513))),
        ];
        let client = api.client();
        let (keys, values) = (client.keys(ACCOUNT, NAMESPACE), client.values(ACCOUNT, NAMESPACE));
        check(&(bad, vec(any::<u8>(), 0..10), key()), |(bad, value, good)| {
            let mut outcomes = vec![
                values.get(&bad).run().map(drop),
                values.update(&bad, value.clone()).run(),
                values.update(&bad, value).metadata("m").run(),
                values.delete(&bad).run(),
                client.metadata(ACCOUNT, NAMESPACE).get(&bad).run().map(drop),
                values.get(&bad).run_optional().map(drop),
            ];
            if bad.len() > 512 {
                outcomes.push(keys.bulk_delete([&good, &bad]).run().map(drop));
                outcomes.push(keys.bulk_update([&good, &bad].map(|key| BulkWrite::new(key, ""))).run().map(drop));
            }
            for outcome in outcomes {
                let error = outcome.unwrap_err();
                assert_eq!((kind(&error), error.attempts()), ("InvalidRequest", 0), "{error}");
                let parameter = error.parameter().unwrap();
                assert!(["key_name", "keys[1]", "pairs[1].key"].contains(&parameter), "{parameter}");
            }
            assert_eq!(api.received().len(), 0);
        });
    }

    /// A request is rejected before it is sent, or it is sent once with the given arguments.
    fn requests_contain_their_arguments(api: MockApi) {
        let client = api.client_with(|builder| builder.api_token(TOKEN).max_retries(0));
        let places = (text(6), text(6), prop_oneof![key(), text(6)]);
        let options = (text(4), text(4), text(4), text(4));
        let numbers = (any::<i64>(), any::<i64>());
        let arguments = (places, options, numbers, json(), vec(any::<u8>(), 0..100));
        check(&arguments, |(places, (name, value, prefix, cursor), (limit, at), json, bytes)| {
            let (account, namespace, key) = places;
            let (keys, values) = (client.keys(&account, &namespace), client.values(&account, &namespace));
            let segments = ["accounts", &account, "storage", "kv", "namespaces", &namespace];
            let write = BulkWrite::new(&key, &value).base64(limit > 0).expiration(at).metadata(&json);
            // The part of the path after the namespace.
            let outcomes = [
                (values.get(&key).query(&name, &value).run().map(drop), vec!["values", &key]),
                (values.get(&key).header(&name, &value).run().map(drop), vec!["values", &key]),
                (values.update(&key, bytes).metadata(&json).expiration(at).run(), vec!["values", &key]),
                (values.update(&key, value.as_str()).expiration_ttl(limit).run(), vec!["values", &key]),
                (values.delete(&key).run(), vec!["values", &key]),
                (keys.list().limit(limit).prefix(&prefix).cursor(&cursor).run().map(drop), vec!["keys"]),
                (keys.bulk_update([write]).run().map(drop), vec!["bulk"]),
                (keys.bulk_get([&key, &value]).with_metadata(at > 0).run().map(drop), vec!["bulk", "get"]),
                (keys.bulk_delete([&key, &value]).run().map(drop), vec!["bulk", "delete"]),
            ];
            let mut received = api.received().into_iter();
            for (outcome, rest) in outcomes {
                // The server has no responses, so every call that reaches it fails.
                let error = outcome.unwrap_err();
                if kind(&error) == "InvalidRequest" {
                    assert_eq!(error.attempts(), 0);
                    continue;
                }
                assert_eq!((kind(&error), error.attempts()), ("Api", 1), "{error:?}");
                let request = received.next().expect("a request");
                let path = request.target.split('?').next().unwrap_or_default();
                let path: Vec<_> = path.split('/').skip(3).map(decoded).collect();
                assert_eq!(path, [&segments[..], &rest[..]].concat());
            }
            assert!(received.next().is_none());
        });
    }
}
