//! Locks that are held for a moment only.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// What a mutex holds, also where a thread panicked with it: none leaves it half-changed.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
