//! Tests of the generated crate over HTTP: requests, responses, and the effect on a server that stores values. Each
//! test runs with both clients.

mod arguments;
mod bulk_batches;
mod bulk_streams;
mod download;
mod embedded;
mod end_to_end;
mod environment;
mod error_display;
mod extensions;
mod failures;
mod options;
mod pages;
mod rate_limits;
mod rejections;
mod requests;
mod responses;
mod retries;
mod trace;
mod upload;
