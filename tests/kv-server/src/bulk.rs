//! Bulk writes and bulk deletes.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::effect::{Effect, Outcome};
use crate::envelope::ok;
use crate::error::ApiError;
use crate::json::{Object, compact};
use crate::request::Request;
use crate::route::Call;
use crate::rules::{self, Expiry};
use crate::store::{Change, Entry};

const MAX_ITEMS: usize = 10_000;

/// Padding is optional, as in browsers.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

#[derive(Deserialize)]
struct Item<'a> {
    #[serde(borrow)]
    key: Cow<'a, str>,
    #[serde(borrow)]
    value: Cow<'a, str>,
    base64: Option<bool>,
    #[serde(borrow)]
    expiration: Option<&'a RawValue>,
    #[serde(borrow)]
    expiration_ttl: Option<&'a RawValue>,
    #[serde(borrow)]
    metadata: Option<&'a RawValue>,
}

#[derive(Serialize)]
struct Done<'a> {
    successful_key_count: usize,
    unsuccessful_keys: Vec<&'a str>,
}

/// Writes all pairs, or none if one of them is rejected. Keys that a fault names are not written.
pub(crate) fn put(call: &Call<'_>) -> Outcome {
    let Call {
        op, request, now, ..
    } = *call;
    let items: Vec<Object<Item>> = array(request, || {
        ApiError::of(
            op,
            "each item needs a string \"key\" and a string \"value\"",
        )
    })?;

    let mut pairs = HashMap::with_capacity(items.len());
    for Object(item) in &items {
        let entry = read_entry(op, item, now)?;
        match pairs.entry(&*item.key) {
            Slot::Vacant(slot) => drop(slot.insert(entry)),
            Slot::Occupied(slot) if slot.get().is_equal(&entry) => {}
            Slot::Occupied(slot) => {
                let why = "received duplicate key with different values or expiration parameters";
                return Err(ApiError::of(op, format_args!("{why}: \"{}\"", slot.key())));
            }
        }
    }
    let mut unsuccessful_keys = Vec::new();
    let mut changes = Vec::new();
    for (key, entry) in pairs {
        if call.fails(key) {
            unsuccessful_keys.push(key);
        } else {
            let key = key.to_owned();
            changes.push(Change::Put { key, entry });
        }
    }
    Ok(done(unsuccessful_keys, changes))
}

/// Deletes the valid keys and returns the others. Rejects the request if all keys are invalid.
pub(crate) fn delete(call: &Call<'_>) -> Outcome {
    let invalid_item = || ApiError::new("each item must be a string");
    let keys: Vec<String> = array(call.request, invalid_item)?;

    let mut unsuccessful_keys = Vec::new();
    let mut changes = Vec::new();
    let mut refusal = None;
    for key in &keys {
        let checked = rules::check_key(call.op, key);
        if checked.is_ok() && !call.fails(key) {
            let key = key.clone();
            changes.push(Change::Delete { key });
        } else {
            unsuccessful_keys.push(key.as_str());
            refusal = refusal.or(checked.err());
        }
    }
    match refusal {
        Some(error) if changes.is_empty() => Err(error),
        _ => Ok(done(unsuccessful_keys, changes)),
    }
}

/// Returns the counts of a bulk call with one change for each successful key.
fn done(mut unsuccessful_keys: Vec<&str>, changes: Vec<Change>) -> Effect {
    unsuccessful_keys.sort_unstable();
    let done = Done {
        successful_key_count: changes.len(),
        unsuccessful_keys,
    };
    Effect::new(ok(done), changes)
}

fn array<'a, T: Deserialize<'a>>(
    request: &'a Request,
    invalid_item: impl FnOnce() -> ApiError,
) -> Result<Vec<T>, ApiError> {
    let is_array = request.body()?.trim_ascii_start().starts_with(b"[");
    let invalid_body = || ApiError::new("request body must be a JSON array");
    let items: Vec<T> = request.json(|| {
        if is_array {
            invalid_item()
        } else {
            invalid_body()
        }
    })?;
    if items.len() > MAX_ITEMS {
        return Err(ApiError::new("at most 10,000 items per bulk request"));
    }
    Ok(items)
}

fn read_entry(op: &str, item: &Item<'_>, now: i64) -> Result<Entry, ApiError> {
    let value = if item.base64 == Some(true) {
        decode(&item.value).ok_or_else(|| ApiError::of(op, "Invalid base64 value"))?
    } else {
        Bytes::copy_from_slice(item.value.as_bytes())
    };
    let (ttl, at) = (item.expiration_ttl.map(plain), item.expiration.map(plain));
    let expiry = Expiry::parse(op, ttl.as_deref(), at.as_deref())?;

    rules::check_key(op, &item.key)?;
    let metadata = item.metadata.map(compact);
    let entry = Entry {
        value,
        metadata,
        expiration: expiry.check(op, now)?,
    };
    rules::check_entry(op, &entry)?;
    Ok(entry)
}

/// Base64 may contain spaces and line breaks.
fn decode(text: &str) -> Option<Bytes> {
    let mut text = Cow::Borrowed(text.as_bytes());
    if text.iter().any(u8::is_ascii_whitespace) {
        text.to_mut().retain(|byte| !byte.is_ascii_whitespace());
    }
    BASE64.decode(&*text).ok().map(Bytes::from)
}

/// Returns a JSON number or string in the form of a query parameter: `90.0` and `"90"` are both `90`.
fn plain(json: &RawValue) -> String {
    let text = json.get();
    if let Ok(string) = serde_json::from_str(text) {
        return string;
    }
    let number: Option<f64> = text.parse().ok();
    number.map_or_else(|| text.to_owned(), |number| number.to_string())
}
