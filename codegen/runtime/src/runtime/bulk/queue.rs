//! Items that wait to be sent, and the size of the next batch.
//!
//! After a 413 for a body that is not small, the limit in bytes does not grow, because each attempt would upload the
//! body in vain. For a small body, the response may have been too large, which differs from batch to batch. If a larger
//! request fails again, the next attempt needs twice as many successful requests.

use std::collections::VecDeque;

use crate::runtime::api::call_info::CallInfo;
use crate::runtime::body::array::JsonArray;
use crate::runtime::body::upload::Upload;
use crate::runtime::bulk::Bulk;
use crate::runtime::client::Client;
use crate::runtime::client::attempt::prepare;
use crate::runtime::client::batch_request::is_too_large;
use crate::runtime::client::bulk_options::BulkOptions;
use crate::runtime::client::options::Options;
use crate::runtime::error::validation::ValidationError;
use crate::runtime::error::{Error, Result};
use crate::runtime::request::Request;

/// Maximum size of a small body in bytes. If it is rejected as too large, the reason can be the size of the response.
const SMALL_BODY: u64 = 64 * 1024;

/// Number of successful requests before the first attempt to send larger ones again.
const REQUESTS_BEFORE_GROWTH: u32 = 8;

/// Items that wait to be sent.
pub(super) struct Queue {
    /// Selections of items. A batch is part of one of them.
    waiting: VecDeque<JsonArray>,
    /// Size of a body without items.
    body_overhead: u64,
    /// Minimum number of items of a batch.
    min_items: usize,
    pub(super) limits: Limits,
}

impl Queue {
    /// Validates the call and all items. Fails if an item does not fit into a request. `limits` are those of earlier
    /// requests with the same options.
    pub(super) fn new<O: Bulk>(
        client: &Client,
        options: &Options,
        request: &Request,
        items: &JsonArray,
        limits: Option<Limits>,
    ) -> Result<Self> {
        let name = O::LIST.name();
        let call = CallInfo::new(client.core.settings, O::META, 0);
        let invalid =
            |error: ValidationError, path: &str| Error::invalid_request(call, error.within(path));
        let options_checked = options.bulk.check();
        options_checked.map_err(|error| Error::invalid_request(call, error))?;
        items.check().map_err(|error| invalid(error, name))?;
        let body_overhead = body_overhead::<O>(client, options, request, items)?;
        let max = O::META.max_body.unwrap_or(u64::MAX);
        for index in items.indexes() {
            let size = body_overhead + items.size(index) as u64;
            if size > max {
                let reason = format!("results in a body of {size} bytes; the maximum is {max}");
                let path = format!("{name}[{}]", items.offset + index);
                return Err(invalid(ValidationError::new(reason), &path));
            }
        }
        Ok(Self {
            waiting: [items.clone()].into(),
            body_overhead,
            min_items: O::MIN_ITEMS,
            limits: limits.unwrap_or_else(|| Limits::of::<O>(&options.bulk)),
        })
    }

    /// Takes the next batch. An empty list is one batch.
    pub(super) fn take(&mut self) -> Option<JsonArray> {
        let items = self.waiting.pop_front()?;
        let count = self.batch_len(&items);
        if count == items.len() {
            return Some(items);
        }
        let (batch, rest) = items.split_at(count);
        self.waiting.push_front(rest);
        Some(batch)
    }

    /// Returns the number of items of the next batch. If possible, the other items are enough for a batch.
    fn batch_len(&self, items: &JsonArray) -> usize {
        let count = self
            .count_that_fits(items)
            .max(self.min_items)
            .min(items.len());
        let missing = match items.len() - count {
            0 => 0,
            others => self.min_items.saturating_sub(others),
        };
        if count >= self.min_items + missing {
            count - missing
        } else {
            count
        }
    }

    /// Returns the number of items within the limits. An item that is over the limit is sent alone.
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

    /// Puts a failed batch back as two halves, and halves later batches.
    pub(super) fn halve(&mut self, batch: &JsonArray, error: &Error) {
        let half = batch.len().div_ceil(2);
        let (first, second) = batch.split_at(half);
        let bytes = self.body_size(&first).max(self.body_size(&second));
        self.limits.shrink(half, bytes);
        if is_too_large(error) && self.body_size(batch) > SMALL_BODY {
            self.limits.keep_bytes();
        }
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

/// Limits of a batch. They shrink after failures and grow slowly after successes.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    pub(super) items: usize,
    pub(super) bytes: u64,
    max_items: usize,
    max_bytes: u64,
    /// Number of successful requests since the last change.
    successes: u32,
    /// Number of successful requests before the limits grow. It doubles when larger requests fail again, so
    /// that few requests fail.
    needed: u32,
    /// True if the last change was growth.
    has_grown: bool,
}

impl Limits {
    /// Returns the limits of the first batch.
    pub(super) fn of<O: Bulk>(options: &BulkOptions) -> Self {
        let items = options.batch_items.unwrap_or(O::BATCH_ITEMS);
        let bytes = options.batch_bytes.unwrap_or(O::BATCH_BYTES);
        let items = items.min(O::MAX_ITEMS);
        let bytes = bytes.min(O::META.max_body.unwrap_or(u64::MAX));
        Self {
            items,
            bytes,
            max_items: items,
            max_bytes: bytes,
            successes: 0,
            needed: REQUESTS_BEFORE_GROWTH,
            has_grown: false,
        }
    }

    fn shrink(&mut self, items: usize, bytes: u64) {
        if self.has_grown {
            self.needed = self.needed.saturating_mul(2);
        }
        self.items = self.items.min(items).max(1);
        self.bytes = self.bytes.min(bytes);
        self.successes = 0;
        self.has_grown = false;
    }

    /// Prevents growth over the current size.
    fn keep_bytes(&mut self) {
        self.max_bytes = self.bytes;
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
            self.has_grown = true;
        }
    }
}

/// Validates all other arguments and options. Returns the size of a body without items, which is measured with the
/// smallest valid list.
fn body_overhead<O: Bulk>(
    client: &Client,
    options: &Options,
    request: &Request,
    items: &JsonArray,
) -> Result<u64> {
    let sample = items.select(items.indexes().take(O::MIN_ITEMS));
    let own: usize = sample.indexes().map(|index| items.size(index)).sum();
    let commas = sample.len().saturating_sub(1);
    let request = request.clone().with_array(O::LIST, sample);
    let prepared = prepare(&client.core, options, O::META, &request)?;
    let size = prepared.body.as_ref().and_then(Upload::size);
    // An array has at least its brackets.
    let overhead = size.and_then(|size| size.checked_sub((own + commas) as u64));
    Ok(overhead.unwrap_or(2))
}
