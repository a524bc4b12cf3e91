//! Credentials.

pub(crate) mod encode;
pub(crate) mod store;
