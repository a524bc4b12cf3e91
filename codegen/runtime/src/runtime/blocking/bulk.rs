//! Bulk calls of the blocking client.

use crate::runtime::blocking::Client;
use crate::runtime::bulk::Bulk;
use crate::runtime::bulk::item::IntoBulkItem;
use crate::runtime::bulk::send_all::send_all;
use crate::runtime::bulk::windows::Windows;
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

    /// Sends the items of the call, then those of an iterator, and merges the results. Same as `send_stream` of the async
    /// client: the iterator can have any length, because its items are taken while the call runs. Pass
    /// `iterator.by_ref()` to continue with its rest after an error.
    pub fn send_iter<M>(
        self,
        items: impl IntoIterator<Item: IntoBulkItem<O::Item, M>>,
    ) -> Result<O::Output> {
        let (client, driver) = self.client.clone().into_parts();
        let mut windows = driver.run(Windows::start(self, client))?;
        for item in items {
            windows = windows.push(item)?;
            if windows.is_full() {
                windows = driver.run(windows.send_window())?;
            }
        }
        driver.run(windows.finish())
    }
}
