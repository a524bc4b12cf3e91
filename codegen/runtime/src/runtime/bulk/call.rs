//! Bulk calls.

use std::pin::pin;
use std::sync::{Arc, Mutex};

use futures_util::{Stream, StreamExt};

use crate::runtime::body::array::JsonArray;
use crate::runtime::bulk::Bulk;
use crate::runtime::bulk::item::IntoBulkItem;
use crate::runtime::bulk::send_all::send_all;
use crate::runtime::bulk::state::{Failure, Stopped};
use crate::runtime::bulk::windows::Windows;
use crate::runtime::call::Call;
use crate::runtime::client::Client;
use crate::runtime::client::bulk_options::BulkProgress;
use crate::runtime::error::progress::Progress;
use crate::runtime::error::{Error, Result};

impl<C, O: Bulk> Call<C, O> {
    /// Sets the number of concurrent requests of `send_all` and `send_stream`. The default is 4. Zero is invalid.
    pub fn concurrency(mut self, requests: usize) -> Self {
        self.options.bulk.concurrency = Some(requests);
        self
    }

    /// Sets the maximum number of items of each request of `send_all` and `send_stream`. A limit of the API that is lower
    /// still applies. Zero is invalid.
    pub fn batch_items(mut self, items: usize) -> Self {
        self.options.bulk.batch_items = Some(items);
        self
    }

    /// Sets the maximum size of the body of each request of `send_all` and `send_stream` in bytes. A larger item is sent
    /// alone. A limit of the API that is lower still applies. Zero is invalid.
    pub fn batch_bytes(mut self, bytes: u64) -> Self {
        self.options.bulk.batch_bytes = Some(bytes);
        self
    }

    /// Calls a function with the progress of `send_all` or `send_stream`: at the start, after each request, and while
    /// request bodies are sent.
    ///
    /// The function runs in the task or on the thread that waits for the call. If it is slow, it delays the
    /// requests. If it panics, the call ends, and the panic reaches the caller. It must not wait for a call of
    /// the same blocking client.
    pub fn on_progress(mut self, on_progress: impl FnMut(BulkProgress) + Send + 'static) -> Self {
        self.options.bulk.on_progress = Some(Arc::new(Mutex::new(on_progress)));
        self
    }
}

impl<O: Bulk> Call<Client, O> {
    /// Sends any number of items and merges the results. The items are split into requests of at most
    /// `batch_items` items and `batch_bytes` bytes.
    ///
    /// Items that the server reports as failed are sent again, up to `max_retries` times. Items that still
    /// fail are in the result. An empty list is sent as one request.
    ///
    /// A request is halved if the server rejects it as too large, or if it takes too long. Later requests are smaller
    /// as well. They grow slowly while requests succeed. The call fails if several requests in succession take too
    /// long. Requests are only halved if they are safe to repeat, and not if `max_retries` is 0.
    ///
    /// The requests have no order, so keys should be distinct. The deadline applies to all requests together. The
    /// other settings that all calls have apply to each request.
    ///
    /// # Errors
    ///
    /// If an argument is invalid, nothing is sent. After an error, no further request is started, and running
    /// requests are completed. [`Error::progress`] contains the keys that are done, and [`Error::resume`]
    /// returns a call for the other items.
    pub async fn send_all(mut self) -> Result<O::Output> {
        let resumed = self.options.resumed.take();
        let result = send_all::<O>(&self.client, &self.options, &self.request, resumed).await;
        result.map_err(|failure| self.into_error(failure))
    }

    /// Sends the items of the call, then those of a stream, and merges the results. The stream can have any length: it
    /// is read in windows of `concurrency` times `batch_items` items or `batch_bytes` bytes, and a window is sent as
    /// by [`send_all`](Self::send_all) before the next one is read. The items are values, or results with values.
    ///
    /// A call without items of its own is created with `None` of their type, for example `None::<String>`. A call
    /// without any item sends one request. The time to read the stream is part of the deadline.
    ///
    /// # Errors
    ///
    /// An error of the stream or an invalid item ends the call. An error of this crate is returned unchanged, any other
    /// is the source of [`Error::Body`]. The items before it in the same window are not sent.
    ///
    /// After every error, [`Error::resume`] returns a call for the items that were taken from the stream and are left.
    /// Its result includes that of the earlier requests. Pass `&mut stream` to continue with the rest of the stream
    /// then: `error.resume()?.send_stream(&mut stream)`. The stream of a paged list ends after its own error. Create a
    /// new one in this case.
    pub async fn send_stream<M>(
        self,
        stream: impl Stream<Item: IntoBulkItem<O::Item, M>>,
    ) -> Result<O::Output> {
        let client = self.client.clone();
        let mut windows = Windows::start(self, client).await?;
        let mut stream = pin!(stream);
        while let Some(item) = stream.next().await {
            windows = windows.push(item)?;
            if windows.is_full() {
                windows = windows.send_window().await?;
            }
        }
        windows.finish().await
    }
}

impl<C: Send + Sync + 'static, O: Bulk> Call<C, O> {
    /// Converts a failure of this call to an error, which contains the call for the items that are left.
    pub(crate) fn into_error(mut self, failure: Failure) -> Error {
        let Some(stopped) = failure.stopped else {
            return failure.error;
        };
        let mut progress = progress::<O>(&stopped);
        self.request = self.request.with_array(O::LIST, stopped.rest);
        self.options.resumed = Some(stopped.resumed);
        progress.call = Some(Arc::new(self));
        failure.error.with_progress(progress)
    }
}

/// Returns the keys of all items, by outcome. The items that are not selected were done before.
fn progress<O: Bulk>(stopped: &Stopped) -> Progress {
    let items: &JsonArray = &stopped.items;
    let mut unconfirmed = stopped.rest.indexes().peekable();
    let (mut done, mut rest) = (Vec::new(), Vec::new());
    for index in items.all_indexes() {
        let is_left = unconfirmed.next_if_eq(&index).is_some();
        let keys = if is_left { &mut rest } else { &mut done };
        keys.push(items.key(index, O::KEY).unwrap_or_default());
    }
    let progress = stopped.progress;
    Progress::new(done, rest, progress.items_done, progress.items_total)
}
