//! The state of the server: credentials, clock, data, faults and received requests.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::auth::Credentials;
use crate::clock::Clock;
use crate::fault::Faults;
use crate::received::Log;
use crate::store::Store;

pub(crate) struct Service {
    /// The accepted accounts. An empty list accepts every account.
    pub(crate) accounts: Vec<String>,
    pub(crate) credentials: Credentials,
    pub(crate) page_size_cap: usize,
    pub(crate) clock: Clock,
    pub(crate) store: Mutex<Store>,
    pub(crate) faults: Mutex<Faults>,
    /// `None` if requests are not recorded.
    pub(crate) log: Option<Mutex<Log>>,
}

impl Service {
    pub(crate) fn accepts_account(&self, id: &str) -> bool {
        self.accounts.is_empty() || self.accounts.iter().any(|account| account == id)
    }

    pub(crate) fn store(&self) -> MutexGuard<'_, Store> {
        lock(&self.store)
    }

    pub(crate) fn faults(&self) -> MutexGuard<'_, Faults> {
        lock(&self.faults)
    }

    pub(crate) fn log(&self) -> Option<MutexGuard<'_, Log>> {
        self.log.as_ref().map(lock)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Each change is complete before a panic is possible, so the content is valid after a panic.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Returns 32 hexadecimal digits, like the ids of the service. They are random enough for tests.
pub(crate) fn random_id() -> String {
    let half = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", half(), half())
}

/// True if the text has the form of an account or namespace id.
pub(crate) fn is_id(text: &str) -> bool {
    text.len() == 32
        && text
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}
