//! Sources of uploads that are read while they are sent: files, readers and streams.

use std::fs::{File, Metadata};
use std::io::{self, Read, Seek};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use crate::runtime::error::upload::BoxError;
use crate::runtime::platform::{JoinHandle, spawn_blocking};
use crate::runtime::util::lock::lock;

/// Size of a chunk in bytes.
const CHUNK: usize = 128 * 1024;

type Reader = Box<dyn Read + Send>;
type ByteStream = Pin<Box<dyn Stream<Item = Result<Bytes, BoxError>> + Send>>;

/// Source of an upload.
#[derive(Clone)]
pub(crate) enum Source {
    /// Opened again for every attempt.
    Replayable(Arc<dyn Fn() -> io::Result<Reader> + Send + Sync>),
    /// Read once. `None` after it was taken.
    Once(Arc<Mutex<Option<OpenSource>>>),
}

/// A source that is ready to be read.
pub(crate) enum OpenSource {
    Reader(Reader),
    Stream(ByteStream),
}

impl Source {
    pub(crate) fn reader(reader: impl Read + Send + 'static) -> Self {
        Self::once(OpenSource::Reader(Box::new(reader)))
    }

    pub(crate) fn stream<B, E>(stream: impl Stream<Item = Result<B, E>> + Send + 'static) -> Self
    where
        B: Into<Bytes>,
        E: Into<BoxError>,
    {
        Self::once(OpenSource::Stream(Box::pin(StreamAdapter(Box::pin(
            stream,
        )))))
    }

    pub(crate) fn replayable<R: Read + Send + 'static>(
        open: impl Fn() -> io::Result<R> + Send + Sync + 'static,
    ) -> Self {
        Self::Replayable(Arc::new(move || Ok(Box::new(open()?))))
    }

    /// Reads a file from its current position. Returns the size if it is known.
    pub(crate) fn file(mut file: File) -> (Self, Option<u64>) {
        let regular = file.metadata().ok().filter(Metadata::is_file);
        let extent =
            regular.and_then(|metadata| Some((metadata.len(), file.stream_position().ok()?)));
        let Some((end, start)) = extent else {
            return (Self::reader(file), None);
        };
        let file = Arc::new(file);
        let open = move || {
            Ok(FileReader {
                file: Arc::clone(&file),
                offset: start,
            })
        };
        (Self::replayable(open), Some(end.saturating_sub(start)))
    }

    fn once(source: OpenSource) -> Self {
        Self::Once(Arc::new(Mutex::new(Some(source))))
    }

    /// Returns true if the source can be read from its start.
    pub(crate) fn is_available(&self) -> bool {
        match self {
            Self::Replayable(_) => true,
            Self::Once(source) => lock(source).is_some(),
        }
    }

    fn open(&self) -> Result<Chunks, BoxError> {
        match self {
            Self::Replayable(open) => {
                let open = Arc::clone(open);
                Ok(Chunks::Reading(spawn_blocking(move || read(open()?))))
            }
            Self::Once(source) => match lock(source).take() {
                Some(OpenSource::Reader(reader)) => {
                    Ok(Chunks::Reading(spawn_blocking(move || read(reader))))
                }
                Some(OpenSource::Stream(stream)) => Ok(Chunks::Stream(Mutex::new(stream))),
                None => Err("it can be read only once and was already sent".into()),
            },
        }
    }
}

/// Chunks of a source. The next chunk is read while the current one is sent.
pub(crate) enum Chunks {
    Unopened(Source),
    Reading(JoinHandle<io::Result<(Bytes, Option<Reader>)>>),
    // The mutex only makes the type `Sync`. It is never locked.
    Stream(Mutex<ByteStream>),
    Ended,
}

impl Chunks {
    /// Returns the next chunk, or `None` at the end and after an error.
    pub(crate) fn poll_next(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, BoxError>>> {
        loop {
            let next = match self {
                Self::Unopened(source) => match source.open() {
                    Ok(source) => {
                        *self = source;
                        continue;
                    }
                    Err(error) => Some(Err(error)),
                },
                Self::Reading(reading) => match ready!(Pin::new(reading).poll(cx)) {
                    Ok(Ok((chunk, rest))) => {
                        *self = rest.map_or(Self::Ended, |reader| {
                            Self::Reading(spawn_blocking(move || read(reader)))
                        });
                        return Poll::Ready(Some(Ok(chunk)));
                    }
                    Ok(Err(error)) => Some(Err(error.into())),
                    // The task panicked, or the runtime is shutting down.
                    Err(error) => Some(Err(error.into())),
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

/// Reads a chunk. Returns the reader as well, unless it reached its end.
fn read(mut reader: Reader) -> io::Result<(Bytes, Option<Reader>)> {
    let mut chunk = Vec::with_capacity(CHUNK);
    reader.by_ref().take(CHUNK as u64).read_to_end(&mut chunk)?;
    let is_full = chunk.len() == CHUNK;
    Ok((chunk.into(), is_full.then_some(reader)))
}

/// Reads a file from its own offset. Clones of the file share a position, so the position of the file is not used.
struct FileReader {
    file: Arc<File>,
    offset: u64,
}

impl Read for FileReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let size = read_at(&self.file, buffer, self.offset)?;
        self.offset += size as u64;
        Ok(size)
    }
}

#[cfg(unix)]
fn read_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, offset)
}

#[cfg(windows)]
fn read_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, offset)
}

#[cfg(all(feature = "part-wasm", target_arch = "wasm32"))]
fn read_at(_: &File, _: &mut [u8], _: u64) -> io::Result<usize> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Converts the items and errors of a stream.
struct StreamAdapter<S>(Pin<Box<S>>);

impl<B: Into<Bytes>, E: Into<BoxError>, S: Stream<Item = Result<B, E>>> Stream
    for StreamAdapter<S>
{
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = ready!(self.0.as_mut().poll_next(cx));
        Poll::Ready(next.map(|chunk| chunk.map(Into::into).map_err(Into::into)))
    }
}
