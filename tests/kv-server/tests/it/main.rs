//! Tests of the server over HTTP.

mod auth;
mod bulk;
mod bulk_get;
mod expiry;
mod keys;
mod multipart;
mod namespaces;
mod paths;
mod server;
mod support;
mod values;
