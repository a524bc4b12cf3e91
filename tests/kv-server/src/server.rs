//! A running server.

use std::fmt;
use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, SystemTime};

use tokio::sync::oneshot;

use crate::builder::KvServerBuilder;
use crate::fault::Fault;
use crate::handle::NamespaceHandle;
use crate::http::{self, Shutdown};
use crate::received::ReceivedRequest;
use crate::route::BASE_PATH;
use crate::service::Service;

/// A running server.
///
/// It listens on a free port of 127.0.0.1 and ends when it is dropped. It accepts every account, and requires
/// [`token`](Self::token). [`KvServer::builder`] changes these settings.
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
    account_id: String,
    service: Arc<Service>,
    stop: Option<oneshot::Sender<Shutdown>>,
    thread: Option<JoinHandle<()>>,
}

impl KvServer {
    /// Starts a server with default settings.
    pub fn start() -> io::Result<Self> {
        Self::builder().start()
    }

    /// Returns a builder for a server with other settings.
    pub fn builder() -> KvServerBuilder {
        KvServerBuilder::new()
    }

    /// Serves on a thread.
    pub(crate) fn spawn(
        listener: TcpListener,
        service: Service,
        account_id: String,
    ) -> io::Result<Self> {
        listener.set_nonblocking(true)?;
        let base_url = format!("http://{}{BASE_PATH}", listener.local_addr()?);
        let service = Arc::new(service);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::Builder::new()
            .name("kv-server".into())
            .spawn({
                let service = Arc::clone(&service);
                move || runtime.block_on(http::serve(listener, service, stopped))
            })?;
        Ok(Self {
            base_url,
            account_id,
            service,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// Base URL of the API: `http://127.0.0.1:PORT/client/v4`.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Identifier of the first account of the builder, or a random one. Without accounts in the builder, every other
    /// identifier of 32 hexadecimal digits is accepted, too.
    pub fn account_id(&self) -> &str {
        &self.account_id
    }

    /// The accepted API token.
    pub fn token(&self) -> &str {
        &self.service.credentials.token
    }

    /// The accepted key. It requires [`api_email`](Self::api_email).
    pub fn api_key(&self) -> &str {
        &self.service.credentials.api_key
    }

    /// The e-mail address of [`api_key`](Self::api_key).
    pub fn api_email(&self) -> &str {
        &self.service.credentials.api_email
    }

    /// Returns the namespace with a title, in the account [`account_id`](Self::account_id). Creates it if it is missing.
    ///
    /// # Panics
    ///
    /// Panics if the namespace is missing and the file of the data is not writable.
    pub fn namespace(&self, title: &str) -> NamespaceHandle<'_> {
        NamespaceHandle::open(&self.service, &self.account_id, title)
            .expect("the namespace is written to the store")
    }

    /// The time of the server's clock.
    pub fn now(&self) -> SystemTime {
        self.service.clock.time()
    }

    /// Moves the server's clock ahead, so that a test sees pairs expire without waiting for it.
    ///
    /// A pair written with a TTL of 60 is gone after `advance(Duration::from_secs(60))`.
    pub fn advance(&self, by: Duration) {
        self.service.clock.advance(by);
    }

    /// Makes the next request fail, or the next request that the fault allows.
    ///
    /// Several faults apply in the order of their calls, one per request.
    pub fn fail_next(&self, fault: Fault) {
        self.service.faults().add(fault);
    }

    /// Removes all faults.
    pub fn clear_faults(&self) {
        self.service.faults().clear();
    }

    /// The number of faults that still apply to a later request. A test can check that it is zero at the end.
    pub fn pending_faults(&self) -> usize {
        self.service.faults().len()
    }

    /// Returns the requests that arrived, oldest first, also those that failed.
    ///
    /// Keeps the latest 10,000 requests, and fewer if their bodies have over 64 MiB.
    pub fn requests(&self) -> Vec<ReceivedRequest> {
        self.service
            .log()
            .map(|log| log.requests())
            .unwrap_or_default()
    }

    /// Forgets the requests that arrived.
    pub fn clear_requests(&self) {
        if let Some(mut log) = self.service.log() {
            log.clear();
        }
    }

    /// Stops the server after the requests that started to arrive are complete. Waits for them at most ten seconds.
    ///
    /// Dropping the server closes its connections immediately.
    pub fn shutdown(mut self) {
        if let Some(stop) = self.stop.take() {
            // The send fails if the thread ended already.
            let _ = stop.send(Shutdown);
        }
        self.join();
    }

    fn join(&mut self) {
        if let Some(thread) = self.thread.take() {
            // An error is a panic of the thread, which is printed already.
            let _ = thread.join();
        }
    }
}

impl Drop for KvServer {
    fn drop(&mut self) {
        // Dropping the sender stops the server.
        self.stop.take();
        self.join();
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
