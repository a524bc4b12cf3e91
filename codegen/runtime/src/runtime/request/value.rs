//! What an argument holds until its request is put together.

use serde::Serialize;
use serde::de::value::StringDeserializer;
use serde::de::{DeserializeOwned, IntoDeserializer};

use crate::runtime::body::array::JsonArray;
use crate::runtime::body::upload::Upload;
use crate::runtime::error::validation::ValidationError;

/// What an argument holds.
#[derive(Clone)]
pub enum Value {
    /// Text as it is.
    Text(String),
    /// JSON.
    Json(Vec<u8>),
    /// A JSON array that can be split.
    Array(JsonArray),
    /// Content as it is: one, or several of one name.
    Content(Vec<Upload>),
}

impl Value {
    pub(crate) fn json(value: &(impl Serialize + ?Sized)) -> Result<Self, ValidationError> {
        let text = serde_json::to_vec(value);
        text.map(Self::Json)
            .map_err(|error| ValidationError::new(format!("is no JSON: {error}")))
    }

    /// The value read as a type.
    pub(crate) fn read<T: DeserializeOwned>(&self) -> Option<T> {
        match self {
            Self::Text(text) => {
                let text: StringDeserializer<serde_json::Error> = text.clone().into_deserializer();
                T::deserialize(text).ok()
            }
            Self::Json(text) => serde_json::from_slice(text).ok(),
            Self::Array(_) | Self::Content(_) => None,
        }
    }

    /// As JSON; content has none.
    pub(crate) fn to_json(&self) -> Result<Vec<u8>, ValidationError> {
        match self {
            Self::Text(text) => match Self::json(text)? {
                Self::Json(text) => Ok(text),
                _ => Ok(Vec::new()),
            },
            Self::Json(text) => Ok(text.clone()),
            Self::Array(items) => {
                items.check()?;
                Ok(items.chunks().concat())
            }
            Self::Content(_) => Err(ValidationError::new("is no JSON")),
        }
    }
}
