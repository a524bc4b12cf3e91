//! Writes examples of calls for the docs.

mod call;
mod values;

pub(crate) use call::{block, function, of_handle};
