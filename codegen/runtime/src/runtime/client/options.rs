//! Options of a call.

use std::time::Duration;

use reqwest::header::{HeaderName, HeaderValue};

#[cfg(feature = "part-bulk")]
use crate::runtime::client::batch_request::BatchRequest;
#[cfg(feature = "part-bulk")]
use crate::runtime::client::bulk_options::{BulkOptions, Resumed};
use crate::runtime::client::deadline::Deadline;
use crate::runtime::error::validation::ValidationError;
use crate::runtime::http::clock::Clock;

/// Options of a call.
#[derive(Clone, Default)]
pub(crate) struct Options {
    pub(crate) timeout: Option<Duration>,
    pub(crate) max_retries: Option<u32>,
    /// Time for the whole call.
    pub(crate) time: Option<Duration>,
    /// Deadline of a call that consists of several requests.
    pub(crate) deadline: Option<Deadline>,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) query: String,
    #[cfg(feature = "part-bulk")]
    pub(crate) bulk: BulkOptions,
    /// State of the calls that this bulk call resumes.
    #[cfg(feature = "part-bulk")]
    pub(crate) resumed: Option<Resumed>,
    /// State of the request, if a bulk call sends it.
    #[cfg(feature = "part-bulk")]
    pub(crate) batch: Option<BatchRequest>,
    /// Error of the first invalid option.
    pub(crate) invalid: Option<ValidationError>,
}

impl Options {
    /// Returns the deadline of a call that starts now, or the deadline of the call that this request is part of.
    pub(crate) fn start_deadline(&self, clock: &dyn Clock) -> Option<Deadline> {
        let start = || Deadline::start(self.time?, clock);
        self.deadline.or_else(start)
    }
}
