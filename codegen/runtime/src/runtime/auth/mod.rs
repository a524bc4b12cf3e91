//! Credentials.

pub(crate) mod credential;
pub(crate) mod store;
