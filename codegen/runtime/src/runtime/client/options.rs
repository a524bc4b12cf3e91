//! Options of a call.

use std::time::Duration;

use reqwest::header::{HeaderName, HeaderValue};

#[cfg(feature = "part-bulk")]
use crate::runtime::client::bulk_options::BulkOptions;
use crate::runtime::error::validation::ValidationError;

/// Options of a call.
#[derive(Clone, Default)]
pub(crate) struct Options {
    pub(crate) timeout: Option<Duration>,
    pub(crate) max_retries: Option<u32>,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) query: String,
    #[cfg(feature = "part-bulk")]
    pub(crate) bulk: BulkOptions,
    /// Error of the first invalid option.
    pub(crate) invalid: Option<ValidationError>,
}
