//! Bulk calls with several requests, one of which fails. The error accounts for each item.

use std::collections::BTreeSet;

use serde_json::Value;
use workers_kv::{BulkWrite, Client, Result, blocking};

use super::operations::Output;
use super::request::ReceivedRequest;
use super::server::FaultServer;
use super::table::{Fault, Outcome, faults};
use super::units::{ALWAYS, client};
use crate::support::mock_api::{ACCOUNT, NAMESPACE};
use crate::support::{Kv, RunAll as _, kind};

#[derive(Clone, Copy, Debug)]
enum Bulk {
    Get,
    Write,
    Delete,
}

impl Bulk {
    /// The items of more than three requests.
    fn items(self) -> Vec<String> {
        let count = match self {
            Self::Get => 350,
            Self::Write | Self::Delete => 3_001,
        };
        (0..count).map(|n| n.to_string()).collect()
    }
}

trait Batches: Kv {
    /// Sends up to `requests` requests in parallel.
    fn run(&self, bulk: Bulk, items: Vec<String>, requests: usize, retries: u32) -> Result<()>;
}

macro_rules! clients {
    ($($client:ty),*) => {$(
        impl Batches for $client {
            fn run(&self, bulk: Bulk, items: Vec<String>, requests: usize, retries: u32) -> Result<()> {
                let keys = self.keys(ACCOUNT, NAMESPACE);
                match bulk {
                    Bulk::Get => {
                        let call = keys.bulk_get(items).concurrency(requests);
                        call.max_retries(retries).run_all().map(drop)
                    }
                    Bulk::Write => {
                        let pairs = items.into_iter().map(|key| BulkWrite::new(key, "v"));
                        let call = keys.bulk_update(pairs).concurrency(requests);
                        call.query("failed", "none").max_retries(retries).run_all().map(drop)
                    }
                    Bulk::Delete => {
                        let call = keys.bulk_delete(items).concurrency(requests);
                        call.query("failed", "none").max_retries(retries).run_all().map(drop)
                    }
                }
            }
        }
    )*};
}

clients! { Client, blocking::Client }

/// Returns the keys in a request of a bulk call.
fn keys(received: &ReceivedRequest) -> Vec<String> {
    let body: Value = serde_json::from_slice(&received.body).expect("valid JSON");
    let items = body.get("keys").unwrap_or(&body).as_array();
    let items = items.expect("a list of items").iter();
    let keys = items.map(|item| item.get("key").unwrap_or(item).as_str());
    keys.map(|key| key.expect("a key").to_owned()).collect()
}

/// A permanent fault ends the call. The client starts no new request. Running requests count.
fn permanent_faults_end_the_call<C: Batches>(
    fault: &Fault,
    bulk: Bulk,
    before: usize,
    requests: usize,
) {
    let server = FaultServer::start();
    let client: C = client(&server);
    server.fails(before, ALWAYS, fault.response.clone());
    let items = bulk.items();
    let error = client.run(bulk, items.clone(), requests, 0).unwrap_err();
    let seen = server.seen();
    let case = format!("{}, {bulk:?}, {before}, {requests}: {error}", fault.name);

    let Outcome::Fails(failure) = fault.outcomes.of(Output::Json) else {
        panic!("{case}");
    };
    let status = error.status().map(|status| status.as_u16());
    assert_eq!(
        (kind(&error), status),
        (failure.kind, failure.status),
        "{case}"
    );
    assert!(
        (before + 1..=before + requests).contains(&seen.attempts),
        "{case}"
    );
    let confirmed = seen
        .received
        .iter()
        .filter(|received| received.is_successful);
    let confirmed: BTreeSet<_> = confirmed.flat_map(keys).collect();
    let (done, rest) = items.into_iter().partition(|key| confirmed.contains(key));
    let (done, rest): (Vec<_>, Vec<_>) = (done, rest);
    let progress = error.progress().expect("the error has progress");
    assert!(progress.done() == done && progress.rest() == rest, "{case}");
}

/// A temporary fault is retried. No other request is repeated.
fn temporary_faults_are_retried<C: Batches>(
    fault: &Fault,
    bulk: Bulk,
    before: usize,
    requests: usize,
) {
    let server = FaultServer::start();
    let client: C = client(&server);
    server.fails(before, 1, fault.response.clone());
    let outcome = client.run(bulk, bulk.items(), requests, 1);
    let seen = server.seen();
    let case = format!(
        "{}, {bulk:?}, {before}, {requests}: {outcome:?}",
        fault.name
    );
    assert!(outcome.is_ok(), "{case}");
    assert_eq!(seen.attempts, 5, "{case}");
    let confirmed = seen
        .received
        .iter()
        .filter(|received| received.is_successful);
    let mut confirmed: Vec<_> = confirmed.flat_map(keys).collect();
    let mut items = bulk.items();
    confirmed.sort();
    items.sort();
    assert!(confirmed == items, "{case}");
}

fn all<C: Batches>() {
    let once = [
        "503",
        "429, retry-after in seconds",
        "reset before any byte",
        "closed in mid-body",
    ];
    let never = [
        "403, closed in mid-body",
        "200 with HTML",
        "200 without success",
    ];
    for fault in faults("http://localhost") {
        let name = fault.name.as_str();
        if !once.contains(&name) && !never.contains(&name) {
            continue;
        }
        for before in 0..4 {
            for requests in [1, 3] {
                permanent_faults_end_the_call::<C>(&fault, Bulk::Get, before, requests);
            }
        }
        if once.contains(&name) {
            temporary_faults_are_retried::<C>(&fault, Bulk::Get, 1, 1);
            temporary_faults_are_retried::<C>(&fault, Bulk::Get, 2, 4);
        }
    }
    // Few cases, because thousands of items take longer.
    for fault in faults("http://localhost") {
        if fault.name == "503" {
            permanent_faults_end_the_call::<C>(&fault, Bulk::Write, 1, 2);
            permanent_faults_end_the_call::<C>(&fault, Bulk::Delete, 2, 1);
            temporary_faults_are_retried::<C>(&fault, Bulk::Write, 2, 2);
        }
    }
}

#[test]
fn async_bulk_calls_account_for_each_item() {
    all::<Client>();
}

#[test]
fn blocking_bulk_calls_account_for_each_item() {
    all::<blocking::Client>();
}
