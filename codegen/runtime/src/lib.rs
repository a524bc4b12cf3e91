//! The runtime of the generated crates as a crate of its own, so that it is compiled and tested.

#![allow(unused_macros, reason = "only generated code and tests call them")]
#![cfg_attr(
    not(feature = "exports"),
    allow(
        dead_code,
        unreachable_pub,
        unused_imports,
        reason = "only generated code uses them"
    )
)]

pub mod runtime;
