//! The client for programs without an async runtime: the async one, driven by the thread that calls it.

mod builder;
mod bulk;
mod call;
mod download;
mod driver;
mod paging;

use std::fmt;
use std::sync::Arc;

use crate::runtime::blocking::driver::Driver;
use crate::runtime::client::Client as AsyncClient;
use crate::runtime::error::Result;

/// A client of the API, for programs without an async runtime. Clones are cheap and share its connections.
///
/// No thread runs in the background, but for reading a file or a reader that is sent: each call is driven by the thread
/// that makes it, and many threads may call at once. Inside an async runtime it works too, but it blocks the thread and
/// starts another one for each call; use the async client there.
#[derive(Clone)]
pub struct Client {
    inner: AsyncClient,
    driver: Arc<Driver>,
}

impl Client {
    pub(crate) fn new(inner: AsyncClient) -> Result<Self> {
        let driver = Arc::new(Driver::new()?);
        Ok(Self { inner, driver })
    }

    pub(crate) fn driver(&self) -> &Driver {
        &self.driver
    }

    pub(crate) fn into_parts(self) -> (AsyncClient, Arc<Driver>) {
        (self.inner, self.driver)
    }
}

/// Shows no credentials.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}
