//! Helpers that do not use any other module.

#[cfg(feature = "part-base64")]
pub(crate) mod base64;
pub(crate) mod integer;
pub(crate) mod lock;
#[cfg(feature = "part-optional-setters")]
pub(crate) mod optional;
#[cfg(feature = "part-seconds")]
pub(crate) mod seconds;
