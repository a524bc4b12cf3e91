//! Decodes responses.

pub(crate) mod binary;
pub(crate) mod decode;
pub(crate) mod select;
pub(crate) mod typed;
