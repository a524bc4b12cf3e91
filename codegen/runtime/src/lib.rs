//! The runtime of generated crates, as a crate for tests and lints.
//!
//! The generator copies `runtime/` into every generated crate. There, `crate::runtime` is the same
//! path.

pub mod runtime;
