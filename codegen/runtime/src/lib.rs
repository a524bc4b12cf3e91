//! The runtime of the generated crates as a crate of its own, so that it is compiled and tested.

#![allow(unused_macros, reason = "only generated code and tests call them")]

pub mod runtime;
