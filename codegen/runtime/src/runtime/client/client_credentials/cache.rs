//! Caches an access token. Concurrent calls share a request for it.

use std::sync::Mutex;
use std::time::Duration;

use crate::runtime::api::call_info::CallInfo;
use crate::runtime::client::client_credentials::token_request::{AccessToken, TokenRequest};
use crate::runtime::client::token_provider::{BoxFuture, DynTokenProvider};
use crate::runtime::error::Result;
use crate::runtime::platform::Instant;
use crate::runtime::util::lock::lock;

/// Delay until a call checks again if another call has received a token.
const STEP: Duration = Duration::from_millis(10);

/// Requests tokens and caches them.
pub(super) struct TokenCache {
    request: TokenRequest,
    state: Mutex<State>,
}

/// The current token, and the state of the request for the next one.
#[derive(Default)]
struct State {
    token: Option<AccessToken>,
    /// Time until which other calls wait for the request of a call.
    requested_until: Option<Instant>,
}

impl DynTokenProvider for TokenCache {
    fn next_token(&self, call: CallInfo) -> BoxFuture<'_, Result<String>> {
        Box::pin(self.token(call))
    }

    fn reject(&self, token: &str) {
        let mut state = lock(&self.state);
        state.token.take_if(|cached| cached.token == token);
    }
}

/// Next step of a call that needs a token.
enum Step {
    Use(String),
    Wait,
    Request,
}

impl TokenCache {
    pub(super) fn new(request: TokenRequest) -> Self {
        Self {
            request,
            state: Mutex::default(),
        }
    }

    /// Returns the cached token, or requests one. Concurrent calls share a request.
    async fn token(&self, call: CallInfo) -> Result<String> {
        loop {
            match self.step() {
                Step::Use(token) => return Ok(token),
                Step::Wait => self.request.clock.sleep(STEP).await,
                Step::Request => {
                    let _request = RequestGuard(&self.state);
                    let token = self.request.send_with_retries(call).await?;
                    let text = token.token.clone();
                    lock(&self.state).token = Some(token);
                    return Ok(text);
                }
            }
        }
    }

    /// Decides what a call does. Other calls wait only for a limited time, because the future of the call that requests a
    /// token may never be polled again.
    fn step(&self) -> Step {
        let now = self.request.clock.now();
        let mut state = lock(&self.state);
        if let Some(cached) = &state.token
            && cached.expires.is_none_or(|expires| now < expires)
        {
            return Step::Use(cached.token.clone());
        }
        if state.requested_until.is_some_and(|until| now < until) {
            return Step::Wait;
        }
        state.requested_until = now.checked_add(self.request.timeout);
        Step::Request
    }
}

/// Ends a request: other calls no longer wait for it.
struct RequestGuard<'a>(&'a Mutex<State>);

impl Drop for RequestGuard<'_> {
    fn drop(&mut self) {
        lock(self.0).requested_until = None;
    }
}
