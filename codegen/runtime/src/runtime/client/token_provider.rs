//! Tokens that are requested before each attempt.

use std::error::Error as StdError;
use std::pin::Pin;

use reqwest::StatusCode;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};

use crate::runtime::api::auth_scheme::{CredentialLocation, Secret};
use crate::runtime::api::call_info::CallInfo;
use crate::runtime::auth::check::check;
use crate::runtime::error::{Error, Result};

/// Source of the bearer tokens of a client, for example for tokens that expire. An async closure without arguments is a
/// provider as well.
///
/// The token is sent with each call that accepts a bearer token.
pub trait TokenProvider: Send + Sync + 'static {
    /// Returns the token of the next attempt. Providers should cache tokens. A token without `Bearer `, whitespace and
    /// quotation marks is valid. A call with any other is [`Error::Config`].
    fn token(&self)
    -> impl Future<Output = Result<String, Box<dyn StdError + Send + Sync>>> + Send;

    /// Reports that the server rejected a token with status 401. If the next token is different, the call is repeated
    /// once with it.
    fn rejected(&self, token: &str) {
        let _ = token;
    }
}

impl<F, R, E> TokenProvider for F
where
    F: Fn() -> R + Send + Sync + 'static,
    R: Future<Output = Result<String, E>> + Send,
    E: Into<Box<dyn StdError + Send + Sync>>,
{
    async fn token(&self) -> Result<String, Box<dyn StdError + Send + Sync>> {
        self().await.map_err(Into::into)
    }
}

pub(crate) type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The secret that a provider returns.
const BEARER: Secret = Secret {
    location: CredentialLocation::Bearer,
    variable: None,
};

/// A source of tokens: a [`TokenProvider`] of any type, or OAuth 2 client credentials.
pub(crate) trait DynTokenProvider: Send + Sync {
    fn next_token(&self, call: CallInfo) -> BoxFuture<'_, Result<String>>;
    fn reject(&self, token: &str);
}

impl<P: TokenProvider> DynTokenProvider for P {
    fn next_token(&self, call: CallInfo) -> BoxFuture<'_, Result<String>> {
        Box::pin(async move {
            let token = self.token().await;
            let token = token.map_err(|error| Error::token_provider(call, error))?;
            match check(BEARER, true, &token) {
                Ok(()) => Ok(token),
                Err(invalid) => Err(Error::provided_token(call, invalid)),
            }
        })
    }

    fn reject(&self, token: &str) {
        self.rejected(token);
    }
}

/// The tokens of a call.
pub(crate) struct CallTokens<'a> {
    /// `None` if the call sends no token of a provider.
    provider: Option<&'a dyn DynTokenProvider>,
    current: String,
    /// True if no attempt has used the current token.
    is_unused: bool,
    /// True if another token was requested after the server rejected one.
    pub(crate) is_renewed: bool,
}

impl<'a> CallTokens<'a> {
    pub(crate) fn new(provider: Option<&'a dyn DynTokenProvider>) -> Self {
        Self {
            provider,
            current: String::new(),
            is_unused: false,
            is_renewed: false,
        }
    }

    /// Adds the `Authorization` header of the next attempt, if the call sends a token.
    pub(crate) async fn add_to(
        &mut self,
        mut headers: HeaderMap,
        call: CallInfo,
    ) -> Result<HeaderMap> {
        let Some(provider) = self.provider else {
            return Ok(headers);
        };
        if !self.is_unused {
            self.current = provider.next_token(call).await?;
        }
        self.is_unused = false;
        let header = HeaderValue::try_from(format!("Bearer {}", self.current));
        let mut header = header.map_err(|error| Error::token_provider(call, error.into()))?;
        header.set_sensitive(true);
        headers.insert(AUTHORIZATION, header);
        Ok(headers)
    }

    /// Reports a status 401 to the provider, and asks it for another token unless the attempt cannot be repeated. Returns
    /// true if there is one.
    pub(crate) async fn renew(
        &mut self,
        call: CallInfo,
        error: &Error,
        is_repeatable: bool,
    ) -> bool {
        let Some(provider) = self.provider else {
            return false;
        };
        if error.status() != Some(StatusCode::UNAUTHORIZED) {
            return false;
        }
        provider.reject(&self.current);
        if self.is_renewed || !is_repeatable {
            return false;
        }
        self.is_renewed = true;
        match provider.next_token(call).await {
            Ok(token) if token != self.current => self.current = token,
            _ => return false,
        }
        self.is_unused = true;
        true
    }
}
