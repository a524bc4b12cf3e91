//! What every answer begins with, whether it tells of success or failure, and however much of it has come.

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

/// The head of an answer.
#[derive(Clone, Copy)]
pub(crate) struct ResponseHead<'a> {
    pub(crate) status: StatusCode,
    pub(crate) headers: &'a HeaderMap,
    /// How much of the body came, if that is known already.
    #[cfg_attr(not(feature = "tracing"), allow(dead_code))] // nobody asks for it then
    pub(crate) size: Option<u64>,
}

/// An answer in any form.
pub(crate) trait HasHead {
    fn head(&self) -> ResponseHead<'_>;
}
