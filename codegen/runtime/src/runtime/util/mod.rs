//! Helpers without a subject of their own.

pub(crate) mod lock;
pub(crate) mod random;
