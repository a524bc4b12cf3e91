//! Why content could not be sent.

use std::error::Error as StdError;
use std::fmt;

/// Why something could not be read.
pub(crate) type Fault = Box<dyn StdError + Send + Sync>;

/// Why content could not be sent: the fault is not the connection's.
pub(crate) struct Unreadable {
    text: String,
    /// What the reader or stream itself says.
    pub(crate) fault: Option<Fault>,
}

impl Unreadable {
    pub(crate) fn with_source(fault: Fault) -> Self {
        Self {
            text: "the content to send could not be read".to_owned(),
            fault: Some(fault),
        }
    }

    pub(crate) fn size(promised: u64, than: &str) -> Self {
        Self {
            text: format!(
                "the content to send has {than} than the {promised} bytes that were promised"
            ),
            fault: None,
        }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
