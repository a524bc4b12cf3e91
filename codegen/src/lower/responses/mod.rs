//! Responses of an operation: the result type of a successful call, and the types of error responses.
//!
//! Input: the `responses` of an operation. Output: an `ir::Success`, and a list of `ir::ErrorResponse`. `collect` lists the
//! responses; `success` decides how they become a result, with `paging`, `by_argument` and `variants` for the special
//! cases; `errors` does the same for failures. The entry is [`ResponseLowering::responses`](lowering::ResponseLowering).

pub(in crate::lower) mod accept;
pub(in crate::lower) mod by_argument;
pub(in crate::lower) mod collect;
pub(in crate::lower) mod content_kind;
pub(in crate::lower) mod errors;
pub(in crate::lower) mod headers;
pub(in crate::lower) mod json;
pub(in crate::lower) mod lowering;
pub(in crate::lower) mod null_result;
pub(in crate::lower) mod paging;
pub(in crate::lower) mod response;
pub(in crate::lower) mod statuses;
pub(in crate::lower) mod success;
pub(in crate::lower) mod variants;

pub(in crate::lower) use self::lowering::ResponseLowering;
