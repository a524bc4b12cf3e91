//! Builds the HTTP client with reqwest.

use reqwest::Url;
use reqwest::redirect::Policy;

use crate::runtime::client::base_url::is_loopback;
use crate::runtime::error::{Error, Result};
use crate::runtime::platform::HttpClient;

/// HTTP client of a builder.
#[derive(Default)]
pub(crate) enum HttpClientSource {
    #[default]
    Default,
    Builder(Box<reqwest::ClientBuilder>),
    Finished(HttpClient),
}

impl HttpClientSource {
    /// Returns a client that follows no redirects.
    ///
    /// On a redirect to another host, reqwest removes only standard headers, and a second redirect restores them.
    pub(crate) fn build(self, base_url: &Url) -> Result<HttpClient> {
        let builder = match self {
            // A proxy would receive the credentials in plain text.
            Self::Default if is_loopback(base_url) => reqwest::Client::builder().no_proxy(),
            Self::Default => reqwest::Client::builder(),
            Self::Builder(builder) => *builder,
            Self::Finished(client) if follows_redirects(&client) => {
                return Err(Error::config(
                    "the HTTP client may follow redirects, which can send credentials to another host: use `http_client_builder`, or build the client with `redirect::Policy::none()`",
                ));
            }
            Self::Finished(client) => return Ok(client),
        };
        // The retry policy of the call decides about protocol errors as well.
        let builder = builder
            .redirect(Policy::none())
            .retry(reqwest::retry::never());
        let failed =
            |error| Error::config("the HTTP client could not be created").with_source(error);
        builder.build().map_err(failed)
    }
}

/// Returns true unless the `Debug` output of the client contains the policy `none`. reqwest has no accessor for the policy.
fn follows_redirects(client: &HttpClient) -> bool {
    let text = format!("{client:?}");
    !text.contains("redirect_policy: \"Policy(None)\"")
        && !text.contains("redirect_policy: Policy(None)")
}
