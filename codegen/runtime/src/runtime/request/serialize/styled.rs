//! Serializes lists and objects in a style that is not the default of the location.

use std::borrow::Cow;

use serde_json::value::RawValue;

use crate::runtime::error::validation::ValidationError;
use crate::runtime::request::serialize::json_shape::{JsonShape, Pair, json, plain_text, words};
use crate::runtime::request::style::Style;
use crate::runtime::request::value::Value;
use crate::runtime::request::{Argument, ValidArgument};

/// Maximum depth of a value. It is the limit of the JSON parser.
const MAX_DEPTH: usize = 128;

/// Encodes an argument as pairs. Returns `None` if they are the same as in the default style.
pub(super) fn pairs(argument: ValidArgument<'_>) -> Result<Option<Vec<Pair>>, ValidationError> {
    let (
        &Argument {
            location, style, ..
        },
        value,
    ) = argument;
    let name = location.name();
    let joined = |values, delimiter| Pair {
        name: name.to_owned(),
        values,
        delimiter,
    };
    let text = match value {
        Value::Text(_) if style != Style::Json => return Ok(None),
        _ => json(value)?,
    };
    match (style, JsonShape::of(&text)?) {
        (Style::Json, _) => Ok(Some(vec![joined(vec![text], "")])),
        (Style::DeepObject, _) => {
            let mut pairs = Vec::new();
            push_deep_object(name.to_owned(), &text, 0, &mut pairs)?;
            Ok(Some(pairs))
        }
        (Style::Delimited(delimiter), shape) => {
            let words = words(shape, str::to_owned);
            Ok((!words.is_empty()).then(|| vec![joined(words, delimiter)]))
        }
        _ => Ok(None),
    }
}

/// Encodes an argument as text. Returns `None` in the default style.
pub(super) fn text(
    argument: ValidArgument<'_>,
    encode: impl for<'t> Fn(&'t str, &str) -> Cow<'t, str>,
) -> Result<Option<String>, ValidationError> {
    let (
        &Argument {
            location, style, ..
        },
        value,
    ) = argument;
    if style == Style::Default {
        return Ok(None);
    }
    let (start, between, named) = affixes(location.name(), style);
    // Without a prefix, a single value contains no delimiters.
    let delimiters_of_single = if start.is_empty() {
        ""
    } else {
        delimiters(style)
    };
    let single = |text: &str| encode(text, delimiters_of_single).into_owned();
    let encode = |text: &str| encode(text, delimiters(style)).into_owned();
    let text = match value {
        Value::Text(text) if style != Style::Json => return Ok(Some(start + &single(text))),
        _ => json(value)?,
    };
    let words = match (JsonShape::of(&text)?, named) {
        _ if style == Style::Json => vec![single(&text)],
        (JsonShape::Null, _) => return Ok(Some(String::new())),
        (JsonShape::Scalar, _) => vec![single(&plain_text(&text))],
        (JsonShape::Object(entries), Some(between)) => {
            let pair = |(key, value): &(String, &RawValue)| {
                format!("{}={}", encode(key), encode(&plain_text(value.get())))
            };
            let pairs: Vec<String> = entries.iter().map(pair).collect();
            // Exploded properties replace the name of the parameter.
            let start = if start.is_empty() { "" } else { between };
            return Ok(Some(format!("{start}{}", pairs.join(between))));
        }
        (shape, _) => words(shape, encode),
    };
    Ok(Some(start + &words.join(&between)))
}

/// Returns the prefix, the delimiter of items, and the delimiter of exploded properties.
fn affixes(name: &str, style: Style) -> (String, Cow<'static, str>, Option<&'static str>) {
    match style {
        Style::Delimited(delimiter) => (String::new(), delimiter.into(), None),
        Style::ExplodedSimple => (String::new(), ",".into(), Some(",")),
        Style::Label(true) => (".".to_owned(), ".".into(), Some(".")),
        Style::Label(false) => (".".to_owned(), ",".into(), None),
        Style::DottedLabel => (".".to_owned(), ".".into(), None),
        Style::Matrix(true) => (format!(";{name}="), format!(";{name}=").into(), Some(";")),
        Style::Matrix(false) => (format!(";{name}="), ",".into(), None),
        Style::Default | Style::DeepObject | Style::Json => (String::new(), ",".into(), None),
    }
}

/// Returns the characters that have a meaning in a style.
fn delimiters(style: Style) -> &'static str {
    match style {
        Style::Default | Style::Delimited(_) | Style::Label(false) | Style::DeepObject => ",",
        Style::ExplodedSimple => ",=",
        Style::Label(true) => ".=",
        Style::DottedLabel => ".",
        Style::Matrix(false) => ";,",
        Style::Matrix(true) => ";=",
        Style::Json => "",
    }
}

fn push_deep_object(
    name: String,
    text: &str,
    depth: usize,
    pairs: &mut Vec<Pair>,
) -> Result<(), ValidationError> {
    if depth > MAX_DEPTH {
        return Err(ValidationError::new("is nested too deeply"));
    }
    match JsonShape::of(text)? {
        JsonShape::Null => {}
        JsonShape::Scalar => pairs.push(Pair {
            name,
            values: vec![plain_text(text)],
            delimiter: "",
        }),
        JsonShape::List(items) => {
            for (index, item) in items.iter().enumerate() {
                push_deep_object(format!("{name}[{index}]"), item.get(), depth + 1, pairs)?;
            }
        }
        JsonShape::Object(entries) => {
            for (key, value) in entries {
                push_deep_object(format!("{name}[{key}]"), value.get(), depth + 1, pairs)?;
            }
        }
    }
    Ok(())
}
