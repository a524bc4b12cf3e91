//! Reads JSON from responses.

#[cfg(feature = "part-envelope")]
pub(crate) mod envelope;
#[cfg(feature = "part-integers")]
pub mod integer;
pub(crate) mod path;
