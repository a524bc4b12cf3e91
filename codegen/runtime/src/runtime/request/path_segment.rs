//! Segments of a path.

use crate::runtime::error::validation::Refusal;
use crate::runtime::request::value::Value;

/// Refuses what can be no segment of a path.
pub fn segment<T: Text + ?Sized>(value: &T) -> Result<(), Refusal> {
    match value.text() {
        Some("") => Err(Refusal::new("is empty")),
        Some("." | "..") => Err(Refusal::new("is `.` or `..`, which URLs fold away")),
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
