//! The runtime of the generated crates as a crate of its own, so that it is compiled and tested.

pub mod runtime;
