//! A port that refuses connections, permanently or for some time.

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

/// The server received no request, so every call is safe to retry.
fn call_fails_while_refused<C: Operations>(operation: &Operation<C>) {
    let server = FaultServer::refusing();
    let error = (operation.run)(&client(&server), limits(1)).expect_err("nobody listens");
    assert_eq!(
        (kind(&error), error.attempts()),
        ("Connect", 2),
        "{}: {error:?}",
        operation.name
    );
    assert!(error.is_retryable(), "{}", operation.name);
}

fn call_succeeds_after_listening<C: Operations>(operation: &Operation<C>) {
    let server = FaultServer::refusing();
    let runtime = runtime::<C>();
    let _entered = runtime.as_ref().map(tokio::runtime::Runtime::enter);
    let client: C = client(&server);
    thread::scope(|scope| {
        scope.spawn(|| {
            // Shorter than the wait after the first attempt.
            thread::sleep(Duration::from_millis(100));
            server.listen();
        });
        let result = (operation.run)(&client, limits(4));
        assert_eq!(
            result.expect("somebody has come"),
            operation.expected,
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
    let retried = (operation.run)(&client, limits(0));
    assert_eq!(retried.expect("the server listens"), operation.expected);
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
fn async_calls_fail_if_connections_are_refused() {
    with_all_calls::<Client>(call_fails_while_refused);
}

#[test]
fn blocking_calls_fail_if_connections_are_refused() {
    with_all_calls::<blocking::Client>(call_fails_while_refused);
}

#[test]
fn async_calls_retry_refused_connections() {
    with_all_calls::<Client>(call_succeeds_after_listening);
}

#[test]
fn blocking_calls_retry_refused_connections() {
    with_all_calls::<blocking::Client>(call_succeeds_after_listening);
}
