//! What the wire tests share: a case goes in once, out come two tests, one with each client.

/// The same as in the tests of the runtime.
#[path = "../../../codegen/runtime/tests/support/recorder.rs"]
pub(crate) mod recorder;
pub(crate) mod script;
pub(crate) mod scripted;
pub(crate) mod stage;

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::TryStreamExt as _;
use tokio::runtime::{Handle, Runtime};
use workers_kv::api::keys::{self, Keys};
use workers_kv::api::metadata::{self, Metadata};
use workers_kv::api::namespaces::{self, Namespaces};
use workers_kv::api::values::{self, Values};
use workers_kv::types::StoredValue;
use workers_kv::{
    BulkGetResult, BulkResult, Call, Client, ClientBuilder, Download, Error, Json, Key, Namespace,
    Page, Response, Result, blocking,
};

/// What drives the async client, unless the thread has entered a runtime of its own.
pub(crate) static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| Runtime::new().expect("a runtime starts"));

/// Drives a future of the async client to its end.
pub(crate) fn drive<F: Future>(future: F) -> F::Output {
    match Handle::try_current() {
        Ok(own) => own.block_on(future),
        Err(_) => RUNTIME.block_on(future),
    }
}

/// One case as two tests. The case gets a [`Scripted`](scripted::Scripted) server, or a
/// [`Stage`](stage::Stage) on a real one, with the client in question.
macro_rules! both {
    ($($(#[$attribute:meta])* fn $name:ident($kv:ident: $place:ident) $body:block)*) => {$(
        $(#[$attribute])*
        mod $name {
            #[allow(unused_imports, reason = "not every case needs more than its place")]
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

/// What the clients have in common.
pub(crate) trait Kv: Clone {
    const NAME: &str;

    fn start(configure: impl FnOnce(ClientBuilder<Self>) -> ClientBuilder<Self>) -> Result<Self>;
    fn namespaces(&self, account: &str) -> Namespaces<Self>;
    fn keys(&self, account: &str, namespace: &str) -> Keys<Self>;
    fn metadata(&self, account: &str, namespace: &str) -> Metadata<Self>;
    fn values(&self, account: &str, namespace: &str) -> Values<Self>;
}

macro_rules! clients {
    ($($client:ty: $name:literal),*) => {$(
        impl Kv for $client {
            const NAME: &str = $name;

            fn start(configure: impl FnOnce(ClientBuilder<Self>) -> ClientBuilder<Self>) -> Result<Self> {
                configure(Self::builder()).build()
            }

            fn namespaces(&self, account: &str) -> Namespaces<Self> {
                self.namespaces(account)
            }

            fn keys(&self, account: &str, namespace: &str) -> Keys<Self> {
                self.keys(account, namespace)
            }

            fn metadata(&self, account: &str, namespace: &str) -> Metadata<Self> {
                self.metadata(account, namespace)
            }

            fn values(&self, account: &str, namespace: &str) -> Values<Self> {
                self.values(account, namespace)
            }
        }
    )*};
}

clients! { Client: "async", blocking::Client: "blocking" }

/// A call of either client, run to its end.
pub(crate) trait Run {
    type Output;

    fn run(self) -> Result<Self::Output>;
    fn run_optional(self) -> Result<Option<Self::Output>>;
    fn run_with_response(self) -> Result<Response<Self::Output>>;
}

macro_rules! operations {
    ($($operation:ty => $output:ty,)*) => {$(
        impl Run for Call<Client, $operation> {
            type Output = $output;

            fn run(self) -> Result<$output> {
                drive(self.send())
            }

            fn run_optional(self) -> Result<Option<$output>> {
                drive(self.send_optional())
            }

            fn run_with_response(self) -> Result<Response<$output>> {
                drive(self.send_with_response())
            }
        }

        impl Run for Call<blocking::Client, $operation> {
            type Output = $output;

            fn run(self) -> Result<$output> {
                self.send()
            }

            fn run_optional(self) -> Result<Option<$output>> {
                self.send_optional()
            }

            fn run_with_response(self) -> Result<Response<$output>> {
                self.send_with_response()
            }
        }
    )*};
}

// Sixteen methods, thirteen operations: the bulk calls can be reached in two ways.
operations! {
    namespaces::List => Page<Namespace>,
    namespaces::Create => Namespace,
    namespaces::Get => Namespace,
    namespaces::Update => Namespace,
    namespaces::Delete => (),
    namespaces::BulkUpdate => BulkResult,
    namespaces::BulkDelete => BulkResult,
    namespaces::BulkGet => BulkGetResult,
    keys::List => Page<Key>,
    metadata::Get => Option<Json>,
    values::Get => StoredValue,
    values::Update => (),
    values::Delete => (),
}

/// A bulk call of either client, on any number of items.
pub(crate) trait RunAll: Run {
    fn run_all(self) -> Result<Self::Output>;
}

macro_rules! bulks {
    ($($operation:ty => $output:ty,)*) => {$(
        impl RunAll for Call<Client, $operation> {
            fn run_all(self) -> Result<$output> {
                drive(self.send_all())
            }
        }

        impl RunAll for Call<blocking::Client, $operation> {
            fn run_all(self) -> Result<$output> {
                self.send_all()
            }
        }
    )*};
}

bulks! {
    namespaces::BulkUpdate => BulkResult,
    namespaces::BulkDelete => BulkResult,
    namespaces::BulkGet => BulkGetResult,
}

/// A list of either client, walked to its end.
pub(crate) trait Walk {
    type Item;

    fn walk(self) -> Result<Vec<Self::Item>>;
}

macro_rules! lists {
    ($($operation:ty => $item:ty,)*) => {$(
        impl Walk for Call<Client, $operation> {
            type Item = $item;

            fn walk(self) -> Result<Vec<$item>> {
                drive(self.stream().try_collect())
            }
        }

        impl Walk for Call<blocking::Client, $operation> {
            type Item = $item;

            fn walk(self) -> Result<Vec<$item>> {
                self.iter().collect()
            }
        }
    )*};
}

lists! {
    namespaces::List => Namespace,
    keys::List => Key,
}

/// A value as it comes, with either client.
pub(crate) trait Fetch {
    type Client;

    fn fetch(self) -> Result<Download<Self::Client, values::Get>>;
}

impl Fetch for Call<Client, values::Get> {
    type Client = Client;

    fn fetch(self) -> Result<Download<Client, values::Get>> {
        drive(self.download())
    }
}

impl Fetch for Call<blocking::Client, values::Get> {
    type Client = blocking::Client;

    fn fetch(self) -> Result<Download<blocking::Client, values::Get>> {
        self.download()
    }
}

/// A download of either client, read to its end.
pub(crate) trait Drain {
    fn drain(self) -> Result<Vec<u8>>;
}

impl Drain for Download<Client, values::Get> {
    fn drain(self) -> Result<Vec<u8>> {
        drive(self.try_fold(Vec::new(), async |mut all, chunk| {
            all.extend_from_slice(&chunk);
            Ok(all)
        }))
    }
}

impl Drain for Download<blocking::Client, values::Get> {
    fn drain(mut self) -> Result<Vec<u8>> {
        let mut all = Vec::new();
        match self.read_to_end(&mut all) {
            Ok(_) => Ok(all),
            Err(error) => {
                let error = error.into_inner().expect("an error of the crate");
                Err(*error.downcast().expect("an error of the crate"))
            }
        }
    }
}

/// So many bytes, in a pattern that no power of two is a multiple of.
pub(crate) fn content(size: usize) -> Vec<u8> {
    let pattern: Vec<u8> = (0..251).collect();
    let mut content = pattern.repeat(size / pattern.len() + 1);
    content.truncate(size);
    content
}

/// A file that goes when this goes.
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
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// The variant of an error, by its name in the contract.
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
