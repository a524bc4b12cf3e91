//! Client for programs without an async runtime. It drives the async client on the calling thread.

mod builder;
#[cfg(feature = "part-bulk")]
mod bulk;
mod call;
#[cfg(feature = "part-downloads")]
mod download;
mod driver;
#[cfg(feature = "part-paging")]
mod paging;
#[cfg(feature = "part-tokens")]
pub mod token_provider;

use std::fmt;
use std::sync::Arc;

use crate::runtime::blocking::driver::Driver;
use crate::runtime::client::Client as AsyncClient;
use crate::runtime::error::Result;

/// A blocking client of the API. Clones share connections.
///
/// A background thread runs only while a file or reader is uploaded. Each call is driven by its
/// thread, and several threads can make calls concurrently. Inside an async runtime, every call starts
/// a thread and blocks the current one: use the async client there.
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

    #[cfg(feature = "part-downloads")]
    pub(crate) fn driver(&self) -> &Driver {
        &self.driver
    }

    pub(crate) fn into_parts(self) -> (AsyncClient, Arc<Driver>) {
        (self.inner, self.driver)
    }
}

/// Does not display credentials.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}
