//! Platforms with sockets and threads: reqwest and tokio.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::time::SystemTime;

pub(crate) use std::time::Instant;

pub(crate) use reqwest::{
    Body, Client as HttpClient, Error as TransportError, Request as HttpRequest,
    Response as HttpResponse,
};
#[cfg(feature = "part-uploads")]
pub(crate) use tokio::task::{JoinHandle, spawn_blocking};
pub(crate) use tokio::time::sleep;

/// Returns the monotonic time.
pub(crate) fn now() -> Instant {
    tokio::time::Instant::now().into_std()
}

/// Returns the system time.
pub(crate) fn system_time() -> SystemTime {
    SystemTime::now()
}

/// Returns 64 random bits from the hash keys of the standard library. They are not used for secrets.
pub(crate) fn random() -> u64 {
    RandomState::new().hash_one(0)
}
