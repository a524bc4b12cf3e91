//! Requests an access token from the token URL.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue, USER_AGENT};
use reqwest::{Method, StatusCode, Url};
use serde::Deserialize;
use serde_json::Value;

use crate::runtime::api::auth_scheme::ClientCredentialsFlow;
use crate::runtime::api::call_info::CallInfo;
use crate::runtime::error::printable::Printable;
use crate::runtime::error::{Error, Result};
use crate::runtime::http::clock::Clock;
use crate::runtime::http::query::push_query;
use crate::runtime::http::retry::{RetryReason, delay};
use crate::runtime::platform::{HttpClient, HttpRequest, Instant, TransportError, random};
use crate::runtime::util::base64::base64;

/// Number of times that a token is requested.
const MAX_ATTEMPTS: u32 = 3;

/// Maximum size of a response in bytes.
const MAX_RESPONSE: usize = 1024 * 1024;

/// An OAuth 2 client.
pub(crate) struct OAuthClient {
    pub(crate) flow: &'static ClientCredentialsFlow,
    pub(crate) id: String,
    pub(crate) secret: String,
}

/// A request for a token. It sends the secret to the token URL only, because the HTTP client follows no redirects.
pub(super) struct TokenRequest {
    pub(super) http: HttpClient,
    pub(super) clock: Arc<dyn Clock>,
    /// Timeout of an attempt.
    pub(super) timeout: Duration,
    pub(super) max_retry_after: Duration,
    pub(super) user_agent: Option<HeaderValue>,
    pub(super) url: Url,
    pub(super) client: OAuthClient,
    pub(super) scopes: Vec<String>,
}

/// An access token.
pub(super) struct AccessToken {
    pub(super) token: String,
    /// `None` if the server does not report when the token expires.
    pub(super) expires: Option<Instant>,
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

impl TokenRequest {
    /// Requests a token. Repeats the request after connection errors, status 429 and server errors.
    pub(super) async fn send_with_retries(&self, call: CallInfo) -> Result<AccessToken> {
        let mut attempts = 1;
        loop {
            let (error, delay) = match self.send(call, attempts).await {
                Ok(token) => return Ok(token),
                Err(failure) => failure,
            };
            match delay {
                Some(delay) if attempts < MAX_ATTEMPTS => self.clock.sleep(delay).await,
                Some(_) => return Err(error.temporary()),
                None => return Err(error),
            }
            attempts += 1;
        }
    }

    /// Requests a token once. A failure has the delay before the next request, if one can succeed.
    async fn send(
        &self,
        call: CallInfo,
        attempts: u32,
    ) -> Result<AccessToken, (Error, Option<Duration>)> {
        let call = CallInfo {
            timeout: Some(self.timeout),
            ..call
        };
        let delay = |reason: RetryReason<'_>| {
            let now = self.clock.system_time();
            Some(delay(attempts, reason, self.max_retry_after, now, random()))
        };
        let transport = |error: TransportError| {
            let error = Error::transport(call, error, false);
            let delay = error.retry_reason().and_then(delay);
            (error.of_token_request(), delay)
        };
        let sent = self.clock.now();
        let response = self.http.execute(self.request()).await;
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
        if HeaderValue::from_str(&token.access_token).is_err() {
            return Err(invalid("the token cannot be sent in a header"));
        }
        let expires_in = token.expires_in.and_then(|seconds| {
            let number = seconds
                .as_str()
                .map_or(seconds.as_f64(), |text| text.parse().ok());
            let time = Duration::try_from_secs_f64(number?).ok()?;
            // A token that expires on its way to the server is rejected.
            Some(time.saturating_sub((time / 10).min(Duration::from_secs(30))))
        });
        Ok(AccessToken {
            token: token.access_token,
            expires: expires_in.and_then(|time| sent.checked_add(time)),
        })
    }

    /// Returns the request for a token. The id and the secret are sent as `Authorization: Basic …`.
    fn request(&self) -> HttpRequest {
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
        let mut request = HttpRequest::new(Method::POST, self.url.clone());
        let headers = request.headers_mut();
        if let Ok(mut value) = HeaderValue::try_from(format!("Basic {}", base64(pair.as_bytes()))) {
            value.set_sensitive(true);
            headers.insert(AUTHORIZATION, value);
        }
        let form = HeaderValue::from_static("application/x-www-form-urlencoded");
        headers.insert(CONTENT_TYPE, form);
        if let Some(user_agent) = &self.user_agent {
            headers.insert(USER_AGENT, user_agent.clone());
        }
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
        Printable(&parts.join(": "))
    )
}
