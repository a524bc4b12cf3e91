//! Bodies of requests and responses.

use std::error::Error as StdError;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body as _, Frame, SizeHint};

use crate::runtime::platform::wasm::error::TransportError;
use crate::runtime::platform::wasm::response::{Chunks, HttpResponse};

type Streaming = dyn http_body::Body<Data = Bytes, Error = TransportError> + Send;

/// A body.
pub(crate) enum Body {
    Bytes(Bytes),
    Streaming(Pin<Box<Streaming>>),
    Response(Chunks),
}

impl Body {
    /// Wraps a body that is read when the request is sent.
    pub(crate) fn wrap<B>(body: B) -> Self
    where
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: StdError,
    {
        Self::Streaming(Box::pin(Converted(Box::pin(body))))
    }

    pub(crate) fn as_bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// Reads the whole body. `fetch` cannot send a stream over HTTP/1.1.
    pub(crate) async fn collect(mut self) -> Result<Bytes, TransportError> {
        if let Self::Bytes(bytes) = self {
            return Ok(bytes);
        }
        let mut all = Vec::new();
        while let Some(frame) = poll_fn(|cx| Pin::new(&mut self).poll_frame(cx)).await {
            if let Ok(chunk) = frame?.into_data() {
                all.extend_from_slice(&chunk);
            }
        }
        Ok(all.into())
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        match &mut *self {
            Self::Bytes(bytes) if bytes.is_empty() => Poll::Ready(None),
            Self::Bytes(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Self::Streaming(body) => body.as_mut().poll_frame(cx),
            Self::Response(chunks) => {
                let chunk = ready!(chunks.poll_next(cx));
                Poll::Ready(chunk.map(|chunk| chunk.map(Frame::data)))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Self::Bytes(bytes) => bytes.is_empty(),
            Self::Streaming(body) => body.is_end_stream(),
            Self::Response(_) => false,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Bytes(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Self::Streaming(body) => body.size_hint(),
            Self::Response(_) => SizeHint::new(),
        }
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self::Bytes(bytes)
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Self::Bytes(text.into())
    }
}

impl From<HttpResponse> for Body {
    fn from(response: HttpResponse) -> Self {
        Self::Response(response.into_chunks())
    }
}

/// A body with another error type.
struct Converted<B>(Pin<Box<B>>);

impl<B: http_body::Body<Data = Bytes>> http_body::Body for Converted<B>
where
    B::Error: StdError,
{
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let frame = ready!(self.0.as_mut().poll_frame(cx));
        Poll::Ready(
            frame.map(|frame| frame.map_err(|error| TransportError::new(error.to_string()))),
        )
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.size_hint()
    }
}
