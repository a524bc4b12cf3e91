//! Lists the keys of a namespace in pages.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use serde_json::value::RawValue;

use crate::effect::Outcome;
use crate::envelope::ok_with_info;
use crate::error::ApiError;
use crate::route::Call;
use crate::rules;

#[derive(Serialize)]
struct Key<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    expiration: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    metadata: Option<&'a RawValue>,
}

#[derive(Serialize)]
struct CursorInfo {
    count: usize,
    /// Empty on the last page.
    cursor: String,
}

pub(crate) fn list(call: &Call<'_>) -> Outcome {
    let limit = call
        .request
        .integer("limit", 10..=1000, 1000)?
        .min(call.page_size_cap);
    let prefix = call.request.query("prefix").unwrap_or_default();
    rules::check_length(call.op, prefix)?;
    let after = match call.request.query("cursor").unwrap_or_default() {
        "" => None,
        cursor => Some(read_cursor(call.op, cursor)?),
    };

    let mut pairs = call.namespace.list(prefix, after.as_deref());
    let page: Vec<Key> = pairs
        .by_ref()
        .take(limit)
        .map(|(name, entry)| Key {
            name,
            expiration: entry.expiration,
            metadata: entry.metadata.as_deref(),
        })
        .collect();
    let cursor = match (page.last(), pairs.next()) {
        (Some(last), Some(_)) => URL_SAFE_NO_PAD.encode(last.name),
        _ => String::new(),
    };
    let info = CursorInfo {
        count: page.len(),
        cursor,
    };
    Ok(ok_with_info(&page, info).into())
}

/// A cursor is the encoded name of the previous key.
fn read_cursor(op: &str, cursor: &str) -> Result<String, ApiError> {
    let name = URL_SAFE_NO_PAD
        .decode(cursor)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok());
    name.ok_or_else(|| ApiError::of(op, "Invalid cursor"))
}
