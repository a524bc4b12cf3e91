//! Content on its way out: in goes what it is made of, out come its chunks, as many bytes as were promised.

use std::collections::VecDeque;
use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Frame, SizeHint};

use crate::runtime::body::source::{Chunks, Source};
use crate::runtime::error::upload::Unreadable;
use crate::runtime::util::lock::lock;

/// The body of one attempt.
pub(crate) struct Body {
    content: Content,
    /// How many bytes were promised.
    size: Option<u64>,
    /// How many have come so far.
    came: u64,
    /// The last chunk, until it is sure that it is the last: what has its full size is taken for the whole of it.
    last: Option<Bytes>,
}

enum Content {
    Bytes(Bytes),
    Parts(VecDeque<Body>),
    Source(Chunks),
}

impl Body {
    pub(crate) fn bytes(bytes: Bytes, size: Option<u64>) -> Self {
        Self::new(Content::Bytes(bytes), size)
    }

    pub(crate) fn parts(parts: impl Iterator<Item = Self>, size: Option<u64>) -> Self {
        Self::new(Content::Parts(parts.collect()), size)
    }

    pub(crate) fn source(source: Source, size: Option<u64>) -> Self {
        Self::new(Content::Source(Chunks::Closed(source)), size)
    }

    fn new(content: Content, size: Option<u64>) -> Self {
        Self {
            content,
            size,
            came: 0,
            last: None,
        }
    }

    /// The same for the HTTP client, and where it leaves word when it fails.
    pub(crate) fn watched(self) -> (Watched, Watch) {
        let watch = Watch::default();
        let watched = Watched {
            body: self,
            watch: watch.clone(),
        };
        (watched, watch)
    }

    /// The next chunk, which is not empty.
    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Unreadable>>> {
        loop {
            let Some(chunk) = ready!(self.content.poll_next(cx)?) else {
                return Poll::Ready(match self.size {
                    Some(size) if self.came < size => Some(Err(Unreadable::size(size, "fewer"))),
                    _ => self.last.take().map(Ok),
                });
            };
            if chunk.is_empty() {
                continue;
            }
            self.came += chunk.len() as u64;
            match self.size {
                Some(size) if self.came > size => {
                    return Poll::Ready(Some(Err(Unreadable::size(size, "more"))));
                }
                Some(size) if self.came == size => self.last = Some(chunk),
                _ => return Poll::Ready(Some(Ok(chunk))),
            }
        }
    }
}

impl Content {
    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Result<Option<Bytes>, Unreadable>> {
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
                .map_err(Unreadable::with_source)?,
        }))
    }
}

impl http_body::Body for Watched {
    type Data = Bytes;
    type Error = Broken;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Broken>>> {
        let next = ready!(self.body.poll_next(cx));
        Poll::Ready(next.map(|chunk| match chunk {
            Ok(chunk) => Ok(Frame::data(chunk)),
            Err(unreadable) => {
                self.watch.put(unreadable);
                Err(Broken)
            }
        }))
    }

    fn size_hint(&self) -> SizeHint {
        let Body {
            size, came, last, ..
        } = &self.body;
        match size {
            // Nothing would be read of what is said to be empty, and so not be found to be more.
            None | Some(0) => SizeHint::new(),
            Some(size) => {
                let held = last.as_ref().map_or(0, Bytes::len) as u64;
                SizeHint::with_exact(size.saturating_sub(came - held))
            }
        }
    }
}

/// A body as the HTTP client takes it.
pub(crate) struct Watched {
    body: Body,
    watch: Watch,
}

/// Why content could not be sent, if so. Not every protocol passes that on from the body to who sent it.
#[derive(Clone, Default)]
pub(crate) struct Watch(Arc<Mutex<Option<Unreadable>>>);

impl Watch {
    fn put(&self, unreadable: Unreadable) {
        *lock(&self.0) = Some(unreadable);
    }

    pub(crate) fn take(&self) -> Option<Unreadable> {
        lock(&self.0).take()
    }
}

/// What the HTTP client is told of it.
#[derive(Debug)]
pub(crate) struct Broken;

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the content to send broke off")
    }
}

impl StdError for Broken {}
