//! The outer structure of a JSON value, which decides how it is serialized.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::runtime::error::validation::ValidationError;
use crate::runtime::request::value::Value;

/// A pair of a query, a form or a cookie. It can have several values.
pub(crate) struct Pair {
    pub(crate) name: String,
    pub(crate) values: Vec<String>,
    /// Delimiter between the values.
    pub(crate) delimiter: &'static str,
}

/// Returns the items of a list, or the names and values of an object.
pub(super) fn words(shape: JsonShape<'_>, encode: impl Fn(&str) -> String) -> Vec<String> {
    match shape {
        JsonShape::Null | JsonShape::Scalar => Vec::new(),
        JsonShape::List(items) => items
            .iter()
            .map(|item| encode(&plain_text(item.get())))
            .collect(),
        JsonShape::Object(entries) => entries
            .iter()
            .flat_map(|(key, value)| [encode(key), encode(&plain_text(value.get()))])
            .collect(),
    }
}

pub(super) fn json(value: &Value) -> Result<String, ValidationError> {
    String::from_utf8(value.to_json()?).map_err(|_| ValidationError::new("is not text"))
}

/// Converts a scalar to plain text. Integers have no `.0`. Lists and objects stay JSON.
pub(super) fn plain_text(json: &str) -> String {
    if json.starts_with('"') {
        return serde_json::from_str(json).unwrap_or_default();
    }
    json.strip_suffix(".0").unwrap_or(json).to_owned()
}

/// Outer structure of a JSON value.
pub(super) enum JsonShape<'a> {
    Null,
    Scalar,
    List(Vec<&'a RawValue>),
    Object(Vec<(String, &'a RawValue)>),
}

impl<'a> JsonShape<'a> {
    pub(super) fn of(json: &'a str) -> Result<Self, ValidationError> {
        let no_json = |_| ValidationError::new("is not JSON");
        match json.trim_start().bytes().next() {
            Some(b'n') => Ok(Self::Null),
            Some(b'[') => serde_json::from_str(json).map(Self::List).map_err(no_json),
            Some(b'{') => {
                let entries = serde_json::from_str::<Entries<'a>>(json).map_err(no_json)?;
                Ok(Self::Object(entries.0))
            }
            _ => Ok(Self::Scalar),
        }
    }
}

/// Properties of an object, in order.
struct Entries<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Entries<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl<'de> Visitor<'de> for Reader {
            type Value = Entries<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<'de>, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(Reader)
    }
}
