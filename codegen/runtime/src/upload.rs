//! Content to send as it is.

use std::fmt;

use bytes::Bytes;

/// Content to send as it is: text or bytes, of which no copy is made.
#[derive(Clone)]
pub struct Upload(Bytes);

impl Upload {
    /// Its size in bytes, when that is known before it is sent.
    pub fn size(&self) -> Option<u64> {
        Some(self.0.len() as u64)
    }

    /// The body of one attempt.
    pub(super) fn body(&self) -> reqwest::Body {
        self.0.clone().into()
    }

    /// The content itself.
    pub(super) fn bytes(&self) -> &Bytes {
        &self.0
    }
}

/// Shows the size only.
impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Upload({} bytes)", self.0.len())
    }
}

impl From<Bytes> for Upload {
    fn from(content: Bytes) -> Self {
        Self(content)
    }
}

impl From<Vec<u8>> for Upload {
    fn from(content: Vec<u8>) -> Self {
        Self(content.into())
    }
}

impl From<String> for Upload {
    fn from(content: String) -> Self {
        Self(content.into())
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
        Self(Bytes::copy_from_slice(content))
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
