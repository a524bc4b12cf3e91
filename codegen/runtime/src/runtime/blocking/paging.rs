//! Paged lists of the blocking client.

use std::sync::Arc;
use std::vec;

use crate::runtime::blocking::Client;
use crate::runtime::blocking::driver::Driver;
use crate::runtime::call::Call;
use crate::runtime::error::Result;
use crate::runtime::paging::Paged;
use crate::runtime::paging::pager::Pager;

impl<O: Paged> Call<Client, O> {
    /// Returns an iterator over all items, from this page on. A page is requested when its first item is
    /// needed. The iterator ends after an error.
    pub fn iter(self) -> impl Iterator<Item = Result<O::Item>> + Send + use<O> {
        let (driver, call) = self.split();
        ItemIter::new(
            driver,
            Pager::<O>::new(call.client, call.options, call.request),
        )
    }
}

/// Iterator over the items of all pages.
pub(crate) struct ItemIter<O: Paged> {
    driver: Arc<Driver>,
    pager: Pager<O>,
    remaining: vec::IntoIter<O::Item>,
}

impl<O: Paged> ItemIter<O> {
    pub(crate) fn new(driver: Arc<Driver>, pager: Pager<O>) -> Self {
        Self {
            driver,
            pager,
            remaining: Vec::new().into_iter(),
        }
    }
}

impl<O: Paged> Iterator for ItemIter<O> {
    type Item = Result<O::Item>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.remaining.next() {
                return Some(Ok(item));
            }
            match self.driver.run(self.pager.next_items()) {
                Ok(Some(items)) => self.remaining = items.into_iter(),
                Ok(None) => return None,
                Err(error) => return Some(Err(error)),
            }
        }
    }
}
