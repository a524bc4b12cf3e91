//! Content of an upload, in memory or read while it is sent.

use std::fmt;
#[cfg(feature = "part-uploads")]
use std::sync::Arc;

use bytes::Bytes;

#[cfg(feature = "part-uploads")]
use crate::runtime::body::source::Source;
#[cfg(all(feature = "part-uploads", feature = "part-json"))]
use crate::runtime::error::validation::ValidationError;
#[cfg(not(feature = "part-uploads"))]
use crate::runtime::platform::Body;

/// Content of a request body. Borrowed content is copied. A `String`, a `Vec<u8>` or [`Bytes`] is not copied.
#[derive(Clone)]
pub struct Upload {
    pub(crate) content: Content,
    /// Declared size.
    pub(crate) size: Option<u64>,
}

#[derive(Clone)]
pub(crate) enum Content {
    Bytes(Bytes),
    /// Concatenated.
    #[cfg(feature = "part-uploads")]
    Parts(Arc<[Upload]>),
    #[cfg(feature = "part-uploads")]
    Source(Source),
    /// A value that could not be serialized.
    #[cfg(all(feature = "part-uploads", feature = "part-json"))]
    Invalid(ValidationError),
}

impl Upload {
    /// Returns the size in bytes, if it is known in advance.
    pub fn size(&self) -> Option<u64> {
        self.size
    }

    /// Returns true if the content is known to be empty.
    pub(crate) fn is_empty(&self) -> bool {
        self.size == Some(0) && matches!(&self.content, Content::Bytes(bytes) if bytes.is_empty())
    }

    /// Returns true if the content was not consumed.
    #[cfg(feature = "part-uploads")]
    pub(crate) fn is_available(&self) -> bool {
        match &self.content {
            Content::Bytes(_) => true,
            Content::Parts(parts) => parts.iter().all(Self::is_available),
            Content::Source(source) => source.is_available(),
            #[cfg(feature = "part-json")]
            Content::Invalid(_) => true,
        }
    }

    /// Returns the body of one attempt.
    #[cfg(not(feature = "part-uploads"))]
    pub(crate) fn body(&self) -> Body {
        match &self.content {
            Content::Bytes(bytes) => bytes.clone().into(),
        }
    }
}

/// Displays the size only.
impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.size {
            Some(size) => write!(f, "Upload({size} bytes)"),
            None => f.write_str("Upload(unknown size)"),
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
        content.to_owned().into()
    }
}
