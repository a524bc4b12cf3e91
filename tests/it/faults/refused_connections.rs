//! A port that nobody listens on, and then somebody does.

use std::thread;
use std::time::Duration;

use workers_kv::{Client, blocking};

use super::operations::{Limits, Operation, Operations};
use super::server::FaultServer;
use super::units::{PATIENCE, client, left_behind, runtime};
use crate::support::kind;

fn limits(retries: u32) -> Limits {
    Limits {
        timeout: PATIENCE,
        retries,
    }
}

/// The server has not acted, so every call may be repeated, also one that creates.
fn nobody_listens<C: Operations>(operation: &Operation<C>) {
    let server = FaultServer::deaf();
    let error = (operation.run)(&client(&server), limits(1)).expect_err("nobody listens");
    assert_eq!(
        (kind(&error), error.attempts()),
        ("Connect", 2),
        "{}: {error:?}",
        operation.name
    );
    assert!(error.is_retryable(), "{}", operation.name);
}

fn somebody_comes<C: Operations>(operation: &Operation<C>) {
    let server = FaultServer::deaf();
    let runtime = runtime::<C>();
    let _entered = runtime.as_ref().map(tokio::runtime::Runtime::enter);
    let client: C = client(&server);
    thread::scope(|scope| {
        scope.spawn(|| {
            // Less than the wait after the first attempt.
            thread::sleep(Duration::from_millis(100));
            server.listen();
        });
        let result = (operation.run)(&client, limits(4));
        assert_eq!(
            result.expect("somebody has come"),
            operation.good,
            "{}",
            operation.name
        );
    });
    assert_eq!(
        server.seen().attempts,
        operation.requests(),
        "{}",
        operation.name
    );
    let again = (operation.run)(&client, limits(0));
    assert_eq!(again.expect("somebody is there"), operation.good);
    drop(client);
    let left = left_behind(&server, runtime.as_ref());
    assert!(left.is_empty(), "{}: {left:?}", operation.name);
}

fn with_all_calls<C: Operations>(case: fn(&Operation<C>)) {
    thread::scope(|scope| {
        for operation in C::all() {
            scope.spawn(move || case(&operation));
        }
    });
}

#[test]
fn for_ever_in_async() {
    with_all_calls::<Client>(nobody_listens);
}

#[test]
fn for_ever_in_blocking() {
    with_all_calls::<blocking::Client>(nobody_listens);
}

#[test]
fn for_a_while_in_async() {
    with_all_calls::<Client>(somebody_comes);
}

#[test]
fn for_a_while_in_blocking() {
    with_all_calls::<blocking::Client>(somebody_comes);
}
