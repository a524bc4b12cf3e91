//! Builds clients from code and environment variables.

use std::env;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{HeaderMap, USER_AGENT};

#[cfg(feature = "part-credentials")]
use crate::runtime::api::auth_scheme::Credential;
use crate::runtime::api::meta::Settings;
#[cfg(feature = "part-credentials")]
use crate::runtime::auth::encode::encode;
#[cfg(feature = "part-credentials")]
use crate::runtime::auth::store::CredentialStore;
use crate::runtime::client::base_url::parse_base_url;
#[cfg(feature = "part-credentials")]
use crate::runtime::client::base_url::{PLAIN_TEXT, invalid_base_url, is_protected};
#[cfg(feature = "part-client-credentials")]
use crate::runtime::client::client_credentials::ClientCredentialsSettings;
use crate::runtime::client::extensions::Extensions;
use crate::runtime::client::http_client::HttpClientSource;
use crate::runtime::client::rate_limiter::{RateLimiter, Window};
use crate::runtime::client::{Client, Core};
use crate::runtime::error::{Error, Result};
use crate::runtime::http::clock::{Clock, PlatformClock};
#[cfg(not(feature = "part-credentials"))]
use crate::runtime::http::defaults::RequestDefaults;
use crate::runtime::http::header::parse_header;

/// Configures a client.
#[must_use]
pub struct ClientBuilder<C> {
    settings: &'static Settings,
    base_url: Option<String>,
    /// Base URL from the environment, for a client without one in code.
    fallback_url: Option<String>,
    #[cfg(feature = "part-credentials")]
    credentials: CredentialStore,
    headers: HeaderMap,
    timeout: Option<Duration>,
    max_retries: u32,
    max_retry_after: Duration,
    max_response: Option<u64>,
    rate_limit: Option<Window>,
    clock: Arc<dyn Clock>,
    pub(crate) extensions: Extensions,
    #[cfg(feature = "part-client-credentials")]
    pub(crate) client_credentials: ClientCredentialsSettings,
    pub(crate) http: HttpClientSource,
    #[cfg(feature = "part-credentials")]
    pub(crate) allow_insecure_http: bool,
    /// The first error.
    error: Option<Error>,
    client: PhantomData<fn() -> C>,
}

impl<C> ClientBuilder<C> {
    /// Creates a builder with the defaults of the API.
    #[doc(hidden)]
    pub fn new(settings: &'static Settings) -> Self {
        let builder = Self {
            settings,
            base_url: None,
            fallback_url: None,
            #[cfg(feature = "part-credentials")]
            credentials: CredentialStore::default(),
            headers: HeaderMap::new(),
            timeout: None,
            max_retries: 2,
            max_retry_after: Duration::from_secs(60),
            max_response: None,
            rate_limit: None,
            clock: Arc::new(PlatformClock),
            extensions: Extensions::default(),
            #[cfg(feature = "part-client-credentials")]
            client_credentials: ClientCredentialsSettings::default(),
            http: HttpClientSource::default(),
            #[cfg(feature = "part-credentials")]
            allow_insecure_http: false,
            error: None,
            client: PhantomData,
        };
        builder.user_agent(settings.user_agent)
    }

    #[cfg(feature = "part-credentials")]
    /// Adds a credential. It replaces an earlier credential of the same scheme.
    #[doc(hidden)]
    pub fn credential(
        mut self,
        credential: &'static Credential,
        secrets: impl IntoIterator<Item = String>,
    ) -> Self {
        match encode(credential, secrets) {
            Ok(encoded) => self.credentials.add(credential, encoded),
            Err(invalid) => {
                let text = format!("`{}`: {invalid}", credential.method);
                self.fail(Error::config(text));
            }
        }
        self
    }

