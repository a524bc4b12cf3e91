//! How clients are configured: in go what code and the environment say, out comes a client or why there is none.

use std::env;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Url;
use reqwest::header::{HeaderMap, USER_AGENT};
use reqwest::redirect::Policy;

use crate::runtime::api::auth_scheme::Credential;
use crate::runtime::api::meta::Settings;
use crate::runtime::auth::encode::encode;
use crate::runtime::auth::store::CredentialStore;
use crate::runtime::client::rate_limiter::{RateLimiter, Window};
use crate::runtime::client::{Client, Core};
use crate::runtime::error::{Error, Result};
use crate::runtime::http::clock::{Clock, TokioClock};
use crate::runtime::http::header::header;

/// Configures a client.
#[must_use]
pub struct ClientBuilder<C> {
    settings: &'static Settings,
    base_url: Option<String>,
    /// What the environment says, where code says nothing.
    fallback_url: Option<String>,
    credentials: CredentialStore,
    headers: HeaderMap,
    timeout: Duration,
    max_retries: u32,
    max_retry_after: Duration,
    max_response: Option<u64>,
    rate_limit: Option<Window>,
    clock: Arc<dyn Clock>,
    http: Option<reqwest::Client>,
    /// The first thing that was wrong.
    error: Option<Error>,
    client: PhantomData<fn() -> C>,
}

impl<C> ClientBuilder<C> {
    /// What a client of this API starts from.
    #[doc(hidden)]
    pub fn new(settings: &'static Settings) -> Self {
        let builder = Self {
            settings,
            base_url: None,
            fallback_url: None,
            credentials: CredentialStore::default(),
            headers: HeaderMap::new(),
            timeout: Duration::from_secs(60),
            max_retries: 2,
            max_retry_after: Duration::from_secs(60),
            max_response: None,
            rate_limit: None,
            clock: Arc::new(TokioClock),
            http: None,
            error: None,
            client: PhantomData,
        };
        builder.user_agent(settings.user_agent)
    }

    /// Takes a credential; the last one of a kind counts.
    #[doc(hidden)]
    pub fn credential(
        mut self,
        kind: &'static Credential,
        secrets: impl IntoIterator<Item = String>,
    ) -> Self {
        match encode(kind, secrets) {
            Ok(encoded) => self.credentials.add(kind, encoded),
            Err(error) => self.fail(error),
        }
        self
    }

