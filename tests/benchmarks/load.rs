//! A bulk load as fast as the embedded server takes it, beside bodies made by hand.

use std::io::{self, Read as _};
use std::time::Instant;

use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};
use kv_server::KvServer;
use workers_kv::{BulkWrite, Client};

use super::by_hand::ByHand;
use super::cpu::runtime;
use super::measure::cpu_of_process;
use super::place::Place;
use super::process::Server;

pub(crate) const CASE: &str = "send_all against the embedded server";

const CONCURRENCY: usize = 4;
/// How many pairs a request has at most.
const BATCH: usize = 10_000;

/// The embedded server with one namespace, until its input ends.
pub(crate) fn serve() {
    let server = KvServer::start().expect("it starts");
    let (url, token, account) = (server.base_url(), server.token(), server.account_id());
    let client = workers_kv::blocking::Client::builder()
        .api_token(token)
        .base_url(url)
        .build();
    let create = client.expect("a client").namespaces(account).create("load");
    let namespace = create.send().expect("a namespace").id;
    println!("{url} {token} {account} {namespace}");
    let _ = io::stdin().read_to_end(&mut Vec::new());
}

pub(crate) fn run(pairs: usize) {
    let runtime = runtime();
    let (ours, load) = on_a_server(|place| {
        let client = place
            .configure(Client::builder())
            .build()
            .expect("a client");
        let keys = client.keys(place.account.as_str(), place.namespace.as_str());
        let pairs = (0..pairs).map(pair);
        let sent = runtime.block_on(keys.bulk_update(pairs).concurrency(CONCURRENCY).send_all());
        assert!(
            sent.expect("all are written")
                .unsuccessful_keys
                .is_none_or(|keys| keys.is_empty())
        );
    });
    let (by_hand, other_load) = on_a_server(|place| {
        let client = ByHand::new(place);
        let numbers: Vec<usize> = (0..pairs).collect();
        let batches = numbers
            .chunks(BATCH)
            .map(|batch| client.bulk_update(batch.iter().copied().map(pair).collect()));
        let sent = stream::iter(batches)
            .buffer_unordered(CONCURRENCY)
            .try_collect::<Vec<_>>();
        runtime.block_on(sent).expect("all are written");
    });
    let what = format!("{pairs} pairs, in s");
    println!(
        "{what:<40} {by_hand:>8.2} {ours:>8.2} {:>6.3}",
        ours / by_hand
    );
    println!(
        "{:<40} {other_load:>7.0}% {load:>7.0}%",
        "the server is busy"
    );
}

/// Seconds that something takes on a server of its own, and the share of it for which the server is busy.
fn on_a_server(work: impl FnOnce(&Place)) -> (f64, f64) {
    let server = Server::start("embedded");
    let (start, cpu) = (Instant::now(), cpu_of_process(server.id()));
    work(&server.place);
    let seconds = start.elapsed().as_secs_f64();
    (
        seconds,
        (cpu_of_process(server.id()) - cpu) / seconds * 100.0,
    )
}

fn pair(number: usize) -> BulkWrite {
    BulkWrite::new(
        format!("user:{number:07}"),
        format!("value {number}: {}", "x".repeat(80)),
    )
}
