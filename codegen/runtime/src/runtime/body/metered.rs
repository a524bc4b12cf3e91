//! Counts the bytes of a body while they are handed to the connection.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

/// Maximum size of a counted chunk in bytes.
const MAX_CHUNK: usize = 64 * 1024;

/// Called with the size of each chunk.
pub(crate) type OnSent = dyn Fn(u64) + Send + Sync;

/// A body that counts its bytes.
pub(crate) struct MeteredBody {
    body: reqwest::Body,
    /// Received from the body, but not yet handed to the connection.
    chunk: Bytes,
    on_sent: Arc<OnSent>,
}

impl MeteredBody {
    /// Wraps a body. `on_sent` is called with the size of each chunk that is handed to the connection.
    pub(crate) fn wrap(body: reqwest::Body, on_sent: Arc<OnSent>) -> reqwest::Body {
        reqwest::Body::wrap(Self {
            body,
            chunk: Bytes::new(),
            on_sent,
        })
    }
}

impl Body for MeteredBody {
    type Data = Bytes;
    type Error = reqwest::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, reqwest::Error>>> {
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
