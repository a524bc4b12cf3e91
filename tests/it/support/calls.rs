//! Traits that run calls of either client in the same way.

use std::io::Read as _;

use futures_util::{TryStreamExt as _, stream};
use workers_kv::api::keys::{self, Keys};
use workers_kv::api::metadata::{self, Metadata};
use workers_kv::api::namespaces::{self, Namespaces};
use workers_kv::api::values::{self, Values};
use workers_kv::types::StoredValue;
use workers_kv::{
    BulkGetResult, BulkResult, BulkWrite, Call, Client, ClientBuilder, Download, IntoBulkItem,
    Json, Key, Namespace, Page, Response, Result, blocking,
};

use super::drive;

/// The API that both clients share.
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

/// Runs a call of either client.
pub(crate) trait Run {
    type Output;

    fn run(self) -> Result<Self::Output>;
    fn run_optional(self) -> Result<Option<Self::Output>>;
    fn run_exists(self) -> Result<bool>;
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

            fn run_exists(self) -> Result<bool> {
                drive(self.exists())
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

            fn run_exists(self) -> Result<bool> {
                self.exists()
            }

            fn run_with_response(self) -> Result<Response<$output>> {
                self.send_with_response()
            }
        }
    )*};
}

// There are sixteen methods and thirteen operations: the bulk calls have two methods each.
operations! {
    namespaces::operation::List => Page<Namespace>,
    namespaces::operation::Create => Namespace,
    namespaces::operation::Get => Namespace,
    namespaces::operation::Update => Namespace,
    namespaces::operation::Delete => (),
    namespaces::operation::BulkUpdate => BulkResult,
    namespaces::operation::BulkDelete => BulkResult,
    namespaces::operation::BulkGet => BulkGetResult,
    keys::operation::List => Page<Key>,
    metadata::operation::Get => Option<Json>,
    values::operation::Get => StoredValue,
    values::operation::Update => (),
    values::operation::Delete => (),
}

/// Runs a bulk call of either client with any number of items.
pub(crate) trait RunAll<T>: Run {
    fn run_all(self) -> Result<Self::Output>;
    /// Sends the items of an iterator, or of a stream with the same items.
    fn run_items<I: IntoBulkItem<T, M>, M>(
        self,
        items: impl IntoIterator<Item = I>,
    ) -> Result<Self::Output>;
}

macro_rules! bulks {
    ($($operation:ty: $item:ty => $output:ty,)*) => {$(
        impl RunAll<$item> for Call<Client, $operation> {
            fn run_all(self) -> Result<$output> {
                drive(self.send_all())
            }

            fn run_items<I: IntoBulkItem<$item, M>, M>(
                self,
                items: impl IntoIterator<Item = I>,
            ) -> Result<$output> {
                drive(self.send_stream(stream::iter(items)))
            }
        }

        impl RunAll<$item> for Call<blocking::Client, $operation> {
            fn run_all(self) -> Result<$output> {
                self.send_all()
            }

            fn run_items<I: IntoBulkItem<$item, M>, M>(
                self,
                items: impl IntoIterator<Item = I>,
            ) -> Result<$output> {
                self.send_iter(items)
            }
        }
    )*};
}

bulks! {
    namespaces::operation::BulkUpdate: BulkWrite => BulkResult,
    namespaces::operation::BulkDelete: String => BulkResult,
    namespaces::operation::BulkGet: String => BulkGetResult,
}

/// Collects all items of a list of either client.
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
    namespaces::operation::List => Namespace,
    keys::operation::List => Key,
}

/// Starts a download with either client.
pub(crate) trait Fetch {
    type Client;

    fn fetch(self) -> Result<Download<Self::Client, values::operation::Get>>;
}

impl Fetch for Call<Client, values::operation::Get> {
    type Client = Client;

    fn fetch(self) -> Result<Download<Client, values::operation::Get>> {
        drive(self.download())
    }
}

impl Fetch for Call<blocking::Client, values::operation::Get> {
    type Client = blocking::Client;

    fn fetch(self) -> Result<Download<blocking::Client, values::operation::Get>> {
        self.download()
    }
}

/// Reads a download of either client to its end.
pub(crate) trait Drain {
    fn drain(self) -> Result<Vec<u8>>;
}

impl Drain for Download<Client, values::operation::Get> {
    fn drain(self) -> Result<Vec<u8>> {
        drive(self.try_fold(Vec::new(), async |mut all, chunk| {
            all.extend_from_slice(&chunk);
            Ok(all)
        }))
    }
}

impl Drain for Download<blocking::Client, values::operation::Get> {
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
