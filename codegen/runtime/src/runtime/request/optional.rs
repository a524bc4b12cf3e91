//! Optional arguments that are set to an `Option`.

use serde::Serialize;

#[cfg(feature = "part-checked-arguments")]
use crate::runtime::error::validation::ValidationError;
use crate::runtime::request::{ParamLocation, Request};
use crate::runtime::util::optional::IntoOptional;

impl Request {
    /// Sets or removes a text argument.
    pub fn optional_text<M>(
        self,
        location: ParamLocation,
        value: impl IntoOptional<String, M>,
    ) -> Self {
        match value.into_optional() {
            Some(value) => self.text(location, value),
            None => self.without(location),
        }
    }

    /// Sets or removes an argument that is serialized as JSON. Its location decides the encoding.
    pub fn optional_json(self, location: ParamLocation, value: Option<impl Serialize>) -> Self {
        match value {
            Some(value) => self.json(location, value),
            None => self.without(location),
        }
    }

    /// Sets an argument after a check, or removes it.
    #[cfg(feature = "part-checked-arguments")]
    pub fn optional_checked<T: Serialize>(
        self,
        location: ParamLocation,
        (value, check): (Option<T>, impl FnOnce(&T) -> Result<(), ValidationError>),
    ) -> Self {
        match value {
            Some(value) => self.checked(location, (value, check)),
            None => self.without(location),
        }
    }

    /// Removes an argument when this request is merged into another.
    fn without(mut self, location: ParamLocation) -> Self {
        self.removed.push(location);
        self
    }
}
