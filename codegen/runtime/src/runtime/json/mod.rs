//! Maps models to JSON.

#[cfg(feature = "part-union-display")]
pub mod display;
#[cfg(feature = "part-json")]
pub(crate) mod eq;
#[cfg(feature = "part-objects")]
pub mod field_reader;
#[cfg(feature = "part-unions")]
pub mod matcher;
#[cfg(feature = "part-nullable")]
pub(crate) mod nullable;
#[cfg(feature = "part-objects")]
pub mod object;
#[cfg(feature = "part-strict-json")]
pub(crate) mod strict;
#[cfg(feature = "part-enums")]
pub mod string_enum;
#[cfg(feature = "part-unions")]
pub mod union;
#[cfg(feature = "part-unknown-values")]
pub(crate) mod unknown_value;
#[cfg(feature = "part-json")]
pub(crate) mod value;
