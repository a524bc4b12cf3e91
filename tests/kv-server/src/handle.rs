//! Access to the stored pairs without requests.

use std::io;

use serde::de::DeserializeOwned;

use crate::seed::{self, Pair};
use crate::service::Service;
use crate::store::{Change, Entry, Namespace};

/// A namespace of a running server. See [`KvServer::namespace`](crate::KvServer::namespace).
///
/// Its methods send no request: [`KvServer::requests`](crate::KvServer::requests) does not contain them, and faults do
/// not apply.
#[derive(Clone)]
pub struct NamespaceHandle<'a> {
    service: &'a Service,
    account: &'a str,
    id: String,
}

impl<'a> NamespaceHandle<'a> {
    /// Returns the namespace with a title. Creates it if it is missing.
    pub(crate) fn open(service: &'a Service, account: &'a str, title: &str) -> io::Result<Self> {
        let id = seed::create(&mut service.store(), account, title, None)?;
        Ok(Self {
            service,
            account,
            id,
        })
    }

    /// Identifier of the namespace.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Stores a pair. A namespace that was deleted stays deleted.
    ///
    /// # Panics
    ///
    /// Panics if the file of the data is not writable.
    pub fn put(&self, pair: Pair) {
        self.apply(pair.into_change(self.service.clock.now()));
    }

    /// Deletes a pair.
    ///
    /// # Panics
    ///
    /// Panics if the file of the data is not writable.
    pub fn delete(&self, key: &str) {
        let key = key.to_owned();
        self.apply(Change::Delete { key });
    }

    /// Returns the pair of a key, unless it expired.
    pub fn get(&self, key: &str) -> Option<StoredPair> {
        self.read(|namespace| namespace.get(key).cloned().map(StoredPair))
            .flatten()
    }

    /// Returns the keys in the order of their UTF-8 bytes, without those that expired.
    pub fn keys(&self) -> Vec<String> {
        let keys = |namespace: &Namespace| {
            let pairs = namespace.list("", None);
            pairs.map(|(key, _)| key.clone()).collect()
        };
        self.read(keys).unwrap_or_default()
    }

    /// Returns `None` if the namespace was deleted.
    fn read<T>(&self, read: impl FnOnce(&Namespace) -> T) -> Option<T> {
        let now = self.service.clock.now();
        let mut store = self.service.store();
        store
            .expire(self.account, &self.id, now)
            .expect("expired pairs are removed from the store");
        store.namespaces(self.account).get(&self.id).map(read)
    }

    fn apply(&self, change: Change) {
        let mut store = self.service.store();
        if store.namespaces(self.account).contains_key(&self.id) {
            store
                .apply(self.account, &self.id, vec![change])
                .expect("the change is written to the store");
        }
    }
}

impl std::fmt::Debug for NamespaceHandle<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NamespaceHandle")
            .field("account", &self.account)
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// A stored value with its metadata and expiration.
#[derive(Clone)]
pub struct StoredPair(Entry);

impl StoredPair {
    /// The value.
    pub fn value(&self) -> &[u8] {
        &self.0.value
    }

    /// Returns the value as text, or `None` if it is not UTF-8.
    pub fn text(&self) -> Option<&str> {
        str::from_utf8(&self.0.value).ok()
    }

    /// Returns the metadata, or `None` if the pair has no metadata. `T` can be `serde_json::Value`.
    pub fn metadata<T: DeserializeOwned>(&self) -> serde_json::Result<Option<T>> {
        let metadata = self.0.metadata_text();
        metadata.map(serde_json::from_str).transpose()
    }

    /// The expiration in seconds since 1970-01-01 UTC.
    pub fn expiration(&self) -> Option<i64> {
        self.0.expiration
    }
}

impl std::fmt::Debug for StoredPair {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StoredPair")
            .field("value", &self.0.value)
            .field("metadata", &self.0.metadata_text())
            .field("expiration", &self.0.expiration)
            .finish()
    }
}
