//! Types and functions for HTTP messages.

pub mod clock;
pub(crate) mod defaults;
pub(crate) mod head;
pub(crate) mod header;
#[cfg(any(feature = "part-multipart", feature = "part-responses"))]
pub(crate) mod media_type;
pub(crate) mod query;
pub(crate) mod rate_limit;
pub(crate) mod raw_response;
pub mod retry;
pub(crate) mod timeout;
