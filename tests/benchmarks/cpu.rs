//! CPU time per call, for each client and for hand-written code.

use std::hint::black_box;

use tokio::runtime::{Builder, Runtime};
use workers_kv::{BulkWrite, Client, blocking};

use super::by_hand::ByHand;
use super::measure::cheapest;
use super::process::output_with_memory_kept;
use super::target::Target;

pub(crate) const CASES: &[&str] = &[
    "values.get of 64 B",
    "keys.list of 1,000 keys",
    "bulk_update of 10,000 pairs",
];

const SIDES: [&str; 3] = ["by hand", "async", "blocking"];

/// Prints one line. Each side runs in a separate process, several times in turn.
pub(crate) fn compare(case: &str, target: &Target, times: usize) {
    let target = target.to_string();
    let mut costs = [const { Vec::new() }; 3];
    for round in 0..times {
        for offset in 0..SIDES.len() {
            // Rotates the order, so no side always runs after the same other one.
            let side = (round + offset) % SIDES.len();
            let cost = output_with_memory_kept(&["cpu", case, SIDES[side], &target]);
            costs[side].push(cost.parse::<f64>().expect("a number"));
        }
    }
    let [by_hand, ours, blocking] = costs.map(median);
    println!(
        "{case:<40} {by_hand:>8.1} {ours:>8.1} {:>6.3} {blocking:>8.1} {:>6.3}",
        ours / by_hand,
        blocking / by_hand
    );
}

fn median(mut costs: Vec<f64>) -> f64 {
    costs.sort_by(f64::total_cmp);
    costs[costs.len() / 2]
}

/// Prints the cost of one call in µs.
pub(crate) fn run(case: &str, side: &str, target: &Target) {
    let (runs, calls) = match case {
        "values.get of 64 B" => (40, 250),
        "keys.list of 1,000 keys" => (40, 25),
        _ => (40, 1),
    };
    let pairs = || match case {
        "bulk_update of 10,000 pairs" => pairs(),
        _ => Vec::new(),
    };
    let mut call = call(case, side, target);
    let run = |pairs: Vec<BulkWrite>| {
        let mut pairs = Some(pairs);
        for _ in 0..calls {
            call(pairs.take().unwrap_or_default());
        }
    };
    println!("{}", cheapest(runs, pairs, run) / f64::from(calls) * 1e6);
}

/// Returns a function that makes one call. Only bulk calls take pairs.
fn call(case: &str, side: &str, target: &Target) -> Box<dyn FnMut(Vec<BulkWrite>)> {
    let runtime = runtime();
    let (account, namespace) = (&*target.account, &*target.namespace);
    let by_hand = ByHand::new(target);
    let client = target
        .configure(Client::builder())
        .build()
        .expect("a client");
    let (values, keys) = (
        client.values(account, namespace),
        client.keys(account, namespace),
    );
    let client = target
        .configure(blocking::Client::builder())
        .build()
        .expect("a client");
    let blocking_values = client.values(account, namespace);
    let blocking_keys = client.keys(account, namespace);
    match (case, side) {
        ("values.get of 64 B", "by hand") => Box::new(move |_| {
            black_box(runtime.block_on(by_hand.get("small")).expect("a value"));
        }),
        ("values.get of 64 B", "async") => Box::new(move |_| {
            black_box(
                runtime
                    .block_on(values.get("small").send())
                    .expect("a value"),
            );
        }),
        ("values.get of 64 B", _) => Box::new(move |_| {
            black_box(blocking_values.get("small").send().expect("a value"));
        }),
        ("keys.list of 1,000 keys", "by hand") => Box::new(move |_| {
            black_box(runtime.block_on(by_hand.list()).expect("a page"));
        }),
        ("keys.list of 1,000 keys", "async") => Box::new(move |_| {
            black_box(runtime.block_on(keys.list().send()).expect("a page"));
        }),
        ("keys.list of 1,000 keys", _) => Box::new(move |_| {
            black_box(blocking_keys.list().send().expect("a page"));
        }),
        (_, "by hand") => Box::new(move |pairs| {
            let _ = black_box(
                runtime
                    .block_on(by_hand.bulk_update(pairs))
                    .expect("a result"),
            );
        }),
        (_, "async") => Box::new(move |pairs| {
            let _ = black_box(
                runtime
                    .block_on(keys.bulk_update(pairs).send())
                    .expect("a result"),
            );
        }),
        _ => Box::new(move |pairs| {
            let _ = black_box(blocking_keys.bulk_update(pairs).send().expect("a result"));
        }),
    }
}

/// A runtime that runs on the calling thread, so no switch between threads is measured.
pub(crate) fn runtime() -> Runtime {
    let runtime = Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime")
}

fn pairs() -> Vec<BulkWrite> {
    let pairs = (0..10_000).map(|n| {
        let value = format!("value {n}: {}", "x".repeat(80));
        BulkWrite::new(format!("user:{n:06}"), value)
    });
    pairs.collect()
}
