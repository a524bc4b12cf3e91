//! The state of the server: credentials, clock and namespaces.

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
        // Each change of the map is atomic, so the map is valid after a panic.
        self.namespaces
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns 32 hexadecimal digits, like the ids of the service. They are random enough for tests.
pub(crate) fn random_id() -> String {
    let half = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", half(), half())
}
