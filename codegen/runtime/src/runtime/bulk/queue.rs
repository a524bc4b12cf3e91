//! Items that wait to be sent, and the size of the next batch.

use std::collections::VecDeque;

use reqwest::StatusCode;

use crate::runtime::body::array::JsonArray;
use crate::runtime::body::upload::Upload;
use crate::runtime::bulk::Bulk;
use crate::runtime::client::bulk_options::BulkOptions;
use crate::runtime::error::Error;
use crate::runtime::error::validation::ValidationError;
use crate::runtime::request::Request;

/// Largest minimum list length for which the size of a body without items is measured.
const MAX_SAMPLE_ITEMS: usize = 8;

/// Number of successful requests before the first attempt to send larger ones again.
const REQUESTS_BEFORE_GROWTH: u32 = 8;

/// Items that wait to be sent.
pub(super) struct Queue {
    /// Selections of items. A batch is part of one of them.
    waiting: VecDeque<JsonArray>,
    /// Size of a body without items.
    body_overhead: u64,
    limits: Limits,
}

impl Queue {
    /// Validates all items. Fails if an item does not fit into a request.
    pub(super) fn new<O: Bulk>(
        options: &BulkOptions,
        request: &Request,
        items: &JsonArray,
    ) -> Result<Self, ValidationError> {
        let name = O::LIST.name();
        items.check().map_err(|error| error.within(name))?;
        let body_overhead = body_overhead::<O>(request, items);
        let max = O::META.max_body.unwrap_or(u64::MAX);
        for index in items.indexes() {
            let size = body_overhead + items.size(index) as u64;
            if size > max {
                let reason = format!("results in a body of {size} bytes; the maximum is {max}");
                let path = format!("{name}[{index}]");
                return Err(ValidationError::new(reason).within(&path));
            }
        }
        let batch_items = options.batch_items.map_or(O::BATCH_ITEMS, Into::into);
        let batch_bytes = options.batch_bytes.map_or(O::BATCH_BYTES, Into::into);
        Ok(Self {
            waiting: [items.clone()].into(),
            body_overhead,
            limits: Limits::new(batch_items.min(O::MAX_ITEMS), batch_bytes.min(max)),
        })
    }

    /// Takes the next batch. An empty list is one batch.
    pub(super) fn take(&mut self) -> Option<JsonArray> {
        let items = self.waiting.pop_front()?;
        let count = self.count_that_fits(&items);
        if count == items.len() {
            return Some(items);
        }
        let (batch, rest) = items.split_at(count);
        self.waiting.push_front(rest);
        Some(batch)
    }

    /// Returns the number of items of the next batch. An item that is over the limit is sent alone.
    fn count_that_fits(&self, items: &JsonArray) -> usize {
        let mut size = self.body_overhead;
        let indexes = items.indexes().take(self.limits.items);
        let fitting = indexes.enumerate().take_while(|(count, index)| {
            // A comma precedes every item except the first.
            size += items.size(*index) as u64 + u64::from(*count > 0);
            *count == 0 || size <= self.limits.bytes
        });
        fitting.count()
    }

    /// Puts a failed batch back as two halves, and halves later batches. They stay small if the batch took
    /// too long. Otherwise its size was the reason, which may differ from batch to batch.
    pub(super) fn halve(&mut self, batch: &JsonArray, error: &Error) {
        let took_too_long = error.status() != Some(StatusCode::PAYLOAD_TOO_LARGE);
        let half = batch.len().div_ceil(2);
        let (first, second) = batch.split_at(half);
        let bytes = self.body_size(&first).max(self.body_size(&second));
        self.limits.shrink(half, bytes, took_too_long);
        self.waiting.push_front(second);
        self.waiting.push_front(first);
    }

    /// Returns the size of the body for these items.
    fn body_size(&self, items: &JsonArray) -> u64 {
        let own: usize = items.indexes().map(|index| items.size(index)).sum();
        let commas = items.len().saturating_sub(1);
        self.body_overhead + (own + commas) as u64
    }

    /// Records a successful batch.
    pub(super) fn record_success(&mut self) {
        self.limits.record_success();
    }

    /// Returns all waiting items.
    pub(super) fn into_waiting(self) -> impl Iterator<Item = JsonArray> {
        self.waiting.into_iter()
    }
}

/// Limits of a batch. They shrink after failures and grow after successes.
struct Limits {
    items: usize,
    bytes: u64,
    max_items: usize,
    max_bytes: u64,
    /// Number of successful requests since the last change.
    successes: u32,
    /// Number of successful requests before the limits grow. It doubles each time, so that few requests
    /// fail.
    needed: u32,
}

impl Limits {
    fn new(items: usize, bytes: u64) -> Self {
        Self {
            items,
            bytes,
            max_items: items,
            max_bytes: bytes,
            successes: 0,
            needed: REQUESTS_BEFORE_GROWTH,
        }
    }

    fn shrink(&mut self, items: usize, bytes: u64, for_good: bool) {
        self.items = self.items.min(items).max(1);
        self.bytes = self.bytes.min(bytes);
        self.successes = 0;
        if for_good {
            (self.max_items, self.max_bytes) = (self.items, self.bytes);
        }
    }

    fn record_success(&mut self) {
        if (self.items, self.bytes) == (self.max_items, self.max_bytes) {
            return;
        }
        self.successes += 1;
        if self.successes >= self.needed {
            self.items = self.items.saturating_mul(2).min(self.max_items);
            self.bytes = self.bytes.saturating_mul(2).min(self.max_bytes);
            self.successes = 0;
            self.needed = self.needed.saturating_mul(2);
        }
    }
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
