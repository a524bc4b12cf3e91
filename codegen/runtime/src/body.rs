//! Content on its way out: in goes what it is made of, out come its chunks, as many bytes as were promised.

use std::collections::VecDeque;
use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Frame, SizeHint};

use super::source::{Chunks, Fault, Source};

/// The body of one attempt.
pub(super) struct Body {
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
    pub(super) fn bytes(bytes: Bytes, size: Option<u64>) -> Self {
        Self::new(Content::Bytes(bytes), size)
    }

    pub(super) fn parts(parts: impl Iterator<Item = Self>, size: Option<u64>) -> Self {
        Self::new(Content::Parts(parts.collect()), size)
    }

    pub(super) fn source(source: Source, size: Option<u64>) -> Self {
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
                .map_err(Unreadable::because)?,
        }))
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = Unreadable;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Unreadable>>> {
        self.poll_next(cx).map_ok(Frame::data)
    }

    fn size_hint(&self) -> SizeHint {
        match self.size {
            // Nothing would be read of what is said to be empty, and so not be found to be more.
            None | Some(0) => SizeHint::new(),
            Some(size) => {
                let held = self.last.as_ref().map_or(0, Bytes::len) as u64;
                SizeHint::with_exact(size.saturating_sub(self.came - held))
            }
        }
    }
}

/// Why content could not be sent: the fault is not the connection's.
#[derive(Debug)]
pub(super) struct Unreadable {
    text: String,
    fault: Option<Fault>,
}

impl Unreadable {
    fn because(fault: Fault) -> Self {
        Self {
            text: "the content to send could not be read".to_owned(),
            fault: Some(fault),
        }
    }

    fn size(promised: u64, than: &str) -> Self {
        Self {
            text: format!(
                "the content to send has {than} than the {promised} bytes that were promised"
            ),
            fault: None,
        }
    }

    /// The one that an error of the HTTP client comes from.
    pub(super) fn behind<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a Self> {
        let mut cause = Some(error);
        while let Some(error) = cause {
            if let Some(found) = error.downcast_ref() {
                return Some(found);
            }
            cause = error.source();
        }
        None
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl StdError for Unreadable {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let fault = self.fault.as_ref()?;
        Some(&**fault)
    }
}
