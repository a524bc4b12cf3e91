//! The list argument of a bulk call.

use crate::runtime::body::array::JsonArray;
use crate::runtime::request::value::Value;
use crate::runtime::request::{ParamLocation, Request};

impl Request {
    /// Returns the array at a location, or an empty array.
    pub(crate) fn array_at(&self, location: ParamLocation) -> JsonArray {
        match self.get(location) {
            Some(Value::Array(array)) => array.clone(),
            _ => JsonArray::unchecked::<()>([]),
        }
    }

    /// Replaces the array at a location. Its limits stay.
    pub(crate) fn with_array(mut self, location: ParamLocation, array: JsonArray) -> Self {
        let list = self
            .arguments
            .iter_mut()
            .find(|argument| argument.location == location);
        if let Some(list) = list {
            list.value = Ok(Value::Array(array));
        }
        self
    }
}
