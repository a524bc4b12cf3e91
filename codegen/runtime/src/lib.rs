//! The runtime of the generated crates as a crate of its own, so that it is compiled and tested.

#![allow(unused_macros, reason = "generated crates use them")]

pub mod runtime;

#[allow(unused_imports, reason = "generated crates use them")]
mod macros {
    #[cfg(feature = "part-unions")]
    use crate::runtime::json_union;
    #[cfg(feature = "part-union-display")]
    use crate::runtime::union_display;
    #[cfg(feature = "part-enums")]
    use crate::runtime::words;
    #[cfg(feature = "part-objects")]
    use crate::runtime::{json_object, json_property};
}
