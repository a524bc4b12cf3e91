//! Writes, reads and deletes a value, and reads its metadata.

use bytes::Bytes;
use hyper::Response;
use hyper::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use serde_json::value::RawValue;

use crate::effect::{Effect, Outcome};
use crate::envelope::ok;
use crate::error::ApiError;
use crate::json::compact;
use crate::multipart;
use crate::route::Call;
use crate::rules::{self, Expiry};
use crate::store::{Change, Entry};

pub(crate) fn get(call: &Call<'_>) -> Outcome {
    let entry = find(call)?;
    let mut response = Response::new(entry.value.clone());
    let headers = response.headers_mut();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("application/octet-stream"),
    );
    if let Some(at) = entry.expiration {
        headers.insert(HeaderName::from_static("expiration"), HeaderValue::from(at));
    }
    Ok(response.into())
}

pub(crate) fn metadata(call: &Call<'_>) -> Outcome {
    Ok(ok(&find(call)?.metadata).into())
}

pub(crate) fn delete(call: &Call<'_>) -> Outcome {
    rules::check_key(call.op, call.key)?;
    let key = call.key.to_owned();
    Ok(Effect::new(ok(()), [Change::Delete { key }]))
}

pub(crate) fn put(call: &Call<'_>) -> Outcome {
    let Call {
        op,
        request,
        key,
        now,
        ..
    } = *call;
    let (ttl, at) = (request.query("expiration_ttl"), request.query("expiration"));
    let expiry = Expiry::parse(op, ttl, at)?;
    let content_type = request
        .headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let (value, metadata) = match content_type {
        Some(kind) if multipart::is_form(kind) => read_form(op, kind, request.body()?)?,
        _ => (request.body()?.clone(), None),
    };

    rules::check_key(op, key)?;
    let entry = Entry {
        value,
        metadata,
        expiration: expiry.check(op, now)?,
    };
    rules::check_entry(op, &entry)?;
    let key = key.to_owned();
    Ok(Effect::new(ok(()), [Change::Put { key, entry }]))
}

fn find<'a>(call: &Call<'a>) -> Result<&'a Entry, ApiError> {
    rules::check_key(call.op, call.key)?;
    call.namespace
        .get(call.key)
        .ok_or_else(|| ApiError::key_not_found(call.op))
}

/// Returns the parts `value` and `metadata`. The last part with a name is used.
fn read_form(
    op: &str,
    content_type: &str,
    body: &Bytes,
) -> Result<(Bytes, Option<Box<RawValue>>), ApiError> {
    let parts = multipart::parse(content_type, body)
        .map_err(|why| ApiError::of(op, format_args!("invalid multipart body: {why}")))?;
    let part = |name: &str| parts.iter().rev().find(|part| part.name == name);
    let value = part("value")
        .ok_or_else(|| ApiError::of(op, "multipart body has no \"value\" part"))?
        .body
        .clone();
    let metadata = part("metadata").map_or(Ok(None), |part| read_metadata(&part.body))?;
    Ok((value, metadata))
}

/// Metadata `null` is the same as no metadata.
fn read_metadata(bytes: &[u8]) -> Result<Option<Box<RawValue>>, ApiError> {
    let text = String::from_utf8_lossy(bytes);
    let json: Option<&RawValue> = serde_json::from_str(&text)
        .map_err(|_| ApiError::new("metadata must be valid json").code(10_147))?;
    Ok(json.map(compact))
}
