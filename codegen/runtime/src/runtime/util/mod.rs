//! Helpers that do not use any other module.

pub(crate) mod integer;
pub(crate) mod lock;
pub(crate) mod random;
