//! Blocking operations. They run on the only thread.

use std::convert::Infallible;
use std::future::{Ready, ready};

/// The result of an operation.
pub(crate) type JoinHandle<T> = Ready<Result<T, Infallible>>;

/// Runs an operation.
pub(crate) fn spawn_blocking<T>(run: impl FnOnce() -> T) -> JoinHandle<T> {
    ready(Ok(run()))
}
