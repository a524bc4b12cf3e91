//! Downloads as readers.

use std::io;
use std::task::{Context, Poll, ready};

use bytes::Bytes;

use crate::runtime::download::stream::DownloadStream;
use crate::runtime::error::Error;

/// State of a reader.
#[derive(Default)]
pub(crate) struct ReadState {
    /// Unread part of the last chunk.
    unread: Bytes,
    /// Kind of the error, after a failure.
    failed: Option<io::ErrorKind>,
}

impl ReadState {
    /// True if bytes can be taken, or if reading failed.
    pub(crate) fn is_ready(&self) -> bool {
        !self.unread.is_empty() || self.failed.is_some()
    }

    /// Receives the next chunk, if no bytes can be taken. At the end, no bytes are left.
    pub(crate) fn poll_fill(
        &mut self,
        stream: &mut DownloadStream,
        cx: &mut Context<'_>,
    ) -> Poll<io::Result<()>> {
        if self.is_ready() {
            return Poll::Ready(Ok(()));
        }
        match ready!(stream.poll_next(cx)) {
            Some(Ok(chunk)) => self.unread = chunk,
            Some(Err(error)) => {
                let kind = match error {
                    Error::Timeout(_) => io::ErrorKind::TimedOut,
                    _ => io::ErrorKind::UnexpectedEof,
                };
                self.failed = Some(kind);
                return Poll::Ready(Err(io::Error::new(kind, error)));
            }
            None => (),
        }
        Poll::Ready(Ok(()))
    }

    /// Takes at most `size` bytes.
    pub(crate) fn take(&mut self, size: usize) -> io::Result<Bytes> {
        match self.failed {
            Some(kind) => Err(kind.into()),
            None => Ok(self.unread.split_to(self.unread.len().min(size))),
        }
    }
}
