//! Bulk calls.

mod batches;
mod concurrency;
mod failed_items;
mod failures;
mod growth;
mod halving;
mod progress;
mod resume;
mod slow_servers;
mod streams;
mod timeouts;

use serde_json::{Value, json};

use crate::runtime::Error;
use crate::support::api::{Outcome, Pair};
use crate::support::server::{Received, Server, Step, by, response, result};

/// Confirms all keys except these, and asks for a retry soon.
fn outcome(request: &Received, failed: &[&str]) -> Step {
    let sent = keys(request);
    let failed: Vec<_> = failed
        .iter()
        .filter(|key| sent.iter().any(|sent| sent == *key))
        .collect();
    let done = sent.len() - failed.len();
    let body = json!({"success": true, "result": {"successful_key_count": done, "unsuccessful_keys": failed}});
    response("200 OK", &[("retry-after-ms", "1")], body.to_string())
}

/// Returns each key as its own value, or with metadata an entry with the value. Keys that start with
/// `no` are missing.
fn found(request: &Received) -> Step {
    let with_metadata = body(request)["withMetadata"] == true;
    let entry = |key: &String| match key {
        key if key.starts_with("no") => Value::Null,
        key if with_metadata => json!({"value": key}),
        key => json!(key),
    };
    let values: serde_json::Map<_, _> = keys(request)
        .iter()
        .map(|key| (key.clone(), entry(key)))
        .collect();
    result(&json!({"values": values}).to_string())
}

fn body(request: &Received) -> Value {
    serde_json::from_slice(&request.body).unwrap()
}

/// Returns the keys of a bulk request.
fn keys(request: &Received) -> Vec<String> {
    let body = body(request);
    let list = body.get("keys").unwrap_or(&body).as_array().unwrap();
    let key = |item: &Value| item.get("key").unwrap_or(item).as_str().unwrap().to_owned();
    list.iter().map(key).collect()
}

/// Returns the number of keys of each request, in descending order.
fn counts(server: &Server) -> Vec<usize> {
    let mut counts: Vec<_> = server
        .received()
        .iter()
        .map(|request| keys(request).len())
        .collect();
    counts.sort_unstable_by(|one, other| other.cmp(one));
    counts
}

fn names(count: usize) -> Vec<String> {
    (0..count).map(|n| format!("k{n}")).collect()
}

/// Returns a pair whose JSON has this size.
fn pair(key: &str, bytes: usize) -> Pair {
    let frame = serde_json::to_string(&Pair::new(key, "")).unwrap().len();
    Pair::new(key, "v".repeat(bytes - frame))
}

fn sum(count: i64, failed: &[&str]) -> Outcome {
    serde_json::from_value(json!({"successful_key_count": count, "unsuccessful_keys": failed}))
        .unwrap()
}

/// Returns the keys that are done, and the rest.
fn progress(error: &Error) -> (Vec<&str>, Vec<&str>) {
    let progress = error.progress().expect("it says how far it came");
    (
        progress.done().iter().map(String::as_str).collect(),
        progress.rest().iter().map(String::as_str).collect(),
    )
}

/// Fails for requests with more than a number of keys.
fn limited(max: usize, failure: Step, respond: fn(&Received) -> Step) -> Step {
    by(move |request| match keys(request).len() {
        count if count > max => failure.clone(),
        _ => respond(request),
    })
}

/// Returns keys of the same length.
fn keys_of_same_length(count: usize) -> Vec<String> {
    (0..count).map(|n| format!("k{n:03}")).collect()
}

fn confirmed(request: &Received) -> Step {
    outcome(request, &[])
}

fn too_large() -> Step {
    response("413 Payload Too Large", &[], "<html>too large</html>")
}

fn too_slow() -> Step {
    response("524 ", &[], "<html>a timeout occurred</html>")
}
