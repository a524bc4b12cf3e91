//! The error of a text that is not a value of an enum.

use std::fmt;

use serde::de::{Error, Expected, Unexpected};

use crate::runtime::error::printable::Printable;

/// A text is not a value of an enum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownValue {
    text: String,
    known: &'static [&'static str],
}

impl UnknownValue {
    /// Creates an error.
    #[doc(hidden)]
    pub fn new(text: impl Into<String>, known: &'static [&'static str]) -> Self {
        Self {
            text: text.into(),
            known,
        }
    }

    /// Returns the text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the values of the enum.
    pub fn known(&self) -> &'static [&'static str] {
        self.known
    }

    /// Converts the error to an error of a deserializer.
    #[doc(hidden)]
    pub fn into_decode_error<E: Error>(self) -> E {
        E::invalid_value(Unexpected::Str(&self.text), &OneOf(self.known))
    }
}

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not {}",
            Printable(&self.text),
            OneOf(self.known)
        )
    }
}

impl std::error::Error for UnknownValue {}

/// Displays the values of an enum.
struct OneOf(&'static [&'static str]);

impl fmt::Display for OneOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, value) in self.0.iter().enumerate() {
            let before = if index == 0 { "one of" } else { "," };
            write!(f, "{before} `{value}`")?;
        }
        Ok(())
    }
}

impl Expected for OneOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
