//! Request bodies: the encoding of the body, and an argument for each part of it.
//!
//! Input: the `requestBody` of an operation. Output: an `ir::Body`, and arguments. `request_body` is the entry: it
//! sorts the media types (`media_types`), chooses one and calls `json`, `multipart` or `url_encoded`. These use
//! `arguments`, `encoding` and `form_schema`.

pub(in crate::lower) mod arguments;
pub(in crate::lower) mod encoding;
pub(in crate::lower) mod form_schema;
pub(in crate::lower) mod json;
pub(in crate::lower) mod lowering;
pub(in crate::lower) mod media_types;
pub(in crate::lower) mod multipart;
pub(in crate::lower) mod request_body;
pub(in crate::lower) mod url_encoded;
