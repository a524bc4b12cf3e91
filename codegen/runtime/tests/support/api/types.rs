//! Models.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::runtime::{
    Binary, Complete, Error, Json, Merge, Result, ValidationError, check, json_object, max_bytes,
};

/// A thing.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Thing {
    /// Name.
    pub name: String,
    /// Expiration time in seconds since the epoch.
    pub expiration: Option<i64>,
    /// Any JSON.
    pub metadata: Option<Json>,
}

json_object! { Thing { name, expiration: opt int, metadata: opt kept } }

/// Result of a bulk call.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Outcome {
    /// Number of successful keys.
    pub successful_key_count: Option<i64>,
    /// Failed keys.
    pub unsuccessful_keys: Option<Vec<String>>,
}

json_object! { Outcome { successful_key_count: opt int, unsuccessful_keys: opt } }

impl Outcome {
    /// Returns the result, or [`Error::Incomplete`] if `unsuccessful_keys` is not empty.
    pub fn complete(mut self) -> Result<Complete<Self>> {
        Error::take_failed_keys(self.unsuccessful_keys.as_mut())?;
        Ok(Complete::new(self))
    }
}

impl Merge for Outcome {
    fn absorb(&mut self, other: Self) {
        self.successful_key_count.absorb(other.successful_key_count);
        self.unsuccessful_keys.absorb(other.unsuccessful_keys);
    }
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Pair {
    /// At most 512 bytes.
    pub key: String,
    /// At most 25 MiB.
    pub value: String,
    /// True if the value is Base64.
    pub base64: Option<bool>,
    /// Any JSON.
    pub metadata: Option<Json>,
}

json_object! { Pair { key, value, base64: opt, metadata: opt kept } }

impl Pair {
    /// Creates a new `Pair` from its required fields.
    pub fn new(key: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            value: value.into(),
            base64: None,
            metadata: None,
        }
    }

    /// Sets `base64`.
    pub fn base64(mut self, base64: bool) -> Self {
        self.base64 = Some(base64);
        self
    }

    /// Sets `metadata`.
    pub fn metadata(mut self, metadata: impl Serialize) -> Self {
        self.metadata = Some(Json::new(metadata));
        self
    }
}

impl Pair {
    pub(crate) fn check(&self) -> Result<(), ValidationError> {
        check("key", max_bytes(&self.key, 512))?;
        if self.base64 != Some(true) {
            check("value", max_bytes(&self.value, 26_214_400))?;
        }
        check("metadata", max_bytes(&self.metadata, 1_024))
    }
}

/// Values of keys.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// Values only.
    Values(BTreeMap<String, Option<Json>>),
    /// Values with metadata.
    WithMetadata(BTreeMap<String, Option<Entry>>),
}

impl Merge for Found {
    fn absorb(&mut self, other: Self) {
        match (self, other) {
            (Self::Values(one), Self::Values(other)) => one.absorb(other),
            (Self::WithMetadata(one), Self::WithMetadata(other)) => one.absorb(other),
            // All results of a call have the same variant.
            _ => (),
        }
    }
}

/// A value with metadata.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Entry {
    /// The value.
    pub value: Option<Json>,
    /// Expiration time in seconds since the epoch.
    pub expiration: Option<i64>,
}

json_object! { Entry { value: opt kept, expiration: opt int } }

/// A stored value.
#[derive(Clone, Debug)]
pub struct StoredValue {
    pub(super) body: Binary,
    pub(super) expiration: Option<i64>,
}

impl StoredValue {
    /// Returns the bytes.
    pub fn bytes(&self) -> &bytes::Bytes {
        self.body.bytes()
    }

    /// Returns the value as text.
    pub fn text(&self) -> Result<&str> {
        self.body.text()
    }

    /// Parses the value as JSON.
    pub fn json<T: serde::de::DeserializeOwned>(&self) -> Result<T> {
        self.body.json()
    }

    /// Converts the value into text.
    pub fn into_text(self) -> Result<String> {
        self.body.into_text()
    }

    /// Converts the value from JSON.
    pub fn into_json<T: serde::de::DeserializeOwned>(self) -> Result<T> {
        self.body.into_json()
    }

    /// Expiration time in seconds since the epoch.
    pub fn expiration(&self) -> Option<i64> {
        self.expiration
    }
}
