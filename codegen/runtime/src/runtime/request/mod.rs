//! Arguments of an operation, with their locations, styles and limits.

pub(crate) mod body;
#[cfg(feature = "part-cookies")]
pub(crate) mod cookie;
pub(crate) mod encode;
#[cfg(feature = "part-multipart")]
pub(crate) mod form;
#[cfg(feature = "part-limits")]
pub(crate) mod limits;
#[cfg(feature = "part-optional-setters")]
mod optional;
pub(crate) mod path_segment;
pub(crate) mod query;
pub(crate) mod serialize;
#[cfg(feature = "part-styles")]
pub(crate) mod style;
pub(crate) mod value;

#[cfg(feature = "part-map-arguments")]
use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
#[cfg(feature = "part-argument-values")]
use serde::de::DeserializeOwned;

#[cfg(feature = "part-arrays")]
use crate::runtime::body::array::JsonArray;
#[cfg(feature = "part-uploads")]
use crate::runtime::body::upload::Upload;
use crate::runtime::error::validation::ValidationError;
#[cfg(feature = "part-styles")]
use crate::runtime::request::style::Style;
use crate::runtime::request::value::Value;

/// Location and name of an argument in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParamLocation {
    /// Parameter `{name}` of the path.
    Path(&'static str),
    /// Query parameter.
    Query(&'static str),
    /// Header.
    Header(&'static str),
    /// Cookie.
    Cookie(&'static str),
    /// Property of a JSON object body.
    Property(&'static str),
    /// Field of a form.
    Field(&'static str),
    /// Part of a multipart body with a media type. Text is sent unchanged. Other values are sent as JSON if
    /// the media type is JSON.
    Part(&'static str, &'static str),
    /// The whole body. The name is used in errors only.
    Body(&'static str),
}

impl ParamLocation {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Path(name)
            | Self::Query(name)
            | Self::Header(name)
            | Self::Cookie(name)
            | Self::Property(name)
            | Self::Field(name)
            | Self::Part(name, _)
            | Self::Body(name) => name,
        }
    }
}

/// Arguments of an operation. They are encoded when the request is sent. An argument that is set again
/// replaces the earlier value.
#[derive(Clone, Default)]
pub struct Request {
    pub(crate) arguments: Vec<Argument>,
    /// Locations of the arguments that a merge removes.
    #[cfg(feature = "part-optional-setters")]
    removed: Vec<ParamLocation>,
}

#[derive(Clone)]
pub(crate) struct Argument {
    pub(crate) location: ParamLocation,
    pub(crate) value: Result<Value, ValidationError>,
    #[cfg(feature = "part-styles")]
    pub(crate) style: Style,
    /// True if reserved characters are not encoded.
    #[cfg(feature = "part-allow-reserved")]
    pub(crate) allow_reserved: bool,
    #[cfg(feature = "part-argument-limits")]
    pub(crate) limits: Vec<Limit>,
}

/// An argument and its valid value.
pub(crate) type ValidArgument<'a> = (&'a Argument, &'a Value);

#[cfg(feature = "part-argument-limits")]
#[derive(Clone, Copy)]
pub(crate) struct Limit {
    pub(crate) check: fn(&Value) -> Result<(), ValidationError>,
    /// Argument that disables the limit if it is `true`.
    pub(crate) unless: Option<ParamLocation>,
}

impl Request {
    /// Creates a request without arguments.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets a text argument.
    pub fn text(self, location: ParamLocation, value: impl Into<String>) -> Self {
        self.set(location, Ok(Value::Text(value.into())))
    }

    /// Sets an argument that is a list of strings.
    pub fn texts(
        self,
        location: ParamLocation,
        values: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        let values: Vec<String> = values.into_iter().map(Into::into).collect();
        self.json(location, values)
    }

    /// Sets an argument that is serialized as JSON. Its location decides the encoding.
    pub fn json(self, location: ParamLocation, value: impl Serialize) -> Self {
        let value = Value::json(&value);
        self.set(location, value)
    }

    /// Sets an argument that is a list.
    #[cfg(feature = "part-list-arguments")]
    pub fn list(self, location: ParamLocation, values: impl IntoIterator<Item: Serialize>) -> Self {
        let values: Vec<_> = values.into_iter().collect();
        self.json(location, values)
    }

    /// Sets an argument that is a map.
    #[cfg(feature = "part-map-arguments")]
    pub fn map(
        self,
        location: ParamLocation,
        entries: impl IntoIterator<Item = (impl Into<String>, impl Serialize)>,
    ) -> Self {
        let entries = entries.into_iter().map(|(key, value)| (key.into(), value));
        self.json(location, entries.collect::<BTreeMap<String, _>>())
    }

    /// Sets an argument after a check.
    #[cfg(feature = "part-checked-arguments")]
    pub fn checked<T: Serialize>(
        self,
        location: ParamLocation,
        (value, check): (T, impl FnOnce(&T) -> Result<(), ValidationError>),
    ) -> Self {
        let value = check(&value).and_then(|()| Value::json(&value));
        self.set(location, value)
    }

    /// Sets an argument that is a JSON array.
    #[cfg(feature = "part-arrays")]
    pub fn array(self, location: ParamLocation, array: JsonArray) -> Self {
        self.set(location, Ok(Value::Array(array)))
    }

    /// Sets an argument that is an upload.
    #[cfg(feature = "part-uploads")]
    pub fn content(self, location: ParamLocation, content: impl Into<Upload>) -> Self {
        self.contents(location, [content])
    }

    /// Sets an argument that is a list of uploads.
    #[cfg(feature = "part-uploads")]
    pub fn contents(
        self,
        location: ParamLocation,
        contents: impl IntoIterator<Item = impl Into<Upload>>,
    ) -> Self {
        let contents: Vec<Upload> = contents.into_iter().map(Into::into).collect();
        self.set(location, Ok(Value::Content(contents)))
    }

    /// Sets the style of the last argument.
    #[cfg(feature = "part-styles")]
    pub fn style(mut self, style: Style) -> Self {
        if let Some(last) = self.arguments.last_mut() {
            last.style = style;
        }
        self
    }

    /// Disables the encoding of reserved characters in the last argument.
    #[cfg(feature = "part-allow-reserved")]
    pub fn allow_reserved(mut self) -> Self {
        if let Some(last) = self.arguments.last_mut() {
            last.allow_reserved = true;
        }
        self
    }

    /// Adds a limit to the last argument.
    #[cfg(feature = "part-argument-limits")]
    pub fn limit(self, check: fn(&Value) -> Result<(), ValidationError>) -> Self {
        self.push_limit(Limit {
            check,
            unless: None,
        })
    }

    /// Adds a limit to the last argument. It does not apply if another argument is `true`.
    #[cfg(feature = "part-argument-limits")]
    pub fn limit_unless(
        self,
        other: ParamLocation,
        check: fn(&Value) -> Result<(), ValidationError>,
    ) -> Self {
        self.push_limit(Limit {
            check,
            unless: Some(other),
        })
    }

    /// Returns the value of an argument.
    #[cfg(feature = "part-argument-values")]
    pub fn value<T: DeserializeOwned>(&self, location: ParamLocation) -> Option<T> {
        self.get(location)?.read()
    }

    /// Returns true if an argument is `true`.
    #[cfg(feature = "part-argument-values")]
    pub fn is_true(&self, location: ParamLocation) -> bool {
        self.value(location) == Some(true)
    }

    #[cfg(feature = "part-argument-values")]
    pub(crate) fn get(&self, location: ParamLocation) -> Option<&Value> {
        let argument = self
            .arguments
            .iter()
            .find(|argument| argument.location == location)?;
        argument.value.as_ref().ok()
    }

    /// Adds the arguments of another request. An argument replaces an earlier one at the same location.
    pub(crate) fn merge(mut self, other: Self) -> Self {
        #[cfg(feature = "part-optional-setters")]
        self.arguments
            .retain(|argument| !other.removed.contains(&argument.location));
        for argument in other.arguments {
            self.push(argument);
        }
        self
    }

    fn push(&mut self, argument: Argument) {
        self.arguments
            .retain(|earlier| earlier.location != argument.location);
        self.arguments.push(argument);
    }

    fn set(mut self, location: ParamLocation, value: Result<Value, ValidationError>) -> Self {
        self.push(Argument {
            location,
            value,
            #[cfg(feature = "part-styles")]
            style: Style::Default,
            #[cfg(feature = "part-allow-reserved")]
            allow_reserved: false,
            #[cfg(feature = "part-argument-limits")]
            limits: Vec::new(),
        });
        self
    }

    #[cfg(feature = "part-argument-limits")]
    fn push_limit(mut self, limit: Limit) -> Self {
        if let Some(last) = self.arguments.last_mut() {
            last.limits.push(limit);
        }
        self
    }
}

/// Does not display arguments.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request").finish_non_exhaustive()
    }
}
