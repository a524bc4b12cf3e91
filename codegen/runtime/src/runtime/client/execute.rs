//! Runs calls: sends attempts until one succeeds. Every call uses this module.

use std::pin::pin;
use std::time::Duration;

use crate::runtime::api::call_info::CallInfo;
use crate::runtime::body::upload::Upload;
use crate::runtime::client::attempt::{PreparedRequest, error_head, head, prepare, send_attempt};
use crate::runtime::client::deadline::{Deadline, until};
use crate::runtime::client::options::Options;
use crate::runtime::client::pending::PendingResponse;
use crate::runtime::client::retry_policy::FailedAttempt;
#[cfg(feature = "part-tokens")]
use crate::runtime::client::token_provider::CallTokens;
use crate::runtime::client::trace::CallSpan;
use crate::runtime::client::{Client, Core};
use crate::runtime::error::api::ApiError;
use crate::runtime::error::{Error, Result};
use crate::runtime::http::head::HasHead;
use crate::runtime::http::raw_response::RawResponse;
use crate::runtime::http::retry::{RetryReason, delay, is_retryable};
use crate::runtime::operation::Operation;
use crate::runtime::platform::random;
use crate::runtime::request::Request;
use crate::runtime::response::decode::DecodeError;

/// Runs an operation. Returns its output and the response.
pub(crate) async fn execute<O: Operation>(
    client: &Client,
    options: &Options,
    request: &Request,
) -> Result<(O::Output, RawResponse)> {
    let core = &*client.core;
    let max = core.max_response.unwrap_or(O::META.max_response);
    let span = CallSpan::new(O::META, core.settings);
    span.instrument(async {
        let prepared = prepare(core, options, O::META, request)?;
        let receive = |pending: PendingResponse| pending.read_body(max);
        let response = retry_loop(core, options, &prepared, &span, receive).await?;
        match O::decode(request, &response) {
            Ok(output) => Ok((output, response)),
            Err(DecodeError::Api) => Err(Error::Api(ApiError::new(response))),
            Err(DecodeError::Json(error)) => {
                let call = Some(response.call);
                let error = Error::decode(call, error.path, &error.text);
                Err(error.with_headers(response.headers))
            }
        }
    })
    .await
}

/// Sends attempts until one succeeds or no retry is possible. `receive` reads the response.
pub(crate) async fn retry_loop<T: HasHead, F: Future<Output = Result<T>>>(
    core: &Core,
    options: &Options,
    prepared: &PreparedRequest<'_>,
    span: &CallSpan,
    receive: impl Fn(PendingResponse) -> F,
) -> Result<T> {
    let clock = &*core.clock;
    let deadline = options.start_deadline(clock);
    let mut attempts = Attempts::new(core, options, prepared, span, deadline);
    let outcome = until(deadline, clock, pin!(attempts.run(&receive))).await;
    let outcome = outcome.unwrap_or_else(|passed| {
        let last = attempts.last.take();
        Err(passed.error(attempts.call(), last))
    });
    #[cfg(feature = "part-uploads")]
    let outcome = outcome.map_err(|error| {
        if attempts.is_body_available() {
            error
        } else {
            error.body_consumed()
        }
    });
    let sent = prepared.body.as_ref().map_or(Some(0), Upload::size);
    span.record_end(attempts.count, sent, head(&outcome));
    outcome
}

/// The attempts of a call.
struct Attempts<'a> {
    core: &'a Core,
    options: &'a Options,
    prepared: &'a PreparedRequest<'a>,
    span: &'a CallSpan,
    deadline: Option<Deadline>,
    /// Number of attempts that were sent.
    count: u32,
    /// Error of the last attempt, while a retry is pending.
    last: Option<Error>,
    #[cfg(feature = "part-tokens")]
    tokens: CallTokens<'a>,
}

impl<'a> Attempts<'a> {
    fn new(
        core: &'a Core,
        options: &'a Options,
        prepared: &'a PreparedRequest<'a>,
        span: &'a CallSpan,
        deadline: Option<Deadline>,
    ) -> Self {
        Self {
            core,
            options,
            prepared,
            span,
            deadline,
            count: 0,
            last: None,
            #[cfg(feature = "part-tokens")]
            tokens: {
                let provider = core.extensions.token_provider.as_deref();
                CallTokens::new(provider.filter(|_| prepared.defaults.uses_token))
            },
        }
    }

