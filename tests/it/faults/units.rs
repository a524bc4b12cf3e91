//! Runs the table: a fault with some of the calls is a unit, and many units run at once.

use std::collections::{BTreeMap, VecDeque};
use std::process;
use std::sync::Mutex;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};

use super::meet::{cases, meet, works};
use super::operations::{Operation, Operations};
use super::server::{FaultServer, soon};
use super::table::{Fault, faults};
use crate::support::Kv;

/// How many units run at once: they mostly wait.
const LANES: usize = 96;
/// How many calls a unit has.
const CALLS: usize = 5;
/// A call that should not take long at all.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// How often a server fails that does so for ever.
pub(crate) const FOR_EVER: usize = usize::MAX;

/// A fault and the calls that meet it, by their numbers.
struct Unit<'a, C> {
    number: usize,
    fault: &'a Fault,
    operations: Vec<Operation<C>>,
}

/// What came of a fault, or of some of the calls that met it.
#[derive(Default)]
struct Report {
    /// What the calls made of it, each with those that made the same.
    outcomes: BTreeMap<String, Vec<&'static str>>,
    /// What should not be.
    wrong: Vec<String>,
}

/// Runs all units, prints what came of them, and fails where that is not what should be.
pub(crate) fn run_all<C: Operations>() {
    let elsewhere = FaultServer::start();
    let origin = elsewhere.origin();
    // Another name is another host, though it is this machine as well.
    let faults = faults(&origin.replace("127.0.0.1", "localhost"));
    let mut waiting = units::<C>(&faults);
    let mut left: Vec<_> = waiting.iter().map(|unit| unit.number).collect();
    // Those that take longest come first.
    waiting.sort_by_key(|unit| (!unit.fault.silent, unit.fault.quick));
    let waiting = Mutex::new(VecDeque::from(waiting));
    let (sender, reports) = channel();
    let mut merged: Vec<_> = faults.iter().map(|_| Report::default()).collect();
    thread::scope(|scope| {
        for _ in 0..LANES {
            let (sender, waiting) = (sender.clone(), &waiting);
            scope.spawn(move || {
                let next = || waiting.lock().expect("no lane panics").pop_front();
                while let Some(unit) = next() {
                    let _ = sender.send((unit.number, run(&unit)));
                }
            });
        }
        drop(sender);
        while !left.is_empty() {
            let (number, report) = match reports.recv_timeout(3 * PATIENCE) {
                Ok(report) => report,
                // A lane has panicked, and so will this thread.
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {
                    let names = left.iter().map(|number| &faults[*number].name);
                    let names: Vec<_> = names.collect();
                    // No scope ends as long as a lane hangs.
                    eprintln!("these hang, or wait for those that do: {names:#?}");
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
    let led_away = elsewhere.seen().attempts;
    assert_eq!(led_away, 0, "a client followed a redirect");
    let wrong: Vec<_> = merged.into_iter().flat_map(|report| report.wrong).collect();
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// Every fault with every call.
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
            // They come in any order.
            all.sort_unstable();
        }
        self.wrong.extend(other.wrong);
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

/// What drives the async client in this thread: with a runtime for each unit, what it leaves behind shows.
pub(crate) fn runtime<C: Kv>() -> Option<Runtime> {
    let runtime = || {
        Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
    };
    (C::NAME == "async").then(|| runtime().expect("a runtime"))
}

/// What should not be when a client is gone.
pub(crate) fn left_behind(server: &FaultServer, runtime: Option<&Runtime>) -> Vec<String> {
    let mut wrong = Vec::new();
    if !server.has_open_at_most(0) {
        wrong.push("connections outlive their client".to_owned());
    }
    if let Some(runtime) = runtime
        && !soon(|| runtime.metrics().num_alive_tasks() == 0)
    {
        wrong.push("tasks outlive their client".to_owned());
    }
    wrong
}

pub(crate) fn client<C: Kv>(server: &FaultServer) -> C {
    let client = C::start(|builder| builder.base_url(server.origin()).api_token("token"));
    client.expect("a client")
}

fn run<C: Operations>(unit: &Unit<C>) -> Report {
    let mut report = Report::default();
    let fault = unit.fault;
    let server = FaultServer::start();
    let runtime = runtime::<C>();
    let guard = runtime.as_ref().map(Runtime::enter);
    let client = client::<C>(&server);
    // With a connection that is there already, an attempt is soon where it is to fail.
    for operation in unit.operations.iter().take(1) {
        report.wrong.extend(works(&server, &client, operation));
    }
    for operation in &unit.operations {
        let mut wrong = Vec::new();
        let mut outcomes = Vec::new();
        for case in cases(fault, operation) {
            let (outcome, unexpected) = meet(&server, &client, fault, operation, case);
            wrong.extend(unexpected);
            wrong.extend(works(&server, &client, operation));
            outcomes.push(outcome);
        }
        let outcomes = outcomes.join("; ");
        let name = format!("{}, {}, {}", fault.name, operation.name, C::NAME);
        let wrong = wrong
            .iter()
            .map(|wrong| format!("{name}: {wrong} ({outcomes})"));
        report.wrong.extend(wrong);
        report
            .outcomes
            .entry(outcomes)
            .or_default()
            .push(operation.name);
    }
    drop(client);
    let left = left_behind(&server, runtime.as_ref());
    report
        .wrong
        .extend(left.iter().map(|left| format!("{}: {left}", fault.name)));
    drop(guard);
    report
}
