//! The faults: what goes wrong, and what a call makes of it. A new fault is a new row.

mod broken_off;
mod failures;
mod malformed;
mod unfit;

use std::sync::Arc;

use super::good::Good;
use super::operations::Gives;
use super::server::{Reply, Takes, Wrong};

/// One way to go wrong.
pub(crate) struct Fault {
    pub(crate) name: String,
    pub(crate) wrong: Wrong,
    pub(crate) outcomes: Outcomes,
    /// Whether it is only noticed when the time is over.
    pub(crate) silent: bool,
    /// Whether the server asks for another attempt without delay.
    pub(crate) quick: bool,
    /// Whether the answer is more than anyone should read.
    pub(crate) oversized: bool,
}

/// What a call makes of a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// As if all were well.
    Good,
    /// A success, but with something else in it.
    Other,
    Fails(Failure),
}

impl Outcome {
    pub(crate) fn again(self) -> Again {
        match self {
            Self::Fails(failure) => failure.again,
            Self::Good | Self::Other => Again::Never,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    pub(crate) kind: &'static str,
    pub(crate) status: Option<u16>,
    pub(crate) code: Option<i64>,
    pub(crate) again: Again,
}

/// Whether the call is repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Again {
    Never,
    /// When doing it twice does what doing it once does.
    IfSafe,
    /// For the server has done nothing.
    Always,
    /// It would be, had its caller not got the beginning of the answer.
    TooLate,
}

/// What calls make of a fault, by what they give.
#[derive(Clone, Copy)]
pub(crate) struct Outcomes {
    bytes: Outcome,
    stream: Outcome,
    json: Outcome,
    nothing: Outcome,
}

impl Outcomes {
    pub(crate) fn of(&self, gives: Gives) -> Outcome {
        match gives {
            Gives::Bytes => self.bytes,
            Gives::Stream => self.stream,
            Gives::Json => self.json,
            Gives::Nothing => self.nothing,
        }
    }
}

/// The same for all.
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

/// The connection went before an answer came.
const LOST: Outcome = fails("Connect");
/// The answer broke off.
const BROKEN: Outcomes = in_the_body("Body");
/// The time was over before an answer came.
const SILENT: Outcome = fails("Timeout");
/// The time was over before all of the answer had come.
const STALLED: Outcomes = in_the_body("Timeout");
/// The answer is none.
const MISFIT: Outcome = Outcome::Fails(Failure {
    kind: "Decode",
    status: None,
    code: None,
    again: Again::Never,
});
/// Bytes are what they are; JSON must be whole.
const UNFIT_AS_JSON: Outcomes = Outcomes {
    bytes: Outcome::Other,
    stream: Outcome::Other,
    json: MISFIT,
    nothing: MISFIT,
};
/// Only what is not kept may be so large.
const TOO_LARGE: Outcomes = Outcomes {
    bytes: MISFIT,
    stream: Outcome::Other,
    json: MISFIT,
    nothing: MISFIT,
};

const fn fails(kind: &'static str) -> Outcome {
    fails_and(kind, Again::IfSafe)
}

const fn in_the_body(kind: &'static str) -> Outcomes {
    Outcomes {
        bytes: fails(kind),
        stream: fails_and(kind, Again::TooLate),
        json: fails(kind),
        nothing: fails(kind),
    }
}

const fn fails_and(kind: &'static str, again: Again) -> Outcome {
    Outcome::Fails(Failure {
        kind,
        status: None,
        code: None,
        again,
    })
}

/// The server said that it failed, perhaps with a code.
const fn api(status: u16, code: Option<i64>, again: Again) -> Outcome {
    Outcome::Fails(Failure {
        kind: "Api",
        status: Some(status),
        code,
        again,
    })
}

/// Asks for another attempt without delay.
const NOW: (&str, &str) = ("retry-after-ms", "0");

/// More than a body of any kind has.
const HUGE: u64 = 100_000_000;

const HTML: &[u8] = b"<html>\n<head><title>524: A timeout occurred</title></head>\n</html>";

/// All of them. `elsewhere` is a server that nobody may be led to.
pub(crate) fn faults(elsewhere: &str) -> Vec<Fault> {
    let mut all = broken_off::faults();
    all.extend(malformed::faults());
    all.extend(unfit::faults());
    all.extend(failures::faults());
    all.extend(failures::rate_limits());
    all.extend(failures::redirects(elsewhere));
    all
}

fn fault<R: Into<Reply>>(
    name: impl Into<String>,
    outcomes: impl Into<Outcomes>,
    reply: impl Fn(&Good) -> R + Send + Sync + 'static,
) -> Fault {
    Fault {
        name: name.into(),
        wrong: Wrong {
            takes: Takes::Whole,
            reply: Arc::new(move |good| reply(good).into()),
        },
        outcomes: outcomes.into(),
        silent: false,
        quick: false,
        oversized: false,
    }
}

impl Fault {
    fn taking(mut self, takes: Takes) -> Self {
        self.wrong.takes = takes;
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

    fn oversized(mut self) -> Self {
        self.oversized = true;
        self
    }
}
