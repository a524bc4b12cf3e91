//! What the client tells `tracing`, with the feature of that name; without it, nothing. Each call is a span of the
//! crate's own target. Neither spans nor events hold credentials, arguments or content.

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

#[cfg(not(feature = "tracing"))]
pub(super) use off::*;
#[cfg(feature = "tracing")]
pub(super) use on::*;

/// What is told of an answer, be it of success or failure.
#[derive(Clone, Copy)]
pub(super) struct Reply<'a> {
    pub(super) status: StatusCode,
    pub(super) headers: &'a HeaderMap,
    /// Size of the body, as far as it is known when the call is over.
    #[cfg_attr(not(feature = "tracing"), allow(dead_code))] // nobody asks for it then
    pub(super) received: Option<u64>,
}

#[cfg(feature = "tracing")]
mod on {
    use std::time::Duration;

    use tracing::field::Empty;
    use tracing::instrument::Instrument;
    #[cfg(feature = "blocking")]
    use tracing::instrument::WithSubscriber;
    use tracing::{Span, Value};

    use super::super::error::{Error, Result};
    use super::super::operation::{Meta, Settings};
    use super::Reply;

    const TARGET: &str = env!("CARGO_CRATE_NAME");

    /// The span of one call.
    pub(in super::super) struct CallSpan {
        span: Span,
        request_id_header: Option<&'static str>,
    }

    impl CallSpan {
        pub(in super::super) fn new(meta: &Meta, settings: &Settings) -> Self {
            let span = tracing::info_span!(
                target: TARGET,
                "call",
                operation = meta.operation,
                method = meta.method,
                path = meta.path,
                status = Empty,
                attempts = Empty,
                request_id = Empty,
                sent = Empty,
                received = Empty,
                error = Empty,
            );
            Self {
                span,
                request_id_header: settings.request_id_header,
            }
        }

        /// Runs the call inside the span.
        pub(in super::super) async fn cover<T>(
            &self,
            call: impl Future<Output = Result<T>>,
        ) -> Result<T> {
            let result = call.instrument(self.span.clone()).await;
            if let Err(error) = &result {
                self.record("error", Some(kind(error)));
            }
            result
        }

        /// There will be another attempt, after a wait.
        pub(in super::super) fn repeats(
            &self,
            error: &Error,
            reply: Option<Reply<'_>>,
            wait: Duration,
        ) {
            tracing::debug!(
                target: TARGET,
                parent: &self.span,
                error = kind(error),
                status = reply.map(|reply| reply.status.as_u16()),
                request_id = reply.and_then(|reply| self.request_id(reply)),
                ?wait,
                "trying again",
            );
        }

        /// There will be no other attempt.
        pub(in super::super) fn ends(
            &self,
            attempts: u32,
            sent: Option<u64>,
            reply: Option<Reply<'_>>,
        ) {
            self.record("attempts", Some(attempts));
            self.record("sent", sent);
            if let Some(reply) = reply {
                self.record("status", Some(reply.status.as_u16()));
                self.record("request_id", self.request_id(reply));
                self.record("received", reply.received);
            }
        }

        fn record(&self, field: &str, value: Option<impl Value>) {
            if let Some(value) = value {
                self.span.record(field, value);
            }
        }

        fn request_id<'a>(&self, reply: Reply<'a>) -> Option<&'a str> {
            reply.headers.get(self.request_id_header?)?.to_str().ok()
        }
    }

    fn kind(error: &Error) -> &'static str {
        match error {
            Error::Api(_) => "api",
            Error::InvalidRequest(_) => "invalid_request",
            Error::Connect(_) => "connect",
            Error::Timeout(_) => "timeout",
            Error::Body(_) => "body",
            Error::Decode(_) => "decode",
            Error::Config(_) => "config",
        }
    }

    /// A future that may run on another thread, and yet inside the span and for the subscriber of this one.
    #[cfg(feature = "blocking")]
    pub(in super::super) fn carried<F: Future>(future: F) -> impl Future<Output = F::Output> {
        future.in_current_span().with_current_subscriber()
    }
}

#[cfg(not(feature = "tracing"))]
mod off {
    use std::time::Duration;

    use super::super::error::Error;
    use super::super::operation::{Meta, Settings};
    use super::Reply;

    pub(in super::super) struct CallSpan;

    impl CallSpan {
        pub(in super::super) fn new(_: &Meta, _: &Settings) -> Self {
            Self
        }

        pub(in super::super) fn cover<F: Future>(&self, call: F) -> F {
            call
        }

        pub(in super::super) fn repeats(&self, _: &Error, _: Option<Reply<'_>>, _: Duration) {}

        pub(in super::super) fn ends(&self, _: u32, _: Option<u64>, _: Option<Reply<'_>>) {}
    }

    #[cfg(feature = "blocking")]
    pub(in super::super) fn carried<F: Future>(future: F) -> F {
        future
    }
}
