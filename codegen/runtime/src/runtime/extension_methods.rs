//! Methods of the client builder that replace its HTTP client, or add code of the caller.

use std::sync::Arc;

#[cfg(feature = "part-client-credentials")]
use crate::runtime::api::auth_scheme::ClientCredentialsFlow;
use crate::runtime::builder::ClientBuilder;
#[cfg(feature = "part-tokens")]
use crate::runtime::client::Client;
#[cfg(feature = "part-client-credentials")]
use crate::runtime::client::client_credentials::token_request::OAuthClient;
use crate::runtime::client::hook::Hook;
#[cfg(not(all(feature = "part-wasm", target_arch = "wasm32")))]
use crate::runtime::client::http_client::HttpClientSource;
use crate::runtime::client::retry_policy::RetryPolicy;
#[cfg(feature = "part-tokens")]
use crate::runtime::client::token_provider::TokenProvider;

impl<C> ClientBuilder<C> {
    /// Configures the HTTP client: proxies, root certificates, client certificates, connection pool.
    ///
    /// The client follows no redirects, because they could send credentials to another host. A redirect policy of the
    /// builder is replaced.
    ///
    /// - Proxies: by default, the variables `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` apply, and the
    ///   proxy settings of macOS and Windows. `proxy` and `no_proxy` of the builder replace them. Without a builder, a
    ///   base URL with a loopback address uses no proxy. With a builder, it does, unless `NO_PROXY` contains the address.
    /// - Root certificates: by default, those of the operating system. On Linux and BSD, the variables `SSL_CERT_FILE`
    ///   and `SSL_CERT_DIR` replace them. `tls_certs_merge` of the builder adds certificates, and `tls_certs_only`
    ///   replaces all others.
    #[cfg(not(all(feature = "part-wasm", target_arch = "wasm32")))]
    pub fn http_client_builder(mut self, builder: reqwest::ClientBuilder) -> Self {
        self.http = HttpClientSource::Builder(Box::new(builder));
        self
    }

    /// Uses a finished HTTP client. Prefer [`http_client_builder`](Self::http_client_builder).
    ///
    /// The client must be built with [`redirect::Policy::none()`](reqwest::redirect::Policy::none). Otherwise it could
    /// send credentials to another host, and [`build`](ClientBuilder::build) returns
    /// [`Error::Config`](crate::runtime::error::Error::Config). The policy is read from the `Debug` output of the client.
    /// If the output does not contain it, the client is refused.
    #[cfg(not(all(feature = "part-wasm", target_arch = "wasm32")))]
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http = HttpClientSource::Finished(client);
        self
    }

    /// Allows a base URL with `http`. Credentials are then sent in plain text.
    ///
    /// Without this, the URL must use `https`, unless its host is `localhost` or a loopback address, or it has the same
    /// origin as the API's own server. Otherwise [`build`](ClientBuilder::build) returns
    /// [`Error::Config`](crate::runtime::error::Error::Config).
    #[cfg(feature = "part-credentials")]
    pub fn allow_insecure_http(mut self, allow: bool) -> Self {
        self.allow_insecure_http = allow;
        self
    }

    /// Sets the OAuth 2 client for the flow. Generated methods call it.
    #[cfg(feature = "part-client-credentials")]
    #[doc(hidden)]
    pub fn oauth_client(
        mut self,
        flow: &'static ClientCredentialsFlow,
        id: impl Into<String>,
        secret: impl Into<String>,
    ) -> Self {
        self.client_credentials.client = Some(OAuthClient {
            flow,
            id: id.into(),
            secret: secret.into(),
        });
        self
    }

    /// Sets the scopes of the access tokens that the client requests. By default, the authorization server selects them.
    #[cfg(feature = "part-client-credentials")]
    pub fn scopes(mut self, scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.client_credentials.scopes = scopes.into_iter().map(Into::into).collect();
        self
    }

    /// Replaces the URL that returns access tokens. It receives the client secret. It can be relative to the base URL.
    #[cfg(feature = "part-client-credentials")]
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.client_credentials.token_url = Some(url.into());
        self
    }

    /// Adds a hook, which runs before and after each attempt.
    pub fn hook(mut self, hook: impl Hook) -> Self {
        self.extensions.hooks.push(Arc::new(hook));
        self
    }

    /// Replaces the retry policy. By default, calls are retried if that is safe.
    pub fn retry_policy(mut self, policy: impl RetryPolicy) -> Self {
        self.extensions.retry_policy = Some(Arc::new(policy));
        self
    }

    #[cfg(feature = "part-tokens")]
    pub(crate) fn with_token_provider(mut self, provider: impl TokenProvider) -> Self {
        self.extensions.token_provider = Some(Arc::new(provider));
        self
    }
}

#[cfg(feature = "part-tokens")]
impl ClientBuilder<Client> {
    /// Sends the tokens of a provider instead of a fixed token.
    pub fn token_provider(self, provider: impl TokenProvider) -> Self {
        self.with_token_provider(provider)
    }
}
