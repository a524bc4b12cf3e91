//! Bulk calls: splits a list into batches, sends them concurrently, retries failed items and merges the
//! results.

mod array;
mod call;
mod error;
pub(crate) mod merge;
mod request;

use std::collections::{BTreeMap, HashSet};
use std::num::NonZeroUsize;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;

use futures_util::stream::{FuturesUnordered, StreamExt};

use crate::runtime::api::call_info::CallInfo;
use crate::runtime::body::array::JsonArray;
use crate::runtime::body::upload::Upload;
use crate::runtime::bulk::merge::Merge;
use crate::runtime::client::Client;
use crate::runtime::client::execute::{execute, retry_delay};
use crate::runtime::client::options::Options;
use crate::runtime::error::progress::Progress;
use crate::runtime::error::validation::ValidationError;
use crate::runtime::error::{Error, Result};
use crate::runtime::http::retry::RetryReason;
use crate::runtime::operation::Operation;
use crate::runtime::request::{ParamLocation, Request};

/// Largest minimum list length for which the size of a body without items is measured.
const MAX_SAMPLE_ITEMS: usize = 8;

/// Default number of concurrent requests.
const CONCURRENCY: usize = 4;

/// An operation whose list can be split.
pub trait Bulk: Operation<Output: Merge> {
    /// Location of the list.
    const LIST: ParamLocation;
    /// Property that is the key of an item. `None` if an item is its own key.
    const KEY: Option<&'static str>;
    /// Maximum number of items per request.
    const MAX_ITEMS: usize;

    /// Returns the keys that the server reports as failed, if the API reports them.
    fn failed(output: &mut Self::Output) -> Option<&mut Vec<String>> {
        let _ = output;
        None
    }
}

/// Sends all items. After a failure, no request is started, and running requests are completed.
pub(crate) async fn send_all<O: Bulk>(
    client: &Client,
    options: &Options,
    request: &Request,
) -> Result<O::Output> {
    let items = &request.array_at(O::LIST);
    let meta = O::META;
    let batches = split_into_batches::<O>(request, items).map_err(|error| {
        Error::invalid_request(CallInfo::new(client.core.settings, meta, 0), error)
    })?;
    let concurrency = options.concurrency.map_or(CONCURRENCY, NonZeroUsize::get);
    let mut waiting = batches.into_iter().enumerate();
    let stop = AtomicBool::new(false);
    let stopped = &stop;
    let mut running = FuturesUnordered::new();
    let mut outputs = BTreeMap::new();
    // Unconfirmed items of each completed batch.
    let mut unconfirmed = BTreeMap::new();
    let mut failure = None;
    loop {
        while failure.is_none()
            && running.len() < concurrency
            && let Some((number, mut batch)) = waiting.next()
        {
            running.push(async move {
                let output = send_batch::<O>(client, options, request, &mut batch, stopped).await;
                (number, output, batch)
            });
        }
        let Some((number, output, batch)) = running.next().await else {
            break;
        };
        unconfirmed.insert(number, batch);
        match output {
            Ok(output) => drop(outputs.insert(number, output)),
            Err(error) => {
                stop.store(true, Relaxed);
                failure.get_or_insert(error);
            }
        }
    }
    if let Some(error) = failure {
        unconfirmed.extend(waiting);
        return Err(error.with_progress(progress::<O>(items, unconfirmed.values())));
    }
    let merged = outputs.into_values().reduce(|mut all, output| {
        all.absorb(output);
        all
    });
    Ok(merged.expect("there is at least one batch"))
}

/// Splits the items by the limits of the API, in order. An empty list is one batch.
fn split_into_batches<O: Bulk>(
    request: &Request,
    items: &JsonArray,
) -> Result<Vec<JsonArray>, ValidationError> {
    let name = O::LIST.name();
    items.check().map_err(|error| error.within(name))?;
    let body_overhead = body_overhead::<O>(request, items);
    let max = O::META.max_body.unwrap_or(u64::MAX);
    let mut batches = Vec::new();
    let (mut start, mut size) = (0, body_overhead);
    for index in 0..items.len() {
        let own = items.size(index) as u64;
        if body_overhead + own > max {
            let reason = format!(
                "results in a body of {} bytes; the maximum is {max}",
                body_overhead + own
            );
            let path = format!("{name}[{index}]");
            return Err(ValidationError::new(reason).within(&path));
        }
        // A comma precedes every item except the first.
        if index - start == O::MAX_ITEMS || (index > start && size + 1 + own > max) {
            batches.push(items.select(start..index));
            (start, size) = (index, body_overhead);
        }
        size += own + u64::from(index > start);
    }
    batches.push(items.select(start..items.len()));
    Ok(batches)
}

