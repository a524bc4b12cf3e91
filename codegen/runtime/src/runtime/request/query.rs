//! Arguments in queries, and in bodies that are written like them.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::runtime::http::query::start_pair;
use crate::runtime::request::style::Pair;

/// What stays as it is in a value whose reserved characters do: those of RFC 3986 that neither end a query nor part it,
/// and no `%`, so that a value that looks encoded arrives as it is.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// Adds pairs to a query, their reserved characters encoded or not.
///
/// What stands between the values of a pair is never written as it is inside of one. A server that splits before it
/// decodes can tell the two apart; one that decodes first cannot, whatever is sent.
pub(crate) fn push_pairs(query: &mut String, pairs: &[Pair], allow_reserved: bool) {
    for pair in pairs {
        start_pair(query, &pair.name);
        let between = match pair.delimiter {
            " " => "+",
            // Some servers refuse it as it is.
            "|" if !pair.values.iter().any(|value| value.contains('|')) => "%7C",
            other => other,
        };
        for (index, value) in pair.values.iter().enumerate() {
            if index > 0 {
                query.push_str(between);
            }
            let value: String = if allow_reserved {
                utf8_percent_encode(value, RESERVED).collect()
            } else {
                form_urlencoded::byte_serialize(value.as_bytes()).collect()
            };
            match pair.delimiter {
                " " => query.push_str(&value.replace('+', "%20")),
                "," => query.push_str(&value.replace(',', "%2C")),
                _ => query.push_str(&value),
            }
        }
    }
}
