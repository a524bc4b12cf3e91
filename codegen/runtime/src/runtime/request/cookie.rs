//! Encodes arguments and credentials as cookies.

use percent_encoding::{AsciiSet, utf8_percent_encode};

use crate::runtime::error::validation::ValidationError;
use crate::runtime::request::path_segment::SEGMENT;
use crate::runtime::request::serialize;
use crate::runtime::request::value::Value;
use crate::runtime::request::{Argument, ParamLocation};

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

/// Returns the cookies of an argument.
pub(crate) fn cookie_pairs(
    argument: &Argument,
    value: &Value,
) -> Result<Vec<String>, ValidationError> {
    if !matches!(argument.location, ParamLocation::Cookie(_)) {
        return Ok(Vec::new());
    }
    let pairs = serialize::pairs((argument, value))?.into_iter();
    let cookies = pairs.map(|pair| cookie_pair(&pair.name, &pair.values, pair.delimiter));
    Ok(cookies.collect())
}

/// Returns a cookie whose value is a list of encoded texts.
pub(crate) fn cookie_pair(name: &str, values: &[String], delimiter: &str) -> String {
    let values = values.iter();
    let values = values.map(|text| utf8_percent_encode(text, COOKIE_VALUE).to_string());
    let values: Vec<String> = values.collect();
    format!(
        "{}={}",
        utf8_percent_encode(name, COOKIE_NAME),
        values.join(delimiter)
    )
}
