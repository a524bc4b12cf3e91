//! Validates base URLs, and decides which servers may receive credentials.

use std::net::IpAddr;

use reqwest::Url;

use crate::runtime::error::{Error, Result};

/// Returns the error of a base URL from code or from an environment variable. It does not contain the URL, because
/// the URL can contain a password.
pub(crate) fn invalid_base_url(variable: Option<&str>, reason: &str) -> Error {
    let origin = variable.map_or_else(String::new, |name| format!(" in {name}"));
    Error::config(format!("the base URL{origin} {reason}"))
}

/// Parses and validates a base URL. `variable` is the environment variable that contains it.
pub(crate) fn parse_base_url(text: Option<&str>, variable: Option<&str>) -> Result<Url> {
    let invalid = |reason: &str| invalid_base_url(variable, reason);
    let url = Url::parse(text.ok_or_else(|| invalid("is missing"))?).map_err(|error| {
        invalid("is not a valid URL; example: https://host/path").with_source(error)
    })?;
    let reason = if !matches!(url.scheme(), "http" | "https") {
        "is neither http nor https"
    } else if !url.username().is_empty() || url.password().is_some() {
        "contains a user name or password"
    } else if url.query().is_some() || url.fragment().is_some() {
        "has a query or fragment"
    } else {
        return Ok(url);
    };
    Err(invalid(reason))
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

/// Returns true if the host of a URL is this machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    match host.trim_matches(['[', ']']).parse::<IpAddr>() {
        Ok(address) => address.to_canonical().is_loopback(),
        Err(_) => host == "localhost" || host.ends_with(".localhost"),
    }
}
