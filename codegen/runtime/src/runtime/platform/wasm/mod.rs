//! JavaScript hosts: `fetch` and `setTimeout`.
//!
//! There is only one thread, so JavaScript values are wrapped as `Send`.

mod abort;
#[cfg(feature = "part-uploads")]
mod blocking;
mod body;
mod error;
mod fetch;
mod response;
mod timer;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

pub(crate) use web_time::Instant;

#[cfg(feature = "part-uploads")]
pub(crate) use blocking::{JoinHandle, spawn_blocking};
pub(crate) use body::Body;
pub(crate) use error::TransportError;
pub(crate) use fetch::{HttpClient, HttpRequest};
pub(crate) use response::HttpResponse;
pub(crate) use timer::timer as sleep;

#[cfg(feature = "blocking")]
compile_error!(
    "the feature `blocking` does not work on wasm32, where a thread cannot wait: use the async client"
);
#[cfg(any(feature = "rustls", feature = "native-tls", feature = "http2"))]
compile_error!(
    "the features `rustls`, `native-tls` and `http2` do not work on wasm32, where the host opens the connections: set `default-features = false`"
);
#[cfg(feature = "tokio-io")]
compile_error!("the feature `tokio-io` does not work on wasm32, which has no files");

/// Always returns false: the host does not tell why a request failed.
pub(crate) fn is_refused(_: &TransportError) -> bool {
    false
}

/// Returns the monotonic time.
pub(crate) fn now() -> Instant {
    Instant::now()
}

/// Returns the system time.
pub(crate) fn system_time() -> SystemTime {
    let since_epoch = Duration::try_from_secs_f64(js_sys::Date::now() / 1000.0);
    UNIX_EPOCH + since_epoch.unwrap_or_default()
}

/// Returns 64 random bits. They are not used for secrets.
pub(crate) fn random() -> u64 {
    let bits = || (js_sys::Math::random() * 2_f64.powi(32)) as u64;
    bits() << 32 | bits()
}
