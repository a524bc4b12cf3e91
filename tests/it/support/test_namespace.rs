//! Where the end-to-end tests play: the embedded server, or the one that the environment names.
//!
//! `WORKERS_KV_TEST_SERVER` is `URL TOKEN ACCOUNT`: the base URL of another server, a token for it,
//! and the id of an account. Each test makes a namespace there and removes it.

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
static PLACE: LazyLock<Place> = LazyLock::new(Place::find);

struct Place {
    base_url: String,
    account: String,
    token: String,
    /// The embedded server, as long as it is needed.
    _server: Option<KvServer>,
}

impl Place {
    fn find() -> Self {
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

    /// The namespaces of the account, whichever client a test has.
    fn namespaces(&self) -> Namespaces<Client> {
        let client: Client = self.client(&self.token);
        client.namespaces(&self.account)
    }
}

/// A client, and a namespace that only one test uses.
pub(crate) struct Stage<C> {
    pub(crate) client: C,
    place: &'static Place,
    namespace: Owned,
}

impl<C: Kv> Stage<C> {
    pub(crate) fn open() -> Self {
        let place = &*PLACE;
        Self {
            client: place.client(&place.token),
            place,
            namespace: Owned::new(),
        }
    }

    /// A client of the same server with another token.
    pub(crate) fn client_with_token(&self, token: &str) -> C {
        self.place.client(token)
    }

    pub(crate) fn account(&self) -> &str {
        &self.place.account
    }

    /// The id of the namespace.
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

/// The id of a namespace that goes when this goes.
pub(crate) struct Owned(pub(crate) String);

impl Owned {
    fn new() -> Self {
        let namespace = PLACE.namespaces().create(title("stage")).run();
        Self(namespace.expect("a namespace to play in").id)
    }
}

impl Drop for Owned {
    fn drop(&mut self) {
        // What is gone already is what a test has deleted itself.
        let _ = PLACE.namespaces().delete(self.0.as_str()).run();
    }
}

/// A title that no other namespace has, also not one of an earlier run.
pub(crate) fn title(start: &str) -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!(
        "{start} workers-kv-tests {} {} {count}",
        now(),
        process::id()
    )
}

/// Seconds since 1970.
pub(crate) fn now() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.map_or(0, |now| i64::try_from(now.as_secs()).unwrap_or(0))
}
