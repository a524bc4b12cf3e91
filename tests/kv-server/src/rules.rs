//! The limits of keys, values, metadata and expirations.

use std::fmt::Display;

use hyper::StatusCode;

use crate::error::ApiError;
use crate::store::Entry;

const MAX_KEY: usize = 512;
const MAX_METADATA: usize = 1_024;
/// 25 MiB, also for all values of a bulk get.
pub(crate) const MAX_VALUE: usize = 26_214_400;
/// Minimum time to live in seconds.
const MIN_TTL: i64 = 60;
/// Maximum time to live in seconds, which is 68 years.
const MAX_TTL: i64 = 2_147_483_647;
/// Maximum expiration: the end of the year 9999. Today's time in milliseconds is later than that.
const MAX_EXPIRATION: i64 = 253_402_300_799;

// Reasons to reject an expiration.
const NOT_POSITIVE: &str = "Please specify integer greater than 0.";
const SHORT: &str = "Expiration TTL must be at least 60.";
const NEAR: &str = "Expiration times must be at least 60 seconds in the future.";
const FAR: &str = "Expiration times must be seconds since the UNIX epoch, not milliseconds, and at most \
                   253402300799.";
const LONG: &str = "Expiration TTL must be at most 2147483647.";
const PAST: &str = "Please specify integer greater than the current number of seconds since the \
                    UNIX epoch.";

pub(crate) fn check_key(op: &str, key: &str) -> Result<(), ApiError> {
    if key.is_empty() {
        return Err(ApiError::of(op, "Key names must not be empty"));
    }
    if key == "." || key == ".." {
        let why = format!("Illegal key name \"{key}\". Please use a different name.");
        return Err(ApiError::of(op, why));
    }
    check_length(op, key)
}

/// The limit that also applies to prefixes.
pub(crate) fn check_length(op: &str, key: &str) -> Result<(), ApiError> {
    let length = key.len();
    if length > MAX_KEY {
        let why =
            format!("UTF-8 encoded length of {length} exceeds key length limit of {MAX_KEY}.");
        return Err(ApiError::of(op, why).status(StatusCode::URI_TOO_LONG));
    }
    Ok(())
}

pub(crate) fn check_entry(op: &str, entry: &Entry) -> Result<(), ApiError> {
    let metadata = entry
        .metadata
        .as_ref()
        .map_or(0, |metadata| metadata.get().len());
    check_size(op, "Metadata", metadata, MAX_METADATA)?;
    check_size(op, "Value", entry.value.len(), MAX_VALUE)
}

fn check_size(op: &str, what: &str, length: usize, limit: usize) -> Result<(), ApiError> {
    if length > limit {
        let why = format!("{what} length of {length} exceeds limit of {limit}.");
        return Err(ApiError::of(op, why).status(StatusCode::PAYLOAD_TOO_LARGE));
    }
    Ok(())
}

/// The expiration in a request.
#[derive(Clone, Copy)]
pub(crate) enum Expiry {
    Never,
    After(i64),
    At(i64),
}

impl Expiry {
    /// The TTL overrides the expiration.
    pub(crate) fn parse(op: &str, ttl: Option<&str>, at: Option<&str>) -> Result<Self, ApiError> {
        match (ttl, at) {
            (Some(ttl), _) => integer(op, "expiration_ttl", ttl).map(Self::After),
            (None, Some(at)) => integer(op, "expiration", at).map(Self::At),
            (None, None) => Ok(Self::Never),
        }
    }

    /// Returns the second since 1970-01-01 UTC at which the pair expires.
    pub(crate) fn check(self, op: &str, now: i64) -> Result<Option<i64>, ApiError> {
        let (name, number, why) = match self {
            Self::Never => return Ok(None),
            Self::After(ttl) if ttl > MAX_TTL => ("expiration_ttl", ttl, LONG),
            Self::After(ttl) if ttl >= MIN_TTL => return Ok(Some(now.saturating_add(ttl))),
            Self::At(at) if at > MAX_EXPIRATION => ("expiration", at, FAR),
            Self::At(at) if at >= now.saturating_add(MIN_TTL) => return Ok(Some(at)),
            Self::After(ttl) if ttl > 0 => ("expiration_ttl", ttl, SHORT),
            Self::After(ttl) => ("expiration_ttl", ttl, NOT_POSITIVE),
            Self::At(at) if at > now => ("expiration", at, NEAR),
            Self::At(at) => ("expiration", at, PAST),
        };
        Err(rejected(op, name, number, why))
    }
}

fn integer(op: &str, name: &str, text: &str) -> Result<i64, ApiError> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = digits.len() <= 15 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.parse().ok().filter(|_| plain);
    number.ok_or_else(|| rejected(op, name, text, NOT_POSITIVE))
}

fn rejected(op: &str, name: &str, value: impl Display, why: &str) -> ApiError {
    ApiError::of(op, format!("Invalid {name} of {value}. {why}")).code(10_033)
}
