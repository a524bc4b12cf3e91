//! Bulk calls.

use std::num::NonZeroUsize;

use crate::runtime::bulk::{Bulk, send_all};
use crate::runtime::call::Call;
use crate::runtime::client::Client;
use crate::runtime::error::Result;
use crate::runtime::error::validation::ValidationError;

impl<C, O: Bulk> Call<C, O> {
    /// Sets the number of concurrent requests of `send_all`. The default is 4. Zero is invalid.
    pub fn concurrency(mut self, requests: usize) -> Self {
        self.options.concurrency = NonZeroUsize::new(requests);
        if requests == 0 {
            let invalid = ValidationError::new("is 0; the minimum is 1").within("concurrency");
            self.options.invalid.get_or_insert(invalid);
        }
        self
    }
}

impl<O: Bulk> Call<Client, O> {
    /// Sends any number of items and merges the results. The items are split into requests by the API's
    /// limits on items and bytes.
    ///
    /// Items that the server reports as failed are sent again, up to `max_retries` times. Items that still
    /// fail are in the result. An empty list is sent as one request.
    ///
    /// All other settings apply to each request. The requests have no order, so keys should be distinct. If
    /// an item is invalid, nothing is sent. After an error, no further request is started, and running
    /// requests are completed. [`Error::progress`](crate::runtime::error::Error::progress) contains the keys that are done.
    pub async fn send_all(self) -> Result<O::Output> {
        send_all::<O>(&self.client, &self.options, &self.request).await
    }
}
