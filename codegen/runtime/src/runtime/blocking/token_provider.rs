//! Tokens of the blocking client.

use std::error::Error as StdError;
use std::sync::Arc;

use tokio::task::spawn_blocking;

use crate::runtime::blocking::Client;
use crate::runtime::builder::ClientBuilder;
use crate::runtime::client::token_provider;

/// Source of the bearer tokens of a blocking client, for example for tokens that expire. A closure without arguments is a
/// provider as well.
///
/// The token is sent with each call that accepts a bearer token.
pub trait TokenProvider: Send + Sync + 'static {
    /// Returns the token of the next attempt. Providers should cache tokens. A token without `Bearer `, whitespace and
    /// quotation marks is valid. A call with any other is [`Error::Config`](crate::runtime::error::Error::Config).
    fn token(&self) -> Result<String, Box<dyn StdError + Send + Sync>>;

    /// Reports that the server rejected a token with status 401. If the next token is different, the call is repeated
    /// once with it.
    fn rejected(&self, token: &str) {
        let _ = token;
    }
}

impl<F, E> TokenProvider for F
where
    F: Fn() -> Result<String, E> + Send + Sync + 'static,
    E: Into<Box<dyn StdError + Send + Sync>>,
{
    fn token(&self) -> Result<String, Box<dyn StdError + Send + Sync>> {
        self().map_err(Into::into)
    }
}

/// Makes a provider of the blocking client one of the async client. It runs on a thread for blocking operations.
struct Adapter<P>(Arc<P>);

impl<P: TokenProvider> token_provider::TokenProvider for Adapter<P> {
    async fn token(&self) -> Result<String, Box<dyn StdError + Send + Sync>> {
        let provider = Arc::clone(&self.0);
        spawn_blocking(move || provider.token()).await?
    }

    fn rejected(&self, token: &str) {
        self.0.rejected(token);
    }
}

impl ClientBuilder<Client> {
    /// Sends the tokens of a provider instead of a fixed token.
    pub fn token_provider(self, provider: impl TokenProvider) -> Self {
        self.with_token_provider(Adapter(Arc::new(provider)))
    }
}
