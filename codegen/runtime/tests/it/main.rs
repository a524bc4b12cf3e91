//! The runtime at work in an API as it would be emitted, against a server that does what it is told.

// What an emitted crate makes public is public here.
#![allow(unreachable_pub)]

// As in an emitted crate, no API needs all of it; the two lints of clippy are not for what is public there.
#[path = "../../src/runtime/mod.rs"]
#[allow(dead_code, unused_imports)]
#[allow(clippy::struct_field_names, clippy::unnecessary_wraps)]
mod runtime;
#[path = "../support/mod.rs"]
mod support;

#[cfg(feature = "blocking")]
mod blocking;
mod bulk;
mod downloads;
mod errors;
mod models;
mod paging;
mod rate_limiter;
mod rate_limits;
mod requests;
mod response_selection;
mod responses;
mod retries;
mod secrets;
mod security;
mod setup;
#[cfg(feature = "tracing")]
mod trace;
mod unions;
mod units;
mod uploads;
mod validation;
