//! Selects and encodes credentials.

pub(crate) mod check;
pub(crate) mod describe;
pub(crate) mod encode;
#[cfg(feature = "part-tokens")]
pub(crate) mod provider;
pub(crate) mod store;
