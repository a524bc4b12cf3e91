//! Runs futures on the calling thread.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::thread;
use std::time::Instant;

use tokio::runtime::{Builder, Handle, Runtime};
use tokio::task::yield_now;

use crate::runtime::client::trace::in_current_span;
use crate::runtime::error::{Error, Result};

/// Runs futures on the calling thread. Connections stay open between them.
pub(crate) struct Driver {
    /// `None` only while it is dropped.
    runtime: Option<Runtime>,
    start: Instant,
    /// End of the last future, in microseconds after the start.
    idle_since: AtomicU64,
}

/// Microseconds after which the state of idle connections is checked.
const IDLE_LIMIT: u64 = 1_000;

impl Driver {
    pub(crate) fn new() -> Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| {
            Error::config("the I/O driver could not be created").with_source(error)
        })?;
        Ok(Self {
            runtime: Some(runtime),
            start: Instant::now(),
            idle_since: AtomicU64::new(0),
        })
    }

    pub(crate) fn run<F: Future<Output: Send> + Send>(&self, future: F) -> F::Output {
        let idle = self.now().saturating_sub(self.idle_since.load(Relaxed));
        let output = self.block_on(async {
            if idle > IDLE_LIMIT {
                // The runtime was idle. The first yield detects closed connections. The second one removes
                // them from the pool.
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
            .expect("the runtime exists until the driver is dropped");
        if Handle::try_current().is_err() {
            return runtime.block_on(future);
        }
        // A thread that drives a runtime cannot block on another one.
        let future = in_current_span(future);
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
        // Dropping a runtime waits for its threads. That is not allowed inside another runtime.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
