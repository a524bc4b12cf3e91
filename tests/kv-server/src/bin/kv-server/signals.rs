//! Waits for a signal to end.

use std::io;

use tokio::runtime::Runtime;

pub(crate) struct Signals {
    runtime: Runtime,
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
}

impl Signals {
    /// Handles the signals from now on, also before [`wait`](Self::wait).
    #[cfg(unix)]
    pub(crate) fn listen() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};

        let runtime = runtime()?;
        let guard = runtime.enter();
        let terminate = signal(SignalKind::terminate())?;
        let interrupt = signal(SignalKind::interrupt())?;
        drop(guard);
        Ok(Self {
            runtime,
            terminate,
            interrupt,
        })
    }

    #[cfg(not(unix))]
    pub(crate) fn listen() -> io::Result<Self> {
        Ok(Self {
            runtime: runtime()?,
        })
    }

    /// Waits for SIGINT or SIGTERM.
    #[cfg(unix)]
    pub(crate) fn wait(mut self) {
        use std::future::poll_fn;

        let signal = poll_fn(|context| {
            let terminate = self.terminate.poll_recv(context).is_ready();
            if terminate || self.interrupt.poll_recv(context).is_ready() {
                return std::task::Poll::Ready(());
            }
            std::task::Poll::Pending
        });
        self.runtime.block_on(signal);
    }

    /// Waits for Ctrl-C.
    #[cfg(not(unix))]
    pub(crate) fn wait(self) {
        // Without a handler, Ctrl-C ends the process.
        let _ = self.runtime.block_on(tokio::signal::ctrl_c());
    }
}

fn runtime() -> io::Result<Runtime> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
}
