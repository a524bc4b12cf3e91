//! What goes wrong on the way to a server and back: every fault of [`table`] meets every call of
//! [`operations`], with both clients.
//!
//! A server that fails for ever must give the right error after the right number of attempts; one
//! that fails for a while only must not be noticed where the call may be repeated. Then the next
//! call of the same client succeeds, and what was opened is closed.
//!
//! `cargo test -p workers-kv-tests --test it -- faults --nocapture` prints what came of it all.

mod batches;
mod cancel;
pub(crate) mod good;
mod meet;
mod operations;
mod refused;
mod request;
pub(crate) mod server;
mod table;
mod units;

use workers_kv::{Client, blocking};

#[test]
fn in_async() {
    units::run_all::<Client>();
}

#[test]
fn in_blocking() {
    units::run_all::<blocking::Client>();
}
