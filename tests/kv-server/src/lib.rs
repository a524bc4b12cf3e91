//! An in-memory server with the REST API of Workers KV, for tests and examples.
//!
//! In: HTTP requests on a local port. Out: the answers of the real service, with its limits and
//! error codes. It runs on a thread of its own and so serves async and blocking programs alike.
//!
//! Left out are rate limits and the delay with which the real service shows a write elsewhere.
//! Error texts are the service's own where they are known; so are codes, and all others are 10001.

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
/// let answer = request.body(r#"{"title": "sessions"}"#).send().await?.text().await?;
///
/// assert!(answer.contains(r#""success":true"#));
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
    /// Starts a server as it is by default.
    pub fn start() -> io::Result<Self> {
        Self::builder().start()
    }

    /// A server that differs from the default one.
    pub fn builder() -> KvServerBuilder {
        KvServerBuilder {
            page_size_cap: usize::MAX,
        }
    }

    /// Where the API is: `http://127.0.0.1:PORT/client/v4`.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The one account there is.
    pub fn account_id(&self) -> &str {
        &self.service.account.id
    }

    /// The API token it accepts.
    pub fn token(&self) -> &str {
        &self.service.account.token
    }

    /// The key it accepts, along with [`api_email`](Self::api_email), in place of the token.
    pub fn api_key(&self) -> &str {
        &self.service.account.api_key
    }

    /// The e-mail address that goes with [`api_key`](Self::api_key).
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
        // Dropping the sender is the signal.
        self.stop.take();
        if let Some(thread) = self.thread.take() {
            // An error would be a panic of that thread, which has printed itself already.
            let _ = thread.join();
        }
    }
}

impl fmt::Debug for KvServer {
    /// Leaves out the credentials.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KvServer")
            .field("base_url", &self.base_url)
            .finish_non_exhaustive()
    }
}

/// Settings of a [`KvServer`], from [`KvServer::builder`].
#[derive(Clone, Debug)]
pub struct KvServerBuilder {
    page_size_cap: usize,
}

impl KvServerBuilder {
    /// At most this many items on a page of a list (but at least one), whatever a request asks for.
    ///
    /// So a test can walk over several pages of a handful of keys; the API knows no limit under ten.
    pub fn page_size_cap(mut self, items: usize) -> Self {
        self.page_size_cap = items.max(1);
        self
    }

    /// Starts the server; it accepts connections when this returns.
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
