//! The async client.

pub(crate) mod attempt;
pub(crate) mod base_url;
#[cfg(feature = "part-bulk")]
pub(crate) mod batch_request;
#[cfg(feature = "part-bulk")]
pub(crate) mod bulk_options;
#[cfg(feature = "part-client-credentials")]
pub(crate) mod client_credentials;
pub(crate) mod deadline;
#[cfg(feature = "part-environment")]
pub(crate) mod environment;
pub(crate) mod execute;
pub(crate) mod extensions;
pub(crate) mod hook;
pub(crate) mod http_client;
pub(crate) mod options;
pub(crate) mod pending;
pub mod rate_limiter;
pub(crate) mod retry_policy;
#[cfg(feature = "part-tokens")]
pub(crate) mod token_provider;
pub(crate) mod trace;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Url;

#[cfg(feature = "part-credentials")]
use crate::runtime::api::call_info::CallInfo;
use crate::runtime::api::meta::{Meta, Settings};
#[cfg(feature = "part-credentials")]
use crate::runtime::auth::describe::missing_credentials;
use crate::runtime::client::extensions::Extensions;
use crate::runtime::client::rate_limiter::RateLimiter;
#[cfg(feature = "part-credentials")]
use crate::runtime::error::Error;
use crate::runtime::error::Result;
use crate::runtime::http::clock::Clock;
use crate::runtime::http::defaults::RequestDefaults;
use crate::runtime::platform::HttpClient;

/// An async client of the API. Clones are cheap and share connections.
#[derive(Clone)]
pub struct Client {
    pub(crate) core: Arc<Core>,
}

/// State that clones of a client share.
pub(crate) struct Core {
    pub(crate) http: HttpClient,
    pub(crate) settings: &'static Settings,
    pub(crate) base_url: Url,
    /// True if the caller set the base URL. It then applies to operations with their own server URL as well.
    pub(crate) is_base_url_given: bool,
    /// Default headers and credentials for each of the security requirements of the API. `None` if credentials
    /// are missing.
    #[cfg(feature = "part-credentials")]
    pub(crate) defaults: Vec<Option<RequestDefaults>>,
    /// Headers of every request.
    #[cfg(not(feature = "part-credentials"))]
    pub(crate) defaults: RequestDefaults,
    /// `None` if the caller did not set it.
    pub(crate) timeout: Option<Duration>,
    pub(crate) max_retries: u32,
    pub(crate) max_retry_after: Duration,
    /// Overrides the limit of the operations.
    pub(crate) max_response: Option<u64>,
    pub(crate) rate_limiter: Option<RateLimiter>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) extensions: Extensions,
}

impl Core {
    /// Returns the default headers and credentials of an operation.
    #[cfg(not(feature = "part-credentials"))]
    pub(crate) fn defaults(&self, _: &'static Meta) -> Result<&RequestDefaults> {
        Ok(&self.defaults)
    }

    /// Returns the default headers and credentials of an operation.
    #[cfg(feature = "part-credentials")]
    pub(crate) fn defaults(&self, meta: &'static Meta) -> Result<&RequestDefaults> {
        let defaults = self.defaults.get(meta.security).and_then(Option::as_ref);
        defaults.ok_or_else(|| {
            let requirements = self.settings.security.get(meta.security);
            let text = missing_credentials(requirements.copied().unwrap_or_default());
            Error::missing_credentials(CallInfo::new(self.settings, meta, 0), text)
        })
    }
}

/// Does not display credentials.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.core.base_url.as_str())
            .field("timeout", &self.core.timeout)
            .field("max_retries", &self.core.max_retries)
            .finish_non_exhaustive()
    }
}
