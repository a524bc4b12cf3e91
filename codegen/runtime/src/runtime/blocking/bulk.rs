//! Calls of the blocking client with many items.

use crate::runtime::blocking::Client;
use crate::runtime::bulk::Bulk;
use crate::runtime::call::Call;
use crate::runtime::error::Result;

impl<O: Bulk> Call<Client, O> {
    /// Sends any number of items, in as many requests as the API's limits on items and bytes ask for, and merges the
    /// results. Items that the server says it failed on are sent again, as often as `max_retries` says; those that it
    /// still fails on then are in the result. No items are one request all the same.
    ///
    /// All other settings hold for each request. Requests have no order among each other, so keys should be distinct.
    /// An item that is refused refuses the call before anything is sent. After an error no further request is
    /// started, those under way come to their end, and [`Error::progress`] says which keys are done.
    pub fn send_all(self) -> Result<O::Output> {
        let (driver, call) = self.split();
        driver.run(call.send_all())
    }
}
