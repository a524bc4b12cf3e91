//! Options of a call.

#[cfg(feature = "part-bulk")]
use std::num::NonZeroUsize;
use std::time::Duration;

use reqwest::header::{HeaderName, HeaderValue};

use crate::runtime::error::validation::ValidationError;

/// Options of a call.
#[derive(Clone, Default)]
pub(crate) struct Options {
    pub(crate) timeout: Option<Duration>,
    pub(crate) max_retries: Option<u32>,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) query: String,
    /// Number of concurrent requests of a bulk call.
    #[cfg(feature = "part-bulk")]
    pub(crate) concurrency: Option<NonZeroUsize>,
    /// Error of the first invalid option.
    pub(crate) invalid: Option<ValidationError>,
}
