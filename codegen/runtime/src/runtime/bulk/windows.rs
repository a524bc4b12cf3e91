//! A bulk call whose items come from a stream or an iterator. It sends them in windows, so that its memory is bounded.
//!
//! The stream is not read while a window is sent, so one window is the limit of the memory. The caller keeps the stream
//! and passes it by reference to continue after an error. A call that owns the stream could not be cloned, and the
//! stream would have to be `'static`.

use std::mem;

use crate::runtime::api::call_info::CallInfo;
use crate::runtime::body::array::{ArrayBuilder, JsonArray};
use crate::runtime::bulk::Bulk;
use crate::runtime::bulk::item::IntoBulkItem;
use crate::runtime::bulk::queue::{Limits, Queue};
use crate::runtime::bulk::send_all::send_queue;
use crate::runtime::bulk::state::{Failure, Finished};
use crate::runtime::call::Call;
use crate::runtime::client::Client;
use crate::runtime::client::options::Options;
use crate::runtime::error::{Error, Result};

/// A bulk call that collects items and sends them in windows. A window has enough items for all concurrent requests.
pub(crate) struct Windows<C, O: Bulk> {
    call: Call<C, O>,
    client: Client,
    /// The options of the call, with its deadline.
    options: Options,
    /// The current window.
    window: ArrayBuilder,
    /// Number of items before the current window.
    sent: usize,
    max_items: usize,
    max_bytes: usize,
    finished: Finished<O::Output>,
}

impl<C: Send + Sync + 'static, O: Bulk> Windows<C, O> {
    /// Starts a call. Its own items are the first window.
    pub(crate) async fn start(mut call: Call<C, O>, client: Client) -> Result<Self> {
        let info = CallInfo::new(client.core.settings, O::META, 0);
        let invalid = call.options.invalid.clone().map_or(Ok(()), Err);
        let invalid = invalid.and_then(|()| call.options.bulk.check());
        invalid.map_err(|error| Error::invalid_request(info, error))?;
        let limits = Limits::of::<O>(&call.options.bulk);
        let requests = call.options.bulk.concurrency();
        let max_bytes = limits.bytes.saturating_mul(requests as u64);
        let items = call.request.array_at(O::LIST);
        call.request = call.request.with_array(O::LIST, items.select([]));
        let mut windows = Self {
            options: Options {
                deadline: call.options.start_deadline(&*client.core.clock),
                ..call.options.clone()
            },
            window: ArrayBuilder::default(),
            sent: 0,
            max_items: limits.items.saturating_mul(requests),
            max_bytes: max_bytes.try_into().unwrap_or(usize::MAX),
            finished: Finished::of(call.options.resumed.take()),
            client,
            call,
        };
        if O::MIN_ITEMS > 0 && items.check().is_ok() {
            // The items of the stream may not be enough for a request.
            windows.window.append(&items);
            if windows.is_full() {
                windows = windows.send_window().await?;
            }
        } else if !items.is_empty() {
            windows = windows.send(items).await?;
        }
        Ok(windows)
    }

    /// Adds an item to the current window. Returns the error of the call if the item is invalid or an error.
    pub(crate) fn push<M>(mut self, item: impl IntoBulkItem<O::Item, M>) -> Result<Self> {
        let info = CallInfo::new(self.client.core.settings, O::META, 0);
        let item = item.into_bulk_item();
        let item = item.map_err(|error| Error::item_source(info, error));
        let pushed = item.and_then(|item| {
            self.window.push(&item, O::check).map_err(|error| {
                let index = self.sent + self.window.len();
                let path = format!("{}[{index}]", O::LIST.name());
                Error::invalid_request(info, error.within(&path))
            })
        });
        match pushed {
            Ok(()) => Ok(self),
            Err(error) => {
                let stopped = Some(self.finished.stop_before(self.window.finish()));
                Err(self.call.into_error(Failure { error, stopped }))
            }
        }
    }

    /// True if the current window must be sent before the next item is taken.
    pub(crate) fn is_full(&self) -> bool {
        let is_full = self.window.len() >= self.max_items.saturating_add(O::MIN_ITEMS)
            || self.window.text.len() >= self.max_bytes;
        is_full && self.window.len() >= 2 * O::MIN_ITEMS
    }

    /// Sends the current window. The last items stay if a request needs several items, so that the last window has enough.
    pub(crate) async fn send_window(mut self) -> Result<Self> {
        let items = self.window.take_all_but(O::MIN_ITEMS);
        self.send(items).await
    }

    /// Sends the last window, and returns the result of the call. A call without items is one request.
    pub(crate) async fn finish(mut self) -> Result<O::Output> {
        if self.window.len() > 0 || self.finished.is_empty() {
            let items = mem::take(&mut self.window).finish();
            self = self.send(items).await?;
        }
        let error = || Error::config("the call has no batch");
        self.finished.into_output().ok_or_else(error)
    }

    async fn send(mut self, mut items: JsonArray) -> Result<Self> {
        items.offset = self.sent;
        self.sent += items.len();
        let earlier = mem::take(&mut self.finished);
        let result = match self.queue(&items, earlier.limits) {
            Ok(queue) => {
                let request = &self.call.request;
                send_queue::<O>(&self.client, &self.options, request, queue, items, earlier).await
            }
            Err(error) => Err(Failure {
                error,
                stopped: Some(earlier.stop_before(items)),
            }),
        };
        match result {
            Ok(finished) => {
                self.finished = finished.merged();
                Ok(self)
            }
            Err(failure) => Err(self.call.into_error(failure)),
        }
    }

    /// Checks the call and a window. Fails if the deadline passed while the window was taken from the stream.
    fn queue(&self, items: &JsonArray, limits: Option<Limits>) -> Result<Queue> {
        let core = &self.client.core;
        if let Some(deadline) = self.options.deadline
            && deadline.remaining(&*core.clock).is_zero()
        {
            let call = CallInfo::new(core.settings, O::META, 0);
            return Err(deadline.error(call, None));
        }
        Queue::new::<O>(
            &self.client,
            &self.options,
            &self.call.request,
            items,
            limits,
        )
    }
}
