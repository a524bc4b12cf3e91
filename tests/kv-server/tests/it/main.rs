//! Tests of the server over HTTP.

mod auth;
mod bulk;
mod bulk_get;
#[cfg(feature = "cli")]
mod command;
mod expiry;
mod faults;
mod keys;
mod multipart;
mod namespaces;
mod paths;
mod requests;
mod seed;
mod server;
#[cfg(feature = "store")]
mod store;
mod support;
mod values;
