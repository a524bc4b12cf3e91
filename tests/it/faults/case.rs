//! Runs one call with one fault, and compares the outcome with the expected one.

use std::thread;
use std::time::Duration;

use workers_kv::{Error, Result};

use super::operations::{Limits, Operation, batches};
use super::reply::RequestRead;
use super::server::{FaultServer, Seen};
use super::table::{Fault, Outcome, Retry};
use super::units::{ALWAYS, PATIENCE};
use crate::support::kind;

/// The timeout for servers that send nothing.
const SILENCE: Duration = Duration::from_secs(1);
/// The maximum number of connections of a client. A retry can start before the previous connection is free.
const POOL: usize = 4;
/// Bytes that the buffers of the sockets can hold.
const SLACK: u64 = 40 << 20;

/// The number of failures of the server, and the maximum number of retries of the call.
#[derive(Clone, Copy)]
pub(crate) struct Case {
    times: usize,
    retries: u32,
}

/// Returns the cases of a call. If the call is retried: a server that always fails and one that fails for some time.
/// Otherwise, retries are allowed, so the test fails if the client retries.
pub(crate) fn cases<C>(fault: &Fault, operation: &Operation<C>) -> Vec<Case> {
    let case = |times, retries| Case { times, retries };
    match (is_repeated(fault, operation), fault.quick) {
        (false, _) => vec![case(ALWAYS, 2)],
        (true, true) if !fault.silent => vec![case(ALWAYS, 2), case(2, 2)],
        // Few attempts, because each one read longer.
        (true, true) => vec![case(ALWAYS, 1), case(1, 1)],
        (true, false) => vec![case(ALWAYS, 0), case(1, 2)],
    }
}

/// True if the client retries the call.
fn is_repeated<C>(fault: &Fault, operation: &Operation<C>) -> bool {
    let retry = fault.outcomes.of(operation.output).retry();
    retry != Retry::TooLate && is_retryable(retry, operation)
}

/// True if the call can be repeated unchanged.
fn is_retryable<C>(retry: Retry, operation: &Operation<C>) -> bool {
    let harmless = match retry {
        Retry::Never => false,
        Retry::IfSafe | Retry::TooLate => operation.repeatable,
        Retry::Always => true,
    };
    operation.resends && harmless
}

/// Runs a call. Returns the outcome and all deviations from the expected one.
///
/// On a busy machine, a timeout can be too short. Then the call gets a second chance with a longer one.
pub(crate) fn run_case<C>(
    server: &FaultServer,
    client: &C,
    fault: &Fault,
    operation: &Operation<C>,
    case: Case,
) -> (String, Vec<String>) {
    let timeout = match (fault.silent, case.times) {
        (false, _) => {
            // Slow machines need more time for 100 MB.
            let timeout = if fault.oversized {
                4 * PATIENCE
            } else {
                PATIENCE
            };
            return run_with_timeout(timeout, server, client, fault, operation, case);
        }
        (true, ALWAYS) => SILENCE,
        // One of the attempts must succeed.
        (true, _) => 2 * SILENCE,
    };
    let met = run_with_timeout(timeout, server, client, fault, operation, case);
    if met.1.is_empty() {
        return met;
    }
    run_with_timeout(8 * timeout, server, client, fault, operation, case)
}

