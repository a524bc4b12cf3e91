//! One batch of a bulk call: sends it, and sends failed items again.

use std::collections::HashSet;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::Relaxed};
use std::task::Poll;
use std::time::Duration;

use crate::runtime::body::array::JsonArray;
use crate::runtime::bulk::Bulk;
use crate::runtime::bulk::merge::Merge;
use crate::runtime::bulk::meter::Meter;
use crate::runtime::client::Client;
use crate::runtime::client::batch_request::{BatchRequest, is_too_large};
use crate::runtime::client::execute::{execute, retry_delay};
use crate::runtime::client::options::Options;
use crate::runtime::error::{Error, Result};
use crate::runtime::http::raw_response::RawResponse;
use crate::runtime::http::retry::{RetryReason, retry_after};
use crate::runtime::request::Request;

/// Number of consecutive rounds of slow requests after which a call fails. Each round is a half of the previous one.
const MAX_SLOW_ROUNDS: u32 = 4;

/// Sends the batches of a call.
pub(super) struct Sender<'a, O> {
    client: &'a Client,
    options: &'a Options,
    request: &'a Request,
    meter: &'a Meter,
    /// Number of concurrent requests.
    concurrency: u64,
    /// True after a failure. No further request is started.
    pub(super) is_stopped: Arc<AtomicBool>,
    /// Number of consecutive rounds of requests that took too long.
    slow_rounds: AtomicU32,
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
    pub(super) result: BatchResult,
}

pub(super) enum BatchResult {
    /// The server processed the batch, or the call was stopped.
    Done,
    /// The unconfirmed items are sent as two halves because of the error.
    Halved(Error),
    Failed(Error),
}

impl<'a, O: Bulk> Sender<'a, O> {
    pub(super) fn new(
        client: &'a Client,
        options: &'a Options,
        request: &'a Request,
        meter: &'a Meter,
        concurrency: u64,
    ) -> Self {
        Self {
            client,
            options,
            request,
            meter,
            concurrency,
            is_stopped: Arc::default(),
            slow_rounds: AtomicU32::new(0),
            operation: PhantomData,
        }
    }

    /// Sends a batch and retries its failed items. If another batch fails, it ends after the running attempt.
    pub(super) async fn send(&self, batch: JsonArray) -> BatchEnd<O::Output> {
        let first = batch.indexes().next();
        let mut end = BatchEnd {
            first: first.unwrap_or_default(),
            output: None,
            unconfirmed: batch,
            result: BatchResult::Done,
        };
        let mut round = 0;
        loop {
            let request = self.batch_request(&end.unconfirmed);
            let slow_rounds = self.slow_rounds.load(Relaxed);
            let sent = self.send_once(&end.unconfirmed, &request);
            let Some(sent) = unless_over(&request, sent).await else {
                return end;
            };
            let delay = match sent {
                Ok((failed, output, response)) => {
                    self.slow_rounds.store(0, Relaxed);
                    let again = round < self.max_retries() && failed.len() >= O::MIN_ITEMS;
                    self.add_output(&mut end, failed, output, again);
                    if end.unconfirmed.is_empty() || !again {
                        return end;
                    }
                    round += 1;
                    let retry_reason = RetryReason::Status(response.status, &response.headers);
                    retry_delay(&self.client.core, round, retry_reason)
                }
                Err(error) if self.is_halved(&request, &error, slow_rounds) => {
                    let delay = self.delay_before_halves(&error);
                    end.result = BatchResult::Halved(error);
                    delay
                }
                Err(error) => {
                    end.result = BatchResult::Failed(error);
                    return end;
                }
            };
            let is_over = unless_over(&request, self.wait(delay)).await.is_none();
            if is_over || !matches!(end.result, BatchResult::Done) {
                return end;
            }
        }
    }

    /// Returns the state of the request for a batch.
    fn batch_request(&self, batch: &JsonArray) -> BatchRequest {
        BatchRequest::new(
            self.concurrency,
            self.can_halve(batch).then_some(O::HALVE_ON),
            self.is_stopped.clone(),
            self.meter.sent.clone(),
        )
    }

    /// Returns true if a batch can be halved: repeating a request is safe and allowed, and each half has enough items.
    fn can_halve(&self, batch: &JsonArray) -> bool {
        batch.len() / 2 >= O::MIN_ITEMS.max(1) && self.max_retries() > 0 && O::META.is_idempotent()
    }