/// Returns the size of a body without items. It is measured with the smallest valid list.
fn body_overhead<O: Bulk>(request: &Request, items: &JsonArray) -> u64 {
    let size = |count: usize| {
        let items = items.select(0..count);
        let own: usize = items.indexes().map(|index| items.size(index)).sum();
        let commas = count.saturating_sub(1);
        let encoded = request
            .clone()
            .with_array(O::LIST, items)
            .build(O::META)
            .ok()?;
        let size = encoded.body.as_ref().and_then(Upload::size)?;
        size.checked_sub((own + commas) as u64)
    };
    let max = items.len().min(MAX_SAMPLE_ITEMS);
    // An array has at least its brackets.
    (0..=max).find_map(size).unwrap_or(2)
}

/// Sends a batch and retries its failed items, until another batch fails. Unconfirmed items stay in
/// `unconfirmed`.
async fn send_batch<O: Bulk>(
    client: &Client,
    options: &Options,
    request: &Request,
    unconfirmed: &mut JsonArray,
    stopped: &AtomicBool,
) -> Result<O::Output> {
    let retries = options.max_retries.unwrap_or(client.core.max_retries);
    let mut merged = None;
    let mut round = 0;
    loop {
        let part = request.clone().with_array(O::LIST, unconfirmed.clone());
        let (mut output, response) = execute::<O>(client, options, &part).await?;
        *unconfirmed = match O::failed(&mut output) {
            Some(failed) => take_failed_items(unconfirmed, O::KEY, failed, round < retries),
            None => unconfirmed.select([]),
        };
        let output = match merged.take() {
            Some(mut all) => {
                O::Output::absorb(&mut all, output);
                all
            }
            None => output,
        };
        if unconfirmed.is_empty() || round == retries || stopped.load(Relaxed) {
            return Ok(output);
        }
        round += 1;
        let retry_reason = RetryReason::Status(response.status, &response.headers);
        let delay = retry_delay(&client.core, round, retry_reason);
        client.core.clock.sleep(delay).await;
        if stopped.load(Relaxed) {
            return Ok(output);
        }
        merged = Some(output);
    }
}

/// Returns the failed items. If they are sent again, their keys are removed from the result.
fn take_failed_items(
    sent: &JsonArray,
    property: Option<&str>,
    failed: &mut Vec<String>,
    takes: bool,
) -> JsonArray {
    let listed: HashSet<&str> = failed.iter().map(String::as_str).collect();
    if listed.is_empty() {
        return sent.select([]);
    }
    let mut known = HashSet::new();
    let mut indexes = Vec::new();
    for index in sent.indexes() {
        let key = sent.key(index, property);
        if let Some(key) = key.filter(|key| listed.contains(key.as_str())) {
            known.insert(key);
            indexes.push(index);
        }
    }
    if takes {
        failed.retain(|key| !known.contains(key));
    }
    sent.select(indexes)
}

/// Computes the progress from the unconfirmed items of each batch.
fn progress<'a, O: Bulk>(
    items: &JsonArray,
    unconfirmed: impl Iterator<Item = &'a JsonArray>,
) -> Progress {
    let mut unconfirmed = unconfirmed.flat_map(JsonArray::indexes).peekable();
    let (mut done, mut rest) = (Vec::new(), Vec::new());
    for index in items.indexes() {
        let is_left = unconfirmed.next_if_eq(&index).is_some();
        let keys = if is_left { &mut rest } else { &mut done };
        keys.push(items.key(index, O::KEY).unwrap_or_default());
    }
    Progress::new(done, rest)
}