    /// Sends requests to another place, such as a proxy or a server of one's own. The path is kept, with or without a
    /// slash at its end.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// How long one attempt may take, from connecting to the last byte of the answer: 60 seconds unless said otherwise.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How often a call that is safe to repeat is sent again: twice unless said otherwise.
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.max_retries = retries;
        self
    }

    /// How long the server may ask to wait before another attempt: 60 seconds unless said otherwise. When it asks for
    /// more, the wait is as if it had not asked; with a [`rate_limit`](Self::rate_limit), it is this long.
    pub fn max_retry_after(mut self, wait: Duration) -> Self {
        self.max_retry_after = wait;
        self
    }

    /// How many bytes an answer may have that is received whole, whichever call it belongs to: unless said otherwise
    /// 32 MiB, or what suits the operation. One that has more is [`Error::Decode`]; a download has no such limit.
    pub fn max_answer_bytes(mut self, bytes: u64) -> Self {
        self.max_response = Some(bytes);
        self
    }

    /// Starts at most so many attempts in any span of time that is so long: what is over it waits for its turn, and
    /// who waits longest mostly goes first. Clones of the client share the limit, retries count, and waiting for a turn does
    /// not count towards [`timeout`](Self::timeout). There is no limit unless said otherwise.
    ///
    /// The server is heeded too: after an answer that says that no request is left, or after a 429 that says when to come
    /// back, all calls wait until then, though at most for [`max_retry_after`](Self::max_retry_after).
    ///
    /// With zero requests or a span of zero, [`build`](Self::build) gives [`Error::Config`].
    pub fn rate_limit(mut self, requests: u32, per: Duration) -> Self {
        match Window::new(requests, per) {
            Some(window) => self.rate_limit = Some(window),
            None => self.fail(Error::config("the rate limit would let no request through")),
        }
        self
    }

    /// Reads the time from another clock and waits with it.
    #[doc(hidden)]
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Sends a header with every request.
    pub fn default_header(mut self, name: impl AsRef<str>, value: impl AsRef<[u8]>) -> Self {
        match header(name.as_ref(), value.as_ref()) {
            Ok((name, value)) => drop(self.headers.insert(name, value)),
            Err(reason) => {
                let text = format!("default header {:?} {reason}", name.as_ref());
                self.fail(Error::config(text));
            }
        }
        self
    }

    /// What the client calls itself.
    pub fn user_agent(self, name: impl AsRef<str>) -> Self {
        self.default_header(USER_AGENT, name.as_ref())
    }

    /// Sends requests with a client of one's own: with its proxy, certificates and pool of connections.
    ///
    /// It must be built with [`redirect::Policy::none()`](reqwest::redirect::Policy::none): a client that follows redirects
    /// may carry credentials to another host, and turn a change into a read that looks like its success. An answer from
    /// another URL than was asked is an error, but not every redirect leaves such a trace.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http = Some(client);
        self
    }

    /// Takes from the environment what code does not say. Empty variables count as unset.
    pub fn env(self) -> Self {
        self.variables(|name| env::var(name).ok())
    }

    /// As [`env`](Self::env), with variables from elsewhere.
    #[doc(hidden)]
    pub fn variables(mut self, read: impl Fn(&str) -> Option<String>) -> Self {
        let read = |name: &str| read(name).filter(|value| !value.is_empty());
        self.fallback_url = self.settings.base_url_variable.and_then(read);
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
        let url = self.base_url.or(self.fallback_url);
        let is_base_url_given = url.is_some();
        let base_url = base_url(url.as_deref().or(self.settings.base_url))?;
        let defaults = self
            .credentials
            .resolve(self.settings.security, &self.headers)?;
        let own = self.http.is_none();
        let http = match self.http {
            Some(http) => http,
            None => reqwest::Client::builder()
                .redirect(Policy::none())
                .build()
                .map_err(|error| {
                    Error::config("the HTTP client cannot be set up").with_source(error)
                })?,
        };
        Ok(Core {
            http,
            checks_redirects: !own,
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
        })
    }
}

impl ClientBuilder<Client> {
    /// The client, or [`Error::Config`] when something is wrong or missing.
    pub fn build(self) -> Result<Client> {
        Ok(Client {
            core: Arc::new(self.core()?),
        })
    }
}

/// Shows neither credentials nor the values of headers.
impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field(
                "credentials",
                &self.credentials.methods().collect::<Vec<_>>(),
            )
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("timeout", &self.timeout)
            .field("max_retries", &self.max_retries)
            .field("max_retry_after", &self.max_retry_after)
            .field("rate_limit", &self.rate_limit)
            .finish_non_exhaustive()
    }
}

/// A base URL. It is not repeated in errors: it may hold a password.
fn base_url(text: Option<&str>) -> Result<Url> {
    let Some(text) = text else {
        return Err(Error::config("there is no base URL"));
    };
    let url = Url::parse(text).map_err(|error| {
        Error::config("the base URL is no URL, as in https://host/path").with_source(error)
    })?;
    let wrong = if !matches!(url.scheme(), "http" | "https") {
        "the base URL is neither http nor https"
    } else if !url.username().is_empty() || url.password().is_some() {
        "the base URL holds a user name or password"
    } else if url.query().is_some() || url.fragment().is_some() {
        "the base URL has a query or fragment"
    } else {
        return Ok(url);
    };
    Err(Error::config(wrong))
}
