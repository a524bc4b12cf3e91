//! Bulk calls of the blocking client.

use crate::runtime::blocking::Client;
use crate::runtime::bulk::Bulk;
use crate::runtime::bulk::send_all::send_all;
use crate::runtime::call::Call;
use crate::runtime::error::Result;

impl<O: Bulk> Call<Client, O> {
    /// Sends any number of items and merges the results. The items are split into requests of at most
    /// `batch_items` items and `batch_bytes` bytes.
    ///
    /// Items that the server reports as failed are sent again, up to `max_retries` times. Items that still
    /// fail are in the result. An empty list is sent as one request.
    ///
    /// A request is halved if the server rejects it as too large, or if it takes too long. Later requests
    /// are then smaller as well. This applies only to calls that are safe to repeat, and not if
    /// `max_retries` is 0.
    ///
    /// The deadline applies to all requests together. All other settings apply to each request. The requests
    /// have no order, so keys should be distinct. If an item is invalid, nothing is sent. After an error, no
    /// further request is started, and running requests are completed. [`Error::progress`](crate::runtime::error::Error::progress) contains the keys that are done, and
    /// [`Error::resume`](crate::runtime::error::Error::resume) returns a call for the other items.
    pub fn send_all(self) -> Result<O::Output> {
        let (driver, call) = self.clone().split();
        let result = driver.run(send_all::<O>(&call.client, &call.options, &call.request));
        result.map_err(|failure| self.into_error(failure))
    }
}
