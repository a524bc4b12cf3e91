//! The table of faults and their expected outcomes, one row per fault.

mod http2;
mod interrupted;
mod invalid_bodies;
mod malformed;
mod statuses;

use std::sync::Arc;

use super::operations::Output;
use super::reply::{FaultyResponse, Reply, RequestRead};
use super::successful::SuccessfulResponse;

/// A fault.
#[allow(clippy::struct_excessive_bools, reason = "independent properties")]
pub(crate) struct Fault {
    pub(crate) name: String,
    pub(crate) response: FaultyResponse,
    pub(crate) outcomes: Outcomes,
    /// True if only a timeout detects the fault.
    pub(crate) silent: bool,
    /// True if the server requests a retry without a wait.
    pub(crate) quick: bool,
    /// True if the response is larger than the client should read.
    pub(crate) oversized: bool,
    /// True if the client uses HTTP/2.
    pub(crate) http2: bool,
}

/// The expected outcome of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The result of a successful call.
    Success,
    /// A success with another result.
    Other,
    Fails(Failure),
}

impl Outcome {
    pub(crate) fn retry(self) -> Retry {
        match self {
            Self::Fails(failure) => failure.retry,
            Self::Success | Self::Other => Retry::Never,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    pub(crate) kind: &'static str,
    pub(crate) status: Option<u16>,
    pub(crate) code: Option<i64>,
    pub(crate) retry: Retry,
}

/// The condition for a retry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Retry {
    Never,
    /// The call is safe to repeat.
    IfSafe,
    /// The server did not process the request.
    Always,
    /// No retry, because the caller already has the start of the response.
    TooLate,
}

/// The expected outcomes by the output of the call.
#[derive(Clone, Copy)]
pub(crate) struct Outcomes {
    bytes: Outcome,
    stream: Outcome,
    json: Outcome,
    nothing: Outcome,
}

impl Outcomes {
    pub(crate) fn of(&self, output: Output) -> Outcome {
        match output {
            Output::Bytes => self.bytes,
            Output::Stream => self.stream,
            Output::Json => self.json,
            Output::Nothing => self.nothing,
        }
    }
}

/// The same outcome for all calls.
impl From<Outcome> for Outcomes {
    fn from(outcome: Outcome) -> Self {
        Self {
            bytes: outcome,
            stream: outcome,
            json: outcome,
            nothing: outcome,
        }
    }
}

/// The connection ended before a response.
const LOST: Outcome = fails("Connect");
/// The response is incomplete.
const BROKEN: Outcomes = in_the_body("Body");
/// The timeout ended before a response.
const SILENT: Outcome = fails("Timeout");
/// The timeout ended during the response body.
const STALLED: Outcomes = in_the_body("Timeout");
/// The response cannot be decoded.
const UNDECODABLE: Outcome = Outcome::Fails(Failure {
    kind: "Decode",
    status: None,
    code: None,
    retry: Retry::Never,
});
/// Bytes can have any value. JSON must be valid.
const INVALID_JSON: Outcomes = Outcomes {
    bytes: Outcome::Other,
    stream: Outcome::Other,
    json: UNDECODABLE,
    nothing: UNDECODABLE,
};
/// Only streams can have this size.
const TOO_LARGE: Outcomes = Outcomes {
    bytes: UNDECODABLE,
    stream: Outcome::Other,
    json: UNDECODABLE,
    nothing: UNDECODABLE,
};

const fn fails(kind: &'static str) -> Outcome {
    fails_and(kind, Retry::IfSafe)
}

const fn in_the_body(kind: &'static str) -> Outcomes {
    Outcomes {
        bytes: fails(kind),
        stream: fails_and(kind, Retry::TooLate),
        json: fails(kind),
        nothing: fails(kind),
    }
}

const fn fails_and(kind: &'static str, retry: Retry) -> Outcome {
    Outcome::Fails(Failure {
        kind,
        status: None,
        code: None,
        retry,
    })
}

/// An error response, optionally with a code.
const fn api(status: u16, code: Option<i64>, retry: Retry) -> Outcome {
    Outcome::Fails(Failure {
        kind: "Api",
        status: Some(status),
        code,
        retry,
    })
}

/// Requests a retry without a wait.
const NOW: (&str, &str) = ("retry-after-ms", "0");

/// Larger than any valid body.
const HUGE: u64 = 100_000_000;

const HTML: &[u8] = b"<html>\n<head><title>524: A timeout occurred</title></head>\n</html>";

/// Returns all faults. `other_host` is the target of redirects.
pub(crate) fn faults(other_host: &str) -> Vec<Fault> {
    let mut all = interrupted::faults();
    all.extend(malformed::faults());
    all.extend(invalid_bodies::faults());
    all.extend(http2::faults());
    all.extend(statuses::faults());
    all.extend(statuses::rate_limits());
    all.extend(statuses::redirects(other_host));
    all
}

fn fault<R: Into<Reply>>(
    name: impl Into<String>,
    outcomes: impl Into<Outcomes>,
    reply: impl Fn(&SuccessfulResponse) -> R + Send + Sync + 'static,
) -> Fault {
    Fault {
        name: name.into(),
        response: FaultyResponse {
            read: RequestRead::Whole,
            reply: Arc::new(move |success| reply(success).into()),
        },
        outcomes: outcomes.into(),
        silent: false,
        quick: false,
        oversized: false,
        http2: false,
    }
}

impl Fault {
    fn reading_request(mut self, read: RequestRead) -> Self {
        self.response.read = read;
        self
    }

    fn silent(mut self, silent: bool) -> Self {
        self.silent = silent;
        self
    }

    fn quick(mut self, quick: bool) -> Self {
        self.quick = quick;
        self
    }

    fn over_http2(mut self) -> Self {
        self.http2 = true;
        self
    }

    fn oversized(mut self) -> Self {
        self.oversized = true;
        self
    }
}
