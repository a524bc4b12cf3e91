//! Shared test support: an API as it would be generated, a scripted server, and tests for both clients.

#[allow(dead_code)] // as emitted, whether or not a test uses it
pub mod api;
pub mod clock;
#[cfg(feature = "tracing")]
pub mod recorder;
#[cfg_attr(not(feature = "blocking"), allow(dead_code))] // some of it is for that alone
pub mod server;

#[cfg(feature = "blocking")]
use std::io::{ErrorKind, Read};
use std::sync::LazyLock;

use futures_util::{StreamExt, stream};
use tokio::runtime::Runtime;

#[cfg(feature = "blocking")]
use crate::runtime::blocking;
use crate::runtime::{
    Bulk, Call, Client, ClientBuilder, Download, Downloadable, Error, IntoBulkItem, Operation,
    Paged, Response, Result,
};

pub static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());

/// Runs a call with either client.
pub trait Run<O: Operation> {
    fn run(self) -> Result<O::Output>;
    fn run_optional(self) -> Result<Option<O::Output>>;
    fn run_with_response(self) -> Result<Response<O::Output>>;
    fn run_all(self) -> Result<O::Output>
    where
        O: Bulk;
    /// Sends the items of a stream or an iterator.
    fn run_items<T, M>(self, items: impl IntoIterator<Item = T>) -> Result<O::Output>
    where
        O: Bulk,
        T: IntoBulkItem<O::Item, M>;
    /// Returns all items up to the first error, and the error.
    fn items(self) -> (Vec<O::Item>, Option<Error>)
    where
        O: Paged;
}

impl<O: Operation> Run<O> for Call<Client, O> {
    fn run(self) -> Result<O::Output> {
        RUNTIME.block_on(self.send())
    }

    fn run_optional(self) -> Result<Option<O::Output>> {
        RUNTIME.block_on(self.send_optional())
    }

    fn run_with_response(self) -> Result<Response<O::Output>> {
        RUNTIME.block_on(self.send_with_response())
    }

    fn run_all(self) -> Result<O::Output>
    where
        O: Bulk,
    {
        RUNTIME.block_on(self.send_all())
    }

    fn run_items<T, M>(self, items: impl IntoIterator<Item = T>) -> Result<O::Output>
    where
        O: Bulk,
        T: IntoBulkItem<O::Item, M>,
    {
        RUNTIME.block_on(self.send_stream(stream::iter(items)))
    }

    fn items(self) -> (Vec<O::Item>, Option<Error>)
    where
        O: Paged,
    {
        split(RUNTIME.block_on(self.stream().collect()))
    }
}

#[cfg(feature = "blocking")]
impl<O: Operation> Run<O> for Call<blocking::Client, O> {
    fn run(self) -> Result<O::Output> {
        self.send()
    }

    fn run_optional(self) -> Result<Option<O::Output>> {
        self.send_optional()
    }

    fn run_with_response(self) -> Result<Response<O::Output>> {
        self.send_with_response()
    }

    fn run_all(self) -> Result<O::Output>
    where
        O: Bulk,
    {
        self.send_all()
    }

    fn run_items<T, M>(self, items: impl IntoIterator<Item = T>) -> Result<O::Output>
    where
        O: Bulk,
        T: IntoBulkItem<O::Item, M>,
    {
        self.send_iter(items)
    }

    fn items(self) -> (Vec<O::Item>, Option<Error>)
    where
        O: Paged,
    {
        split(self.iter().collect())
    }
}

/// Starts a download with either client.
pub trait Begin<O> {
    type Client;

    fn begin(self) -> Result<Download<Self::Client, O>>;
}

impl<O: Downloadable> Begin<O> for Call<Client, O> {
    type Client = Client;

    fn begin(self) -> Result<Download<Client, O>> {
        RUNTIME.block_on(self.download())
    }
}

#[cfg(feature = "blocking")]
impl<O: Downloadable> Begin<O> for Call<blocking::Client, O> {
    type Client = blocking::Client;

    fn begin(self) -> Result<Download<blocking::Client, O>> {
        self.download()
    }
}

/// A download of either client.
pub trait Drain {
    /// Returns the next chunk, or `None` at the end.
    fn piece(&mut self) -> Result<Option<Vec<u8>>>;

    /// Returns the rest of the content up to the first error, and the error.
    fn drain(mut self) -> (Vec<u8>, Option<Error>)
    where
        Self: Sized,
    {
        let mut all = Vec::new();
        loop {
            match self.piece() {
                Ok(Some(piece)) => all.extend(piece),
                Ok(None) => return (all, None),
                Err(error) => {
                    self.stays_over();
                    return (all, Some(error));
                }
            }
        }
    }

