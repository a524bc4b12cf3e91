//! What the tests share: an API as it would be emitted, a scripted server, and a way to run a case with both clients.

#[allow(dead_code)] // as emitted, whether or not a test uses it
pub mod api;
#[cfg_attr(not(feature = "blocking"), allow(dead_code))] // some of it is for that alone
pub mod server;

use std::sync::LazyLock;

use futures_util::StreamExt;
use tokio::runtime::Runtime;

#[cfg(feature = "blocking")]
use crate::runtime::blocking;
use crate::runtime::{
    Bulk, Call, Client, ClientBuilder, Error, Operation, Paged, Response, Result,
};

pub static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());

/// A call of either client, run to its end.
pub trait Run<O: Operation> {
    fn run(self) -> Result<O::Output>;
    fn run_optional(self) -> Result<Option<O::Output>>;
    fn run_with_response(self) -> Result<Response<O::Output>>;
    fn run_all(self) -> Result<O::Output>
    where
        O: Bulk;
    /// All items up to the first error, and that error.
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

    fn items(self) -> (Vec<O::Item>, Option<Error>)
    where
        O: Paged,
    {
        split(self.iter().collect())
    }
}

/// An error is the last thing that comes.
fn split<T>(mut all: Vec<Result<T>>) -> (Vec<T>, Option<Error>) {
    let error = all.pop_if(|last| last.is_err());
    let items = all
        .into_iter()
        .map(|item| item.expect("only the last is an error"));
    (items.collect(), error.and_then(Result::err))
}

/// A builder for tests, with a token and this server.
pub fn configured<C>(builder: ClientBuilder<C>, url: &str) -> ClientBuilder<C> {
    builder.api_token("tok").base_url(url)
}

/// One case as two tests, one with each client. `[steps]` is the server's script.
macro_rules! both {
    ($(#[$attribute:meta])* fn $name:ident([$($step:expr),* $(,)?], $server:ident, $client:ident) $body:block) => {
        both! { $(#[$attribute])* fn $name([$($step),*], $server, $client, |builder| builder) $body }
    };
    ($(#[$attribute:meta])* fn $name:ident([$($step:expr),* $(,)?], $server:ident, $client:ident, |$builder:ident| $build:expr) $body:block) => {
        $(#[$attribute])*
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            #[test]
            fn in_async() {
                let $server = crate::support::server::Server::start([$($step),*]);
                let $builder = crate::support::configured(crate::runtime::Client::builder(), &$server.url);
                let $client = ($build).build().unwrap();
                $body
            }

            #[cfg(feature = "blocking")]
            #[test]
            fn in_blocking() {
                let $server = crate::support::server::Server::start([$($step),*]);
                let $builder = crate::support::configured(crate::runtime::blocking::Client::builder(), &$server.url);
                let $client = ($build).build().unwrap();
                $body
            }
        }
    };
}
pub(crate) use both;
