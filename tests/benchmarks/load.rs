//! Bulk writes to the embedded server, compared with hand-written bodies.

use std::io::{self, Read as _};
use std::time::Instant;

use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};
use kv_server::KvServer;
use workers_kv::api::keys::Keys;
use workers_kv::api::namespaces::operation::BulkUpdate;
use workers_kv::{BulkResult, BulkWrite, Call, Client};

use super::by_hand::ByHand;
use super::cpu::runtime;
use super::measure::cpu_of_process;
use super::process::Server;
use super::target::Target;

pub(crate) const CASE: &str = "send_all against the embedded server";

const CONCURRENCY: usize = 4;
/// The maximum number of pairs per request.
const BATCH: usize = 10_000;

/// Runs the embedded server with one namespace until its input ends.
pub(crate) fn serve() {
    let server = KvServer::start().expect("a running server");
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
    let client = |target: &Target| {
        let client = target
            .configure(Client::builder())
            .build()
            .expect("a client");
        client.keys(target.account.as_str(), target.namespace.as_str())
    };
    let call = |keys: &Keys<Client>| {
        let pairs = (0..pairs).map(pair);
        keys.bulk_update(pairs)
            .concurrency(CONCURRENCY)
            .batch_items(BATCH)
            .batch_bytes(u64::MAX)
    };
    let run = |call: Call<Client, BulkUpdate>| {
        let result = runtime.block_on(call.send_all());
        let _ = result
            .and_then(BulkResult::complete)
            .expect("all pairs are written");
    };
    let batches = || {
        let starts = (0..pairs).step_by(BATCH);
        starts.map(|start| {
            (start..pairs.min(start + BATCH))
                .map(pair)
                .collect::<Vec<_>>()
        })
    };
    let written = |batch: Vec<BulkWrite>| serde_json::to_vec(&batch).expect("valid JSON");

    let ours = on_a_server(client, |keys| run(call(&keys)));
    let by_hand = on_a_server(ByHand::new, |client| {
        let requests = batches().map(|batch| client.bulk_update(batch));
        let sent = stream::iter(requests).buffer_unordered(CONCURRENCY);
        runtime
            .block_on(sent.try_collect::<Vec<_>>())
            .expect("responses");
    });
    print(
        &format!("{pairs} pairs, serialized and sent, in s"),
        &by_hand,
        &ours,
    );

    let ours = on_a_server(|target| call(&client(target)), run);
    let by_hand = on_a_server(
        |target| {
            (
                ByHand::new(target),
                batches().map(written).collect::<Vec<_>>(),
            )
        },
        |(client, bodies)| {
            let requests = bodies.into_iter().map(|body| client.bulk(body));
            let sent = stream::iter(requests).buffer_unordered(CONCURRENCY);
            runtime
                .block_on(sent.try_collect::<Vec<_>>())
                .expect("responses");
        },
    );
    print("  only sent, in s", &by_hand, &ours);
}

/// A duration, and the share of it in which the server is busy.
struct Load {
    seconds: f64,
    busy: f64,
}

fn print(what: &str, by_hand: &Load, ours: &Load) {
    let ratio = ours.seconds / by_hand.seconds;
    println!(
        "{what:<40} {:>8.2} {:>8.2} {ratio:>6.3}",
        by_hand.seconds, ours.seconds
    );
    let what = "    server busy for";
    println!(
        "{what:<40} {:>7.0}% {:>7.0}%",
        by_hand.busy * 100.0,
        ours.busy * 100.0
    );
}

/// Measures the cost on a separate server, without the preparation.
fn on_a_server<T>(prepare: impl FnOnce(&Target) -> T, work: impl FnOnce(T)) -> Load {
    let server = Server::start("embedded");
    let prepared = prepare(&server.target);
    let (start, cpu) = (Instant::now(), cpu_of_process(server.id()));
    work(prepared);
    let seconds = start.elapsed().as_secs_f64();
    let busy = (cpu_of_process(server.id()) - cpu) / seconds;
    Load { seconds, busy }
}

fn pair(number: usize) -> BulkWrite {
    BulkWrite::new(
        format!("user:{number:07}"),
        format!("value {number}: {}", "x".repeat(80)),
    )
}
