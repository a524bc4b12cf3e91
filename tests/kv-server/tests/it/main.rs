//! The server's rules, each checked by speaking HTTP to it.

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
