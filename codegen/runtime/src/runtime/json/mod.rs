//! Maps models to JSON.

pub(crate) mod constructor;
pub(crate) mod eq;
pub mod field_reader;
pub mod matcher;
pub(crate) mod nullable;
pub mod object;
pub mod string_enum;
pub mod union;
pub(crate) mod value;
