//! Downloads: response bodies that are read as a stream.

#[cfg(feature = "tokio-io")]
mod async_read;
#[cfg(any(feature = "blocking", feature = "tokio-io"))]
pub(crate) mod read;
mod stream;

use std::fmt;
use std::future::{poll_fn, ready};
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
use crate::runtime::client::attempt::prepare;
use crate::runtime::client::execute::retry_loop;
use crate::runtime::client::options::Options;
use crate::runtime::client::pending::PendingResponse;
use crate::runtime::client::trace::CallSpan;
#[cfg(any(feature = "blocking", feature = "tokio-io"))]
use crate::runtime::download::read::ReadState;
use crate::runtime::download::stream::DownloadStream;
use crate::runtime::error::Result;
use crate::runtime::http::head::{HasHead, ResponseHead};
use crate::runtime::http::header::FromHeader;
use crate::runtime::http::rate_limit::RateLimit;
use crate::runtime::operation::Operation;
use crate::runtime::request::Request;

/// An operation whose response can be read as a stream.
pub trait Downloadable: Operation {}

impl<O: Downloadable> Call<Client, O> {
    /// Sends the call and returns the content as a stream, as soon as the response headers are received.
    ///
    /// The call is not retried after that. The timeout applies to the complete download: increase it for large content.
    pub async fn download(self) -> Result<Download<Client, O>> {
        let pending = open(&self.client, &self.options, O::META, &self.request).await?;
        Ok(Download::new(self.client, pending))
    }
}

/// Runs an operation until the head of a successful response is received.
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

impl HasHead for PendingResponse {
    fn head(&self) -> ResponseHead<'_> {
        ResponseHead {
            status: self.status,
            headers: &self.headers,
            #[cfg(feature = "tracing")]
            size: None,
        }
    }
}

/// A response body that is read as a stream. Returned by [`Call::download`](crate::runtime::call::Call::download).
///
/// It is a [`Stream`] of chunks with the async client, and a [`Read`](std::io::Read) with the blocking
/// client. With the feature `tokio-io`, it is also a `tokio::io::AsyncRead` with the async client. At most one chunk is in memory. If the body ends early, the last item is
/// [`Error::Body`](crate::runtime::error::Error::Body), or [`Error::Timeout`](crate::runtime::error::Error::Timeout)
/// if the download exceeded the timeout of the call. A download can be dropped at any time.
pub struct Download<C, O> {
    /// Keeps the driver of the connection alive.
    #[cfg_attr(
        not(feature = "blocking"),
        expect(dead_code, reason = "the field keeps the client alive")
    )]
    pub(crate) client: C,
    call: CallInfo,
    status: StatusCode,
    size: Option<u64>,
    pub(crate) stream: DownloadStream,
    #[cfg(any(feature = "blocking", feature = "tokio-io"))]
    pub(crate) read_state: ReadState,
    operation: PhantomData<fn() -> O>,
}

impl<C, O> Download<C, O> {
    pub(crate) fn new(client: C, (pending, span): (PendingResponse, CallSpan)) -> Self {
        Self {
            client,
            call: pending.call,
            status: pending.status,
            size: pending.body.content_length(),
            stream: DownloadStream::new(pending, span),
            #[cfg(any(feature = "blocking", feature = "tokio-io"))]
            read_state: ReadState::default(),
            operation: PhantomData,
        }
    }

    /// Returns the status of the response.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        &self.stream.headers
    }

    /// Returns the rate limit that the server reported.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::read(self.headers())
    }

    /// Returns the total size in bytes, if the server sent it.
    pub fn content_length(&self) -> Option<u64> {
        self.size
    }

    /// Returns a header, if it is present and valid.
    #[doc(hidden)]
    pub fn header<'a, T: FromHeader<'a>>(&'a self, name: &str) -> Option<T> {
        T::read(self.headers(), name)
    }
}

impl<O> Download<Client, O> {
    /// Returns the next chunk. It is not empty. Returns `None` at the end and after an error.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>> {
        poll_fn(|cx| self.stream.poll_next(cx)).await.transpose()
    }
}

/// The stream ends after an error.
impl<O> Stream for Download<Client, O> {
    type Item = Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes>>> {
        self.stream.poll_next(cx)
    }
}

/// Does not display content or header values.
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