    async fn run<T: HasHead, F: Future<Output = Result<T>>>(
        &mut self,
        receive: &impl Fn(PendingResponse) -> F,
    ) -> Result<T> {
        let core = self.core;
        loop {
            let outcome = self.send(receive).await;
            if let (Some(rate_limiter), Some(head)) = (&core.rate_limiter, head(&outcome)) {
                let max = core.max_retry_after;
                rate_limiter.observe(&*core.clock, head.status, head.headers, max);
            }
            let error = match outcome {
                Ok(received) => return Ok(received),
                Err(error) => error,
            };
            #[cfg(feature = "part-tokens")]
            if self.renew_token(&error).await {
                self.span
                    .record_retry(&error, error_head(&error), Duration::ZERO);
                self.last = Some(error);
                continue;
            }
            let delay = self.delay(&error);
            if let Some(deadline) = self.deadline
                && deadline.is_exceeded(&*core.clock, &error, delay)
            {
                return Err(deadline.error(self.call(), Some(error)));
            }
            let Some(delay) = delay else {
                return Err(error);
            };
            self.span.record_retry(&error, error_head(&error), delay);
            self.last = Some(error);
            core.clock.sleep(delay).await;
        }
    }

    /// Sends the next attempt.
    async fn send<T: HasHead, F: Future<Output = Result<T>>>(
        &mut self,
        receive: &impl Fn(PendingResponse) -> F,
    ) -> Result<T> {
        let core = self.core;
        if let Some(rate_limiter) = &core.rate_limiter {
            rate_limiter.acquire(&*core.clock).await;
        }
        let headers = self.prepared.defaults.headers.clone();
        #[cfg(feature = "part-tokens")]
        let headers = self.tokens.add_to(headers, self.call()).await?;
        self.count += 1;
        let mut timeout = self.prepared.timeout;
        if let Some(deadline) = self.deadline {
            // The timeout of the HTTP client also limits the time to read a download.
            timeout = timeout.min(deadline.remaining(&*core.clock));
        }
        let call = CallInfo {
            timeout: Some(timeout),
            ..self.call()
        };
        send_attempt(core, self.options, self.prepared, call, headers, receive).await
    }

    /// Returns the delay before the next attempt, or `None` if the call is not retried.
    fn delay(&self, error: &Error) -> Option<Duration> {
        #[cfg(feature = "part-bulk")]
        if let Some(batch) = &self.options.batch
            && batch.is_last_attempt(error)
        {
            return None;
        }
        #[cfg(feature = "part-uploads")]
        if !self.is_body_available() {
            return None;
        }
        let reason = error.retry_reason()?;
        let core = self.core;
        let max_retries = self.options.max_retries.unwrap_or(core.max_retries);
        #[cfg(feature = "part-tokens")]
        // The attempt with a new token does not count as a retry.
        let count = self.count - u32::from(self.tokens.is_renewed);
        #[cfg(not(feature = "part-tokens"))]
        let count = self.count;
        let is_retried =
            count <= max_retries && is_retryable(self.prepared.meta.is_idempotent(), reason);
        let default_delay = is_retried.then(|| retry_delay(core, count, reason));
        match &core.extensions.retry_policy {
            Some(policy) => policy.delay(&FailedAttempt {
                error,
                default_delay,
            }),
            None => default_delay,
        }
    }

    /// Asks for another token after a status 401. Returns true if there is one.
    #[cfg(feature = "part-tokens")]
    async fn renew_token(&mut self, error: &Error) -> bool {
        #[cfg(feature = "part-uploads")]
        let is_repeatable = self.is_body_available();
        #[cfg(not(feature = "part-uploads"))]
        let is_repeatable = true;
        self.tokens.renew(self.call(), error, is_repeatable).await
    }

    /// Returns true if the request can be sent again.
    #[cfg(feature = "part-uploads")]
    fn is_body_available(&self) -> bool {
        self.prepared.body.as_ref().is_none_or(Upload::is_available)
    }

    fn call(&self) -> CallInfo {
        CallInfo::new(self.core.settings, self.prepared.meta, self.count)
    }
}

/// Returns the delay of the default policy before the next attempt.
pub(crate) fn retry_delay(core: &Core, attempts: u32, retry_reason: RetryReason<'_>) -> Duration {
    let max = core.max_retry_after;
    delay(
        attempts,
        retry_reason,
        max,
        core.clock.system_time(),
        random(),
    )
}
