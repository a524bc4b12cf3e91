//! A local server with the REST API of Workers KV, for tests and development.
//!
//! It listens on a local port and has the limits and the error codes of the service. It runs on a separate thread, so
//! async and blocking programs can use it. A test can fill it, move its clock, make requests fail, and read the
//! requests that it received. The command `kv-server` runs it for programs in other languages.
//!
//! It has no rate limits, and changes are visible immediately. Codes and texts of errors are equal to the service's if
//! they are known. All other codes are 10001.
//!
//! ```
//! use std::time::Duration;
//!
//! use kv_server::{Fault, KvServer, Pair};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let server = KvServer::start()?;
//! let sessions = server.namespace("sessions");
//! sessions.put(Pair::new("ada", "online").expiration_ttl(Duration::from_secs(60)));
//! server.fail_next(Fault::status(503));
//!
//! let (base, account, id) = (server.base_url(), server.account_id(), sessions.id());
//! let url = format!("{base}/accounts/{account}/storage/kv/namespaces/{id}/values/ada");
//! let client = reqwest::Client::new();
//! let get = || client.get(&url).bearer_auth(server.token()).send();
//! assert_eq!(get().await?.status(), 503);
//! assert_eq!(get().await?.text().await?, "online");
//!
//! server.advance(Duration::from_secs(60));
//! assert_eq!(get().await?.status(), 404);
//! assert_eq!(server.requests().len(), 3);
//! # Ok(())
//! # }
//! ```

mod auth;
mod builder;
mod bulk;
mod bulk_get;
mod clock;
mod effect;
mod envelope;
mod error;
mod fault;
mod handle;
mod http;
mod json;
mod keys;
mod multipart;
mod namespaces;
mod path;
mod received;
mod request;
mod route;
mod rules;
mod seed;
mod server;
mod service;
mod store;
mod values;

pub use builder::KvServerBuilder;
pub use fault::Fault;
pub use handle::{NamespaceHandle, StoredPair};
pub use received::ReceivedRequest;
pub use seed::{Namespace, Pair};
pub use server::KvServer;

/// The README of this package.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