    /// Sets the base URL, for example of a proxy or a test server. Its path is kept. A trailing slash makes
    /// no difference.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Sets the timeout of an attempt, from connecting to the last byte of the response. The time to send the
    /// request body is part of it.
    ///
    /// The default is 60 seconds, plus the time to send the request body over a line of 1 Mbit/s if its size is known.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Sets the maximum number of retries of calls that can be retried safely. The default is 2.
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.max_retries = retries;
        self
    }

    /// Sets the maximum delay that the server can ask for before a retry. The default is 60 seconds. A
    /// longer delay is ignored. With a [`rate_limit`](Self::rate_limit), it is reduced to the maximum.
    pub fn max_retry_after(mut self, wait: Duration) -> Self {
        self.max_retry_after = wait;
        self
    }

    /// Sets the maximum size of a response body for all calls. The default is 32 MiB, or the limit of the
    /// operation. A larger body is [`Error::Decode`]. Downloads have no limit.
    pub fn max_response_bytes(mut self, bytes: u64) -> Self {
        self.max_response = Some(bytes);
        self
    }

    /// Allows `requests` attempts in any window of length `per`. Further attempts wait, approximately in
    /// their order. Clones of the client share the limit. Retries count as attempts. The time spent waiting
    /// does not count towards [`timeout`](Self::timeout). The default is no limit.
    ///
    /// The client also respects the server: after a response without remaining requests, or a 429 with a delay, all
    /// calls wait until the limit resets, but at most [`max_retry_after`](Self::max_retry_after).
    ///
    /// If a value is zero, [`build`](Self::build) returns [`Error::Config`].
    pub fn rate_limit(mut self, requests: u32, per: Duration) -> Self {
        match Window::new(requests, per) {
            Some(window) => self.rate_limit = Some(window),
            None => self.fail(Error::config("the rate limit allows no requests")),
        }
        self
    }

    /// Replaces the source of time.
    #[doc(hidden)]
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Sets a header of every request.
    pub fn default_header(mut self, name: impl AsRef<str>, value: impl AsRef<[u8]>) -> Self {
        match parse_header(name.as_ref(), value.as_ref()) {
            Ok((name, value)) => drop(self.headers.insert(name, value)),
            Err(reason) => {
                let text = format!("default header {:?} {reason}", name.as_ref());
                self.fail(Error::config(text));
            }
        }
        self
    }

    /// Sets the `User-Agent` header.
    pub fn user_agent(self, name: impl AsRef<str>) -> Self {
        self.default_header(USER_AGENT, name.as_ref())
    }

    /// Uses environment variables for everything that is not set in code. Empty variables are ignored, except for
    /// the password of a login. A variable that contains only whitespace is invalid.
    pub fn env(self) -> Self {
        self.variables(|name| Some(env::var_os(name)?.to_string_lossy().into_owned()))
    }

    /// Same as [`env`](Self::env), with another source of variables.
    #[doc(hidden)]
    pub fn variables(mut self, read: impl Fn(&str) -> Option<String>) -> Self {
        let url = self.settings.base_url_variable.and_then(&read);
        self.fallback_url = url.filter(|url| !url.is_empty());
        #[cfg(feature = "part-credentials")]
        self.credentials.load(self.settings.security, read);
        self
    }

    fn fail(&mut self, error: Error) {
        self.error.get_or_insert(error);
    }

    pub(crate) fn core(self) -> Result<Core> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let variable = match (&self.base_url, &self.fallback_url) {
            (None, Some(_)) => self.settings.base_url_variable,
            _ => None,
        };
        let url = self.base_url.or(self.fallback_url);
        let is_base_url_given = url.is_some();
        let base_url = parse_base_url(url.as_deref().or(self.settings.base_url), variable)?;
        #[cfg(feature = "part-credentials")]
        if !self.allow_insecure_http && !is_protected(&base_url, self.settings.base_url) {
            return Err(invalid_base_url(variable, PLAIN_TEXT));
        }
        #[cfg(feature = "part-credentials")]
        let credentials = self.credentials;
        #[cfg(feature = "part-tokens")]
        let credentials = match &self.extensions.token_provider {
            Some(_) => {
                credentials.with_provider("token_provider", self.settings.security, |_| true)?
            }
            None => credentials,
        };
        #[cfg(feature = "part-client-credentials")]
        let credentials = self
            .client_credentials
            .add_to(credentials, self.settings.security)?;
        #[cfg(feature = "part-credentials")]
        let defaults = credentials.resolve(self.settings.security, &self.headers)?;
        #[cfg(feature = "part-tokens")]
        if self.extensions.token_provider.is_some()
            && !defaults
                .iter()
                .flatten()
                .any(|defaults| defaults.uses_token)
        {
            return Err(Error::config(
                "`token_provider` is set, but no call sends its tokens",
            ));
        }
        #[cfg(not(feature = "part-credentials"))]
        let defaults = RequestDefaults {
            headers: self.headers,
            query: String::new(),
        };
        let core = Core {
            http: self.http.build(&base_url)?,
            settings: self.settings,
            base_url,
            is_base_url_given,
            defaults,
            timeout: self.timeout,
            max_retries: self.max_retries,
            max_retry_after: self.max_retry_after,
            max_response: self.max_response,
            rate_limiter: self.rate_limit.map(RateLimiter::new),
            clock: self.clock,
            extensions: self.extensions,
        };
        #[cfg(feature = "part-client-credentials")]
        let core =
            self.client_credentials
                .install(core, &self.headers, self.allow_insecure_http)?;
        Ok(core)
    }
}

impl ClientBuilder<Client> {
    /// Builds the client. Returns [`Error::Config`] if the configuration is invalid or incomplete.
    pub fn build(self) -> Result<Client> {
        Ok(Client {
            core: Arc::new(self.core()?),
        })
    }
}

/// Does not display credentials or header values.
impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut fields = f.debug_struct("ClientBuilder");
        #[cfg(feature = "part-credentials")]
        fields.field(
            "credentials",
            &self.credentials.methods().collect::<Vec<_>>(),
        );
        fields
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("timeout", &self.timeout)
            .field("max_retries", &self.max_retries)
            .field("max_retry_after", &self.max_retry_after)
            .field("rate_limit", &self.rate_limit)
            .finish_non_exhaustive()
    }
}
