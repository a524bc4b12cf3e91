//! An API as data.

#[cfg(feature = "part-credentials")]
pub(crate) mod auth_scheme;
pub(crate) mod call_info;
pub(crate) mod meta;
