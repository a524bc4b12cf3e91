//! Encodes the arguments of an operation as path, query, headers and body.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode_byte, utf8_percent_encode};
use reqwest::header::{CONTENT_TYPE, COOKIE, HeaderName, HeaderValue};

use crate::runtime::api::meta::Meta;
use crate::runtime::body::upload::Upload;
use crate::runtime::error::validation::ValidationError;
use crate::runtime::http::header::parse_header;
use crate::runtime::request::body;
use crate::runtime::request::path_segment::segment;
use crate::runtime::request::query::push_pairs;
use crate::runtime::request::style::{self, Style};
use crate::runtime::request::value::Value;
use crate::runtime::request::{Argument, ParamLocation, Request, ValidArgument};

/// Characters that are not encoded in a path segment: `pchar` of RFC 3986.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@');

/// Characters that are not encoded in a cookie value: `cookie-octet` of RFC 6265.
const COOKIE_VALUE: &AsciiSet = &SEGMENT
    .add(b';')
    .add(b',')
    .remove(b'/')
    .remove(b':')
    .remove(b'?')
    .remove(b'[')
    .remove(b']')
    .remove(b'{')
    .remove(b'}')
    .remove(b'#')
    .remove(b'<')
    .remove(b'>')
    .remove(b'^')
    .remove(b'`')
    .remove(b'|');

/// Characters that are not encoded in a cookie name. The value starts after `=`.
const COOKIE_NAME: &AsciiSet = &COOKIE_VALUE.add(b'=');

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
        let mut cookies = Vec::new();
        for (argument, value) in &values {
            let invalid = |error: ValidationError| error.within(argument.location.name());
            let written = encode_argument(argument, value, &mut encoded, &mut cookies);
            written.map_err(invalid)?;
        }
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
        for limit in &argument.limits {
            if !limit.unless.is_some_and(|other| self.is_true(other)) {
                (limit.check)(value)?;
            }
        }
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
        // Delimiters of the style inside a value are encoded, to distinguish them from delimiters of the
        // style.
        let encode = |text: &str, signs: &str| {
            let text = utf8_percent_encode(text, SEGMENT).to_string();
            signs.bytes().fold(text, |text, sign| {
                text.replace(char::from(sign), percent_encode_byte(sign))
            })
        };
        let text = style::text(name, argument.style, value, encode);
        let text = text.and_then(|text| match (argument.style, text.as_str()) {
            (Style::Label(_), ".") => Err(ValidationError::new("is empty")),
            // URLs treat an encoded dot like a dot.
            _ => segment(&text.replace("%2E", ".")).map(|()| text),
        });
        path.push_str(&text.map_err(|error| error.within(name))?);
        path.push_str(rest);
    }
    Ok(path)
}

/// Encodes an argument, unless it belongs to the path or the body.
fn encode_argument(
    argument: &Argument,
    value: &Value,
    encoded: &mut EncodedRequest,
    cookies: &mut Vec<String>,
) -> Result<(), ValidationError> {
    match argument.location {
        ParamLocation::Query(name) => {
            let pairs = style::pairs(name, argument.style, value)?;
            push_pairs(&mut encoded.query, &pairs, argument.allow_reserved);
        }
        ParamLocation::Header(name) => {
            let text = style::text(name, argument.style, value, |text, _| text.to_owned())?;
            let header = parse_header(name, text.as_bytes()).map_err(ValidationError::new)?;
            encoded.headers.push(header);
        }
        ParamLocation::Cookie(name) => {
            for pair in style::pairs(name, argument.style, value)? {
                let values = pair.values.iter();
                let values = values.map(|text| utf8_percent_encode(text, COOKIE_VALUE).to_string());
                let values: Vec<String> = values.collect();
                cookies.push(format!(
                    "{}={}",
                    utf8_percent_encode(&pair.name, COOKIE_NAME),
                    values.join(pair.delimiter)
                ));
            }
        }
        ParamLocation::Path(_)
        | ParamLocation::Property(_)
        | ParamLocation::Field(_)
        | ParamLocation::Part(..)
        | ParamLocation::Body(_) => (),
    }
    Ok(())
}
