//! Connects the examples to Cloudflare, or to a local server.
//!
//! A program of its own calls `Client::from_env()` and knows the ids of its namespaces.
//!
//! The modules are guides for programs that use another client.

use std::env;
use std::error::Error;
use std::time::{SystemTime, UNIX_EPOCH};

use kv_server::KvServer;
use workers_kv::handles::NamespaceHandle;
use workers_kv::{Client, Result, blocking};

#[doc = include_str!("../from-cloudflare-rs.md")]
pub mod from_cloudflare_rs {}

#[doc = include_str!("../from-python-sdk.md")]
pub mod from_python_sdk {}

/// A client, and a namespace for one run of an example.
pub struct Connection<C> {
    client: C,
    account_id: String,
    namespace_id: String,
    /// Stops when it is dropped.
    _server: Option<KvServer>,
}

/// Implements the same methods for both clients.
macro_rules! connection {
    ($client:ty, $connect:ident $(, $async:ident, $await:ident)?) => {
        /// Creates a namespace: at Cloudflare if the environment contains credentials and `CLOUDFLARE_ACCOUNT_ID`,
        /// otherwise in a local server.
        pub $($async)? fn $connect() -> Result<Connection<$client>, Box<dyn Error>> {
            let (client, account_id, server) =
                match (<$client>::from_env(), env::var("CLOUDFLARE_ACCOUNT_ID")) {
                    (Ok(client), Ok(account_id)) => (client, account_id, None),
                    _ => {
                        let server = KvServer::start()?;
                        let builder = <$client>::builder().base_url(server.base_url());
                        let client = builder.api_token(server.token()).build()?;
                        (client, server.account_id().to_owned(), Some(server))
                    }
                };
            let namespaces = client.namespaces(account_id.as_str());
            let namespace = namespaces.create(title()?).send()$(.$await)??;
            Ok(Connection {
                client,
                account_id,
                namespace_id: namespace.id,
                _server: server,
            })
        }

        impl Connection<$client> {
            /// Returns the namespace.
            pub fn namespace(&self) -> NamespaceHandle<$client> {
                self.client.namespace(self.account_id.as_str(), self.namespace_id.as_str())
            }

            /// Deletes the namespace.
            pub $($async)? fn close(self) -> Result<()> {
                let namespaces = self.client.namespaces(self.account_id.as_str());
                namespaces.delete(self.namespace_id.as_str()).send()$(.$await)?
            }
        }
    };
}

connection!(Client, connect, async, await);
connection!(blocking::Client, connect_blocking);

/// Returns a title that no other namespace has.
fn title() -> Result<String, Box<dyn Error>> {
    let time = SystemTime::now().duration_since(UNIX_EPOCH)?;
    Ok(format!("workers-kv example {}", time.as_millis()))
}
