//! Selects and encodes credentials.

pub(crate) mod encode;
pub(crate) mod store;
