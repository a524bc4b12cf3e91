//! Segments of a path.

use crate::runtime::error::validation::ValidationError;
use crate::runtime::request::value::Value;

/// Refuses what can be no segment of a path.
pub fn segment<T: Text + ?Sized>(value: &T) -> Result<(), ValidationError> {
    match value.text() {
        Some("") => Err(ValidationError::new("is empty")),
        Some("." | "..") => Err(ValidationError::new("is `.` or `..`, which URLs fold away")),
        _ => Ok(()),
    }
}

/// Something that may be text.
pub trait Text {
    /// The text, if it is there.
    fn text(&self) -> Option<&str>;
}

impl Text for str {
    fn text(&self) -> Option<&str> {
        Some(self)
    }
}

impl Text for String {
    fn text(&self) -> Option<&str> {
        Some(self)
    }
}

impl Text for Value {
    fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}
