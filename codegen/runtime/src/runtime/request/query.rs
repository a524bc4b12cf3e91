//! Encodes arguments as queries and forms.

#[cfg(feature = "part-allow-reserved")]
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::runtime::error::validation::ValidationError;
use crate::runtime::http::query::start_pair;
use crate::runtime::request::ValidArgument;
use crate::runtime::request::serialize;

/// Characters that are not encoded if reserved characters are allowed: the reserved characters of RFC 3986 except `&`,
/// `#`, `+`, `[` and `]`. `%` is always encoded, so that a value that looks encoded is not decoded twice.
#[cfg(feature = "part-allow-reserved")]
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

/// Appends the pairs of an argument to a query.
///
/// The delimiter between the values of a pair is always encoded inside a value. A server that splits
/// before it decodes can distinguish the two.
pub(crate) fn push_argument(
    query: &mut String,
    argument: ValidArgument<'_>,
) -> Result<(), ValidationError> {
    for pair in serialize::pairs(argument)? {
        start_pair(query, &pair.name);
        let between = match pair.delimiter {
            " " => "+",
            // Some servers reject an unencoded `|`.
            "|" if !pair.values.iter().any(|value| value.contains('|')) => "%7C",
            other => other,
        };
        for (index, value) in pair.values.iter().enumerate() {
            if index > 0 {
                query.push_str(between);
            }
            let encoded: String = form_urlencoded::byte_serialize(value.as_bytes()).collect();
            #[cfg(feature = "part-allow-reserved")]
            let encoded = if argument.0.allow_reserved {
                utf8_percent_encode(value, RESERVED).collect()
            } else {
                encoded
            };
            match pair.delimiter {
                " " => query.push_str(&encoded.replace('+', "%20")),
                "," => query.push_str(&encoded.replace(',', "%2C")),
                _ => query.push_str(&encoded),
            }
        }
    }
    Ok(())
}
