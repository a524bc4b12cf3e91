//! Streams the content of an upload and verifies its size.

use std::collections::VecDeque;
use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Frame, SizeHint};

use crate::runtime::body::source::{Chunks, Source};
use crate::runtime::error::upload::UploadError;
use crate::runtime::util::lock::lock;

/// Body of one attempt.
pub(crate) struct UploadBody {
    content: Content,
    /// Declared size.
    size: Option<u64>,
    /// Number of bytes that were read.
    received: u64,
    /// The last chunk. It is held back until the end is reached: the HTTP client stops reading when it has
    /// received the declared size.
    held_back: Option<Bytes>,
}

enum Content {
    Bytes(Bytes),
    Parts(VecDeque<UploadBody>),
    Source(Chunks),
}

impl UploadBody {
    pub(crate) fn bytes(bytes: Bytes, size: Option<u64>) -> Self {
        Self::new(Content::Bytes(bytes), size)
    }

    pub(crate) fn parts(parts: impl Iterator<Item = Self>, size: Option<u64>) -> Self {
        Self::new(Content::Parts(parts.collect()), size)
    }

    pub(crate) fn source(source: Source, size: Option<u64>) -> Self {
        Self::new(Content::Source(Chunks::Unopened(source)), size)
    }

    fn new(content: Content, size: Option<u64>) -> Self {
        Self {
            content,
            size,
            received: 0,
            held_back: None,
        }
    }

    /// Wraps the body for the HTTP client. The slot receives a read error.
    pub(crate) fn with_error_slot(self) -> (StreamingBody, ReadErrorSlot) {
        let error_slot = ReadErrorSlot::default();
        let with_error_slot = StreamingBody {
            body: self,
            error_slot: error_slot.clone(),
        };
        (with_error_slot, error_slot)
    }

    /// Returns the next chunk. It is not empty.
    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, UploadError>>> {
        loop {
            let Some(chunk) = ready!(self.content.poll_next(cx)?) else {
                return Poll::Ready(match self.size {
                    Some(size) if self.received < size => {
                        Some(Err(UploadError::size_mismatch(size, "fewer")))
                    }
                    _ => self.held_back.take().map(Ok),
                });
            };
            if chunk.is_empty() {
                continue;
            }
            self.received += chunk.len() as u64;
            match self.size {
                Some(size) if self.received > size => {
                    return Poll::Ready(Some(Err(UploadError::size_mismatch(size, "more"))));
                }
                Some(size) if self.received == size => self.held_back = Some(chunk),
                _ => return Poll::Ready(Some(Ok(chunk))),
            }
        }
    }
}

impl Content {
    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Result<Option<Bytes>, UploadError>> {
        Poll::Ready(Ok(match self {
            Self::Bytes(bytes) => Some(bytes.split_to(bytes.len())).filter(|all| !all.is_empty()),
            Self::Parts(parts) => loop {
                let Some(part) = parts.front_mut() else {
                    break None;
                };
                if let Some(chunk) = ready!(part.poll_next(cx)?) {
                    break Some(chunk);
                }
                parts.pop_front();
            },
            Self::Source(chunks) => ready!(chunks.poll_next(cx))
                .transpose()
                .map_err(UploadError::with_source)?,
        }))
    }
}

impl http_body::Body for StreamingBody {
    type Data = Bytes;
    type Error = BodyAborted;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyAborted>>> {
        let next = ready!(self.body.poll_next(cx));
        Poll::Ready(next.map(|chunk| match chunk {
            Ok(chunk) => Ok(Frame::data(chunk)),
            Err(error) => {
                self.error_slot.put(error);
                Err(BodyAborted)
            }
        }))
    }

    fn size_hint(&self) -> SizeHint {
        let UploadBody {
            size,
            received,
            held_back,
            ..
        } = &self.body;
        match size {
            // The HTTP client does not read a body of size 0, so excess content would not be detected.
            None | Some(0) => SizeHint::new(),
            Some(size) => {
                let held = held_back.as_ref().map_or(0, Bytes::len) as u64;
                SizeHint::with_exact(size.saturating_sub(received - held))
            }
        }
    }
}

/// A body for the HTTP client.
pub(crate) struct StreamingBody {
    body: UploadBody,
    error_slot: ReadErrorSlot,
}

/// Receives the error of a body. Not every protocol reports body errors to the sender.
#[derive(Clone, Default)]
pub(crate) struct ReadErrorSlot(Arc<Mutex<Option<UploadError>>>);

impl ReadErrorSlot {
    fn put(&self, error: UploadError) {
        *lock(&self.0) = Some(error);
    }

    pub(crate) fn take(&self) -> Option<UploadError> {
        lock(&self.0).take()
    }
}

/// Error that is reported to the HTTP client.
#[derive(Debug)]
pub(crate) struct BodyAborted;

impl fmt::Display for BodyAborted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("reading the content to upload failed")
    }
}

impl StdError for BodyAborted {}
