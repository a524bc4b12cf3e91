//! What every request meets: the account and its credentials, the clock, the stored namespaces.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::clock::Clock;
use crate::store::Namespaces;

pub(crate) struct Service {
    pub(crate) account: Account,
    pub(crate) page_size_cap: usize,
    pub(crate) clock: Clock,
    namespaces: Mutex<Namespaces>,
}

pub(crate) struct Account {
    pub(crate) id: String,
    pub(crate) token: String,
    pub(crate) api_key: String,
    pub(crate) api_email: String,
}

impl Service {
    pub(crate) fn new(page_size_cap: usize) -> Self {
        let account = Account {
            id: random_id(),
            token: random_id(),
            api_key: random_id(),
            api_email: format!("{}@example.com", random_id()),
        };
        Self {
            account,
            page_size_cap,
            clock: Clock::default(),
            namespaces: Mutex::default(),
        }
    }

    pub(crate) fn namespaces(&self) -> MutexGuard<'_, Namespaces> {
        // Each change to the map is complete in itself, so what a panic left behind is usable.
        self.namespaces
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// 32 hexadecimal digits, like the service's ids; random enough for tests, without a crate for it.
pub(crate) fn random_id() -> String {
    let half = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", half(), half())
}
