//! What an operation is given: its arguments, each with its place, its style and its limits.

pub(crate) mod body;
pub(crate) mod encode;
pub(crate) mod limits;
pub(crate) mod path_segment;
pub(crate) mod query;
pub(crate) mod style;
pub(crate) mod value;

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::runtime::body::array::JsonArray;
use crate::runtime::body::upload::Upload;
use crate::runtime::error::validation::ValidationError;
use crate::runtime::request::style::Style;
use crate::runtime::request::value::Value;

/// Where an argument is sent, under which name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParamLocation {
    /// In the place of `{name}` in the path.
    Path(&'static str),
    /// In the query.
    Query(&'static str),
    /// As a header.
    Header(&'static str),
    /// As a cookie.
    Cookie(&'static str),
    /// As a property of a JSON object.
    Property(&'static str),
    /// As a part of a form, as text.
    Field(&'static str),
    /// As a part of a form, with a media type of its own; text as it is, anything else as JSON if that is JSON.
    Part(&'static str, &'static str),
    /// As the whole body; the name is only for those who are told what is wrong with it.
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

/// The arguments of an operation, to be put together when it is sent. One that is given again takes the place of what it was before.
#[derive(Clone, Default)]
pub struct Request {
    pub(crate) arguments: Vec<Argument>,
}

#[derive(Clone)]
pub(crate) struct Argument {
    pub(crate) location: ParamLocation,
    pub(crate) value: Result<Value, ValidationError>,
    pub(crate) style: Style,
    /// Whether signs that have a meaning in URLs stay as they are.
    pub(crate) allow_reserved: bool,
    pub(crate) limits: Vec<Limit>,
}

/// An argument whose value is as it must be.
pub(crate) type ValidArgument<'a> = (&'a Argument, &'a Value);

#[derive(Clone, Copy)]
pub(crate) struct Limit {
    pub(crate) check: fn(&Value) -> Result<(), ValidationError>,
    /// An argument that suspends it when it is `true`.
    pub(crate) unless: Option<ParamLocation>,
}

impl Request {
    /// Without any argument.
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives an argument that is text.
    pub fn text(self, location: ParamLocation, value: impl Into<String>) -> Self {
        self.set(location, Ok(Value::Text(value.into())))
    }

    /// Gives an argument that is a list of texts.
    pub fn texts(
        self,
        location: ParamLocation,
        values: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        let values: Vec<String> = values.into_iter().map(Into::into).collect();
        self.json(location, values)
    }

    /// Gives an argument that is text or JSON, whatever its place wants.
    pub fn json(self, location: ParamLocation, value: impl Serialize) -> Self {
        let value = Value::json(&value);
        self.set(location, value)
    }

    /// Gives an argument that is a list.
    pub fn list(self, location: ParamLocation, values: impl IntoIterator<Item: Serialize>) -> Self {
        let values: Vec<_> = values.into_iter().collect();
        self.json(location, values)
    }

    /// Gives an argument that is an object of any properties.
    pub fn map(
        self,
        location: ParamLocation,
        entries: impl IntoIterator<Item = (impl Into<String>, impl Serialize)>,
    ) -> Self {
        let entries = entries.into_iter().map(|(key, value)| (key.into(), value));
        self.json(location, entries.collect::<BTreeMap<String, _>>())
    }

    /// Gives an argument that must pass a check of its own.
    pub fn checked<T: Serialize>(
        self,
        location: ParamLocation,
        (value, check): (T, impl FnOnce(&T) -> Result<(), ValidationError>),
    ) -> Self {
        let value = check(&value).and_then(|()| Value::json(&value));
        self.set(location, value)
    }

    /// Gives an argument that is a JSON array written item by item.
    pub fn array(self, location: ParamLocation, array: JsonArray) -> Self {
        self.set(location, Ok(Value::Array(array)))
    }

    /// Gives an argument that is content as it is.
    pub fn content(self, location: ParamLocation, content: impl Into<Upload>) -> Self {
        self.contents(location, [content])
    }

    /// Gives an argument that is any number of contents.
    pub fn contents(
        self,
        location: ParamLocation,
        contents: impl IntoIterator<Item = impl Into<Upload>>,
    ) -> Self {
        let contents: Vec<Upload> = contents.into_iter().map(Into::into).collect();
        self.set(location, Ok(Value::Content(contents)))
    }

    /// How the argument that was given last is written.
    pub fn style(mut self, style: Style) -> Self {
        if let Some(last) = self.arguments.last_mut() {
            last.style = style;
        }
        self
    }

    /// Leaves signs as they are in the argument that was given last, as far as queries may hold them.
    pub fn allow_reserved(mut self) -> Self {
        if let Some(last) = self.arguments.last_mut() {
            last.allow_reserved = true;
        }
        self
    }

    /// What the argument that was given last must fulfil.
    pub fn limit(self, check: fn(&Value) -> Result<(), ValidationError>) -> Self {
        self.push_limit(Limit {
            check,
            unless: None,
        })
    }

    /// What the argument that was given last must fulfil, unless another one is `true`.
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

    /// An argument that was given, read as a type.
    pub fn value<T: DeserializeOwned>(&self, location: ParamLocation) -> Option<T> {
        self.get(location)?.read()
    }

    /// Whether an argument was given and is `true`.
    pub fn is_true(&self, location: ParamLocation) -> bool {
        self.value(location) == Some(true)
    }

    /// The list at a place; none where there is no list.
    pub(crate) fn array_at(&self, location: ParamLocation) -> JsonArray {
        match self.get(location) {
            Some(Value::Array(array)) => array.clone(),
            _ => JsonArray::unchecked::<()>([]),
        }
    }

    /// The same with another list; its limits stay.
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

    fn get(&self, location: ParamLocation) -> Option<&Value> {
        let argument = self
            .arguments
            .iter()
            .find(|argument| argument.location == location)?;
        argument.value.as_ref().ok()
    }

    /// Adds the arguments of another request. An argument replaces an earlier one at the same location.
    pub(crate) fn merge(mut self, other: Self) -> Self {
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
            style: Style::Default,
            allow_reserved: false,
            limits: Vec::new(),
        });
        self
    }

    fn push_limit(mut self, limit: Limit) -> Self {
        if let Some(last) = self.arguments.last_mut() {
            last.limits.push(limit);
        }
        self
    }
}

/// Shows neither arguments nor content.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request").finish_non_exhaustive()
    }
}
