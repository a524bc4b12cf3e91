//! A call: an operation bound to a client, with what is particular to this one call.

use std::fmt::{self, Display};
use std::marker::PhantomData;
use std::num::NonZeroUsize;
#[cfg(feature = "blocking")]
use std::sync::Arc;
use std::time::Duration;

use futures_core::Stream;
use reqwest::StatusCode;
use reqwest::header::{HeaderName, HeaderValue};

#[cfg(feature = "blocking")]
use crate::runtime::blocking;
use crate::runtime::bulk::{self, Bulk};
use crate::runtime::client::Client;
use crate::runtime::client::execute::{begin, exchange};
use crate::runtime::download::Download;
use crate::runtime::error::validation::Refusal;
use crate::runtime::error::{Error, Result};
use crate::runtime::http::query::push_query;
use crate::runtime::operation::{Downloadable, Operation, Paged};
use crate::runtime::paging::pager::{ItemStream, Pages};
use crate::runtime::request::Request;
use crate::runtime::request::encode::header;
use crate::runtime::response::typed::Response;

/// A call that is ready to be sent.
///
/// Its setters say what is optional; nothing happens before [`send`](Call::send) or one of its siblings.
#[must_use = "a call does nothing until it is sent"]
pub struct Call<C, O> {
    pub(crate) request: Request,
    client: C,
    options: Options,
    operation: PhantomData<fn() -> O>,
}

/// What is particular to one call.
#[derive(Clone, Default)]
pub(crate) struct Options {
    pub(crate) timeout: Option<Duration>,
    pub(crate) max_retries: Option<u32>,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) query: String,
    /// How many requests of a bulk call are under way at once.
    pub(crate) concurrency: Option<NonZeroUsize>,
    /// The first of these that is no good.
    pub(crate) refusal: Option<Refusal>,
}

impl<C, O> Call<C, O> {
    /// Binds an operation's arguments to a client.
    #[doc(hidden)]
    pub fn new(client: &C, request: Request) -> Self
    where
        C: Clone,
    {
        Self {
            request,
            client: client.clone(),
            options: Options::default(),
            operation: PhantomData,
        }
    }

    /// How long one attempt of this call may take, instead of what the client says.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = Some(timeout);
        self
    }

    /// How often this call is sent again, instead of what the client says.
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.options.max_retries = Some(retries);
        self
    }

    /// Sends a header with this call; it takes the place of the client's own of that name.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<[u8]>) -> Self {
        match header(name.as_ref(), value.as_ref()) {
            Ok(header) => self.options.headers.push(header),
            Err(refusal) => {
                let refusal = refusal.within(&format!("header {}", name.as_ref().escape_debug()));
                self.options.refusal.get_or_insert(refusal);
            }
        }
        self
    }

    /// Adds a pair to the query of this call.
    pub fn query(mut self, name: impl AsRef<str>, value: impl Display) -> Self {
        push_query(&mut self.options.query, name.as_ref(), value);
        self
    }

    /// How many requests `send_all` has under way at once, 4 unless this says otherwise. 0 is refused.
    pub fn concurrency(mut self, requests: usize) -> Self
    where
        O: Bulk,
    {
        self.options.concurrency = NonZeroUsize::new(requests);
        if requests == 0 {
            let refusal = Refusal::new("is 0, at least 1 is needed").within("concurrency");
            self.options.refusal.get_or_insert(refusal);
        }
        self
    }
}

impl<O: Operation> Call<Client, O> {
    /// Sends the call and gives its result.
    pub async fn send(self) -> Result<O::Output> {
        let (output, _) = exchange::<O>(&self.client, &self.options, &self.request).await?;
        Ok(output)
    }

    /// Sends the call and gives its result, or `None` when the API says that the very thing asked for is not there.
    /// Anything else that is missing on the way to it is an error.
    pub async fn send_optional(self) -> Result<Option<O::Output>> {
        optional::<O>(self.send().await)
    }

    /// Sends the call and gives its result together with the status and the headers of the answer.
    pub async fn send_with_response(self) -> Result<Response<O::Output>> {
        let (output, answer) = exchange::<O>(&self.client, &self.options, &self.request).await?;
        Ok(Response::new(answer.status, answer.headers, output))
    }

    /// Sends the call and gives the content as it comes, once the head of the answer is there.
    ///
    /// The call is repeated up to then, but not after it. The timeout goes on to the last byte of the content: raise it
    /// where that is to be taken slowly.
    pub async fn download(self) -> Result<Download<Client, O>>
    where
        O: Downloadable,
    {
        let arrival = begin(&self.client, &self.options, O::META, &self.request).await?;
        Ok(Download::new(self.client, arrival))
    }

