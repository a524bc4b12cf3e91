//! Description of an API as data. It does not use any other module.

#[cfg(feature = "part-credentials")]
pub(crate) mod auth_scheme;
pub(crate) mod call_info;
pub(crate) mod meta;
