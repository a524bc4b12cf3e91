//! Default timeout of an attempt.

use std::time::Duration;

/// Default timeout of an attempt without a body.
const TIMEOUT: Duration = Duration::from_secs(60);

/// Time to send a byte over a line of 1 Mbit/s, in microseconds.
const MICROS_PER_BYTE: u64 = 8;

/// Returns the default timeout of an attempt. It includes the time to send the body over a line of 1 Mbit/s that is
/// shared by a number of requests.
pub(crate) fn default_timeout(bytes: u64, requests: u64) -> Duration {
    let micros = bytes.saturating_mul(requests);
    let upload = Duration::from_micros(micros.saturating_mul(MICROS_PER_BYTE));
    TIMEOUT.saturating_add(upload)
}
