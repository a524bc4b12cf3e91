//! Builds the HTTP client, and decides which servers may receive credentials.

use std::net::IpAddr;

use reqwest::Url;
#[cfg(not(all(feature = "part-wasm", target_arch = "wasm32")))]
use reqwest::redirect::Policy;

#[cfg(not(all(feature = "part-wasm", target_arch = "wasm32")))]
use crate::runtime::error::Error;
use crate::runtime::error::Result;
use crate::runtime::platform::HttpClient;

/// HTTP client of a builder.
#[derive(Default)]
pub(crate) enum HttpClientSource {
    #[default]
    Default,
    #[cfg(not(all(feature = "part-wasm", target_arch = "wasm32")))]
    Builder(Box<reqwest::ClientBuilder>),
    #[cfg(not(all(feature = "part-wasm", target_arch = "wasm32")))]
    Finished(HttpClient),
}

impl HttpClientSource {
    /// Returns a client that follows no redirects.
    ///
    /// On a redirect to another host, reqwest removes only standard headers, and a second redirect restores them.
    #[cfg(not(all(feature = "part-wasm", target_arch = "wasm32")))]
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

    /// Returns the client of the host. It follows no redirects.
    #[cfg(all(feature = "part-wasm", target_arch = "wasm32"))]
    pub(crate) fn build(self, _: &Url) -> Result<HttpClient> {
        Ok(HttpClient)
    }
}

/// Returns true unless the `Debug` output of the client contains the policy `none`. reqwest has no accessor for the policy.
#[cfg(not(all(feature = "part-wasm", target_arch = "wasm32")))]
fn follows_redirects(client: &HttpClient) -> bool {
    let text = format!("{client:?}");
    !text.contains("redirect_policy: \"Policy(None)\"")
        && !text.contains("redirect_policy: Policy(None)")
}

/// Reason why a URL with `http` is refused.
#[cfg(feature = "part-credentials")]
pub(crate) const PLAIN_TEXT: &str = "uses http, so credentials would be sent in plain text: use https, or `allow_insecure_http(true)`";

/// Returns false if credentials would be sent in plain text to a server that the API does not name.
#[cfg(feature = "part-credentials")]
pub(crate) fn is_protected(url: &Url, of_api: Option<&str>) -> bool {
    let of_api = of_api.and_then(|url| Url::parse(url).ok());
    let is_own = of_api.is_some_and(|own| own.origin() == url.origin());
    url.scheme() != "http" || is_own || is_loopback(url)
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    match host.trim_matches(['[', ']']).parse::<IpAddr>() {
        Ok(address) => address.to_canonical().is_loopback(),
        Err(_) => host == "localhost" || host.ends_with(".localhost"),
    }
}
