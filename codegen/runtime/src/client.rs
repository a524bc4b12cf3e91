//! The async client: what its clones share.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Url;

use super::clock::Clock;
use super::details::Origin;
use super::error::{Error, Result};
use super::operation::{Meta, Settings};
use super::pace::Pace;
use super::security::{Common, lacking};

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
    /// What goes out with every request, credentials included, for each of the API's [`Needs`](super::Needs); `None` where
    /// they are missing.
    pub(super) common: Vec<Option<Common>>,
    pub(super) timeout: Duration,
    pub(super) max_retries: u32,
    pub(super) max_retry_after: Duration,
    /// In place of what the operations say.
    pub(super) max_answer: Option<u64>,
    pub(super) pace: Option<Pace>,
    pub(super) clock: Arc<dyn Clock>,
}

impl Core {
    /// What goes out with every call of an operation.
    pub(super) fn common(&self, meta: &'static Meta) -> Result<&Common> {
        let common = self.common.get(meta.security).and_then(Option::as_ref);
        common.ok_or_else(|| {
            let needs = self.settings.security.get(meta.security);
            let text = lacking(needs.copied().unwrap_or_default());
            Error::unequipped(Origin::new(meta, 0), text)
        })
    }
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
