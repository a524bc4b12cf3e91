//! Uploads that are read while they are sent.

use std::error::Error as StdError;
use std::fs::File;
use std::io::{self, Read};

use bytes::Bytes;
use futures_core::Stream;
use serde_json::Value;

use crate::runtime::body::source::Source;
use crate::runtime::body::stream::{ReadErrorSlot, UploadBody};
use crate::runtime::body::upload::{Content, Upload};
use crate::runtime::error::validation::ValidationError;
use crate::runtime::platform::Body;

/// Content can also be a file, a reader or a stream.
///
/// A file is read from its current position to its end: rewind a file that you have just written. Chunks of 128 KiB are
/// read while the file is sent, on a thread for blocking operations. A retry reads the file again.
///
/// Content from `reader` and `stream` can be sent once. Such a call is retried only if nothing was
/// read. A clone shares the content.
///
/// If reading fails, or if the size differs from the declared size, the request is aborted and the call
/// fails with [`Error::Body`](crate::runtime::error::Error::Body).
impl Upload {
    /// Uploads the content of a reader. It is read once, on a thread for blocking operations. A read that
    /// never returns blocks that thread.
    pub fn reader(reader: impl Read + Send + 'static) -> Self {
        Self::source(Source::reader(reader))
    }

    /// Uploads the content of a stream. It is read once.
    pub fn stream<B, E>(stream: impl Stream<Item = Result<B, E>> + Send + 'static) -> Self
    where
        B: Into<Bytes>,
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        Self::source(Source::stream(stream))
    }

    /// Uploads the content of a reader that is opened again for every attempt. Opening and reading happen
    /// on a thread for blocking operations.
    pub fn replayable<R: Read + Send + 'static>(
        open: impl Fn() -> io::Result<R> + Send + Sync + 'static,
    ) -> Self {
        Self::source(Source::replayable(open))
    }

    /// Declares the size in bytes. It is sent as `Content-Length` and checked against limits. The call
    /// fails if the actual size differs.
    pub fn with_size(mut self, bytes: u64) -> Self {
        self.size = Some(bytes);
        self
    }

    /// Concatenates uploads without a copy.
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

    /// Fails if an earlier call consumed the content, or if the content is invalid.
    pub(crate) fn check(&self) -> Result<(), ValidationError> {
        #[cfg(feature = "part-json")]
        if let Content::Invalid(error) = &self.content {
            return Err(error.clone());
        }
        if self.is_available() {
            return Ok(());
        }
        Err(ValidationError::new(
            "can be read only once and was already sent",
        ))
    }

    /// Returns the body of one attempt, and the slot for a read error.
    pub(crate) fn body(&self) -> (Body, Option<ReadErrorSlot>) {
        match &self.content {
            Content::Bytes(bytes) if self.size == Some(bytes.len() as u64) => {
                (bytes.clone().into(), None)
            }
            _ => {
                let (body, error_slot) = self.open().with_error_slot();
                (Body::wrap(body), Some(error_slot))
            }
        }
    }

    /// Returns the body. Sources are opened when it is read.
    fn open(&self) -> UploadBody {
        match &self.content {
            Content::Bytes(bytes) => UploadBody::bytes(bytes.clone(), self.size),
            Content::Parts(parts) => UploadBody::parts(parts.iter().map(Self::open), self.size),
            Content::Source(source) => UploadBody::source(source.clone(), self.size),
            #[cfg(feature = "part-json")]
            Content::Invalid(_) => UploadBody::bytes(Bytes::new(), None),
        }
    }
}

/// Reads from the current position to the end. A file that is not a regular file, for example a pipe,
/// has an unknown size and is read once.
impl From<File> for Upload {
    fn from(file: File) -> Self {
        let (source, size) = Source::file(file);
        Self {
            content: Content::Source(source),
            // Some file systems report a size of 0 for generated files.
            size: size.filter(|size| *size > 0),
        }
    }
}

/// Uploads the value as JSON.
impl From<Value> for Upload {
    fn from(content: Value) -> Self {
        Self::from(&content)
    }
}

impl From<&Value> for Upload {
    fn from(content: &Value) -> Self {
        content.to_string().into()
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
