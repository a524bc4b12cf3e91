//! Spans and events for the `tracing` feature. Without the feature, the functions do nothing.
//!
//! Each call is a span. Spans and events contain no credentials, arguments or content.

#[cfg(not(feature = "tracing"))]
pub(crate) use off::*;
#[cfg(feature = "tracing")]
pub(crate) use on::*;

#[cfg(feature = "tracing")]
mod on {
    use std::time::Duration;

    use tracing::field::Empty;
    use tracing::instrument::Instrument;
    #[cfg(feature = "blocking")]
    use tracing::instrument::WithSubscriber;
    use tracing::{Span, Value};

    use crate::runtime::api::meta::{Meta, Settings};
    use crate::runtime::error::{Error, Result};
    use crate::runtime::http::head::ResponseHead;

    const TARGET: &str = env!("CARGO_CRATE_NAME");

    /// Span of a call.
    pub(crate) struct CallSpan {
        span: Span,
        request_id_header: Option<&'static str>,
    }

    impl CallSpan {
        pub(crate) fn new(meta: &Meta, settings: &Settings) -> Self {
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

        /// Runs a call in the span.
        pub(crate) async fn instrument<T>(
            &self,
            call: impl Future<Output = Result<T>>,
        ) -> Result<T> {
            let result = Instrument::instrument(call, self.span.clone()).await;
            if let Err(error) = &result {
                self.record_error(error);
            }
            result
        }

        /// Records the error of the call.
        pub(crate) fn record_error(&self, error: &Error) {
            self.record("error", Some(error_kind(error)));
        }

        /// Records the number of received bytes.
        pub(crate) fn record_received(&self, bytes: u64) {
            self.record("received", Some(bytes));
        }

        /// Records a retry.
        pub(crate) fn record_retry(
            &self,
            error: &Error,
            head: Option<ResponseHead<'_>>,
            delay: Duration,
        ) {
            tracing::debug!(
                target: TARGET,
                parent: &self.span,
                error = error_kind(error),
                status = head.map(|head| head.status.as_u16()),
                request_id = head.and_then(|head| self.request_id(head)),
                wait = ?delay,
                "retrying",
            );
        }

        /// Records the end of the last attempt.
        pub(crate) fn record_end(
            &self,
            attempts: u32,
            sent: Option<u64>,
            head: Option<ResponseHead<'_>>,
        ) {
            self.record("attempts", Some(attempts));
            self.record("sent", sent);
            if let Some(head) = head {
                self.record("status", Some(head.status.as_u16()));
                self.record("request_id", self.request_id(head));
                head.size
                    .into_iter()
                    .for_each(|size| self.record_received(size));
            }
        }

        fn record(&self, field: &str, value: Option<impl Value>) {
            if let Some(value) = value {
                self.span.record(field, value);
            }
        }

        fn request_id<'a>(&self, head: ResponseHead<'a>) -> Option<&'a str> {
            head.headers.get(self.request_id_header?)?.to_str().ok()
        }
    }

    fn error_kind(error: &Error) -> &'static str {
        match error {
            Error::Api(_) => "api",
            Error::InvalidRequest(_) => "invalid_request",
            Error::Connect(_) => "connect",
            Error::Timeout(_) => "timeout",
            Error::Body(_) => "body",
            Error::Decode(_) => "decode",
            Error::Config(_) => "config",
            #[cfg(feature = "part-bulk")]
            Error::Incomplete(_) => "incomplete",
        }
    }

    /// Wraps a future that runs on another thread, so that it uses the current span and subscriber.
    #[cfg(feature = "blocking")]
    pub(crate) fn in_current_span<F: Future>(future: F) -> impl Future<Output = F::Output> {
        future.in_current_span().with_current_subscriber()
    }
}

#[cfg(not(feature = "tracing"))]
mod off {
    use std::time::Duration;

    use crate::runtime::api::meta::{Meta, Settings};
    use crate::runtime::error::Error;
    use crate::runtime::http::head::ResponseHead;

    pub(crate) struct CallSpan;

    impl CallSpan {
        pub(crate) fn new(_: &Meta, _: &Settings) -> Self {
            Self
        }

        pub(crate) fn instrument<F: Future>(&self, call: F) -> F {
            call
        }

        #[cfg(feature = "part-downloads")]
        pub(crate) fn record_error(&self, _: &Error) {}

        #[cfg(feature = "part-downloads")]
        pub(crate) fn record_received(&self, _: u64) {}

        pub(crate) fn record_retry(&self, _: &Error, _: Option<ResponseHead<'_>>, _: Duration) {}

        pub(crate) fn record_end(&self, _: u32, _: Option<u64>, _: Option<ResponseHead<'_>>) {}
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn in_current_span<F: Future>(future: F) -> F {
        future
    }
}
