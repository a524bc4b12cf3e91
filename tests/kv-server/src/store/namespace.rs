//! The pairs of a namespace.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use bytes::Bytes;
use serde_json::value::RawValue;

#[derive(Default)]
pub(crate) struct Namespace {
    pub(crate) title: String,
    pub(crate) jurisdiction: Option<String>,
    /// Strings are ordered by their UTF-8 bytes, like the API lists keys.
    entries: BTreeMap<String, Entry>,
    /// The keys that expire, soonest first.
    expiring: BTreeSet<(i64, String)>,
}

#[derive(Clone)]
pub(crate) struct Entry {
    pub(crate) value: Bytes,
    pub(crate) metadata: Option<Box<RawValue>>,
    /// The second since 1970-01-01 UTC at which the pair expires.
    pub(crate) expiration: Option<i64>,
}

impl Entry {
    pub(crate) fn is_equal(&self, other: &Self) -> bool {
        self.value == other.value
            && self.expiration == other.expiration
            && self.metadata_text() == other.metadata_text()
    }

    pub(crate) fn metadata_text(&self) -> Option<&str> {
        self.metadata.as_ref().map(|metadata| metadata.get())
    }
}

impl Namespace {
    /// Returns the keys of the pairs that expired before `now`.
    pub(crate) fn expired(&self, now: i64) -> Vec<String> {
        self.expiring
            .iter()
            .take_while(|(at, _)| *at <= now)
            .map(|(_, key)| key.clone())
            .collect()
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.get(key)
    }

    pub(super) fn put(&mut self, key: String, entry: Entry) {
        self.delete(&key);
        if let Some(at) = entry.expiration {
            self.expiring.insert((at, key.clone()));
        }
        self.entries.insert(key, entry);
    }

    pub(super) fn delete(&mut self, key: &str) {
        let removed = self.entries.remove(key);
        if let Some(at) = removed.and_then(|entry| entry.expiration) {
            self.expiring.remove(&(at, key.to_owned()));
        }
    }

    /// Returns the pairs whose keys start with `prefix` and follow the key `after`, in order.
    pub(crate) fn list<'a>(
        &'a self,
        prefix: &'a str,
        after: Option<&str>,
    ) -> impl Iterator<Item = (&'a String, &'a Entry)> {
        let start = match after {
            Some(key) if key >= prefix => Bound::Excluded(key),
            _ => Bound::Included(prefix),
        };
        self.entries
            .range::<str, _>((start, Bound::Unbounded))
            .take_while(move |(key, _)| key.starts_with(prefix))
    }
}