    /// Checks that nothing follows an error.
    fn stays_over(&mut self);
}

impl<O> Drain for Download<Client, O> {
    fn piece(&mut self) -> Result<Option<Vec<u8>>> {
        let chunk = RUNTIME.block_on(self.chunk())?;
        assert!(chunk.as_ref().is_none_or(|chunk| !chunk.is_empty()));
        Ok(chunk.map(Into::into))
    }

    fn stays_over(&mut self) {
        assert!(RUNTIME.block_on(self.next()).is_none());
        assert!(RUNTIME.block_on(self.chunk()).unwrap().is_none());
    }
}

#[cfg(feature = "blocking")]
impl<O> Drain for Download<blocking::Client, O> {
    fn piece(&mut self) -> Result<Option<Vec<u8>>> {
        let mut buffer = vec![0; 50_000];
        assert_eq!(self.read(&mut []).unwrap(), 0);
        match self.read(&mut buffer) {
            Ok(0) => Ok(None),
            Ok(size) => Ok(Some(buffer[..size].to_vec())),
            Err(error) => {
                let kind = error.kind();
                let error = *error.into_inner().unwrap().downcast::<Error>().unwrap();
                let expected = match error {
                    Error::Timeout(_) => ErrorKind::TimedOut,
                    _ => ErrorKind::UnexpectedEof,
                };
                assert_eq!(kind, expected);
                Err(error)
            }
        }
    }

    fn stays_over(&mut self) {
        let kind = self.read(&mut [0]).unwrap_err().kind();
        assert!(matches!(
            kind,
            ErrorKind::TimedOut | ErrorKind::UnexpectedEof
        ));
        assert_eq!(self.read(&mut [0]).unwrap_err().kind(), kind);
    }
}

/// Splits off a final error.
fn split<T>(mut all: Vec<Result<T>>) -> (Vec<T>, Option<Error>) {
    let error = all.pop_if(|last| last.is_err());
    let items = all
        .into_iter()
        .map(|item| item.expect("only the last is an error"));
    (items.collect(), error.and_then(Result::err))
}

/// Returns content of this size. Its pattern does not repeat at powers of two.
pub fn content(size: usize) -> Vec<u8> {
    let pattern: Vec<u8> = (0..251).collect();
    let mut content = pattern.repeat(size / pattern.len() + 1);
    content.truncate(size);
    content
}

/// Configures a builder with a token and the test server.
pub fn configured<C>(builder: ClientBuilder<C>, url: &str) -> ClientBuilder<C> {
    builder.api_token("tok").base_url(url)
}

/// Defines a test for each client. `[steps]` is the script of the server. The client uses a
/// [`TestClock`](clock::TestClock), so delays take no time.
macro_rules! both {
    ($(#[$attribute:meta])* fn $name:ident([$($step:expr),* $(,)?], $server:ident, $client:ident) $body:block) => {
        both! { $(#[$attribute])* fn $name([$($step),*], $server, $client, |builder| builder) $body }
    };
    ($(#[$attribute:meta])* fn $name:ident([$($step:expr),* $(,)?], $server:ident, $client:ident, |$builder:ident| $build:expr) $body:block) => {
        both! { $(#[$attribute])* fn $name([$($step),*], $server, $client, _clock, |$builder| $build) $body }
    };
    ($(#[$attribute:meta])* fn $name:ident([$($step:expr),* $(,)?], $server:ident, $client:ident, $clock:ident, |$builder:ident| $build:expr) $body:block) => {
        $(#[$attribute])*
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            #[test]
            fn in_async() {
                let $server = crate::support::server::Server::start([$($step),*]);
                let $clock = crate::support::clock::TestClock::new();
                let $builder = crate::support::configured(crate::runtime::Client::builder(), &$server.url)
                    .clock($clock.clone());
                let $client = ($build).build().unwrap();
                $body
            }

            #[cfg(feature = "blocking")]
            #[test]
            fn in_blocking() {
                let $server = crate::support::server::Server::start([$($step),*]);
                let $clock = crate::support::clock::TestClock::new();
                let $builder = crate::support::configured(crate::runtime::blocking::Client::builder(), &$server.url)
                    .clock($clock.clone());
                let $client = ($build).build().unwrap();
                $body
            }
        }
    };
}
pub(crate) use both;
