//! Counts the bytes of a body while they are handed to the connection.

use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::task::{Context, Poll, Waker, ready};

use bytes::Bytes;
use futures_util::task::AtomicWaker;
use http_body::{Frame, SizeHint};

use crate::runtime::platform::{Body, TransportError};

/// Maximum size of a counted chunk in bytes.
const MAX_CHUNK: usize = 64 * 1024;

/// Number of bytes that were handed to connections.
#[derive(Default)]
pub(crate) struct SentBytes {
    count: AtomicU64,
    waker: AtomicWaker,
}

impl SentBytes {
    /// Adds bytes and wakes the task that waits for them.
    pub(crate) fn add(&self, bytes: u64) {
        self.count.fetch_add(bytes, Relaxed);
        self.waker.wake();
    }

    pub(crate) fn count(&self) -> u64 {
        self.count.load(Relaxed)
    }

    /// Wakes a task when more bytes are sent. It replaces an earlier task.
    pub(crate) fn wake(&self, waker: &Waker) {
        self.waker.register(waker);
    }
}

/// A body that counts its bytes.
pub(crate) struct MeteredBody<F> {
    body: Body,
    /// Received from the body, but not yet handed to the connection.
    chunk: Bytes,
    on_sent: F,
}

impl<F: Fn(u64) + Send + Sync + Unpin + 'static> MeteredBody<F> {
    /// Wraps a body. `on_sent` is called with the size of each chunk that is handed to the connection.
    pub(crate) fn wrap(body: Body, on_sent: F) -> Body {
        Body::wrap(Self {
            body,
            chunk: Bytes::new(),
            on_sent,
        })
    }
}

impl<F: Fn(u64) + Unpin> http_body::Body for MeteredBody<F> {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        while self.chunk.is_empty() {
            match ready!(Pin::new(&mut self.body).poll_frame(cx)) {
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(chunk) => self.chunk = chunk,
                    Err(frame) => return Poll::Ready(Some(Ok(frame))),
                },
                end => return Poll::Ready(end),
            }
        }
        let size = self.chunk.len().min(MAX_CHUNK);
        let chunk = self.chunk.split_to(size);
        (self.on_sent)(size as u64);
        Poll::Ready(Some(Ok(Frame::data(chunk))))
    }

    fn is_end_stream(&self) -> bool {
        self.chunk.is_empty() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let waiting = self.chunk.len() as u64;
        let rest = self.body.size_hint();
        let mut hint = SizeHint::new();
        if let Some(upper) = rest.upper() {
            hint.set_upper(upper + waiting);
        }
        hint.set_lower(rest.lower() + waiting);
        hint
    }
}
