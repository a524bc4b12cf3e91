//! Reads up to a hundred values as text or as JSON, with or without their metadata.

use std::borrow::Cow;
use std::collections::BTreeMap;

use hyper::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::effect::Outcome;
use crate::envelope::ok;
use crate::error::ApiError;
use crate::json::Object;
use crate::route::Call;
use crate::rules;
use crate::store::Entry;

const MAX_KEYS: usize = 100;
const NOT_JSON: &str = "At least one of the requested keys corresponds to a non-json value";

#[derive(Deserialize)]
struct BulkGetRequest {
    keys: Vec<String>,
    r#type: Option<String>,
    #[serde(rename = "withMetadata")]
    with_metadata: Option<bool>,
}

#[derive(Serialize)]
struct EntryWithMetadata<'a> {
    /// A missing key is null.
    values: BTreeMap<&'a str, Option<Item<'a>>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Item<'a> {
    Bare(Value<'a>),
    WithMetadata {
        value: Value<'a>,
        metadata: Option<&'a RawValue>,
        #[serde(skip_serializing_if = "Option::is_none")]
        expiration: Option<i64>,
    },
}

#[derive(Serialize)]
#[serde(untagged)]
enum Value<'a> {
    Text(Cow<'a, str>),
    Json(Box<RawValue>),
}

pub(crate) fn get(call: &Call<'_>) -> Outcome {
    let Call {
        op,
        request,
        namespace,
        ..
    } = *call;
    let Object(asked) = request.json(|| {
        let why = "keys must be an array of strings, type a string, withMetadata a boolean";
        ApiError::of(op, why)
    })?;
    let BulkGetRequest {
        keys,
        r#type,
        with_metadata,
    } = asked;
    if keys.is_empty() {
        return Err(ApiError::of(op, "You must request a minimum of 1 key"));
    }
    if keys.len() > MAX_KEYS {
        return Err(ApiError::of(
            op,
            format!("You can request a maximum of {MAX_KEYS} keys"),
        ));
    }
    let as_json = match r#type.as_deref() {
        None | Some("" | "text") => false,
        Some("json") => true,
        Some(other) => {
            let why = format!("\"{other}\" is not a valid type. Use \"json\" or \"text\"");
            return Err(ApiError::of(op, why));
        }
    };

    let mut found = BTreeMap::new();
    for key in &keys {
        rules::check_key(op, key)?;
        found.insert(key.as_str(), namespace.get(key));
    }
    let total: usize = found
        .values()
        .flatten()
        .map(|entry| entry.value.len())
        .sum();
    if total > rules::MAX_VALUE {
        let error = ApiError::of(op, "Total size of request exceeds the limit of 25MB");
        return Err(error.status(StatusCode::PAYLOAD_TOO_LARGE));
    }

    let mut values = BTreeMap::new();
    for (key, entry) in found {
        let item = match entry {
            Some(entry) => show(entry, as_json, with_metadata.unwrap_or_default())
                .map_err(|_| ApiError::of(op, NOT_JSON))?,
            None => None,
        };
        values.insert(key, item);
    }
    Ok(ok(EntryWithMetadata { values }).into())
}

/// Fails if JSON is requested and the value is not JSON. A stored `null` reads like a missing key.
fn show(entry: &Entry, as_json: bool, with_metadata: bool) -> serde_json::Result<Option<Item<'_>>> {
    let text = text(&entry.value);
    let value = if as_json {
        serde_json::from_str::<Option<_>>(&text)?.map(Value::Json)
    } else {
        Some(Value::Text(text))
    };
    let Entry {
        metadata,
        expiration,
        ..
    } = entry;
    Ok(value.map(|value| {
        if with_metadata {
            Item::WithMetadata {
                value,
                metadata: metadata.as_deref(),
                expiration: *expiration,
            }
        } else {
            Item::Bare(value)
        }
    }))
}

/// Returns the value as text, without a byte order mark and with replacements for invalid UTF-8.
fn text(value: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(value.strip_prefix(b"\xef\xbb\xbf").unwrap_or(value))
}
