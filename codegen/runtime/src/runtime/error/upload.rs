//! Why content could not be sent.

use std::error::Error as StdError;
use std::fmt;

/// Why something could not be read.
pub(crate) type BoxError = Box<dyn StdError + Send + Sync>;

/// Why content could not be sent: the fault is not the connection's.
pub(crate) struct UploadError {
    text: String,
    /// What the reader or stream itself says.
    pub(crate) source: Option<BoxError>,
}

impl UploadError {
    pub(crate) fn with_source(source: BoxError) -> Self {
        Self {
            text: "the content to send could not be read".to_owned(),
            source: Some(source),
        }
    }

    pub(crate) fn size(promised: u64, than: &str) -> Self {
        Self {
            text: format!(
                "the content to send has {than} than the {promised} bytes that were promised"
            ),
            source: None,
        }
    }
}

impl fmt::Display for UploadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
