//! Validates path segments.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC};

use crate::runtime::error::validation::ValidationError;
use crate::runtime::request::value::Value;

/// Characters that are not encoded in a path segment: `pchar` of RFC 3986.
pub(crate) const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@');

/// Checks that a value can be a path segment.
pub fn segment<T: Text + ?Sized>(value: &T) -> Result<(), ValidationError> {
    match value.text() {
        Some("") => Err(ValidationError::new("is empty")),
        Some("." | "..") => Err(ValidationError::new("is `.` or `..`, which URLs remove")),
        _ => Ok(()),
    }
}

/// A value that can be text.
pub trait Text {
    /// Returns the text, if the value is text.
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
