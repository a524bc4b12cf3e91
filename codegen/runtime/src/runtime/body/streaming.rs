//! Content that is read while it goes out, and content of several pieces.

use std::error::Error as StdError;
use std::fs::File;
use std::io::{self, Read};

use bytes::Bytes;
use futures_core::Stream;

use crate::runtime::body::source::Source;
use crate::runtime::body::stream::{ReadErrorSlot, UploadBody};
use crate::runtime::body::upload::{Content, Upload};
use crate::runtime::error::validation::ValidationError;

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
