//! The HTTP client of the host.

use reqwest::Url;

use crate::runtime::error::Result;
use crate::runtime::platform::HttpClient;

/// HTTP client of a builder. There is only the client of the host.
#[derive(Default)]
pub(crate) struct HttpClientSource;

impl HttpClientSource {
    /// Returns the client of the host. It follows no redirects.
    pub(crate) fn build(self, _: &Url) -> Result<HttpClient> {
        Ok(HttpClient)
    }
}
