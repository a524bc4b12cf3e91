//! The async client: what its clones share.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Url;
use reqwest::header::HeaderMap;

use super::clock::Clock;
use super::operation::Settings;
use super::pace::Pace;

/// A client of the API, for async programs. Clones are cheap and share its connections.
#[derive(Clone)]
pub struct Client {
    pub(super) core: Arc<Core>,
}

/// What the clones of a client share.
pub(super) struct Core {
    pub(super) http: reqwest::Client,
    /// Whether `http` may follow redirects: it is the caller's own.
    pub(super) checks_redirects: bool,
    pub(super) settings: &'static Settings,
    pub(super) base_url: Url,
    /// Whether the caller named it, so that it goes for operations with a place of their own too.
    pub(super) is_base_url_given: bool,
    /// What goes out with every request, credentials included.
    pub(super) headers: HeaderMap,
    /// The credentials that go out in the query.
    pub(super) query: String,
    pub(super) timeout: Duration,
    pub(super) max_retries: u32,
    pub(super) max_retry_after: Duration,
    /// In place of what the operations say.
    pub(super) max_answer: Option<u64>,
    pub(super) pace: Option<Pace>,
    pub(super) clock: Arc<dyn Clock>,
}

/// Shows no credentials.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.core.base_url.as_str())
            .field("timeout", &self.core.timeout)
            .field("max_retries", &self.core.max_retries)
            .finish_non_exhaustive()
    }
}
