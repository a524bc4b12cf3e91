//! Content that is received as it comes: in goes an answer's body, out come its chunks.

mod stream;

use std::fmt;
use std::future::{poll_fn, ready};
#[cfg(feature = "blocking")]
use std::io;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::runtime::api::call_info::CallInfo;
use crate::runtime::api::meta::Meta;
use crate::runtime::call::Call;
use crate::runtime::client::Client;
use crate::runtime::client::execute::{prepare, retry_loop};
use crate::runtime::client::options::Options;
use crate::runtime::client::pending::PendingResponse;
use crate::runtime::client::trace::CallSpan;
use crate::runtime::download::stream::DownloadStream;
use crate::runtime::error::Result;
use crate::runtime::http::header::FromHeader;
use crate::runtime::http::rate_limit::RateLimit;
use crate::runtime::operation::Operation;
use crate::runtime::request::Request;

/// An operation that gives content as it is, which can also be received as it comes.
pub trait Downloadable: Operation {}

impl<O: Downloadable> Call<Client, O> {
    /// Sends the call and gives the content as it comes, once the head of the answer is there.
    ///
    /// The call is repeated up to then, but not after it. The timeout goes on to the last byte of the content: raise it
    /// where that is to be taken slowly.
    pub async fn download(self) -> Result<Download<Client, O>> {
        let pending = open(&self.client, &self.options, O::META, &self.request).await?;
        Ok(Download::new(self.client, pending))
    }
}

/// Runs an operation up to the head of an answer that tells of success.
pub(crate) async fn open(
    client: &Client,
    options: &Options,
    meta: &'static Meta,
    request: &Request,
) -> Result<(PendingResponse, CallSpan)> {
    let core = &*client.core;
    let span = CallSpan::new(meta, core.settings);
    let pending = span.instrument(async {
        let prepared = prepare(core, options, meta, request)?;
        let receive = |pending| ready(Ok(pending));
        retry_loop(core, options, &prepared, &span, receive).await
    });
    let pending = pending.await?;
    Ok((pending, span))
}

/// Content that is received as it comes, from [`Call::download`](crate::runtime::Call::download).
///
/// With the async client it is a [`Stream`] of chunks, with the blocking one a [`Read`](std::io::Read). No more than one
/// chunk of it is in memory. When it breaks off before its end, that is an error, never a short end:
/// [`Error::Body`](crate::runtime::Error::Body), or [`Error::Timeout`](crate::runtime::Error::Timeout) when it took longer than the timeout
/// of the call, which goes on to the last byte. It may be dropped at any time.
pub struct Download<C, O> {
    /// What drives the connection must live as long.
    #[cfg_attr(not(feature = "blocking"), allow(dead_code))]
    pub(crate) client: C,
    call: CallInfo,
    status: StatusCode,
    headers: HeaderMap,
    size: Option<u64>,
    pub(crate) stream: DownloadStream,
    #[cfg(feature = "blocking")]
    pub(crate) read_state: ReadState,
    operation: PhantomData<fn() -> O>,
}

/// Where a reader is.
#[cfg(feature = "blocking")]
#[derive(Default)]
pub(crate) struct ReadState {
    /// What it has not yet taken of the last chunk.
    pub(crate) rest: Bytes,
    /// How it failed.
    pub(crate) failed: Option<io::ErrorKind>,
}

impl<C, O> Download<C, O> {
    pub(crate) fn new(client: C, (pending, span): (PendingResponse, CallSpan)) -> Self {
        Self {
            client,
            call: pending.call,
            status: pending.status,
            headers: pending.headers,
            size: pending.body.content_length(),
            stream: DownloadStream::new(pending.call, pending.body, span),
            #[cfg(feature = "blocking")]
            read_state: ReadState::default(),
            operation: PhantomData,
        }
    }

    /// Status of the answer.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Headers of the answer.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// What the server says of its rate limit, if it does.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::read(&self.headers)
    }

    /// How many bytes there are in all, when the server says so at the start.
    pub fn content_length(&self) -> Option<u64> {
        self.size
    }

    /// A header, when it is there and reads as what it should be.
    #[doc(hidden)]
    pub fn header<'a, T: FromHeader<'a>>(&'a self, name: &str) -> Option<T> {
        T::read(&self.headers, name)
    }
}

impl<O> Download<Client, O> {
    /// The next chunk, which is never empty; `None` at the end, and after an error.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>> {
        poll_fn(|cx| self.stream.poll_next(cx)).await.transpose()
    }
}

/// After an error it ends.
impl<O> Stream for Download<Client, O> {
    type Item = Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes>>> {
        self.stream.poll_next(cx)
    }
}

/// Shows neither content nor what headers say.
impl<C, O> fmt::Debug for Download<C, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("method", &self.call.meta.method)
            .field("path", &self.call.meta.path)
            .field("status", &self.status)
            .field("content_length", &self.size)
            .finish_non_exhaustive()
    }
}
