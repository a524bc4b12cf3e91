//! One call meets one fault: what comes of it, and whether that is what should.

use std::thread;
use std::time::Duration;

use workers_kv::{Error, Result};

use super::operations::{Limits, Operation, items};
use super::server::{FaultServer, Seen, Takes};
use super::table::{Again, Fault, Outcome};
use super::units::{FOR_EVER, PATIENCE};
use crate::support::kind;

/// After so long it is clear that nothing comes any more.
const SILENCE: Duration = Duration::from_secs(1);
/// How many connections a client may keep: another attempt may start before the last one's is free.
const POOL: usize = 4;
/// More than sockets hold back.
const SLACK: u64 = 40 << 20;

/// How often a server fails, and how often a call may be repeated.
#[derive(Clone, Copy)]
pub(crate) struct Case {
    times: usize,
    retries: u32,
}

/// Where a call is repeated: a server that fails for ever, and one that does so for a while. Where it
/// is not, it may be, so that it shows that it is not.
pub(crate) fn cases<C>(fault: &Fault, operation: &Operation<C>) -> Vec<Case> {
    let case = |times, retries| Case { times, retries };
    match (is_repeated(fault, operation), fault.quick) {
        (false, _) => vec![case(FOR_EVER, 2)],
        (true, true) if !fault.silent => vec![case(FOR_EVER, 2), case(2, 2)],
        // Each attempt more takes its time.
        (true, true) => vec![case(FOR_EVER, 1), case(1, 1)],
        (true, false) => vec![case(FOR_EVER, 0), case(1, 2)],
    }
}

/// Whether the client repeats the call.
fn is_repeated<C>(fault: &Fault, operation: &Operation<C>) -> bool {
    let again = fault.outcomes.of(operation.gives).again();
    again != Again::TooLate && is_retryable(again, operation)
}

/// Whether somebody may repeat the call as it is.
fn is_retryable<C>(again: Again, operation: &Operation<C>) -> bool {
    let harmless = match again {
        Again::Never => false,
        Again::IfSafe | Again::TooLate => operation.repeatable,
        Again::Always => true,
    };
    operation.resends && harmless
}

/// Makes one call. Gives what came of it, and what of that should not be.
///
/// On a machine that is busy with other things, a server may seem silent before it is: then it gets another chance.
pub(crate) fn meet<C>(
    server: &FaultServer,
    client: &C,
    fault: &Fault,
    operation: &Operation<C>,
    case: Case,
) -> (String, Vec<String>) {
    let timeout = match (fault.silent, case.times) {
        (false, _) => return meet_within(PATIENCE, server, client, fault, operation, case),
        (true, FOR_EVER) => SILENCE,
        // One of the attempts shall succeed.
        (true, _) => 2 * SILENCE,
    };
    let met = meet_within(timeout, server, client, fault, operation, case);
    if met.1.is_empty() {
        return met;
    }
    meet_within(8 * timeout, server, client, fault, operation, case)
}

fn meet_within<C>(
    timeout: Duration,
    server: &FaultServer,
    client: &C,
    fault: &Fault,
    operation: &Operation<C>,
    case: Case,
) -> (String, Vec<String>) {
    server.fails(operation.before, case.times, fault.wrong.clone());
    let limits = Limits {
        timeout,
        retries: case.retries,
    };
    let result = (operation.run)(client, limits);
    let seen = server.seen();

    let repeated = is_repeated(fault, operation);
    let retries = case.retries as usize;
    let (expected, times) = match fault.outcomes.of(operation.gives) {
        _ if repeated && case.times <= retries => (Outcome::Good, case.times + 1),
        outcome if repeated => (outcome, retries + 1),
        outcome => (outcome, 1),
    };
    let after = if result.is_ok() { operation.after } else { 0 };
    let attempts = seen.attempts.saturating_sub(operation.before + after);
    let mut wrong = Vec::new();
    if attempts != times {
        wrong.push(format!("{times} attempts were due"));
    }
    if !is_as_expected(&result, expected, operation, attempts) {
        wrong.push(format!("{expected:?} was due"));
    }
    // With those that are lost on their way, which is which is not known.
    if operation.requests() == 1 || seen.taken.len() == seen.attempts {
        let mut bodies = seen.taken.iter().map(|taken| &taken.body);
        let mut same = bodies.by_ref().skip(operation.before).take(attempts);
        let first = same.next();
        if same.any(|body| Some(body) != first) {
            wrong.push("an attempt sent another body".to_owned());
        }
    }
    if fault.wrong.takes == Takes::Whole && seen.taken.len() != seen.attempts {
        wrong.push(format!("{} requests came whole", seen.taken.len()));
    }
    let reads = match result {
        Err(Error::Api(_)) => 1 << 20,
        _ => operation.reads,
    };
    if fault.oversized && seen.sent > times as u64 * (reads + SLACK) {
        wrong.push(format!("{} bytes were read", seen.sent));
    }
    let result = match &result {
        Ok(_) if expected == Outcome::Good => "good".to_owned(),
        Ok(_) => "something else".to_owned(),
        Err(error) => match error.status() {
            Some(status) => format!("{} {}", kind(error), status.as_u16()),
            None => kind(error).to_owned(),
        },
    };
    let plural = if attempts == 1 { "" } else { "s" };
    (format!("{result} after {attempts} attempt{plural}"), wrong)
}

fn is_as_expected<C>(
    result: &Result<String>,
    expected: Outcome,
    operation: &Operation<C>,
    attempts: usize,
) -> bool {
    match (result, expected) {
        (Ok(result), Outcome::Good) => result == operation.good,
        (Ok(result), Outcome::Other) => result != operation.good,
        (Err(error), Outcome::Fails(failure)) => {
            kind(error) == failure.kind
                && error.status().map(|status| status.as_u16()) == failure.status
                && error.code() == failure.code
                && error.is_retryable() == is_retryable(failure.again, operation)
                && error.attempts() as usize == attempts
                && tells_what_is_done(error, operation)
        }
        _ => false,
    }
}

/// Each item is either done or not, and in the order given.
fn tells_what_is_done<C>(error: &Error, operation: &Operation<C>) -> bool {
    match (error.progress(), operation.done) {
        (Some(progress), Some(done)) => {
            let all = items();
            (progress.done(), progress.rest()) == all.split_at(done)
        }
        (progress, done) => progress.is_none() && done.is_none(),
    }
}

/// The client is as good as new: its next call succeeds, and it keeps no more connections than its pool has.
pub(crate) fn works<C>(server: &FaultServer, client: &C, operation: &Operation<C>) -> Vec<String> {
    server.works();
    server.settle();
    // The end of a connection takes a moment to be seen.
    thread::sleep(Duration::from_millis(40));
    let limits = Limits {
        timeout: PATIENCE,
        retries: 0,
    };
    let mut wrong = Vec::new();
    match (operation.run)(client, limits) {
        Ok(result) if result == operation.good => (),
        Ok(result) => wrong.push(format!("the next call gives {result}")),
        Err(error) => wrong.push(format!("the next call fails: {error:?}")),
    }
    if !server.has_open_at_most(POOL) {
        wrong.push("connections stay open".to_owned());
    }
    let Seen { attempts, .. } = server.seen();
    if attempts != operation.requests() {
        wrong.push(format!("the next call is sent {attempts} times"));
    }
    wrong
}
