//! Decodes responses.

#[cfg(feature = "part-binary")]
pub(crate) mod binary;
pub(crate) mod decode;
#[cfg(feature = "part-envelope")]
mod result;
#[cfg(feature = "part-responses")]
pub(crate) mod select;
pub(crate) mod typed;
