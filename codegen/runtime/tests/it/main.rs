//! Tests of the runtime with a small API and a scripted server.

// The public items of a generated crate are public here.
#![allow(unreachable_pub)]

// Like a generated crate, the tests do not use all of the runtime. The two clippy lints do not apply
// to its public API.
#[path = "../../src/runtime/mod.rs"]
#[allow(dead_code, unused_imports, unused_macros)]
#[allow(clippy::struct_field_names, clippy::unnecessary_wraps)]
mod runtime;
#[path = "../support/mod.rs"]
mod support;

#[cfg(feature = "blocking")]
mod blocking;
mod bulk;
mod bulk_batches;
mod bulk_progress;
mod client_credentials;
mod deadlines;
mod downloads;
mod errors;
mod extensions;
mod models;
mod paging;
mod rate_limiter;
mod rate_limits;
mod redirects;
mod requests;
mod response_selection;
mod responses;
mod retries;
mod secrets;
mod security;
mod setup;
mod token_provider;
#[cfg(feature = "tracing")]
mod trace;
mod unions;
mod units;
mod uploads;
mod validation;
