//! Stream of the chunks of a response body.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::Body as _;
use reqwest::header::HeaderMap;

use crate::runtime::api::call_info::CallInfo;
use crate::runtime::client::pending::PendingResponse;
use crate::runtime::client::trace::CallSpan;
use crate::runtime::error::{Error, Result};
use crate::runtime::platform::Body;

/// Stream of the chunks of a response body.
pub(crate) struct DownloadStream {
    call: CallInfo,
    /// The span of the call ends when this is dropped.
    span: CallSpan,
    received: u64,
    pub(crate) headers: HeaderMap,
    /// `None` at the end and after an error.
    body: Option<Body>,
}

impl DownloadStream {
    pub(crate) fn new(pending: PendingResponse, span: CallSpan) -> Self {
        Self {
            call: pending.call,
            span,
            received: 0,
            headers: pending.headers,
            body: Some(pending.body.into()),
        }
    }

    /// Returns the next chunk. It is not empty. Returns `None` at the end and after an error.
    pub(crate) fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes>>> {
        while let Some(body) = &mut self.body {
            let next = match ready!(Pin::new(body).poll_frame(cx)) {
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(chunk) if !chunk.is_empty() => Some(Ok(chunk)),
                    _ => continue,
                },
                Some(Err(error)) => {
                    let error = Error::transport(self.call, error, true);
                    Some(Err(error.with_headers(self.headers.clone())))
                }
                None => None,
            };
            match &next {
                Some(Ok(chunk)) => self.received += chunk.len() as u64,
                Some(Err(error)) => {
                    self.span.record_error(error);
                    self.body = None;
                }
                None => self.body = None,
            }
            return Poll::Ready(next);
        }
        Poll::Ready(None)
    }
}

impl Drop for DownloadStream {
    fn drop(&mut self) {
        self.span.record_received(self.received);
    }
}