    /// Sends any number of items, in as many requests as the API's limits on items and bytes ask for, and merges the
    /// results. Items that the server says it failed on are sent again, as often as `max_retries` says; those that it
    /// still fails on then are in the result. No items are one request all the same.
    ///
    /// All other settings hold for each request. Requests have no order among each other, so keys should be distinct.
    /// An item that is refused refuses the call before anything is sent. After an error no further request is
    /// started, those under way come to their end, and [`Error::progress`] says which keys are done.
    pub async fn send_all(self) -> Result<O::Output>
    where
        O: Bulk,
    {
        bulk::send_all::<O>(&self.client, &self.options, &self.request).await
    }

    /// All items of all pages, from this one on. A page is fetched when its first item is asked for. After an error the
    /// stream ends.
    pub fn stream(self) -> impl Stream<Item = Result<O::Item>> + Send + Unpin + use<O>
    where
        O: Paged,
    {
        ItemStream::new(Pages::<O>::new(self.client, self.options, self.request))
    }
}

#[cfg(feature = "blocking")]
impl<O: Operation> Call<blocking::Client, O> {
    /// Sends the call and gives its result.
    pub fn send(self) -> Result<O::Output> {
        let (driver, call) = self.split();
        driver.run(call.send())
    }

    /// Sends the call and gives its result, or `None` when the API says that the very thing asked for is not there.
    /// Anything else that is missing on the way to it is an error.
    pub fn send_optional(self) -> Result<Option<O::Output>> {
        optional::<O>(self.send())
    }

    /// Sends the call and gives its result together with the status and the headers of the answer.
    pub fn send_with_response(self) -> Result<Response<O::Output>> {
        let (driver, call) = self.split();
        driver.run(call.send_with_response())
    }

    /// Sends the call and gives the content as it comes, once the head of the answer is there.
    ///
    /// The call is repeated up to then, but not after it. The timeout goes on to the last byte of the content: raise it
    /// where that is to be taken slowly.
    pub fn download(self) -> Result<Download<blocking::Client, O>>
    where
        O: Downloadable,
    {
        let client = self.client.clone();
        let (driver, call) = self.split();
        let arrival = driver.run(begin(&call.client, &call.options, O::META, &call.request))?;
        Ok(Download::new(client, arrival))
    }

    /// Sends any number of items, in as many requests as the API's limits on items and bytes ask for, and merges the
    /// results. Items that the server says it failed on are sent again, as often as `max_retries` says; those that it
    /// still fails on then are in the result. No items are one request all the same.
    ///
    /// All other settings hold for each request. Requests have no order among each other, so keys should be distinct.
    /// An item that is refused refuses the call before anything is sent. After an error no further request is
    /// started, those under way come to their end, and [`Error::progress`] says which keys are done.
    pub fn send_all(self) -> Result<O::Output>
    where
        O: Bulk,
    {
        let (driver, call) = self.split();
        driver.run(call.send_all())
    }

    /// All items of all pages, from this one on. A page is fetched when its first item is asked for. After an error the
    /// iterator ends.
    pub fn iter(self) -> impl Iterator<Item = Result<O::Item>> + Send + use<O>
    where
        O: Paged,
    {
        let (driver, call) = self.split();
        blocking::Items::new(
            driver,
            Pages::<O>::new(call.client, call.options, call.request),
        )
    }

    /// The call as the async client makes it, and what drives it.
    fn split(self) -> (Arc<blocking::Driver>, Call<Client, O>) {
        let (client, driver) = self.client.into_parts();
        let call = Call {
            request: self.request,
            client,
            options: self.options,
            operation: PhantomData,
        };
        (driver, call)
    }
}

/// `None` for a thing that is not there.
fn optional<O: Operation>(result: Result<O::Output>) -> Result<Option<O::Output>> {
    match result {
        Ok(output) => Ok(Some(output)),
        Err(error) if is_absent(&error, O::META.absent) => Ok(None),
        Err(error) => Err(error),
    }
}

fn is_absent(error: &Error, codes: &[i64]) -> bool {
    error.status() == Some(StatusCode::NOT_FOUND)
        && error.code().is_some_and(|code| codes.contains(&code))
}

impl<C: Clone, O> Clone for Call<C, O> {
    fn clone(&self) -> Self {
        Self {
            request: self.request.clone(),
            client: self.client.clone(),
            options: self.options.clone(),
            operation: PhantomData,
        }
    }
}

/// Shows no arguments.
impl<C, O: Operation> fmt::Debug for Call<C, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("method", &O::META.method)
            .field("path", &O::META.path)
            .finish_non_exhaustive()
    }
}
