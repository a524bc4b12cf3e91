//! Status and headers of a response.

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

/// Status and headers of a response.
#[derive(Clone, Copy)]
pub(crate) struct ResponseHead<'a> {
    pub(crate) status: StatusCode,
    pub(crate) headers: &'a HeaderMap,
    /// Size of the body, if it is known.
    #[cfg(feature = "tracing")]
    pub(crate) size: Option<u64>,
}

/// A response in any state.
pub(crate) trait HasHead {
    fn head(&self) -> ResponseHead<'_>;
}
