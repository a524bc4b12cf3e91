//! What is particular to calls with many items.

use std::num::NonZeroUsize;

use crate::runtime::bulk::{Bulk, send_all};
use crate::runtime::call::Call;
use crate::runtime::client::Client;
use crate::runtime::error::Result;
use crate::runtime::error::validation::ValidationError;

impl<C, O: Bulk> Call<C, O> {
    /// How many requests `send_all` has under way at once, 4 unless this says otherwise. 0 is refused.
    pub fn concurrency(mut self, requests: usize) -> Self {
        self.options.concurrency = NonZeroUsize::new(requests);
        if requests == 0 {
            let invalid = ValidationError::new("is 0, at least 1 is needed").within("concurrency");
            self.options.invalid.get_or_insert(invalid);
        }
        self
    }
}

impl<O: Bulk> Call<Client, O> {
    /// Sends any number of items, in as many requests as the API's limits on items and bytes ask for, and merges the
    /// results. JsonArray that the server says it failed on are sent again, as often as `max_retries` says; those that it
    /// still fails on then are in the result. No items are one request all the same.
    ///
    /// All other settings hold for each request. Requests have no order among each other, so keys should be distinct.
    /// An item that is refused refuses the call before anything is sent. After an error no further request is
    /// started, those under way come to their end, and [`Error::progress`] says which keys are done.
    pub async fn send_all(self) -> Result<O::Output> {
        send_all::<O>(&self.client, &self.options, &self.request).await
    }
}
