//! Reads JSON from responses.

#[cfg(feature = "part-envelope")]
pub(crate) mod envelope;
#[cfg(feature = "part-integers")]
pub mod integer;
#[cfg(feature = "part-paging")]
pub(crate) mod page_info;
pub(crate) mod path;
