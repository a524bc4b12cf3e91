//! The runtime of generated crates, as a crate for tests and lints.
//!
//! The generator copies `runtime/` into every generated crate. There, `crate::runtime` is the same
//! path.

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
