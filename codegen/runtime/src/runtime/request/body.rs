//! Encodes the body of a request from its arguments.

use crate::runtime::api::meta::{BodyFormat, Meta};
#[cfg(feature = "part-multipart")]
use crate::runtime::body::multipart::MultipartForm;
use crate::runtime::body::upload::Upload;
use crate::runtime::error::validation::ValidationError;
use crate::runtime::request::ParamLocation;
use crate::runtime::request::ValidArgument;
#[cfg(feature = "part-multipart")]
use crate::runtime::request::form::form;
#[cfg(feature = "part-url-encoded")]
use crate::runtime::request::query::push_argument;
use crate::runtime::request::value::Value;

/// Returns the media type and the body, if there is a body.
pub(crate) fn body(
    meta: &Meta,
    values: &[ValidArgument<'_>],
) -> Result<Option<(String, Upload)>, ValidationError> {
    #[cfg(feature = "part-required-if-body")]
    check_required_properties(meta, values)?;
    let whole = values
        .iter()
        .find(|(argument, _)| matches!(argument.location, ParamLocation::Body(_)));
    let name = whole.map_or("body", |(argument, _)| argument.location.name());
    let invalid = |error: ValidationError| error.within(name);
    let with = |media_type: &str, body| Some((media_type.to_owned(), body));
    let body = match (meta.body_format, whole) {
        (BodyFormat::Json(media_type), Some((_, value))) => {
            with(media_type, json(value).map_err(invalid)?)
        }
        (BodyFormat::Json(media_type), None) => {
            object(values)?.and_then(|body| with(media_type, body))
        }
        #[cfg(feature = "part-object-bodies")]
        (BodyFormat::Object(media_type), _) => {
            with(media_type, object(values)?.unwrap_or_else(|| "{}".into()))
        }
        #[cfg(feature = "part-raw-bodies")]
        (BodyFormat::Raw(media_type), Some((_, value))) => {
            with(media_type, raw(value).map_err(invalid)?)
        }
        #[cfg(feature = "part-raw-bodies")]
        (BodyFormat::Raw(_), None) => None,
        #[cfg(feature = "part-multipart")]
        (BodyFormat::Form(raw), _) => {
            multipart(meta, values)?.map(|form| form.encode("multipart/form-data", raw))
        }
        #[cfg(feature = "part-multipart")]
        (BodyFormat::Multipart(media_type), _) => {
            multipart(meta, values)?.map(|form| form.encode(media_type, None))
        }
        #[cfg(feature = "part-url-encoded")]
        (BodyFormat::UrlEncoded, _) => {
            let empty = || meta.sends_empty_form.then(|| String::new().into());
            let fields = fields(values)?.or_else(empty);
            fields.and_then(|body| with("application/x-www-form-urlencoded", body))
        }
    };
    #[cfg(feature = "part-max-body")]
    let size = body.as_ref().and_then(|(_, body)| body.size());
    #[cfg(feature = "part-max-body")]
    if let (Some(max), Some(size)) = (meta.max_body, size)
        && size > max
    {
        let reason = format!("has {size} bytes; the maximum is {max}");
        return Err(invalid(ValidationError::new(reason)));
    }
    Ok(body)
}

/// Fails if some properties of an optional body are set, but not all required ones.
#[cfg(feature = "part-required-if-body")]
fn check_required_properties(
    meta: &Meta,
    values: &[ValidArgument<'_>],
) -> Result<(), ValidationError> {
    let given = values
        .iter()
        .filter_map(|(argument, _)| match argument.location {
            ParamLocation::Property(name)
            | ParamLocation::Field(name)
            | ParamLocation::Part(name, _) => Some(name),
            _ => None,
        });
    let given: Vec<_> = given.collect();
    let mut required = meta.required_if_body.iter();
    match required.find(|name| !given.contains(name)) {
        Some(missing) if !given.is_empty() => Err(ValidationError::new(
            "is missing; it is required if the body is sent",
        )
        .within(missing)),
        _ => Ok(()),
    }
}

/// Encodes a JSON body.
fn json(value: &Value) -> Result<Upload, ValidationError> {
    match value {
        #[cfg(feature = "part-arrays")]
        Value::Array(items) => items.to_upload(),
        _ => Ok(value.to_json()?.into()),
    }
}

/// Returns a raw body.
#[cfg(feature = "part-raw-bodies")]
fn raw(value: &Value) -> Result<Upload, ValidationError> {
    match value {
        #[cfg(feature = "part-uploads")]
        Value::Content(contents) => match contents.as_slice() {
            [content] => Ok(content.clone()),
            _ => Ok(Upload::parts(contents.clone())),
        },
        Value::Text(text) => Ok(text.clone().into()),
        Value::Json(_) => Ok(value.to_json()?.into()),
        #[cfg(feature = "part-arrays")]
        Value::Array(_) => Ok(value.to_json()?.into()),
    }
}

/// Encodes an object of the `Property` arguments, if there are any.
fn object(values: &[ValidArgument<'_>]) -> Result<Option<Upload>, ValidationError> {
    let mut text = Vec::new();
    for (argument, value) in values {
        let ParamLocation::Property(name) = argument.location else {
            continue;
        };
        let invalid = |error: ValidationError| error.within(name);
        text.push(if text.is_empty() { b'{' } else { b',' });
        text.extend(
            Value::json(name)
                .and_then(|name| name.to_json())
                .map_err(invalid)?,
        );
        text.push(b':');
        text.extend(value.to_json().map_err(invalid)?);
    }
    if text.is_empty() {
        return Ok(None);
    }
    text.push(b'}');
    Ok(Some(text.into()))
}

/// Returns the form of the `Part` and `Field` arguments, if it is sent.
#[cfg(feature = "part-multipart")]
fn multipart(
    meta: &Meta,
    values: &[ValidArgument<'_>],
) -> Result<Option<MultipartForm>, ValidationError> {
    let form = form(values)?;
    Ok((meta.sends_empty_form || !form.is_empty()).then_some(form))
}

/// Encodes form fields as in queries. An empty list counts as a field, although it produces no pairs.
#[cfg(feature = "part-url-encoded")]
fn fields(values: &[ValidArgument<'_>]) -> Result<Option<Upload>, ValidationError> {
    let mut text = String::new();
    let mut any = false;
    for (argument, value) in values {
        if let ParamLocation::Field(name) | ParamLocation::Body(name) = argument.location {
            push_argument(&mut text, (argument, value)).map_err(|error| error.within(name))?;
            any = true;
        }
    }
    Ok(any.then(|| text.into()))
}
