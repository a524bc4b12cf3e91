//! One batch of a bulk call: sends it, and sends failed items again.

use std::collections::HashSet;
use std::marker::PhantomData;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;

use crate::runtime::body::array::JsonArray;
use crate::runtime::bulk::Bulk;
use crate::runtime::bulk::merge::Merge;
use crate::runtime::bulk::meter::Meter;
use crate::runtime::client::Client;
use crate::runtime::client::execute::{execute, retry_delay};
use crate::runtime::client::options::Options;
use crate::runtime::error::{Error, Result};
use crate::runtime::http::raw_response::RawResponse;
use crate::runtime::http::retry::RetryReason;
use crate::runtime::request::Request;

/// Sends the batches of a call.
pub(super) struct Sender<'a, O> {
    client: &'a Client,
    /// Options of a request that is not halved.
    options: Options,
    request: &'a Request,
    meter: &'a Meter,
    /// True after a failure. No further request is started.
    pub(super) is_stopped: AtomicBool,
    operation: PhantomData<fn() -> O>,
}

/// The end of a batch.
pub(super) struct BatchEnd<T> {
    /// Index of the first item of the batch.
    pub(super) first: usize,
    /// Result of the successful requests.
    pub(super) output: Option<T>,
    /// Items that the server did not confirm.
    pub(super) unconfirmed: JsonArray,
    pub(super) result: Result<()>,
}

impl<'a, O: Bulk> Sender<'a, O> {
    pub(super) fn new(
        client: &'a Client,
        options: &Options,
        request: &'a Request,
        meter: &'a Meter,
    ) -> Self {
        let mut options = options.clone();
        options.bulk.on_sent = meter.on_sent();
        Self {
            client,
            options,
            request,
            meter,
            is_stopped: AtomicBool::new(false),
            operation: PhantomData,
        }
    }

    /// Sends a batch and retries its failed items, until another batch fails.
    pub(super) async fn send(&self, batch: JsonArray) -> BatchEnd<O::Output> {
        let first = batch.indexes().next();
        let mut end = BatchEnd {
            first: first.unwrap_or_default(),
            output: None,
            unconfirmed: batch,
            result: Ok(()),
        };
        let mut round = 0;
        loop {
            match self.send_once(&end.unconfirmed).await {
                Ok((output, response)) => {
                    self.add_output(&mut end, output, round < self.max_retries());
                    if end.unconfirmed.is_empty() || round == self.max_retries() {
                        return end;
                    }
                    round += 1;
                    self.wait(round, &response).await;
                }
                Err(error) => {
                    end.result = Err(error);
                    return end;
                }
            }
            if self.is_stopped.load(Relaxed) {
                return end;
            }
        }
    }

    /// Returns true if a batch can be halved: repeating a request is safe and allowed.
    fn can_halve(&self, batch: &JsonArray) -> bool {
        batch.len() > 1 && self.max_retries() > 0 && O::META.is_idempotent()
    }

    /// Returns true if a batch is halved after an error.
    pub(super) fn halves(&self, batch: &JsonArray, error: &Error) -> bool {
        self.options(batch).bulk.is_halved_after(error)
    }

    /// Returns the options of the request for a batch.
    fn options(&self, batch: &JsonArray) -> Options {
        let mut options = self.options.clone();
        options.bulk.halve_on = self.can_halve(batch).then_some(O::HALVE_ON);
        options
    }

    async fn send_once(&self, batch: &JsonArray) -> Result<(O::Output, RawResponse)> {
        let request = self.request.clone().with_array(O::LIST, batch.clone());
        execute::<O>(self.client, &self.options(batch), &request).await
    }

    /// Adds the result of a request. If its failed items are sent again, their keys are removed from it.
    fn add_output(&self, end: &mut BatchEnd<O::Output>, mut output: O::Output, again: bool) {
        let sent = end.unconfirmed.len();
        end.unconfirmed = match O::failed(&mut output) {
            Some(failed) => take_failed_items(&end.unconfirmed, O::KEY, failed, again),
            None => end.unconfirmed.select([]),
        };
        self.meter.add_items(sent - end.unconfirmed.len());
        match &mut end.output {
            Some(all) => all.absorb(output),
            None => end.output = Some(output),
        }
    }

    /// Waits before failed items are sent again.
    async fn wait(&self, round: u32, response: &RawResponse) {
        if self.is_stopped.load(Relaxed) {
            return;
        }
        let retry_reason = RetryReason::Status(response.status, &response.headers);
        let core = &*self.client.core;
        let delay = retry_delay(core, round, retry_reason);
        let left = self.options.deadline.map(|it| it.remaining(&*core.clock));
        let delay = left.map_or(delay, |left| left.min(delay));
        core.clock.sleep(delay).await;
    }

    fn max_retries(&self) -> u32 {
        let default = self.client.core.max_retries;
        self.options.max_retries.unwrap_or(default)
    }
}

/// Returns the failed items. If they are sent again, their keys are removed from the result.
fn take_failed_items(
    sent: &JsonArray,
    property: Option<&str>,
    failed: &mut Vec<String>,
    again: bool,
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
    if again {
        failed.retain(|key| !known.contains(key));
    }
    sent.select(indexes)
}
