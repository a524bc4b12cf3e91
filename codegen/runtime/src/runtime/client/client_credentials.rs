//! OAuth 2 client credentials: requests access tokens, and caches them.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use reqwest::{StatusCode, Url};
use serde::Deserialize;
use serde_json::Value;

use crate::runtime::api::auth_scheme::{ClientCredentialsFlow, SecurityRequirements};
use crate::runtime::api::call_info::CallInfo;
use crate::runtime::auth::store::CredentialStore;
use crate::runtime::client::Core;
use crate::runtime::client::http_client::{PLAIN_TEXT, is_protected};
use crate::runtime::client::token_provider::{BoxFuture, DynTokenProvider};
use crate::runtime::error::{Error, Result};
use crate::runtime::http::clock::Clock;
use crate::runtime::http::query::push_query;
use crate::runtime::http::retry::{RetryReason, delay};
use crate::runtime::http::timeout::default_timeout;
use crate::runtime::util::base64::base64;
use crate::runtime::util::lock::lock;
use crate::runtime::util::random::random;

/// Number of times that a token is requested.
const MAX_ATTEMPTS: u32 = 3;

/// Delay until a call checks again if another call has received a token.
const STEP: Duration = Duration::from_millis(10);

/// Maximum size of a response in bytes.
const MAX_RESPONSE: usize = 1024 * 1024;

/// Settings of OAuth 2 client credentials in a client builder.
#[derive(Default)]
pub(crate) struct ClientCredentialsSettings {
    pub(crate) client: Option<OAuthClient>,
    /// Replaces the token URL of the document.
    pub(crate) token_url: Option<String>,
    pub(crate) scopes: Vec<String>,
}

/// An OAuth 2 client.
pub(crate) struct OAuthClient {
    pub(crate) flow: &'static ClientCredentialsFlow,
    pub(crate) id: String,
    pub(crate) secret: String,
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

    /// Adds the source of the tokens to a client.
    pub(crate) fn install(self, mut core: Core, allow_insecure_http: bool) -> Result<Core> {
        let Some(client) = self.client else {
            return Ok(core);
        };
        let of_api = client.flow.token_url;
        let url = self.token_url.as_deref().unwrap_or(of_api);
        core.extensions.token_provider = Some(Arc::new(ClientCredentials {
            http: core.http.clone(),
            clock: core.clock.clone(),
            timeout: core.timeout.unwrap_or_else(|| default_timeout(0, 1)),
            max_retry_after: core.max_retry_after,
            token_url: token_url(url, of_api, &core.base_url, allow_insecure_http)?,
            client,
            scopes: self.scopes,
            cache: Mutex::default(),
        }));
        Ok(core)
    }
}

/// Validates a token URL. It can be relative to the base URL.
fn token_url(text: &str, of_api: &str, base_url: &Url, allow_insecure_http: bool) -> Result<Url> {
    let invalid = |reason: &str| Error::config(format!("the token URL {reason}"));
    let url = base_url.join(text);
    let url = url.map_err(|error| invalid("is not a valid URL").with_source(error))?;
    if !matches!(url.scheme(), "http" | "https") {
        Err(invalid("is neither http nor https"))
    } else if !allow_insecure_http && !is_protected(&url, Some(of_api)) {
        Err(invalid(PLAIN_TEXT))
    } else {
        Ok(url)
    }
}

/// Requests tokens from the token URL. It sends the secret to no other URL, because the HTTP client follows no redirects.
struct ClientCredentials {
    http: reqwest::Client,
    clock: Arc<dyn Clock>,
    /// Timeout of a request.
    timeout: Duration,
    max_retry_after: Duration,
    token_url: Url,
    client: OAuthClient,
    scopes: Vec<String>,
    cache: Mutex<TokenCache>,
}

/// The current token, and the state of the request for the next one.
#[derive(Default)]
struct TokenCache {
    token: Option<CachedToken>,
    /// Time until which other calls wait for the request of a call.
    requested_until: Option<Instant>,
}

struct CachedToken {
    token: String,
    /// `None` if the server does not report when the token expires.
    expires: Option<Instant>,
}

/// Response of the token URL.
#[derive(Deserialize)]
struct TokenResponse {
    access_token: String,
    token_type: Option<String>,
    /// Seconds, as a number or as text.
    expires_in: Option<Value>,
}

/// Error response of the token URL.
#[derive(Default, Deserialize)]
struct TokenError {
    error: Option<String>,
    error_description: Option<String>,
}

impl DynTokenProvider for ClientCredentials {
    fn next_token(&self, call: CallInfo) -> BoxFuture<'_, Result<String>> {
        Box::pin(self.token(call))
    }

    fn reject(&self, token: &str) {
        let mut cache = lock(&self.cache);
        cache.token.take_if(|cached| cached.token == token);
    }
}

/// What a call does to get a token.
enum Step {
    Use(String),
    Wait,
    Request,
}

impl ClientCredentials {
    /// Returns the cached token, or requests one. Concurrent calls share a request.
    async fn token(&self, call: CallInfo) -> Result<String> {
        loop {
            match self.step() {
                Step::Use(token) => return Ok(token),
                Step::Wait => self.clock.sleep(STEP).await,
                Step::Request => {
                    let _request = RequestGuard(&self.cache);
                    let token = self.request_with_retries(call).await?;
                    let text = token.token.clone();
                    lock(&self.cache).token = Some(token);
                    return Ok(text);
                }
            }
        }
    }

