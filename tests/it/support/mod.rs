//! Shared code of the wire tests. The macro [`both`] runs a test with the async client and with the blocking client.

mod calls;
pub(crate) mod mock_api;
pub(crate) mod mock_server;
/// The recorder of the runtime's tests.
#[path = "../../../codegen/runtime/tests/support/recorder.rs"]
pub(crate) mod recorder;
pub(crate) mod test_namespace;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::runtime::{Handle, Runtime};
use workers_kv::Error;

pub(crate) use calls::{Drain, Fetch, Kv, Run, RunAll, Walk};

/// The runtime of the async client, unless the thread has entered another runtime.
pub(crate) static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| Runtime::new().expect("a runtime starts"));

/// Runs a future of the async client.
pub(crate) fn drive<F: Future>(future: F) -> F::Output {
    match Handle::try_current() {
        Ok(own) => own.block_on(future),
        Err(_) => RUNTIME.block_on(future),
    }
}

/// Declares each test twice, once for each client. The test gets a [`MockApi`](mock_api::MockApi) server, or a
/// [`TestNamespace`](test_namespace::TestNamespace) on a server that stores values.
macro_rules! both {
    ($($(#[$attribute:meta])* fn $name:ident($kv:ident: $place:ident) $body:block)*) => {$(
        $(#[$attribute])*
        mod $name {
            #[allow(unused_imports, reason = "some tests import nothing")]
            use super::*;

            #[test]
            fn in_async() {
                let $kv = $place::<workers_kv::Client>::open();
                $body
            }

            #[test]
            fn in_blocking() {
                let $kv = $place::<workers_kv::blocking::Client>::open();
                $body
            }
        }
    )*};
}
pub(crate) use both;

/// Returns bytes in a pattern whose length is prime.
pub(crate) fn content(size: usize) -> Vec<u8> {
    let pattern: Vec<u8> = (0..251).collect();
    let mut content = pattern.repeat(size / pattern.len() + 1);
    content.truncate(size);
    content
}

/// A temporary file. Dropping it removes it.
pub(crate) struct Temporary(PathBuf);

impl Temporary {
    pub(crate) fn new(content: &[u8]) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("value-{}-{count}", process::id());
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::write(&path, content).expect("a file can be written");
        Self(path)
    }

    pub(crate) fn open(&self) -> File {
        File::open(&self.0).expect("a file can be read")
    }

    pub(crate) fn open_for_writing(&self) -> File {
        let file = File::options().read(true).write(true).open(&self.0);
        file.expect("a file can be written")
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// Returns the name of the error variant.
pub(crate) fn kind(error: &Error) -> &'static str {
    match error {
        Error::Api(_) => "Api",
        Error::InvalidRequest(_) => "InvalidRequest",
        Error::Connect(_) => "Connect",
        Error::Timeout(_) => "Timeout",
        Error::Body(_) => "Body",
        Error::Decode(_) => "Decode",
        Error::Config(_) => "Config",
        _ => "another",
    }
}
