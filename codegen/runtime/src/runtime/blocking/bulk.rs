//! Bulk calls of the blocking client.

use crate::runtime::blocking::Client;
use crate::runtime::bulk::Bulk;
use crate::runtime::call::Call;
use crate::runtime::error::Result;

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
    pub fn send_all(self) -> Result<O::Output> {
        let (driver, call) = self.split();
        driver.run(call.send_all())
    }
}