    /// Decides what a call does. Other calls wait only for a limited time, because the future of the call that requests a
    /// token may never be polled again.
    fn step(&self) -> Step {
        let now = self.clock.now();
        let mut cache = lock(&self.cache);
        if let Some(cached) = &cache.token
            && cached.expires.is_none_or(|expires| now < expires)
        {
            return Step::Use(cached.token.clone());
        }
        if cache.requested_until.is_some_and(|until| now < until) {
            return Step::Wait;
        }
        cache.requested_until = now.checked_add(self.timeout);
        Step::Request
    }

    /// Requests a token. Repeats the request after connection errors, status 429 and server errors.
    async fn request_with_retries(&self, call: CallInfo) -> Result<CachedToken> {
        let mut attempts = 1;
        loop {
            let (error, delay) = match self.request(call, attempts).await {
                Ok(token) => return Ok(token),
                Err(failure) => failure,
            };
            match delay {
                Some(delay) if attempts < MAX_ATTEMPTS => self.clock.sleep(delay).await,
                _ => return Err(error),
            }
            attempts += 1;
        }
    }

    /// Requests a token once. A failure has the delay before the next request, if one can succeed.
    async fn request(
        &self,
        call: CallInfo,
        attempts: u32,
    ) -> Result<CachedToken, (Error, Option<Duration>)> {
        let call = CallInfo {
            timeout: Some(self.timeout),
            ..call
        };
        let delay = |reason: RetryReason<'_>| {
            let now = self.clock.system_time();
            Some(delay(attempts, reason, self.max_retry_after, now, random()))
        };
        let transport = |error: reqwest::Error| {
            let error = Error::transport(call, error, false);
            let delay = error.retry_reason().and_then(delay);
            (error.of_token_request(), delay)
        };
        let sent = self.clock.now();
        let response = self.http.execute(self.token_request()).await;
        let mut response = response.map_err(transport)?;
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(transport)? {
            body.extend_from_slice(&chunk);
            if body.len() > MAX_RESPONSE {
                return Err((self.error(call, "the response is too large"), None));
            }
        }
        let status = response.status();
        if !status.is_success() {
            let is_temporary = status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error();
            let delay = delay(RetryReason::Status(status, response.headers()));
            let error = self.error(call, &describe(status, &body));
            return Err((error, delay.filter(|_| is_temporary)));
        }
        let invalid = |reason| (self.error(call, reason), None);
        let token: TokenResponse = serde_json::from_slice(&body)
            .map_err(|_| invalid("the response is not JSON with an `access_token`"))?;
        let is_bearer = |ty: &String| ty.eq_ignore_ascii_case("bearer");
        if !token.token_type.as_ref().is_none_or(is_bearer) {
            return Err(invalid("the token is not a bearer token"));
        }
        let expires_in = token.expires_in.and_then(|seconds| {
            let number = seconds
                .as_str()
                .map_or(seconds.as_f64(), |text| text.parse().ok());
            let time = Duration::try_from_secs_f64(number?).ok()?;
            // A token that expires on its way to the server is rejected.
            Some(time.saturating_sub((time / 10).min(Duration::from_secs(30))))
        });
        Ok(CachedToken {
            token: token.access_token,
            expires: expires_in.and_then(|time| sent.checked_add(time)),
        })
    }

    /// Returns the request for a token. The id and the secret are sent as `Authorization: Basic …`.
    fn token_request(&self) -> reqwest::Request {
        let mut body = "grant_type=client_credentials".to_owned();
        if !self.scopes.is_empty() {
            push_query(&mut body, "scope", self.scopes.join(" "));
        }
        let encode =
            |text: &str| -> String { form_urlencoded::byte_serialize(text.as_bytes()).collect() };
        let pair = format!(
            "{}:{}",
            encode(&self.client.id),
            encode(&self.client.secret)
        );
        let mut request = reqwest::Request::new(reqwest::Method::POST, self.token_url.clone());
        let headers = request.headers_mut();
        if let Ok(mut value) = HeaderValue::try_from(format!("Basic {}", base64(pair.as_bytes()))) {
            value.set_sensitive(true);
            headers.insert(AUTHORIZATION, value);
        }
        let form = HeaderValue::from_static("application/x-www-form-urlencoded");
        headers.insert(CONTENT_TYPE, form);
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        *request.body_mut() = Some(body.into());
        *request.timeout_mut() = Some(self.timeout);
        request
    }

    /// Returns an error without the secret.
    fn error(&self, call: CallInfo, reason: &str) -> Error {
        let reason = reason.replace(&self.client.secret, "…");
        Error::token_request(call, &reason)
    }
}

/// Describes an error response.
fn describe(status: StatusCode, body: &[u8]) -> String {
    let error: TokenError = serde_json::from_slice(body).unwrap_or_default();
    let parts = [error.error, error.error_description];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let colon = if parts.is_empty() { "" } else { ": " };
    format!(
        "the server responded with {status}{colon}{}",
        parts.join(": ")
    )
}

/// Ends a request: other calls no longer wait for it.
struct RequestGuard<'a>(&'a Mutex<TokenCache>);

impl Drop for RequestGuard<'_> {
    fn drop(&mut self) {
        lock(self.0).requested_until = None;
    }
}
