//! The emitted crate on the wire, as its users see it: what calls send, what they make of answers,
//! and what becomes of it all on a server that stores things. Each case runs with both clients.

mod answers;
mod download;
mod embedded;
mod end_to_end;
mod environment;
mod failures;
mod options;
mod pages;
mod rate_limits;
mod refusals;
mod requests;
mod retries;
mod trace;
mod upload;
