//! OAuth 2 client credentials: requests access tokens, and caches them.

mod cache;
pub(crate) mod token_request;

use std::sync::Arc;

use reqwest::Url;
use reqwest::header::{HeaderMap, USER_AGENT};

use crate::runtime::api::auth_scheme::SecurityRequirements;
use crate::runtime::auth::store::CredentialStore;
use crate::runtime::client::Core;
use crate::runtime::client::base_url::{PLAIN_TEXT, is_protected};
use crate::runtime::client::client_credentials::cache::TokenCache;
use crate::runtime::client::client_credentials::token_request::{OAuthClient, TokenRequest};
use crate::runtime::error::{Error, Result};
use crate::runtime::http::timeout::default_timeout;

/// Settings of OAuth 2 client credentials in a client builder.
#[derive(Default)]
pub(crate) struct ClientCredentialsSettings {
    pub(crate) client: Option<OAuthClient>,
    /// Replaces the token URL of the document.
    pub(crate) token_url: Option<String>,
    pub(crate) scopes: Vec<String>,
}

impl ClientCredentialsSettings {
    /// Uses the tokens for the credential of the flow.
    pub(crate) fn add_to(
        &self,
        credentials: CredentialStore,
        all: &[SecurityRequirements],
    ) -> Result<CredentialStore> {
        let Some(client) = &self.client else {
            return Ok(credentials);
        };
        let method = client.flow.method;
        if client.id.is_empty() || client.secret.is_empty() {
            let text = format!("`{method}`: the client id or the client secret is empty");
            return Err(Error::config(text));
        }
        let own = client.flow.credential.method;
        credentials.with_provider(method, all, |credential| credential.method == own)
    }

    /// Adds the source of the tokens to a client. `headers` are the default headers of the client.
    pub(crate) fn install(
        self,
        mut core: Core,
        headers: &HeaderMap,
        allow_insecure_http: bool,
    ) -> Result<Core> {
        let Some(client) = self.client else {
            return Ok(core);
        };
        let of_api = client.flow.token_url;
        let url = self.token_url.as_deref().unwrap_or(of_api);
        core.extensions.token_provider = Some(Arc::new(TokenCache::new(TokenRequest {
            http: core.http.clone(),
            clock: core.clock.clone(),
            timeout: core.timeout.unwrap_or_else(|| default_timeout(0, 1)),
            max_retry_after: core.max_retry_after,
            user_agent: headers.get(USER_AGENT).cloned(),
            url: token_url(url, of_api, &core.base_url, allow_insecure_http)?,
            client,
            scopes: self.scopes,
        })));
        Ok(core)
    }
}

/// Validates a token URL. It can be relative to the base URL.
fn token_url(text: &str, of_api: &str, base_url: &Url, allow_insecure_http: bool) -> Result<Url> {
    let invalid = |reason: &str| Error::config(format!("the token URL {reason}"));
    let mut folder = base_url.clone();
    folder.set_path(&format!("{}/", base_url.path().trim_end_matches('/')));
    let url = folder.join(text);
    let url = url.map_err(|error| invalid("is not a valid URL").with_source(error))?;
    if !matches!(url.scheme(), "http" | "https") {
        Err(invalid("is neither http nor https"))
    } else if !allow_insecure_http && !is_protected(&url, Some(of_api)) {
        Err(invalid(PLAIN_TEXT))
    } else {
        Ok(url)
    }
}
