//! Builds the HTTP client, and decides which servers may receive credentials.

use std::net::IpAddr;

use reqwest::Url;
use reqwest::redirect::Policy;

use crate::runtime::error::{Error, Result};

/// HTTP client of a builder.
#[derive(Default)]
pub(crate) enum HttpClient {
    #[default]
    Default,
    Builder(Box<reqwest::ClientBuilder>),
    Finished(reqwest::Client),
}

impl HttpClient {
    /// Returns a client that follows no redirects.
    ///
    /// On a redirect to another host, reqwest removes only standard headers, and a second redirect restores them.
    pub(crate) fn build(self, base_url: &Url) -> Result<reqwest::Client> {
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
        let client = builder.redirect(Policy::none()).build();
        client.map_err(|error| {
            Error::config("the HTTP client could not be created").with_source(error)
        })
    }
}

/// Returns true unless the `Debug` output of the client contains the policy `none`. reqwest has no accessor for the policy.
fn follows_redirects(client: &reqwest::Client) -> bool {
    let text = format!("{client:?}");
    let mut policies = [
        "redirect_policy: \"Policy(None)\"",
        "redirect_policy: Policy(None)",
    ]
    .iter();
    !policies.any(|policy| text.contains(policy))
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