    /// Returns true if a batch is halved after an error. Counts slow requests, and stops halving if too many of them
    /// follow each other. `slow_rounds` is the count from before the request.
    fn is_halved(&self, request: &BatchRequest, error: &Error, slow_rounds: u32) -> bool {
        if !request.is_halved_after(error) {
            return false;
        }
        if is_too_large(error) {
            return true;
        }
        // Concurrent requests are one round.
        let next = slow_rounds + 1;
        let _ = self
            .slow_rounds
            .compare_exchange(slow_rounds, next, Relaxed, Relaxed);
        self.slow_rounds.load(Relaxed) < MAX_SLOW_ROUNDS
    }

    /// Returns the delay before the halves of a batch are sent. A batch that was too large waits only if the server
    /// asks for it.
    fn delay_before_halves(&self, error: &Error) -> Duration {
        let core = &self.client.core;
        if is_too_large(error) {
            let headers = error.headers();
            let asked = headers.and_then(|it| retry_after(it, core.clock.system_time()));
            return asked
                .filter(|asked| *asked <= core.max_retry_after)
                .unwrap_or_default();
        }
        let retry_reason = error.retry_reason().unwrap_or(RetryReason::NoResponse);
        retry_delay(core, self.slow_rounds.load(Relaxed), retry_reason)
    }

    /// Waits, but not longer than until the deadline.
    async fn wait(&self, delay: Duration) {
        let clock = &*self.client.core.clock;
        let left = self
            .options
            .deadline
            .map(|deadline| deadline.remaining(clock));
        clock
            .sleep(left.map_or(delay, |left| left.min(delay)))
            .await;
    }

    /// Sends a request. Returns the failed items, the result and the response.
    async fn send_once(
        &self,
        batch: &JsonArray,
        request: &BatchRequest,
    ) -> Result<(JsonArray, O::Output, RawResponse)> {
        let options = Options {
            batch: Some(request.clone()),
            ..self.options.clone()
        };
        let arguments = self.request.clone().with_array(O::LIST, batch.clone());
        let sent = execute::<O>(self.client, &options, &arguments).await;
        let (mut output, response) = sent?;
        let failed = match O::failed(&mut output) {
            Some(failed) => failed_items(batch, O::KEY, failed),
            None => Some(batch.select([])),
        };
        let Some(failed) = failed else {
            let text = "the response lists a failed item that is not in the request";
            let error = Error::invalid_response(response.call, text.to_owned());
            return Err(error.with_headers(response.headers));
        };
        Ok((failed, output, response))
    }

    /// Adds the result of a request. If its failed items are sent again, their keys are removed from it.
    fn add_output(
        &self,
        end: &mut BatchEnd<O::Output>,
        failed: JsonArray,
        mut output: O::Output,
        again: bool,
    ) {
        let sent = end.unconfirmed.len();
        end.unconfirmed = failed;
        self.meter.add_items(sent - end.unconfirmed.len());
        if again && let Some(failed) = O::failed(&mut output) {
            failed.clear();
        }
        match &mut end.output {
            Some(all) => all.absorb(output),
            None => end.output = Some(output),
        }
    }

    fn max_retries(&self) -> u32 {
        let default = self.client.core.max_retries;
        self.options.max_retries.unwrap_or(default)
    }
}

/// Runs a future. Returns `None` if the request must not continue.
async fn unless_over<F: Future>(request: &BatchRequest, future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    let run = poll_fn(|cx| {
        if request.is_over() {
            Poll::Ready(None)
        } else {
            future.as_mut().poll(cx).map(Some)
        }
    });
    run.await
}

/// Returns the items with the failed keys, or `None` if a key belongs to no item.
fn failed_items(sent: &JsonArray, property: Option<&str>, failed: &[String]) -> Option<JsonArray> {
    let listed: HashSet<&str> = failed.iter().map(String::as_str).collect();
    let mut found = HashSet::new();
    let mut indexes = Vec::new();
    if !listed.is_empty() {
        for index in sent.indexes() {
            let key = sent.key(index, property);
            if let Some(key) = key.as_deref().and_then(|key| listed.get(key)) {
                found.insert(*key);
                indexes.push(index);
            }
        }
    }
    (found.len() == listed.len()).then(|| sent.select(indexes))
}
