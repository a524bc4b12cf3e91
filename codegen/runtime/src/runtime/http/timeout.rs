//! Time that an upload needs.

use std::time::Duration;

/// Time to send a byte over a line of 1 Mbit/s, in microseconds.
const MICROS_PER_BYTE: u64 = 8;

/// Returns the time to send a body over a line of 1 Mbit/s that is shared by a number of requests.
pub(crate) fn upload_time(bytes: u64, requests: u64) -> Duration {
    let micros = bytes.saturating_mul(requests);
    Duration::from_micros(micros.saturating_mul(MICROS_PER_BYTE))
}
