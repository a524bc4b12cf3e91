//! Errors while reading the content of an upload.

use std::error::Error as StdError;
use std::fmt;

/// Any error.
pub(crate) type BoxError = Box<dyn StdError + Send + Sync>;

/// The content of an upload could not be read. The connection is not the cause.
pub(crate) struct UploadError {
    text: String,
    /// Error of the reader or stream.
    pub(crate) source: Option<BoxError>,
}

impl UploadError {
    pub(crate) fn with_source(source: BoxError) -> Self {
        Self {
            text: "the content to upload could not be read".to_owned(),
            source: Some(source),
        }
    }

    pub(crate) fn size_mismatch(promised: u64, than: &str) -> Self {
        Self {
            text: format!("the content to upload has {than} than the declared {promised} bytes"),
            source: None,
        }
    }
}

impl fmt::Display for UploadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
