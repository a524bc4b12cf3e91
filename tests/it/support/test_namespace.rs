//! The server of the end-to-end tests: the embedded server, or a server from the environment.
//!
//! `WORKERS_KV_TEST_SERVER` is `URL TOKEN ACCOUNT`: the base URL of a server, a token and the id of an account. Each
//! test creates a namespace and deletes it.

use std::env;
use std::process;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use kv_server::KvServer;
use workers_kv::Client;
use workers_kv::api::keys::Keys;
use workers_kv::api::metadata::Metadata;
use workers_kv::api::namespaces::Namespaces;
use workers_kv::api::values::Values;

use super::{Kv, Run as _};

/// The server that all end-to-end tests share.
static SERVER: LazyLock<TestServer> = LazyLock::new(TestServer::from_environment);

struct TestServer {
    base_url: String,
    account: String,
    token: String,
    /// Keeps the embedded server running.
    _server: Option<KvServer>,
}

impl TestServer {
    fn from_environment() -> Self {
        if let Ok(server) = env::var("WORKERS_KV_TEST_SERVER") {
            let parts: Vec<_> = server.split_whitespace().collect();
            let [base_url, token, account] = parts[..] else {
                panic!("WORKERS_KV_TEST_SERVER is not `URL TOKEN ACCOUNT`");
            };
            return Self {
                base_url: base_url.to_owned(),
                account: account.to_owned(),
                token: token.to_owned(),
                _server: None,
            };
        }
        let server = KvServer::start().expect("the embedded server starts");
        Self {
            base_url: server.base_url().to_owned(),
            account: server.account_id().to_owned(),
            token: server.token().to_owned(),
            _server: Some(server),
        }
    }

    fn client<C: Kv>(&self, token: &str) -> C {
        C::start(|builder| builder.base_url(&self.base_url).api_token(token)).expect("a client")
    }

    /// Returns the namespaces of the account.
    fn namespaces(&self) -> Namespaces<Client> {
        let client: Client = self.client(&self.token);
        client.namespaces(&self.account)
    }
}

/// A client, and a namespace for one test.
pub(crate) struct TestNamespace<C> {
    pub(crate) client: C,
    server: &'static TestServer,
    namespace: OwnedNamespace,
}

impl<C: Kv> TestNamespace<C> {
    pub(crate) fn open() -> Self {
        let server = &*SERVER;
        Self {
            client: server.client(&server.token),
            server,
            namespace: OwnedNamespace::new(),
        }
    }

    /// Returns a client of the same server with another token.
    pub(crate) fn client_with_token(&self, token: &str) -> C {
        self.server.client(token)
    }

    pub(crate) fn account(&self) -> &str {
        &self.server.account
    }

    /// Returns the id of the namespace.
    pub(crate) fn id(&self) -> &str {
        &self.namespace.0
    }

    pub(crate) fn namespaces(&self) -> Namespaces<C> {
        self.client.namespaces(self.account())
    }

    pub(crate) fn keys(&self) -> Keys<C> {
        self.client.keys(self.account(), self.id())
    }

    pub(crate) fn metadata(&self) -> Metadata<C> {
        self.client.metadata(self.account(), self.id())
    }

    pub(crate) fn values(&self) -> Values<C> {
        self.client.values(self.account(), self.id())
    }
}

/// The id of a namespace. Dropping it deletes the namespace.
pub(crate) struct OwnedNamespace(pub(crate) String);

impl OwnedNamespace {
    fn new() -> Self {
        let namespace = SERVER.namespaces().create(title("test")).run();
        Self(namespace.expect("a new namespace").id)
    }
}

impl Drop for OwnedNamespace {
    fn drop(&mut self) {
        // The test may have deleted the namespace.
        let _ = SERVER.namespaces().delete(self.0.as_str()).run();
    }
}

/// Returns a unique title, also across runs.
pub(crate) fn title(start: &str) -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!(
        "{start} workers-kv-tests {} {} {count}",
        now(),
        process::id()
    )
}

/// Returns the seconds since 1970-01-01 UTC.
pub(crate) fn now() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.map_or(0, |now| i64::try_from(now.as_secs()).unwrap_or(0))
}
