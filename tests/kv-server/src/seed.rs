//! Namespaces and pairs that a test stores without a request.

use std::io;
use std::time::Duration;

use bytes::Bytes;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use crate::service::{is_id, random_id};
use crate::store::{Change, Entry, Store};

/// A namespace to create when a server starts. See [`KvServerBuilder::namespace`](crate::KvServerBuilder::namespace).
#[derive(Clone, Debug)]
pub struct Namespace {
    title: String,
    id: Option<String>,
    account: Option<String>,
    pairs: Vec<Pair>,
}

impl Namespace {
    /// Creates an empty namespace with a random id. In a store on disk, a namespace with the same title is used.
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            id: None,
            account: None,
            pairs: vec![],
        }
    }

    /// Sets the id, which has 32 hexadecimal digits.
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Sets the account. The default is [`KvServer::account_id`](crate::KvServer::account_id).
    pub fn account(mut self, id: impl Into<String>) -> Self {
        self.account = Some(id.into());
        self
    }

    /// Adds a pair.
    pub fn pair(mut self, pair: Pair) -> Self {
        self.pairs.push(pair);
        self
    }

    /// Adds pairs.
    pub fn pairs(mut self, pairs: impl IntoIterator<Item = Pair>) -> Self {
        self.pairs.extend(pairs);
        self
    }

    pub(crate) fn write(self, store: &mut Store, account: &str, now: i64) -> io::Result<()> {
        let account = self.account.as_deref().unwrap_or(account);
        for id in self.id.as_deref().into_iter().chain([account]) {
            if !is_id(id) {
                let why = format!("the id {id:?} is not 32 lowercase hexadecimal digits");
                return Err(invalid(why));
            }
        }
        let id = create(store, account, &self.title, self.id)?;
        let put = |pair: Pair| pair.into_change(now);
        let changes = self.pairs.into_iter().map(put).collect();
        store.apply(account, &id, changes)
    }
}

/// Creates a namespace if it is missing, and returns its id.
pub(crate) fn create(
    store: &mut Store,
    account: &str,
    title: &str,
    id: Option<String>,
) -> io::Result<String> {
    let namespaces = store.namespaces(account);
    let existing = { namespaces.iter() }.find(|(_, namespace)| namespace.title == title);
    match (existing, id) {
        (Some((existing, _)), Some(id)) if *existing != id => Err(invalid(format!(
            "the namespace {existing} of the account {account} has the title {title:?}, too"
        ))),
        (Some((existing, _)), _) => Ok(existing.clone()),
        (None, id) => {
            let id = id.unwrap_or_else(random_id);
            let namespace = Change::SetNamespace {
                title: title.to_owned(),
                jurisdiction: None,
            };
            store.apply(account, &id, vec![namespace])?;
            Ok(id)
        }
    }
}

pub(crate) fn invalid(why: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, why)
}

/// A key with its value to store. The limits of the API do not apply.
#[derive(Clone, Debug)]
pub struct Pair {
    key: String,
    value: Bytes,
    metadata: Option<Box<RawValue>>,
    expiry: Expiry,
}

#[derive(Clone, Copy, Debug)]
enum Expiry {
    Never,
    At(i64),
    After(Duration),
}

impl Pair {
    /// Creates a pair without metadata that never expires.
    pub fn new(key: impl Into<String>, value: impl Into<Vec<u8>>) -> Self {
        Self {
            key: key.into(),
            value: Bytes::from(value.into()),
            metadata: None,
            expiry: Expiry::Never,
        }
    }

    /// Sets the metadata, which is any JSON.
    ///
    /// # Panics
    ///
    /// Panics if the metadata cannot be serialized as JSON.
    pub fn metadata(mut self, metadata: impl Serialize) -> Self {
        let json = to_raw_value(&metadata).expect("metadata that is serializable as JSON");
        self.metadata = Some(json);
        self
    }

    /// Sets the expiration in seconds since 1970-01-01 UTC. It may be in the past.
    pub fn expiration(mut self, seconds: i64) -> Self {
        self.expiry = Expiry::At(seconds);
        self
    }

    /// Sets the time to live from the moment of storing, by the clock of the server.
    pub fn expiration_ttl(mut self, ttl: Duration) -> Self {
        self.expiry = Expiry::After(ttl);
        self
    }

    pub(crate) fn into_change(self, now: i64) -> Change {
        let expiration = match self.expiry {
            Expiry::Never => None,
            Expiry::At(at) => Some(at),
            Expiry::After(ttl) => Some(now.saturating_add_unsigned(ttl.as_secs())),
        };
        Change::Put {
            key: self.key,
            entry: Entry {
                value: self.value,
                metadata: self.metadata,
                expiration,
            },
        }
    }
}
