//! Writes query strings.

use std::fmt::Display;

/// Appends a pair to a query string.
pub(crate) fn push_query(query: &mut String, name: &str, value: impl Display) {
    start_pair(query, name);
    query.extend(form_urlencoded::byte_serialize(
        value.to_string().as_bytes(),
    ));
}

pub(crate) fn start_pair(query: &mut String, name: &str) {
    if !query.is_empty() {
        query.push('&');
    }
    query.extend(form_urlencoded::byte_serialize(name.as_bytes()));
    query.push('=');
}
