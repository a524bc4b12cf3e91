//! Selects and encodes credentials.

pub(crate) mod check;
pub(crate) mod describe;
pub(crate) mod encode;
pub(crate) mod store;
