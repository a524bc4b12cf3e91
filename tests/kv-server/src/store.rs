//! The stored pairs. This module does not use HTTP or the limits of the API.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use bytes::Bytes;
use serde_json::value::RawValue;

/// The namespaces of the account by their id.
pub(crate) type Namespaces = BTreeMap<String, Namespace>;

pub(crate) struct Namespace {
    pub(crate) title: String,
    pub(crate) jurisdiction: Option<&'static str>,
    /// Strings are ordered by their UTF-8 bytes, like the API lists keys.
    entries: BTreeMap<String, Entry>,
    /// The keys that expire, soonest first.
    expiring: BTreeSet<(i64, String)>,
}

pub(crate) struct Entry {
    pub(crate) value: Bytes,
    pub(crate) metadata: Option<Box<RawValue>>,
    /// The second since 1970-01-01 UTC at which the pair expires.
    pub(crate) expiration: Option<i64>,
}

impl Entry {
    pub(crate) fn is_equal(&self, other: &Self) -> bool {
        let text = |entry: &Self| {
            entry
                .metadata
                .as_ref()
                .map(|metadata| metadata.get().to_owned())
        };
        self.value == other.value
            && self.expiration == other.expiration
            && text(self) == text(other)
    }
}

impl Namespace {
    pub(crate) fn new(title: String, jurisdiction: Option<&'static str>) -> Self {
        Self {
            title,
            jurisdiction,
            entries: BTreeMap::new(),
            expiring: BTreeSet::new(),
        }
    }

    /// Removes the pairs that expired before `now`. Call it before reading.
    pub(crate) fn expire(&mut self, now: i64) {
        while self.expiring.first().is_some_and(|(at, _)| *at <= now) {
            if let Some((_, key)) = self.expiring.pop_first() {
                self.entries.remove(&key);
            }
        }
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.get(key)
    }

    pub(crate) fn put(&mut self, key: String, entry: Entry) {
        self.delete(&key);
        if let Some(at) = entry.expiration {
            self.expiring.insert((at, key.clone()));
        }
        self.entries.insert(key, entry);
    }

    pub(crate) fn delete(&mut self, key: &str) {
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
