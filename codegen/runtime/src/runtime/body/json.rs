//! Uploads of free-form JSON.

use crate::runtime::body::upload::{Content, Upload};
use crate::runtime::error::validation::ValidationError;
use crate::runtime::json::value::Json;

/// Uploads the text. A value that could not be serialized fails the call.
impl From<Json> for Upload {
    fn from(json: Json) -> Self {
        Self::from(&json)
    }
}

impl From<&Json> for Upload {
    fn from(json: &Json) -> Self {
        match json.text() {
            Ok(text) => text.into(),
            Err(error) => Self {
                content: Content::Invalid(ValidationError::new(format!(
                    "cannot be serialized as JSON: {error}"
                ))),
                size: None,
            },
        }
    }
}
