//! The body of a response, which may end too early.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};

pub(crate) struct ResponseBody {
    /// The bytes to send.
    data: Bytes,
    /// The number of bytes that the header `Content-Length` declares, without those sent.
    declared: usize,
    /// True if a truncated body was given the time to be sent.
    flushed: bool,
}

impl ResponseBody {
    pub(crate) fn whole(data: Bytes) -> Self {
        let declared = data.len();
        Self {
            data,
            declared,
            flushed: false,
        }
    }

    /// Declares all bytes, and sends the first half.
    pub(crate) fn truncated(data: &Bytes) -> Self {
        Self {
            data: data.slice(..data.len() / 2),
            // A longer length than an empty body has.
            declared: data.len().max(1),
            flushed: false,
        }
    }
}

impl Body for ResponseBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if !self.data.is_empty() {
            let data = std::mem::take(&mut self.data);
            self.declared -= data.len();
            return Poll::Ready(Some(Ok(Frame::data(data))));
        }
        if self.declared == 0 {
            return Poll::Ready(None);
        }
        // The error closes the connection. hyper sends the bytes of the body while it waits.
        if !self.flushed {
            self.flushed = true;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(Some(Err(io::ErrorKind::ConnectionReset.into())))
    }

    fn is_end_stream(&self) -> bool {
        self.declared == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.declared.try_into().unwrap_or(u64::MAX))
    }
}
