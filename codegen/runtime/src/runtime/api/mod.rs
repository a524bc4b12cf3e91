//! An API as data.

pub(crate) mod auth_scheme;
pub(crate) mod call_info;
pub(crate) mod meta;
