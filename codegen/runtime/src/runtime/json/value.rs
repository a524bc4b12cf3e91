//! Free-form JSON.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::de::{DeserializeOwned, Deserializer};
use serde::ser::{Error as _, Serializer};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};

use crate::runtime::decode::path::read;
use crate::runtime::error::{Error, Result};
use crate::runtime::json::eq::json_eq;

/// Any JSON value. The original text is kept, so numbers do not lose digits.
///
/// Equality is semantic: white space, the order of properties and the notation of numbers and strings are ignored.
#[derive(Clone)]
pub struct Json(Text);

#[derive(Clone)]
enum Text {
    Valid(Box<RawValue>),
    /// Error of serialization. It fails any call that uses the value.
    Failed(Box<str>),
}

impl Json {
    /// Serializes a value. An error is reported by the call that uses the value.
    pub fn new(value: impl Serialize) -> Self {
        Self(match to_raw_value(&value) {
            Ok(text) => Text::Valid(text),
            Err(error) => Text::Failed(error.to_string().into()),
        })
    }

    /// Deserializes the text.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T> {
        read(PhantomData::<T>, self.as_str().as_bytes())
            .map_err(|error| Error::decode(None, error.path, &error.text))
    }

    /// Converts the text to a tree. Numbers of more than 64 bits lose digits.
    pub fn to_value(&self) -> Result<Value> {
        self.parse()
    }

    /// Returns the text.
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Text::Valid(text) => text.get(),
            Text::Failed(_) => "",
        }
    }

    /// Returns the text, or the error of serialization.
    #[cfg(feature = "part-uploads")]
    pub(crate) fn text(&self) -> Result<&str, &str> {
        match &self.0 {
            Text::Valid(text) => Ok(text.get()),
            Text::Failed(error) => Err(error),
        }
    }

    /// Returns true for `null`.
    pub fn is_null(&self) -> bool {
        self.as_str() == "null"
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Box::<RawValue>::deserialize(deserializer).map(|text| Self(Text::Valid(text)))
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Text::Valid(text) => text.serialize(serializer),
            Text::Failed(error) => Err(S::Error::custom(error)),
        }
    }
}

impl FromStr for Json {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        read(PhantomData, text.as_bytes())
            .map_err(|error| Error::decode(None, error.path, &error.text))
    }
}

impl From<Value> for Json {
    fn from(value: Value) -> Self {
        Self::new(value)
    }
}

impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Text::Valid(one), Text::Valid(other)) => json_eq(one.get(), other.get()),
            (Text::Failed(one), Text::Failed(other)) => one == other,
            _ => false,
        }
    }
}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Text::Valid(text) => f.write_str(text.get()),
            Text::Failed(error) => write!(f, "Json(failed: {error})"),
        }
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
