//! What content is read from while it is sent: in goes a file, a reader or a stream, out come its chunks.

use std::fs::{File, Metadata};
use std::io::{self, Read, Seek};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use tokio::task::{JoinHandle, spawn_blocking};

use crate::runtime::error::upload::Fault;
use crate::runtime::util::lock::lock;

/// In bytes: so much is read at a time.
const CHUNK: usize = 128 * 1024;

type Reader = Box<dyn Read + Send>;
type ByteStream = Pin<Box<dyn Stream<Item = Result<Bytes, Fault>> + Send>>;

/// What content is read from.
#[derive(Clone)]
pub(crate) enum Source {
    /// Opened anew for every attempt.
    Again(Arc<dyn Fn() -> io::Result<Reader> + Send + Sync>),
    /// Read once, and gone when it is taken.
    Once(Arc<Mutex<Option<Opened>>>),
}

/// What is ready to be read.
pub(crate) enum Opened {
    Reader(Reader),
    Stream(ByteStream),
}

impl Source {
    pub(crate) fn reader(reader: impl Read + Send + 'static) -> Self {
        Self::once(Opened::Reader(Box::new(reader)))
    }

    pub(crate) fn stream<B, E>(stream: impl Stream<Item = Result<B, E>> + Send + 'static) -> Self
    where
        B: Into<Bytes>,
        E: Into<Fault>,
    {
        Self::once(Opened::Stream(Box::pin(Converted(Box::pin(stream)))))
    }

    pub(crate) fn again<R: Read + Send + 'static>(
        open: impl Fn() -> io::Result<R> + Send + Sync + 'static,
    ) -> Self {
        Self::Again(Arc::new(move || Ok(Box::new(open()?))))
    }

    /// A file from where it stands to its end, and how many bytes that is, if that can be known.
    pub(crate) fn file(mut file: File) -> (Self, Option<u64>) {
        let regular = file.metadata().ok().filter(Metadata::is_file);
        let place = regular.and_then(|facts| Some((facts.len(), file.stream_position().ok()?)));
        let Some((end, start)) = place else {
            return (Self::reader(file), None);
        };
        let file = Arc::new(file);
        let open = move || {
            Ok(FileFrom {
                file: Arc::clone(&file),
                at: start,
            })
        };
        (Self::again(open), Some(end.saturating_sub(start)))
    }

    fn once(opened: Opened) -> Self {
        Self::Once(Arc::new(Mutex::new(Some(opened))))
    }

    /// Whether it can be read from its start.
    pub(crate) fn can_be_opened(&self) -> bool {
        match self {
            Self::Again(_) => true,
            Self::Once(opened) => lock(opened).is_some(),
        }
    }

    fn open(&self) -> Result<Chunks, Fault> {
        match self {
            Self::Again(open) => {
                let open = Arc::clone(open);
                Ok(Chunks::Reading(spawn_blocking(move || read(open()?))))
            }
            Self::Once(opened) => match lock(opened).take() {
                Some(Opened::Reader(reader)) => {
                    Ok(Chunks::Reading(spawn_blocking(move || read(reader))))
                }
                Some(Opened::Stream(stream)) => Ok(Chunks::Stream(Mutex::new(stream))),
                None => Err("it can be read only once, and was sent before".into()),
            },
        }
    }
}

/// The chunks of a source. One is read while the one before it is sent.
pub(crate) enum Chunks {
    Closed(Source),
    Reading(JoinHandle<io::Result<(Bytes, Option<Reader>)>>),
    // Not for locking: bodies have to be `Sync`.
    Stream(Mutex<ByteStream>),
    Ended,
}

impl Chunks {
    /// The next chunk; `None`, also after an error, when there is no other.
    pub(crate) fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Fault>>> {
        loop {
            let next = match self {
                Self::Closed(source) => match source.open() {
                    Ok(opened) => {
                        *self = opened;
                        continue;
                    }
                    Err(fault) => Some(Err(fault)),
                },
                Self::Reading(reading) => match ready!(Pin::new(reading).poll(cx)) {
                    Ok(Ok((chunk, rest))) => {
                        *self = rest.map_or(Self::Ended, |reader| {
                            Self::Reading(spawn_blocking(move || read(reader)))
                        });
                        return Poll::Ready(Some(Ok(chunk)));
                    }
                    Ok(Err(fault)) => Some(Err(fault.into())),
                    // It panicked, or the runtime is going down.
                    Err(fault) => Some(Err(fault.into())),
                },
                Self::Stream(stream) => {
                    let stream = stream.get_mut().unwrap_or_else(PoisonError::into_inner);
                    ready!(stream.as_mut().poll_next(cx))
                }
                Self::Ended => None,
            };
            if !matches!(next, Some(Ok(_))) {
                *self = Self::Ended;
            }
            return Poll::Ready(next);
        }
    }
}

/// A chunk, and the reader unless it is at its end.
fn read(mut reader: Reader) -> io::Result<(Bytes, Option<Reader>)> {
    let mut chunk = Vec::with_capacity(CHUNK);
    reader.by_ref().take(CHUNK as u64).read_to_end(&mut chunk)?;
    let is_full = chunk.len() == CHUNK;
    Ok((chunk.into(), is_full.then_some(reader)))
}

/// A file that several may read at once, each from its own place. Where the file itself stands does not matter: clones of
/// it, which others may have, share that.
struct FileFrom {
    file: Arc<File>,
    at: u64,
}

impl Read for FileFrom {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let size = read_at(&self.file, buffer, self.at)?;
        self.at += size as u64;
        Ok(size)
    }
}

#[cfg(unix)]
fn read_at(file: &File, buffer: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, at)
}

#[cfg(windows)]
fn read_at(file: &File, buffer: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, at)
}

/// A stream of what a body is made of.
struct Converted<S>(Pin<Box<S>>);

impl<B: Into<Bytes>, E: Into<Fault>, S: Stream<Item = Result<B, E>>> Stream for Converted<S> {
    type Item = Result<Bytes, Fault>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = ready!(self.0.as_mut().poll_next(cx));
        Poll::Ready(next.map(|chunk| chunk.map(Into::into).map_err(Into::into)))
    }
}
