//! Times and durations in whole seconds.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::Serialize;

/// A duration in whole seconds. Created from a number of seconds or from a [`Duration`].
///
/// A fraction of a second is rounded up, so the result is never shorter than the duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct WholeSeconds(pub(crate) i64);

/// A time in whole seconds since 1970-01-01 UTC. Created from a number of seconds or from a [`SystemTime`].
///
/// A fraction of a second is rounded up, so the result is never earlier than the time. A time before 1970 is negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct UnixSeconds(pub(crate) i64);

impl From<i64> for WholeSeconds {
    fn from(seconds: i64) -> Self {
        Self(seconds)
    }
}

impl From<Duration> for WholeSeconds {
    fn from(duration: Duration) -> Self {
        Self(round_up(duration))
    }
}

impl From<i64> for UnixSeconds {
    fn from(seconds: i64) -> Self {
        Self(seconds)
    }
}

impl From<SystemTime> for UnixSeconds {
    fn from(time: SystemTime) -> Self {
        Self(match time.duration_since(UNIX_EPOCH) {
            Ok(since) => round_up(since),
            Err(before) => i64::try_from(before.duration().as_secs()).map_or(i64::MIN, |n| -n),
        })
    }
}

/// Returns the number of seconds, at most `i64::MAX`.
fn round_up(duration: Duration) -> i64 {
    let fraction = u64::from(duration.subsec_nanos() > 0);
    let seconds = duration.as_secs().saturating_add(fraction);
    i64::try_from(seconds).unwrap_or(i64::MAX)
}
