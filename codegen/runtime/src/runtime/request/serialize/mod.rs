//! Serializes arguments as text for paths and headers, or as pairs for queries, forms and cookies.

mod json_shape;
#[cfg(feature = "part-styles")]
mod styled;

use std::borrow::Cow;

use crate::runtime::error::validation::ValidationError;
use crate::runtime::request::serialize::json_shape::{JsonShape, Pair, json, plain_text, words};
use crate::runtime::request::value::Value;
use crate::runtime::request::{Argument, ValidArgument};

/// Encodes an argument as pairs.
pub(crate) fn pairs(argument: ValidArgument<'_>) -> Result<Vec<Pair>, ValidationError> {
    #[cfg(feature = "part-styles")]
    if let Some(pairs) = styled::pairs(argument)? {
        return Ok(pairs);
    }
    let (Argument { location, .. }, value) = argument;
    let name = location.name();
    let pair = |name: String, text| Pair {
        name,
        values: vec![text],
        delimiter: "",
    };
    let text = match value {
        Value::Text(text) => return Ok(vec![pair(name.to_owned(), text.clone())]),
        _ => json(value)?,
    };
    let pairs = match JsonShape::of(&text)? {
        JsonShape::Null => Vec::new(),
        JsonShape::Scalar => vec![pair(name.to_owned(), plain_text(&text))],
        JsonShape::List(items) => items
            .iter()
            .map(|item| pair(name.to_owned(), plain_text(item.get())))
            .collect(),
        JsonShape::Object(entries) => entries
            .into_iter()
            .map(|(name, value)| pair(name, plain_text(value.get())))
            .collect(),
    };
    Ok(pairs)
}

/// Encodes an argument as text. `encode` receives a text, and the delimiters of the style that must be encoded in it.
pub(crate) fn text<'a>(
    argument: ValidArgument<'a>,
    encode: impl for<'t> Fn(&'t str, &str) -> Cow<'t, str>,
) -> Result<Cow<'a, str>, ValidationError> {
    #[cfg(feature = "part-styles")]
    if let Some(text) = styled::text(argument, &encode)? {
        return Ok(text.into());
    }
    let (_, value) = argument;
    // A single value contains no delimiters.
    let text = match value {
        Value::Text(text) => return Ok(encode(text, "")),
        _ => json(value)?,
    };
    Ok(match JsonShape::of(&text)? {
        JsonShape::Null => String::new(),
        JsonShape::Scalar => encode(&plain_text(&text), "").into(),
        shape => words(shape, |text| encode(text, ",").into()).join(","),
    }
    .into())
}
