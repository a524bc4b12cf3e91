//! Numbers of items.

use serde::de::IgnoredAny;

#[cfg(feature = "part-arrays")]
use crate::runtime::body::array::JsonArray;
use crate::runtime::error::validation::ValidationError;
use crate::runtime::request::value::Value;

/// Checks the maximum number of items.
#[cfg(feature = "part-max-items")]
pub fn max_items<T: Count + ?Sized>(value: &T, max: u64) -> Result<(), ValidationError> {
    match value.count() {
        Some(count) if count > max => Err(ValidationError::new(format!(
            "has {count} items; the maximum is {max}"
        ))),
        _ => Ok(()),
    }
}

/// Checks the minimum number of items.
#[cfg(feature = "part-min-items")]
pub fn min_items<T: Count + ?Sized>(value: &T, min: u64) -> Result<(), ValidationError> {
    match value.count() {
        Some(count) if count < min => Err(ValidationError::new(format!(
            "has {count} items; the minimum is {min}"
        ))),
        _ => Ok(()),
    }
}

/// A value with a number of items.
pub trait Count {
    /// Returns the number of items, if the value is present.
    fn count(&self) -> Option<u64>;
}

impl<T> Count for Vec<T> {
    fn count(&self) -> Option<u64> {
        Some(self.len() as u64)
    }
}

#[cfg(feature = "part-arrays")]
impl Count for JsonArray {
    fn count(&self) -> Option<u64> {
        Some(self.len() as u64)
    }
}

impl<T: Count> Count for Option<T> {
    fn count(&self) -> Option<u64> {
        self.as_ref().and_then(Count::count)
    }
}

impl Count for Value {
    fn count(&self) -> Option<u64> {
        match self {
            #[cfg(feature = "part-arrays")]
            Self::Array(items) => items.count(),
            #[cfg(feature = "part-uploads")]
            Self::Content(contents) => contents.count(),
            Self::Json(text) => serde_json::from_slice::<Vec<IgnoredAny>>(text)
                .ok()?
                .count(),
            Self::Text(_) => None,
        }
    }
}
