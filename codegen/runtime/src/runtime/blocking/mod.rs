//! The client for programs without an async runtime: the async one, driven by the thread that calls it.

use std::fmt;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::thread;
use std::time::Instant;
use std::vec;

use tokio::runtime::{Builder, Handle, Runtime};
use tokio::task::yield_now;

use crate::runtime::client::Client as AsyncClient;
use crate::runtime::client::trace::carried;
use crate::runtime::error::{Error, Result};
use crate::runtime::operation::Paged;
use crate::runtime::paging::pager::Pages;

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

/// Runs futures on the thread that asks for it, with connections that outlive them.
pub(crate) struct Driver {
    /// Always there until it is dropped.
    runtime: Option<Runtime>,
    start: Instant,
    /// When the last future was done, in microseconds from the start.
    idle_since: AtomicU64,
}

/// In microseconds: for so long connections are taken to be as they were.
const FRESH: u64 = 1_000;

impl Driver {
    fn new() -> Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime
            .map_err(|error| Error::config("the I/O driver cannot be set up").because(error))?;
        Ok(Self {
            runtime: Some(runtime),
            start: Instant::now(),
            idle_since: AtomicU64::new(0),
        })
    }

    pub(crate) fn run<F: Future<Output: Send> + Send>(&self, future: F) -> F::Output {
        let idle = self.now().saturating_sub(self.idle_since.load(Relaxed));
        let output = self.block_on(async {
            if idle > FRESH {
                // Nobody drove the runtime in between: the first round learns what became of its connections, the
                // second lets them act on it, so that none that the server has closed is used.
                yield_now().await;
                yield_now().await;
            }
            future.await
        });
        self.idle_since.store(self.now(), Relaxed);
        output
    }

    fn block_on<F: Future<Output: Send> + Send>(&self, future: F) -> F::Output {
        let runtime = self
            .runtime
            .as_ref()
            .expect("it is there until the driver is dropped");
        if Handle::try_current().is_err() {
            return runtime.block_on(future);
        }
        // A thread that drives one runtime may not block on another.
        let future = carried(future);
        thread::scope(|scope| {
            let driving = scope.spawn(|| runtime.block_on(future));
            driving.join().unwrap_or_else(|panic| resume_unwind(panic))
        })
    }

    fn now(&self) -> u64 {
        self.start
            .elapsed()
            .as_micros()
            .try_into()
            .unwrap_or(u64::MAX)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Dropping a runtime waits for its threads, which is not allowed inside another runtime.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// All items of all pages, as an iterator.
pub(crate) struct Items<O: Paged> {
    driver: Arc<Driver>,
    pages: Pages<O>,
    rest: vec::IntoIter<O::Item>,
}

impl<O: Paged> Items<O> {
    pub(crate) fn new(driver: Arc<Driver>, pages: Pages<O>) -> Self {
        Self {
            driver,
            pages,
            rest: Vec::new().into_iter(),
        }
    }
}

impl<O: Paged> Iterator for Items<O> {
    type Item = Result<O::Item>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.rest.next() {
                return Some(Ok(item));
            }
            match self.driver.run(self.pages.fetch()) {
                Ok(Some(items)) => self.rest = items.into_iter(),
                Ok(None) => return None,
                Err(error) => return Some(Err(error)),
            }
        }
    }
}
