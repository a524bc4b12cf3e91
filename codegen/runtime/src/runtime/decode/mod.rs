//! Reads JSON from responses.

pub(crate) mod envelope;
pub mod integer;
pub(crate) mod page_info;
pub(crate) mod path;
