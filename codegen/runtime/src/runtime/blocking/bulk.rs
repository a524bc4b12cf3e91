//! Bulk calls of the blocking client.

use crate::runtime::blocking::Client;
use crate::runtime::bulk::Bulk;
use crate::runtime::bulk::send_all::send_all;
use crate::runtime::call::Call;
use crate::runtime::error::Result;

impl<O: Bulk> Call<Client, O> {
    /// Sends any number of items and merges the results. Same as `send_all` of the async client.
    pub fn send_all(mut self) -> Result<O::Output> {
        let resumed = self.options.resumed.take();
        let (driver, call) = self.clone().split();
        let sending = send_all::<O>(&call.client, &call.options, &call.request, resumed);
        driver
            .run(sending)
            .map_err(|failure| self.into_error(failure))
    }
}
