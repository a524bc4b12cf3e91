//! The stored data of all accounts. This module does not use HTTP or the limits of the API.
//!
//! All data is in memory. With the feature `store`, each change is first written to a file.

mod change;
#[cfg(feature = "store")]
mod disk;
mod namespace;
#[cfg(not(feature = "store"))]
mod no_disk;

use std::collections::BTreeMap;
use std::io;

pub(crate) use change::Change;
#[cfg(feature = "store")]
use disk::Disk;
pub(crate) use namespace::{Entry, Namespace};
#[cfg(not(feature = "store"))]
use no_disk::Disk;

/// The namespaces of an account by their id.
pub(crate) type Namespaces = BTreeMap<String, Namespace>;

/// The namespaces by the id of their account. An account without namespaces is missing.
pub(crate) type Accounts = BTreeMap<String, Namespaces>;

/// The data, and the file that keeps it.
#[derive(Default)]
pub(crate) struct Store {
    accounts: Accounts,
    disk: Option<Disk>,
}

impl Store {
    /// Reads all data of a file, and writes each later change to it.
    #[cfg(feature = "store")]
    pub(crate) fn open(path: &std::path::Path) -> io::Result<Self> {
        let disk = Disk::open(path)?;
        let accounts = disk.read()?;
        Ok(Self {
            accounts,
            disk: Some(disk),
        })
    }

    /// Returns the namespaces of an account. An unknown account has none.
    pub(crate) fn namespaces(&self, account: &str) -> &Namespaces {
        static NONE: Namespaces = Namespaces::new();
        self.accounts.get(account).unwrap_or(&NONE)
    }

    /// Makes all changes of a namespace, or none if they cannot be written to the file.
    pub(crate) fn apply(
        &mut self,
        account: &str,
        namespace: &str,
        changes: Vec<Change>,
    ) -> io::Result<()> {
        if changes.is_empty() {
            return Ok(());
        }
        if let Some(disk) = &self.disk {
            disk.write(account, namespace, &changes)?;
        }
        let namespaces = self.accounts.entry(account.to_owned()).or_default();
        for change in changes {
            change.apply(namespaces, namespace);
        }
        Ok(())
    }

    /// Removes the pairs of a namespace that expired before `now`. Call it before reading.
    pub(crate) fn expire(&mut self, account: &str, namespace: &str, now: i64) -> io::Result<()> {
        let expired = match self.namespaces(account).get(namespace) {
            Some(namespace) => namespace.expired(now),
            None => vec![],
        };
        let delete = |key: String| Change::Delete { key };
        self.apply(
            account,
            namespace,
            expired.into_iter().map(delete).collect(),
        )
    }
}
