//! Request bodies.

#[cfg(feature = "part-arrays")]
pub(crate) mod array;
#[cfg(all(feature = "part-uploads", feature = "part-json"))]
mod json;
#[cfg(feature = "part-bulk")]
pub(crate) mod metered;
#[cfg(feature = "part-multipart")]
pub(crate) mod multipart;
#[cfg(feature = "part-uploads")]
pub(crate) mod source;
#[cfg(feature = "part-uploads")]
pub(crate) mod stream;
#[cfg(feature = "part-uploads")]
mod streaming;
#[cfg(all(feature = "part-uploads", feature = "tokio-io"))]
mod tokio_file;
pub(crate) mod upload;
