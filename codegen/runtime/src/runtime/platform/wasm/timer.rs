//! Delays with `setTimeout`.

use std::pin::Pin;
use std::task::Context;
use std::time::Duration;

use gloo_timers::future::TimeoutFuture;
use send_wrapper::SendWrapper;

/// A delay. It is cancelled when it is dropped.
pub(crate) type Timer = SendWrapper<TimeoutFuture>;

/// Starts a delay of at most 24 days, which is the maximum of `setTimeout`.
pub(crate) fn timer(time: Duration) -> Timer {
    // `setTimeout` rounds down.
    let millis = i32::try_from(time.as_nanos().div_ceil(1_000_000)).unwrap_or(i32::MAX);
    SendWrapper::new(TimeoutFuture::new(millis.unsigned_abs()))
}

/// True if the delay is over. If it is not, the task is woken at its end.
pub(crate) fn is_over(timer: &mut Option<Timer>, cx: &mut Context<'_>) -> bool {
    timer
        .as_mut()
        .is_some_and(|timer| Pin::new(timer).poll(cx).is_ready())
}
