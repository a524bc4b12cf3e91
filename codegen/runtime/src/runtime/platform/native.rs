//! Platforms with sockets and threads: reqwest and tokio.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::time::SystemTime;

pub(crate) use reqwest::{
    Body, Client as HttpClient, Error as TransportError, Request as HttpRequest,
    Response as HttpResponse,
};
pub(crate) use std::time::Instant;
#[cfg(feature = "part-uploads")]
pub(crate) use tokio::task::{JoinHandle, spawn_blocking};
pub(crate) use tokio::time::sleep;

/// Returns true if the server reports over HTTP/2 that it did not process the request.
#[cfg(feature = "http2")]
pub(crate) fn is_refused(error: &TransportError) -> bool {
    let source = std::error::Error::source(error);
    let mut causes = std::iter::successors(source, |cause| cause.source());
    let error = causes.find_map(|cause| cause.downcast_ref::<h2::Error>());
    error.is_some_and(|error| match error.reason() {
        Some(h2::Reason::NO_ERROR) => error.is_remote() && error.is_go_away(),
        Some(h2::Reason::REFUSED_STREAM) => error.is_remote() && error.is_reset(),
        _ => false,
    })
}

/// Without HTTP/2, a server cannot report this.
#[cfg(not(feature = "http2"))]
pub(crate) fn is_refused(_: &TransportError) -> bool {
    false
}

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
