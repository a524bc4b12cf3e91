//! Lengths in characters.

use crate::runtime::error::validation::ValidationError;
use crate::runtime::request::value::Value;

/// Checks the maximum number of characters.
pub fn max_length<T: Length + ?Sized>(value: &T, max: u64) -> Result<(), ValidationError> {
    match value.length() {
        Some(length) if length > max => Err(ValidationError::new(format!(
            "has {length} characters; the maximum is {max}"
        ))),
        _ => Ok(()),
    }
}

/// A value with a number of characters.
pub trait Length {
    /// Returns the number of characters, if the value is present.
    fn length(&self) -> Option<u64>;
}

impl Length for str {
    fn length(&self) -> Option<u64> {
        Some(self.chars().count() as u64)
    }
}

impl Length for String {
    fn length(&self) -> Option<u64> {
        self.as_str().length()
    }
}

impl<T: Length> Length for Option<T> {
    fn length(&self) -> Option<u64> {
        self.as_ref().and_then(Length::length)
    }
}

impl Length for Value {
    fn length(&self) -> Option<u64> {
        self.read::<String>()?.length()
    }
}
