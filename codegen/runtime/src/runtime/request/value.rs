//! What an argument holds until its request is put together.

use serde::Serialize;
use serde::de::value::StringDeserializer;
use serde::de::{DeserializeOwned, IgnoredAny, IntoDeserializer};

use crate::runtime::body::array::Items;
use crate::runtime::body::upload::Upload;
use crate::runtime::error::validation::Refusal;
use crate::runtime::request::limits::{Count, Length, Number, Size, Text};

/// What an argument holds.
#[derive(Clone)]
pub enum Value {
    /// Text as it is.
    Text(String),
    /// JSON.
    Json(Vec<u8>),
    /// A JSON array that can be split.
    Items(Items),
    /// Content as it is: one, or several of one name.
    Content(Vec<Upload>),
}

impl Value {
    pub(crate) fn json(value: &(impl Serialize + ?Sized)) -> Result<Self, Refusal> {
        let text = serde_json::to_vec(value);
        text.map(Self::Json)
            .map_err(|error| Refusal::new(format!("is no JSON: {error}")))
    }

    /// The value read as a type.
    pub(crate) fn read<T: DeserializeOwned>(&self) -> Option<T> {
        match self {
            Self::Text(text) => {
                let text: StringDeserializer<serde_json::Error> = text.clone().into_deserializer();
                T::deserialize(text).ok()
            }
            Self::Json(text) => serde_json::from_slice(text).ok(),
            Self::Items(_) | Self::Content(_) => None,
        }
    }

    /// As JSON; content has none.
    pub(crate) fn to_json(&self) -> Result<Vec<u8>, Refusal> {
        match self {
            Self::Text(text) => match Self::json(text)? {
                Self::Json(text) => Ok(text),
                _ => Ok(Vec::new()),
            },
            Self::Json(text) => Ok(text.clone()),
            Self::Items(items) => {
                items.check()?;
                Ok(items.pieces().concat())
            }
            Self::Content(_) => Err(Refusal::new("is no JSON")),
        }
    }
}

impl Size for Value {
    fn size(&self) -> Option<u64> {
        match self {
            Self::Text(text) => text.size(),
            Self::Json(text) => Some(text.len() as u64),
            Self::Items(_) => None,
            Self::Content(contents) => match contents.as_slice() {
                [content] => content.size(),
                _ => None,
            },
        }
    }
}

impl Length for Value {
    fn length(&self) -> Option<u64> {
        self.read::<String>()?.length()
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

impl Number for Value {
    fn is_below(&self, min: i64) -> bool {
        self.read::<i64>().is_below(min)
            || (self.read::<i64>().is_none() && self.read::<f64>().is_below(min))
    }

    fn is_above(&self, max: i64) -> bool {
        self.read::<i64>().is_above(max)
            || (self.read::<i64>().is_none() && self.read::<f64>().is_above(max))
    }
}

impl Count for Value {
    fn count(&self) -> Option<u64> {
        match self {
            Self::Items(items) => items.count(),
            Self::Content(contents) => contents.count(),
            Self::Json(text) => serde_json::from_slice::<Vec<IgnoredAny>>(text)
                .ok()?
                .count(),
            Self::Text(_) => None,
        }
    }
}
