//! Content to send as it is: from memory, or from where it is read while it goes out.

use std::fmt;
#[cfg(feature = "part-uploads")]
use std::sync::Arc;

use bytes::Bytes;

#[cfg(feature = "part-uploads")]
use crate::runtime::body::source::Source;

/// Content to send as it is: text or bytes, a [`File`](std::fs::File), or anything else that can be read. What is borrowed is copied;
/// of a `String`, a `Vec<u8>` or [`Bytes`] no copy is made.
///
/// A file goes out from where it stands to its end, so one that was just written is to be rewound. It is read while it is sent, about 128 KiB at a time and never on
/// a thread that drives async code, and again when the request is sent again.
///
/// What `reader` and `stream` make can be sent only once: a call of it is repeated as
/// long as nothing was taken from it, and never after that. A clone has the same content, not another one like it.
///
/// Where reading fails, or gives more or fewer bytes than were promised, the call fails with
/// [`Error::Body`](crate::runtime::Error::Body), and the request is broken off.
#[derive(Clone)]
pub struct Upload {
    pub(crate) content: Content,
    /// What it must have, whatever it comes from.
    pub(crate) size: Option<u64>,
}

#[derive(Clone)]
pub(crate) enum Content {
    Bytes(Bytes),
    /// One after the other.
    #[cfg(feature = "part-uploads")]
    Parts(Arc<[Upload]>),
    #[cfg(feature = "part-uploads")]
    Source(Source),
}

impl Upload {
    /// Its size in bytes, when that is known before it is sent.
    pub fn size(&self) -> Option<u64> {
        self.size
    }

    /// Whether it is known that there is nothing to send.
    pub(crate) fn is_empty(&self) -> bool {
        self.size == Some(0) && matches!(&self.content, Content::Bytes(bytes) if bytes.is_empty())
    }

    /// Whether it is all still there.
    pub(crate) fn is_available(&self) -> bool {
        match &self.content {
            Content::Bytes(_) => true,
            #[cfg(feature = "part-uploads")]
            Content::Parts(parts) => parts.iter().all(Self::is_available),
            #[cfg(feature = "part-uploads")]
            Content::Source(source) => source.is_available(),
        }
    }

    /// The body of one attempt.
    #[cfg(not(feature = "part-uploads"))]
    pub(crate) fn body(&self) -> reqwest::Body {
        match &self.content {
            Content::Bytes(bytes) => bytes.clone().into(),
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
