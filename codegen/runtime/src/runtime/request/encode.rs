//! Encodes the arguments of an operation as path, query, headers and body.

use std::borrow::Cow;

use percent_encoding::{percent_encode_byte, utf8_percent_encode};
#[cfg(feature = "part-cookies")]
use reqwest::header::COOKIE;
use reqwest::header::{CONTENT_TYPE, HeaderName, HeaderValue};

use crate::runtime::api::meta::Meta;
use crate::runtime::body::upload::Upload;
use crate::runtime::error::validation::ValidationError;
use crate::runtime::http::header::parse_header;
use crate::runtime::request::body;
#[cfg(feature = "part-cookies")]
use crate::runtime::request::cookie::cookie_pairs;
use crate::runtime::request::path_segment::{SEGMENT, segment};
use crate::runtime::request::query::push_argument;
use crate::runtime::request::serialize;
#[cfg(feature = "part-styles")]
use crate::runtime::request::style::Style;
use crate::runtime::request::value::Value;
use crate::runtime::request::{Argument, ParamLocation, Request, ValidArgument};

/// An encoded request.
pub(crate) struct EncodedRequest {
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) body: Option<Upload>,
}

impl Request {
    /// Validates and encodes the arguments.
    pub(crate) fn build(&self, meta: &Meta) -> Result<EncodedRequest, ValidationError> {
        let mut values = Vec::with_capacity(self.arguments.len());
        for argument in &self.arguments {
            let invalid = |error: ValidationError| error.within(argument.location.name());
            values.push((argument, self.checked_value(argument).map_err(invalid)?));
        }
        let mut encoded = EncodedRequest {
            path: path(meta.path, &values)?,
            query: String::new(),
            headers: Vec::new(),
            body: None,
        };
        #[cfg(feature = "part-cookies")]
        let mut cookies = Vec::new();
        for (argument, value) in &values {
            let invalid = |error: ValidationError| error.within(argument.location.name());
            encode_argument(argument, value, &mut encoded).map_err(invalid)?;
            #[cfg(feature = "part-cookies")]
            cookies.extend(cookie_pairs(argument, value).map_err(invalid)?);
        }
        #[cfg(feature = "part-cookies")]
        if !cookies.is_empty() {
            let cookies = parse_header(COOKIE.as_str(), cookies.join("; ").as_bytes());
            let invalid = |reason| ValidationError::new(reason).within("cookie");
            encoded.headers.push(cookies.map_err(invalid)?);
        }
        if let Some((media_type, body)) = body::body(meta, &values)? {
            let media_type = parse_header(CONTENT_TYPE.as_str(), media_type.as_bytes());
            let invalid = |reason| ValidationError::new(reason).within("media type");
            encoded.headers.push(media_type.map_err(invalid)?);
            encoded.body = Some(body);
        }
        Ok(encoded)
    }

    /// Validates the value of an argument.
    fn checked_value<'a>(&self, argument: &'a Argument) -> Result<&'a Value, ValidationError> {
        let value = argument.value.as_ref().map_err(Clone::clone)?;
        #[cfg(feature = "part-argument-limits")]
        for limit in &argument.limits {
            if !limit.unless.is_some_and(|other| self.is_true(other)) {
                (limit.check)(value)?;
            }
        }
        #[cfg(any(feature = "part-arrays", feature = "part-uploads"))]
        match value {
            #[cfg(feature = "part-arrays")]
            Value::Array(items) => items.check()?,
            #[cfg(feature = "part-uploads")]
            Value::Content(contents) => contents.iter().try_for_each(Upload::check)?,
            Value::Text(_) | Value::Json(_) => (),
        }
        Ok(value)
    }
}

/// Replaces the parameters of a path template.
fn path(template: &str, values: &[ValidArgument<'_>]) -> Result<String, ValidationError> {
    let mut path = String::with_capacity(template.len() + 64);
    let mut pieces = template.split('{');
    path.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let (name, rest) = piece.split_once('}').unwrap_or((piece, ""));
        let is_it = |(argument, _): &&ValidArgument<'_>| matches!(argument.location, ParamLocation::Path(own) if own == name);
        let Some((argument, value)) = values.iter().find(is_it) else {
            return Err(ValidationError::new("is missing").within(name));
        };
        // Delimiters of the style inside a value are encoded, to distinguish them from delimiters of the style.
        let text = serialize::text((argument, value), |text, signs| {
            let text = Cow::from(utf8_percent_encode(text, SEGMENT));
            signs.bytes().fold(text, |text, sign| {
                let encoded = percent_encode_byte(sign);
                text.replace(char::from(sign), encoded).into()
            })
        });
        let invalid = |error: ValidationError| error.within(name);
        let text = text.map_err(invalid)?;
        #[cfg(feature = "part-styles")]
        if text == "." && matches!(argument.style, Style::Label(_) | Style::DottedLabel) {
            return Err(invalid(ValidationError::new("is empty")));
        }
        // A style can encode dots, and URLs treat an encoded dot like a dot.
        #[cfg(feature = "part-styles")]
        segment(&text.replace("%2E", ".")).map_err(invalid)?;
        #[cfg(not(feature = "part-styles"))]
        segment(&*text).map_err(invalid)?;
        path.push_str(&text);
        path.push_str(rest);
    }
    Ok(path)
}

/// Encodes an argument, unless it belongs to the path or the body.
fn encode_argument(
    argument: &Argument,
    value: &Value,
    encoded: &mut EncodedRequest,
) -> Result<(), ValidationError> {
    match argument.location {
        ParamLocation::Query(_) => {
            push_argument(&mut encoded.query, (argument, value))?;
        }
        ParamLocation::Header(name) => {
            let text = serialize::text((argument, value), |text, _| text.into())?;
            let header = parse_header(name, text.as_bytes()).map_err(ValidationError::new)?;
            encoded.headers.push(header);
        }
        ParamLocation::Path(_)
        | ParamLocation::Cookie(_)
        | ParamLocation::Property(_)
        | ParamLocation::Field(_)
        | ParamLocation::Part(..)
        | ParamLocation::Body(_) => (),
    }
    Ok(())
}
