//! Values of arguments.

use serde::Serialize;
#[cfg(feature = "part-argument-values")]
use serde::de::value::StringDeserializer;
#[cfg(feature = "part-argument-values")]
use serde::de::{DeserializeOwned, IntoDeserializer};

#[cfg(feature = "part-arrays")]
use crate::runtime::body::array::JsonArray;
#[cfg(feature = "part-uploads")]
use crate::runtime::body::upload::Upload;
use crate::runtime::error::validation::ValidationError;

/// Value of an argument.
#[derive(Clone)]
pub enum Value {
    /// Text.
    Text(String),
    /// JSON.
    Json(Vec<u8>),
    /// A JSON array that can be split.
    #[cfg(feature = "part-arrays")]
    Array(JsonArray),
    /// One or several uploads.
    #[cfg(feature = "part-uploads")]
    Content(Vec<Upload>),
}

impl Value {
    pub(crate) fn json(value: &(impl Serialize + ?Sized)) -> Result<Self, ValidationError> {
        let text = serde_json::to_vec(value);
        text.map(Self::Json)
            .map_err(|error| ValidationError::new(format!("cannot be serialized as JSON: {error}")))
    }

    /// Deserializes the value.
    #[cfg(feature = "part-argument-values")]
    pub(crate) fn read<T: DeserializeOwned>(&self) -> Option<T> {
        match self {
            Self::Text(text) => {
                let text: StringDeserializer<serde_json::Error> = text.clone().into_deserializer();
                T::deserialize(text).ok()
            }
            Self::Json(text) => serde_json::from_slice(text).ok(),
            #[cfg(feature = "part-arrays")]
            Self::Array(_) => None,
            #[cfg(feature = "part-uploads")]
            Self::Content(_) => None,
        }
    }

    /// Returns the value as JSON. Uploads are not JSON.
    pub(crate) fn to_json(&self) -> Result<Vec<u8>, ValidationError> {
        match self {
            Self::Text(text) => match Self::json(text)? {
                Self::Json(text) => Ok(text),
                _ => Ok(Vec::new()),
            },
            Self::Json(text) => Ok(text.clone()),
            #[cfg(feature = "part-arrays")]
            Self::Array(items) => {
                items.check()?;
                Ok(items.to_json())
            }
            #[cfg(feature = "part-uploads")]
            Self::Content(_) => Err(ValidationError::new("is not JSON")),
        }
    }
}
