//! Faults of the server and the connection: every fault of [`table`] occurs in every call of [`operations`], with both
//! clients.
//!
//! If the server always fails, the call must return the expected error after the expected number of attempts. If it
//! fails for some time, a call that is safe to repeat must succeed. Afterwards, the next call of the same client
//! succeeds, and no connection stays open.
//!
//! `cargo test -p workers-kv-tests --test it -- faults --nocapture` prints all outcomes.

mod batches;
mod cancel;
mod case;
mod http2;
mod operations;
mod refused_connections;
pub(crate) mod reply;
mod request;
pub(crate) mod server;
pub(crate) mod successful;
mod table;
mod units;

use workers_kv::{Client, blocking};

#[test]
fn async_calls_handle_every_fault() {
    units::run_all::<Client>();
}

#[test]
fn blocking_calls_handle_every_fault() {
    units::run_all::<blocking::Client>();
}
