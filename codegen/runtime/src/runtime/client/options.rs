//! What is particular to one call.

use std::num::NonZeroUsize;
use std::time::Duration;

use reqwest::header::{HeaderName, HeaderValue};

use crate::runtime::error::validation::ValidationError;

/// What is particular to one call.
#[derive(Clone, Default)]
pub(crate) struct Options {
    pub(crate) timeout: Option<Duration>,
    pub(crate) max_retries: Option<u32>,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) query: String,
    /// How many requests of a bulk call are under way at once.
    pub(crate) concurrency: Option<NonZeroUsize>,
    /// The first of these that is no good.
    pub(crate) invalid: Option<ValidationError>,
}
