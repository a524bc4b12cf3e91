//! Content to send as it is: from memory, or from where it is read while it goes out.

use std::error::Error as StdError;
use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::sync::Arc;

use bytes::Bytes;
use futures_core::Stream;

use crate::runtime::body::source::Source;
use crate::runtime::body::stream::{ReadErrorSlot, UploadBody};
use crate::runtime::error::validation::ValidationError;

/// Content to send as it is: text or bytes, a [`File`], or anything else that can be read. What is borrowed is copied;
/// of a `String`, a `Vec<u8>` or [`Bytes`] no copy is made.
///
/// A file goes out from where it stands to its end, so one that was just written is to be rewound. It is read while it is sent, about 128 KiB at a time and never on
/// a thread that drives async code, and again when the request is sent again.
///
/// What [`reader`](Self::reader) and [`stream`](Self::stream) make can be sent only once: a call of it is repeated as
/// long as nothing was taken from it, and never after that. A clone has the same content, not another one like it.
///
/// Where reading fails, or gives more or fewer bytes than were promised, the call fails with
/// [`Error::Body`](crate::runtime::Error::Body), and the request is broken off.
#[derive(Clone)]
pub struct Upload {
    content: Content,
    /// What it must have, whatever it comes from.
    size: Option<u64>,
}

#[derive(Clone)]
enum Content {
    Bytes(Bytes),
    /// One after the other.
    Parts(Arc<[Upload]>),
    Source(Source),
}

impl Upload {
    /// What a reader gives up to its end. It is read once, on a thread where it may block; a read that never returns
    /// keeps that thread.
    pub fn reader(reader: impl Read + Send + 'static) -> Self {
        Self::source(Source::reader(reader))
    }

    /// What a stream gives up to its end. It is read once.
    pub fn stream<B, E>(stream: impl Stream<Item = Result<B, E>> + Send + 'static) -> Self
    where
        B: Into<Bytes>,
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        Self::source(Source::stream(stream))
    }

    /// What a reader gives up to its end, where a new one is opened for every attempt to send it. Opening and reading
    /// happen on a thread where they may block.
    pub fn replayable<R: Read + Send + 'static>(
        open: impl Fn() -> io::Result<R> + Send + Sync + 'static,
    ) -> Self {
        Self::source(Source::replayable(open))
    }

    /// Promises how many bytes there are. The size then goes out in front of the content and can be held against
    /// limits. When there are more or fewer, the call fails and nothing is taken for the whole of it.
    pub fn with_size(mut self, bytes: u64) -> Self {
        self.size = Some(bytes);
        self
    }

    /// Its size in bytes, when that is known before it is sent.
    pub fn size(&self) -> Option<u64> {
        self.size
    }

    /// Several in a row, of which no copy is made.
    pub(crate) fn parts(parts: Vec<Self>) -> Self {
        Self {
            size: parts
                .iter()
                .try_fold(0_u64, |all, part| all.checked_add(part.size()?)),
            content: Content::Parts(parts.into()),
        }
    }

    fn source(source: Source) -> Self {
        Self {
            content: Content::Source(source),
            size: None,
        }
    }

    /// Whether it is known that there is nothing to send.
    pub(crate) fn is_empty(&self) -> bool {
        self.size == Some(0) && matches!(&self.content, Content::Bytes(bytes) if bytes.is_empty())
    }

    /// Whether it is all still there.
    pub(crate) fn is_available(&self) -> bool {
        match &self.content {
            Content::Bytes(_) => true,
            Content::Parts(parts) => parts.iter().all(Self::is_available),
            Content::Source(source) => source.is_available(),
        }
    }

    /// Refuses what an earlier call has used up.
    pub(crate) fn check(&self) -> Result<(), ValidationError> {
        if self.is_available() {
            return Ok(());
        }
        Err(ValidationError::new(
            "can be read only once, and was sent before",
        ))
    }

    /// The body of one attempt, and where it leaves word when it cannot be read.
    pub(crate) fn body(&self) -> (reqwest::Body, Option<ReadErrorSlot>) {
        match &self.content {
            Content::Bytes(bytes) if self.size == Some(bytes.len() as u64) => {
                (bytes.clone().into(), None)
            }
            _ => {
                let (body, error_slot) = self.open().with_error_slot();
                (reqwest::Body::wrap(body), Some(error_slot))
            }
        }
    }

    /// What is read to send it. Nothing is opened yet.
    fn open(&self) -> UploadBody {
        match &self.content {
            Content::Bytes(bytes) => UploadBody::bytes(bytes.clone(), self.size),
            Content::Parts(parts) => UploadBody::parts(parts.iter().map(Self::open), self.size),
            Content::Source(source) => UploadBody::source(source.clone(), self.size),
        }
    }
}

/// Shows the size only.
impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.size {
            Some(size) => write!(f, "Upload({size} bytes)"),
            None => f.write_str("Upload(of unknown size)"),
        }
    }
}

/// From where it stands to its end. What is no regular file, such as a pipe, has no known size and is read once.
impl From<File> for Upload {
    fn from(file: File) -> Self {
        let (source, size) = Source::file(file);
        Self {
            content: Content::Source(source),
            // Some file systems say 0 of a file that they make up when it is read.
            size: size.filter(|size| *size > 0),
        }
    }
}

impl From<Bytes> for Upload {
    fn from(content: Bytes) -> Self {
        Self {
            size: Some(content.len() as u64),
            content: Content::Bytes(content),
        }
    }
}

impl From<Vec<u8>> for Upload {
    fn from(content: Vec<u8>) -> Self {
        Bytes::from(content).into()
    }
}

impl From<String> for Upload {
    fn from(content: String) -> Self {
        Bytes::from(content).into()
    }
}

impl From<&str> for Upload {
    fn from(content: &str) -> Self {
        content.as_bytes().into()
    }
}

impl From<&String> for Upload {
    fn from(content: &String) -> Self {
        content.as_bytes().into()
    }
}

impl From<&[u8]> for Upload {
    fn from(content: &[u8]) -> Self {
        Bytes::copy_from_slice(content).into()
    }
}

impl From<&Vec<u8>> for Upload {
    fn from(content: &Vec<u8>) -> Self {
        content.as_slice().into()
    }
}

impl<const N: usize> From<[u8; N]> for Upload {
    fn from(content: [u8; N]) -> Self {
        content.as_slice().into()
    }
}

impl<const N: usize> From<&[u8; N]> for Upload {
    fn from(content: &[u8; N]) -> Self {
        content.as_slice().into()
    }
}
