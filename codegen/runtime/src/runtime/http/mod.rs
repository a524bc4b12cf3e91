//! Parts of HTTP messages.

pub mod clock;
pub(crate) mod head;
pub(crate) mod query;
pub(crate) mod rate_limit;
pub mod retry;
