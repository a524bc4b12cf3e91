//! Reads lists of objects, and refuses properties that their type does not have.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::runtime::decode::path::{JsonError, read};
use crate::runtime::error::{Error, Result};
use crate::runtime::json::field_reader::JsonObject;

/// Reads a JSON array of objects. A property that the type does not have is an error.
pub fn list_from_json<T: JsonObject + DeserializeOwned>(json: &[u8]) -> Result<Vec<T>> {
    let mismatch = |error: JsonError| Error::decode(None, error.path, &error.text);
    let items = read(PhantomData::<Vec<T>>, json).map_err(mismatch)?;
    let objects = read(PhantomData::<Vec<BTreeMap<String, &RawValue>>>, json);
    for (index, object) in objects.map_err(mismatch)?.iter().enumerate() {
        let mut names = object.keys();
        if let Some(name) = names.find(|name| !T::PROPERTIES.contains(&name.as_str())) {
            let path = format!("[{index}].{name}");
            return Err(Error::decode(None, path, "the property is unknown"));
        }
    }
    Ok(items)
}
