//! Runs the table of faults in parallel. A unit is a fault with some of the calls.

use std::collections::{BTreeMap, VecDeque};
use std::process;
use std::sync::Mutex;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};

use super::case::{cases, check_recovery, run_case};
use super::operations::{Operation, Operations};
use super::server::{FaultServer, becomes_true};
use super::table::{Fault, faults};
use crate::support::Kv;

/// The number of units that run in parallel. Most of them wait.
const THREADS: usize = 96;
/// The number of calls in a unit.
const CALLS: usize = 5;
/// The timeout of a call that is expected to be fast.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// The number of failures of a server that always fails.
pub(crate) const ALWAYS: usize = usize::MAX;

/// A fault and the calls that run with it.
struct Unit<'a, C> {
    number: usize,
    fault: &'a Fault,
    operations: Vec<Operation<C>>,
}

/// The outcomes of a fault.
#[derive(Default)]
struct Report {
    /// The calls by their outcomes.
    outcomes: BTreeMap<String, Vec<&'static str>>,
    /// Deviations from the expected outcomes.
    deviations: Vec<String>,
}

/// Runs all units, prints their outcomes, and fails if there are deviations.
pub(crate) fn run_all<C: Operations>() {
    let other_host = FaultServer::start();
    let origin = other_host.origin();
    // `localhost` is another host than `127.0.0.1`.
    let faults = faults(&origin.replace("127.0.0.1", "localhost"));
    let mut waiting = units::<C>(&faults);
    let mut left: Vec<_> = waiting.iter().map(|unit| unit.number).collect();
    // The slowest units run first.
    waiting.sort_by_key(|unit| (!unit.fault.silent, unit.fault.quick));
    let waiting = Mutex::new(VecDeque::from(waiting));
    let (sender, reports) = channel();
    let mut merged: Vec<_> = faults.iter().map(|_| Report::default()).collect();
    thread::scope(|scope| {
        for _ in 0..THREADS {
            let (sender, waiting) = (sender.clone(), &waiting);
            scope.spawn(move || {
                let next = || waiting.lock().expect("no thread panics").pop_front();
                while let Some(unit) = next() {
                    let _ = sender.send((unit.number, run(&unit)));
                }
            });
        }
        drop(sender);
        while !left.is_empty() {
            let (number, report) = match reports.recv_timeout(15 * PATIENCE) {
                Ok(report) => report,
                // A thread panicked, so this thread panics, too.
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {
                    let names = left.iter().map(|number| &faults[*number].name);
                    let names: Vec<_> = names.collect();
                    // The scope does not end while a thread hangs.
                    eprintln!("these units hang or wait for others: {names:#?}");
                    process::abort();
                }
            };
            if let Some(at) = left.iter().position(|other| *other == number) {
                left.swap_remove(at);
            }
            merged[number].absorb(report);
        }
    });
    for (fault, report) in faults.iter().zip(&merged) {
        println!("{}", text::<C>(fault, report));
    }
    let redirected = other_host.seen().attempts;
    assert_eq!(redirected, 0, "a client followed a redirect");
    let deviations: Vec<_> = merged
        .into_iter()
        .flat_map(|report| report.deviations)
        .collect();
    assert!(
        deviations.is_empty(),
        "{} deviations:\n{}",
        deviations.len(),
        deviations.join("\n")
    );
}

/// Combines every fault with every call.
fn units<C: Operations>(faults: &[Fault]) -> Vec<Unit<'_, C>> {
    let mut units = Vec::new();
    for (number, fault) in faults.iter().enumerate() {
        let mut operations = C::all();
        while !operations.is_empty() {
            let rest = operations.split_off(CALLS.min(operations.len()));
            units.push(Unit {
                number,
                fault,
                operations,
            });
            operations = rest;
        }
    }
    units
}

impl Report {
    fn absorb(&mut self, other: Self) {
        for (outcome, calls) in other.outcomes {
            let all = self.outcomes.entry(outcome).or_default();
            all.extend(calls);
            // Units end in any order.
            all.sort_unstable();
        }
        self.deviations.extend(other.deviations);
    }
}

fn text<C: Kv>(fault: &Fault, report: &Report) -> String {
    let lines = report.outcomes.iter().map(|(outcome, calls)| {
        format!(
            "{:8} | {:45} | {outcome:60} | {}",
            C::NAME,
            fault.name,
            calls.join(", ")
        )
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Returns the runtime of the async client. A separate runtime for each unit shows the tasks that it leaves behind.
pub(crate) fn runtime<C: Kv>() -> Option<Runtime> {
    let runtime = || {
        Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
    };
    (C::NAME == "async").then(|| runtime().expect("a runtime"))
}

/// Returns deviations after the client is dropped.
pub(crate) fn left_behind(server: &FaultServer, runtime: Option<&Runtime>) -> Vec<String> {
    let mut deviations = Vec::new();
    if !server.has_open_at_most(0) {
        deviations.push("connections outlive their client".to_owned());
    }
    if let Some(runtime) = runtime
        && !becomes_true(|| runtime.metrics().num_alive_tasks() == 0)
    {
        deviations.push("tasks outlive their client".to_owned());
    }
    deviations
}

pub(crate) fn client<C: Kv>(server: &FaultServer) -> C {
    let client = C::start(|builder| builder.base_url(server.origin()).api_token("token"));
    client.expect("a client")
}

/// Returns a client that uses HTTP/2 without TLS.
fn http2_client<C: Kv>(server: &FaultServer) -> C {
    let client = C::start(|builder| {
        let http = reqwest::Client::builder().http2_prior_knowledge();
        let builder = builder.base_url(server.origin()).api_token("token");
        builder.http_client_builder(http)
    });
    client.expect("a client")
}

fn run<C: Operations>(unit: &Unit<C>) -> Report {
    let mut report = Report::default();
    let fault = unit.fault;
    let server = FaultServer::start();
    let runtime = runtime::<C>();
    let guard = runtime.as_ref().map(Runtime::enter);
    let client = if fault.http2 {
        http2_client::<C>(&server)
    } else {
        client::<C>(&server)
    };
    // With an open connection, the next request reaches the point of failure sooner.
    for operation in unit.operations.iter().take(1) {
        report
            .deviations
            .extend(check_recovery(&server, &client, operation));
    }
    for operation in &unit.operations {
        let mut deviations = Vec::new();
        let mut outcomes = Vec::new();
        for case in cases(fault, operation) {
            let (outcome, unexpected) = run_case(&server, &client, fault, operation, case);
            deviations.extend(unexpected);
            deviations.extend(check_recovery(&server, &client, operation));
            outcomes.push(outcome);
        }
        let outcomes = outcomes.join("; ");
        let name = format!("{}, {}, {}", fault.name, operation.name, C::NAME);
        let deviations = deviations
            .iter()
            .map(|deviations| format!("{name}: {deviations} ({outcomes})"));
        report.deviations.extend(deviations);
        report
            .outcomes
            .entry(outcomes)
            .or_default()
            .push(operation.name);
    }
    drop(client);
    let left = left_behind(&server, runtime.as_ref());
    report
        .deviations
        .extend(left.iter().map(|left| format!("{}: {left}", fault.name)));
    drop(guard);
    report
}
