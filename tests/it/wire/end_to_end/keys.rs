//! Keys with every character that has a meaning in a path, a query, JSON or a shell.

use std::collections::BTreeMap;

use workers_kv::{BulkGetResult, BulkWrite, Json};

use crate::support::test_namespace::TestNamespace;
use crate::support::{Run as _, Walk as _, both};

/// Returns the keys. Some of them are easily confused.
#[rustfmt::skip]
const SPECIAL_KEYS: &[&str] = &[
    "a", "A", "/", "//", "/a", "a/", "a/b", "a//b", "a/../b", "a/./b", "../a", "./a", "/..", "..a", "...", " .",
    "%", "%%", "%2", "%2F", "%2f", "%252F", "%00", "%zz", "%2E", "%2E%2E", "%2e%2e",
    "?", "a?b=c&d=e", "?a", "#", "#a", "a#b", "&", "=", "+", "a+b", " ", "a b", " a", "a ", ";", ":", "@", "a;b=c:d@e",
    "!", "$", "'", "\"", "''", "(", ")", "*", ",", "[", "]", "{", "}", "{key_name}", "<", ">", "|", "\\", "\\n", "^",
    "`", "~", "_", "-", "\u{1}", "\u{1f}", "\t", "\n", "\r\n", "\u{7f}", "\u{85}", "a\u{a0}b",
    "é", "e\u{301}", "ß", "日本語", "🦀", "👩\u{200d}🚀", "\u{202e}abc", "\u{feff}", "\u{10ffff}",
    "null", "true", "0", "http://host/path?query#fragment", "user:password@host",
];

fn special_keys() -> Vec<String> {
    let mut keys: Vec<String> = SPECIAL_KEYS.iter().map(ToString::to_string).collect();
    // The maximum length of a key in bytes.
    keys.extend(["k", "%", "/"].map(|char| char.repeat(512)));
    keys.push("🦀".repeat(128));
    // All ASCII characters, alone and between others. The key `.` is not allowed.
    let ascii = (0..=127u8).map(char::from);
    keys.extend(ascii.clone().filter(|char| *char != '.').map(String::from));
    keys.extend(ascii.map(|char| format!("<{char}>")));
    keys.sort();
    keys.dedup();
    keys
}

/// Returns a value that belongs to this key only.
fn value(key: &str) -> String {
    format!("value of {key:?}")
}

both! {
    fn single_calls_accept_every_key(kv: TestNamespace) {
        let (keys, values) = (special_keys(), kv.values());
        for key in &keys {
            values.update(key, value(key)).metadata(key).run().unwrap();
        }
        for key in &keys {
            assert_eq!(values.get(key).run().unwrap().text().unwrap(), value(key));
            assert_eq!(kv.metadata().get(key).run().unwrap(), Some(Json::new(key)));
        }

        // Lists have the order of bytes, like Rust strings.
        let listed = kv.keys().list().walk().unwrap();
        let names: Vec<_> = listed.iter().map(|key| &key.name).collect();
        assert_eq!(names, keys.iter().collect::<Vec<_>>());
        for key in &listed {
            assert_eq!(key.metadata, Some(Json::new(&key.name)));
        }

        for (index, key) in keys.iter().enumerate().step_by(2) {
            values.delete(key).run().unwrap();
            assert!(values.get(key).run_optional().unwrap().is_none(), "{key:?} is deleted");
            if let Some(next) = keys.get(index + 1) {
                assert!(values.get(next).run().is_ok(), "{next:?} is not");
            }
        }
        assert_eq!(kv.keys().list().walk().unwrap().len(), keys.len() / 2);
    }

    fn bulk_calls_accept_every_key(kv: TestNamespace) {
        let keys = special_keys();
        let pairs = keys.iter().map(|key| BulkWrite::new(key, value(key)).metadata(key));
        let written = kv.keys().bulk_update(pairs).run().unwrap();
        assert_eq!(written.successful_key_count, i64::try_from(keys.len()).ok());
        assert_eq!(written.unsuccessful_keys.unwrap_or_default(), [""; 0]);

        // Cloudflare's runtime omits keys that are an index of an array from a bulk get.
        let asked: Vec<_> = keys.iter().filter(|key| key.parse::<u32>().is_err()).collect();
        for some in asked.chunks(100) {
            let expected: BTreeMap<_, _> =
                some.iter().map(|key| ((*key).clone(), Some(Json::new(value(key))))).collect();
            let found = kv.keys().bulk_get(some.iter().copied()).run().unwrap();
            assert!(found == BulkGetResult::Values(expected), "{found:?}");
        }

        let deleted = kv.keys().bulk_delete(&keys).run().unwrap();
        assert_eq!(deleted.successful_key_count, i64::try_from(keys.len()).ok());
        assert_eq!(kv.keys().list().walk().unwrap(), []);
    }

    fn prefixes_match_every_key(kv: TestNamespace) {
        // Prefixes with NUL are not tested: a server in C can truncate them.
        let keys: Vec<_> =
            special_keys().into_iter().filter(|key| !key.contains('\0') && key.len() <= 64).collect();
        kv.keys().bulk_update(keys.iter().map(|key| BulkWrite::new(format!("{key}/end"), ""))).run().unwrap().complete().unwrap();
        for key in &keys {
            let listed = kv.keys().list().prefix(key).walk().unwrap();
            let names: Vec<_> = listed.into_iter().map(|key| key.name).collect();
            let mut expected: Vec<_> = keys.iter().map(|key| format!("{key}/end")).collect();
            expected.retain(|name| name.starts_with(key));
            expected.sort();
            assert_eq!(names, expected, "prefix {key:?}");
        }
    }
}
