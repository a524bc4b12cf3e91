//! Content that is received as it comes: in goes an answer's body, out come its chunks.

use std::fmt;
use std::future::poll_fn;
#[cfg(feature = "blocking")]
use std::io::{self, Read};
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::runtime::api::call_info::Origin;
#[cfg(feature = "blocking")]
use crate::runtime::blocking;
use crate::runtime::client::Client;
use crate::runtime::client::pending::{Arrival, Incoming};
use crate::runtime::client::trace::CallSpan;
#[cfg(feature = "blocking")]
use crate::runtime::error::Error;
use crate::runtime::error::Result;
use crate::runtime::http::rate_limit::RateLimit;
use crate::runtime::response::decode::FromHeader;

/// Content that is received as it comes, from [`Call::download`](crate::runtime::Call::download).
///
/// With the async client it is a [`Stream`] of chunks, with the blocking one a [`Read`](std::io::Read). No more than one
/// chunk of it is in memory. When it breaks off before its end, that is an error, never a short end:
/// [`Error::Body`](crate::runtime::Error::Body), or [`Error::Timeout`](crate::runtime::Error::Timeout) when it took longer than the timeout
/// of the call, which goes on to the last byte. It may be dropped at any time.
pub struct Download<C, O> {
    /// What drives the connection must live as long.
    #[cfg_attr(not(feature = "blocking"), allow(dead_code))]
    client: C,
    origin: Origin,
    status: StatusCode,
    headers: HeaderMap,
    size: Option<u64>,
    incoming: Incoming,
    #[cfg(feature = "blocking")]
    reading: Reading,
    operation: PhantomData<fn() -> O>,
}

/// Where a reader is.
#[cfg(feature = "blocking")]
#[derive(Default)]
struct Reading {
    /// What it has not yet taken of the last chunk.
    rest: Bytes,
    /// How it failed.
    failed: Option<io::ErrorKind>,
}

impl<C, O> Download<C, O> {
    pub(crate) fn new(client: C, (arrival, span): (Arrival, CallSpan)) -> Self {
        Self {
            client,
            origin: arrival.origin,
            status: arrival.status,
            headers: arrival.headers,
            size: arrival.body.content_length(),
            incoming: Incoming::new(arrival.origin, arrival.body, span),
            #[cfg(feature = "blocking")]
            reading: Reading::default(),
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
        poll_fn(|cx| self.incoming.poll_next(cx)).await.transpose()
    }
}

/// After an error it ends.
impl<O> Stream for Download<Client, O> {
    type Item = Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes>>> {
        self.incoming.poll_next(cx)
    }
}

/// An error holds one of the crate's own, and has the kind `TimedOut` or `UnexpectedEof`. Reading on after it fails in the
/// same way.
#[cfg(feature = "blocking")]
impl<O> Read for Download<blocking::Client, O> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        let Reading { rest, failed } = &mut self.reading;
        if let Some(kind) = *failed {
            return Err(kind.into());
        }
        if rest.is_empty() {
            let incoming = &mut self.incoming;
            let next = poll_fn(|cx| incoming.poll_next(cx));
            match self.client.driver().run(next) {
                Some(Ok(chunk)) => *rest = chunk,
                Some(Err(error)) => {
                    let kind = match error {
                        Error::Timeout(_) => io::ErrorKind::TimedOut,
                        _ => io::ErrorKind::UnexpectedEof,
                    };
                    *failed = Some(kind);
                    return Err(io::Error::new(kind, error));
                }
                None => return Ok(0),
            }
        }
        let size = rest.len().min(buffer.len());
        rest.split_to(size).as_ref().read(buffer)
    }
}

/// Shows neither content nor what headers say.
impl<C, O> fmt::Debug for Download<C, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("method", &self.origin.meta.method)
            .field("path", &self.origin.meta.path)
            .field("status", &self.status)
            .field("content_length", &self.size)
            .finish_non_exhaustive()
    }
}