fn run_with_timeout<C>(
    timeout: Duration,
    server: &FaultServer,
    client: &C,
    fault: &Fault,
    operation: &Operation<C>,
    case: Case,
) -> (String, Vec<String>) {
    server.fails(operation.before, case.times, fault.response.clone());
    let limits = Limits {
        timeout,
        retries: case.retries,
    };
    let result = (operation.run)(client, limits);
    let seen = server.seen();

    let repeated = is_repeated(fault, operation);
    let retries = case.retries as usize;
    let (expected, times) = match fault.outcomes.of(operation.output) {
        _ if repeated && case.times <= retries => (Outcome::Success, case.times + 1),
        outcome if repeated => (outcome, retries + 1),
        outcome => (outcome, 1),
    };
    let after = if result.is_ok() { operation.after } else { 0 };
    let attempts = seen.attempts.saturating_sub(operation.before + after);
    let mut deviations = Vec::new();
    if attempts != times {
        deviations.push(format!("{times} attempts expected"));
    }
    if !is_as_expected(&result, expected, operation, attempts) {
        deviations.push(format!("{expected:?} expected"));
    }
    // If some requests are incomplete, the attempts of one request cannot be identified.
    if operation.requests() == 1 || seen.received.len() == seen.attempts {
        let mut bodies = seen.received.iter().map(|received| &received.body);
        let mut same = bodies.by_ref().skip(operation.before).take(attempts);
        let first = same.next();
        if same.any(|body| Some(body) != first) {
            deviations.push("an attempt sent another body".to_owned());
        }
    }
    if fault.response.read == RequestRead::Whole && seen.received.len() != seen.attempts {
        deviations.push(format!("{} requests are complete", seen.received.len()));
    }
    let reads = match result {
        Err(Error::Api(_)) => 1 << 20,
        _ => operation.reads,
    };
    if fault.oversized && seen.sent > times as u64 * (reads + SLACK) {
        deviations.push(format!("{} bytes were read", seen.sent));
    }
    let result = match &result {
        Ok(_) if expected == Outcome::Success => "success".to_owned(),
        Ok(_) => "something else".to_owned(),
        Err(error) => match error.status() {
            Some(status) => format!("{} {}", kind(error), status.as_u16()),
            None => kind(error).to_owned(),
        },
    };
    let plural = if attempts == 1 { "" } else { "s" };
    (
        format!("{result} after {attempts} attempt{plural}"),
        deviations,
    )
}

fn is_as_expected<C>(
    result: &Result<String>,
    expected: Outcome,
    operation: &Operation<C>,
    attempts: usize,
) -> bool {
    match (result, expected) {
        (Ok(result), Outcome::Success) => result == operation.expected,
        (Ok(result), Outcome::Other) => result != operation.expected,
        (Err(error), Outcome::Fails(failure)) => {
            kind(error) == failure.kind
                && error.status().map(|status| status.as_u16()) == failure.status
                && error.code() == failure.code
                && error.is_retryable() == is_retryable(failure.retry, operation)
                && error.attempts() as usize == attempts
                && has_progress(error, operation)
        }
        _ => false,
    }
}

/// Each item is either done or not, in the given order.
fn has_progress<C>(error: &Error, operation: &Operation<C>) -> bool {
    match (error.progress(), operation.done) {
        (Some(progress), Some(done)) => {
            let all = batches();
            (progress.done(), progress.rest()) == all.split_at(done)
        }
        (progress, done) => progress.is_none() && done.is_none(),
    }
}

/// Checks that the client is usable: its next call succeeds, and it keeps at most the connections of its pool.
pub(crate) fn check_recovery<C>(
    server: &FaultServer,
    client: &C,
    operation: &Operation<C>,
) -> Vec<String> {
    server.succeed();
    let mut deviations = Vec::new();
    if !server.settles() {
        deviations.push("the server does not end its connections".to_owned());
    }
    // Closed connections are detected after a moment.
    thread::sleep(Duration::from_millis(40));
    let limits = Limits {
        timeout: PATIENCE,
        retries: 0,
    };
    match (operation.run)(client, limits) {
        Ok(result) if result == operation.expected => (),
        Ok(result) => deviations.push(format!("the next call output {result}")),
        Err(error) => deviations.push(format!("the next call fails: {error:?}")),
    }
    if !server.has_open_at_most(POOL) {
        deviations.push("connections stay open".to_owned());
    }
    let Seen { attempts, .. } = server.seen();
    if attempts != operation.requests() {
        deviations.push(format!("the next call is sent {attempts} times"));
    }
    deviations
}
