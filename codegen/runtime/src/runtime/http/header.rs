//! Reads and writes headers.

use reqwest::header::{COOKIE, HeaderMap, HeaderName, HeaderValue};

use crate::runtime::util::integer::from_header;

/// A type that a header value can be parsed as: text, an integer, a number or a boolean.
pub trait FromHeader<'a>: Sized {
    /// Parses a header value.
    fn from_header(text: &'a str) -> Option<Self>;

    /// Parses the header with this name.
    fn read(headers: &'a HeaderMap, name: &str) -> Option<Self> {
        Self::from_header(headers.get(name)?.to_str().ok()?)
    }
}

impl FromHeader<'_> for String {
    fn from_header(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }
}

impl<'a> FromHeader<'a> for &'a str {
    fn from_header(text: &'a str) -> Option<Self> {
        Some(text)
    }
}

impl FromHeader<'_> for i64 {
    fn from_header(text: &str) -> Option<Self> {
        from_header(text)
    }
}

impl FromHeader<'_> for u64 {
    fn from_header(text: &str) -> Option<Self> {
        let text = text.trim();
        let signed = || u64::try_from(i64::from_header(text)?).ok();
        text.parse().ok().or_else(signed)
    }
}

impl FromHeader<'_> for f64 {
    fn from_header(text: &str) -> Option<Self> {
        text.trim().parse().ok()
    }
}

impl FromHeader<'_> for bool {
    fn from_header(text: &str) -> Option<Self> {
        text.trim().parse().ok()
    }
}

/// Validates a header. The error is the predicate of a sentence.
pub(crate) fn parse_header(
    name: &str,
    value: &[u8],
) -> Result<(HeaderName, HeaderValue), &'static str> {
    let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| "is not a valid header name")?;
    let value = HeaderValue::from_bytes(value).map_err(|_| "contains a control character")?;
    Ok((name, value))
}

/// Sets a header. Cookies are appended to existing cookies.
pub(crate) fn set_header(headers: &mut HeaderMap, name: &HeaderName, value: &HeaderValue) {
    let mut value = value.clone();
    if *name == COOKIE {
        if let Some(before) = headers.get(name) {
            let both = [before.as_bytes(), b"; ", value.as_bytes()].concat();
            value = HeaderValue::from_bytes(&both).unwrap_or(value);
        }
        value.set_sensitive(true);
    }
    headers.insert(name, value);
}
