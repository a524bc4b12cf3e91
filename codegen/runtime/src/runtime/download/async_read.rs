//! Downloads as tokio readers.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, ReadBuf};

use crate::runtime::client::Client;
use crate::runtime::download::Download;

/// An error wraps an error of this crate. Its kind is `TimedOut` or `UnexpectedEof`. Later reads fail
/// with the same kind.
impl<O> AsyncRead for Download<Client, O> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = &mut *self;
        ready!(this.read_state.poll_fill(&mut this.stream, cx))?;
        buffer.put_slice(&this.read_state.take(buffer.remaining())?);
        Poll::Ready(Ok(()))
    }
}
