//! Mutexes that are locked for a short time.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks a mutex. A poisoned mutex is used as well, because no critical section leaves it in an inconsistent state.
pub(crate) fn lock<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
