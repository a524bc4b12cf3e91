//! An in-memory server with the REST API of Workers KV, for tests and examples.
//!
//! It listens on a local port and has the limits and the error codes of the service. It runs on a separate thread, so
//! async and blocking programs can use it.
//!
//! It has no rate limits, and changes are visible immediately. Codes and texts of errors are equal to the service's if
//! they are known. All other codes are 10001.

mod auth;
mod bulk;
mod bulk_get;
mod clock;
mod envelope;
mod error;
mod http;
mod json;
mod keys;
mod multipart;
mod namespaces;
mod path;
mod request;
mod route;
mod rules;
mod service;
mod store;
mod values;

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use service::Service;
use tokio::sync::oneshot;

/// A running server with one account and no namespace in it yet.
///
/// It listens on a free port of 127.0.0.1 and ends when it is dropped.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let server = kv_server::KvServer::start()?;
///
/// let (base, account) = (server.base_url(), server.account_id());
/// let namespaces = format!("{base}/accounts/{account}/storage/kv/namespaces");
/// let request = reqwest::Client::new().post(namespaces).bearer_auth(server.token());
/// let response = request.body(r#"{"title": "sessions"}"#).send().await?.text().await?;
///
/// assert!(response.contains(r#""success":true"#));
/// # Ok(())
/// # }
/// ```
pub struct KvServer {
    base_url: String,
    service: Arc<Service>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl KvServer {
    /// Starts a server with default settings.
    pub fn start() -> io::Result<Self> {
        Self::builder().start()
    }

    /// Returns a builder for a server with other settings.
    pub fn builder() -> KvServerBuilder {
        KvServerBuilder {
            page_size_cap: usize::MAX,
        }
    }

    /// Base URL of the API: `http://127.0.0.1:PORT/client/v4`.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Identifier of the account.
    pub fn account_id(&self) -> &str {
        &self.service.account.id
    }

    /// The accepted API token.
    pub fn token(&self) -> &str {
        &self.service.account.token
    }

    /// The accepted key. It requires [`api_email`](Self::api_email).
    pub fn api_key(&self) -> &str {
        &self.service.account.api_key
    }

    /// The e-mail address of [`api_key`](Self::api_key).
    pub fn api_email(&self) -> &str {
        &self.service.account.api_email
    }

    /// Moves the server's clock ahead, so that a test sees pairs expire without waiting for it.
    ///
    /// A pair written with a TTL of 60 is gone after `advance(Duration::from_secs(60))`.
    pub fn advance(&self, by: Duration) {
        self.service.clock.advance(by);
    }
}

impl Drop for KvServer {
    fn drop(&mut self) {
        // Dropping the sender stops the server.
        self.stop.take();
        if let Some(thread) = self.thread.take() {
            // An error is a panic of the thread, which is printed already.
            let _ = thread.join();
        }
    }
}

impl fmt::Debug for KvServer {
    /// Omits the credentials.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KvServer")
            .field("base_url", &self.base_url)
            .finish_non_exhaustive()
    }
}

/// Settings of a [`KvServer`]. See [`KvServer::builder`].
#[derive(Clone, Debug)]
pub struct KvServerBuilder {
    page_size_cap: usize,
}

impl KvServerBuilder {
    /// Limits the number of items on a page of a list to at least one, for any request.
    ///
    /// Tests can read several pages of a few keys. The minimum of the API is ten.
    pub fn page_size_cap(mut self, items: usize) -> Self {
        self.page_size_cap = items.max(1);
        self
    }

    /// Starts the server. It accepts connections when this function returns.
    pub fn start(self) -> io::Result<KvServer> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        listener.set_nonblocking(true)?;
        let base_url = format!("http://{}{}", listener.local_addr()?, route::BASE_PATH);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let service = Arc::new(Service::new(self.page_size_cap));
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::Builder::new()
            .name("kv-server".into())
            .spawn({
                let service = Arc::clone(&service);
                move || runtime.block_on(http::serve(listener, service, stopped))
            })?;
        Ok(KvServer {
            base_url,
            service,
            stop: Some(stop),
            thread: Some(thread),
        })
    }
}
