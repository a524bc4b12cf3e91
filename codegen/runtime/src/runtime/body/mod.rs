//! Request bodies.

pub(crate) mod array;
pub(crate) mod multipart;
pub(crate) mod source;
pub(crate) mod stream;
pub(crate) mod upload;
