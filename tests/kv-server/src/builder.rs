//! Settings of a server.

use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, TcpListener};
#[cfg(feature = "store")]
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::SystemTime;

use crate::auth::Credentials;
use crate::clock::Clock;
use crate::received::Log;
use crate::seed::{self, Namespace};
use crate::server::KvServer;
use crate::service::{Service, is_id, random_id};
use crate::store::Store;

/// Settings of a [`KvServer`]. See [`KvServer::builder`].
///
/// ```
/// use kv_server::{KvServer, Namespace, Pair};
///
/// let sessions = Namespace::new("sessions")
///     .id("0f2ac74b498b48028cb68387c421e279")
///     .pair(Pair::new("ada", "online").metadata(["en"]));
/// let server = KvServer::builder()
///     .account("023e105f4ecef8ad9ca31a8372d0c353")
///     .token("local-token")
///     .namespace(sessions)
///     .start()?;
/// assert_eq!(server.namespace("sessions").keys(), ["ada"]);
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone)]
#[must_use = "call `start`"]
pub struct KvServerBuilder {
    host: IpAddr,
    port: u16,
    accounts: Vec<String>,
    default_account: Option<String>,
    token: Option<String>,
    any_credentials: bool,
    namespaces: Vec<Namespace>,
    frozen_at: Option<SystemTime>,
    page_size_cap: usize,
    record_requests: bool,
    #[cfg(feature = "store")]
    store: Option<PathBuf>,
}

impl KvServerBuilder {
    pub(crate) fn new() -> Self {
        Self {
            host: Ipv4Addr::LOCALHOST.into(),
            port: 0,
            accounts: vec![],
            default_account: None,
            token: None,
            any_credentials: false,
            namespaces: vec![],
            frozen_at: None,
            page_size_cap: usize::MAX,
            record_requests: true,
            #[cfg(feature = "store")]
            store: None,
        }
    }

    /// Listens on an address. The default is 127.0.0.1.
    pub fn host(mut self, host: impl Into<IpAddr>) -> Self {
        self.host = host.into();
        self
    }

    /// Listens on a port. The default 0 selects a free port.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Accepts this account, which has 32 hexadecimal digits, and no other that is not added in the same way.
    pub fn account(mut self, id: impl Into<String>) -> Self {
        self.accounts.push(id.into());
        self
    }

    /// Sets [`KvServer::account_id`], and accepts every other account, too. The default is a random account.
    pub fn default_account(mut self, id: impl Into<String>) -> Self {
        self.default_account = Some(id.into());
        self
    }

    /// Accepts this API token. The default is a random token.
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.token = Some(token.into());
        self
    }

    /// Accepts every token, and every key with an e-mail address. Requests without credentials are still rejected.
    pub fn any_credentials(mut self) -> Self {
        self.any_credentials = true;
        self
    }

    /// Creates a namespace with its pairs before the server starts.
    pub fn namespace(mut self, namespace: Namespace) -> Self {
        self.namespaces.push(namespace);
        self
    }

    /// Stops the clock at a time. Only [`KvServer::advance`] moves it.
    pub fn freeze_clock_at(mut self, time: SystemTime) -> Self {
        self.frozen_at = Some(time);
        self
    }

    /// Limits the number of items on a page of a list to at least one, for any request.
    ///
    /// Tests can read several pages of a few keys. The minimum of the API is ten.
    pub fn page_size_cap(mut self, items: usize) -> Self {
        self.page_size_cap = items.max(1);
        self
    }

    /// Keeps the requests for [`KvServer::requests`], or not. The default is true.
    pub fn record_requests(mut self, record: bool) -> Self {
        self.record_requests = record;
        self
    }

    /// Keeps the data in a file, so that it survives a restart. Creates the file if it is missing.
    ///
    /// A change is durable before its response is sent. All data is also in memory. Only one server at a time can use
    /// the file.
    #[cfg(feature = "store")]
    pub fn store(mut self, file: impl Into<PathBuf>) -> Self {
        self.store = Some(file.into());
        self
    }

    /// Starts the server. It accepts connections when this function returns.
    ///
    /// Returns an error of the kind `InvalidInput` if an identifier does not have 32 hexadecimal digits, or if two
    /// namespaces of an account have the same title.
    pub fn start(self) -> io::Result<KvServer> {
        let accounts = || self.accounts.iter().chain(&self.default_account);
        if let Some(id) = accounts().find(|id| !is_id(id)) {
            return Err(seed::invalid(format!(
                "the account id {id:?} is not 32 lowercase hexadecimal digits"
            )));
        }
        let account_id = accounts().next().cloned().unwrap_or_else(random_id);
        let clock = self.frozen_at.map_or_else(Clock::default, Clock::frozen_at);
        let mut store = self.open_store()?;
        for namespace in self.namespaces {
            namespace.write(&mut store, &account_id, clock.now())?;
        }
        let service = Service {
            accounts: self.accounts,
            credentials: Credentials {
                token: self.token.unwrap_or_else(random_id),
                api_key: random_id(),
                api_email: format!("{}@example.com", random_id()),
                any: self.any_credentials,
            },
            page_size_cap: self.page_size_cap,
            clock,
            store: Mutex::new(store),
            faults: Mutex::default(),
            log: self.record_requests.then(Mutex::<Log>::default),
        };
        let listener = TcpListener::bind((self.host, self.port)).map_err(|error| {
            let why = format!("cannot listen on {}:{}: {error}", self.host, self.port);
            io::Error::new(error.kind(), why)
        })?;
        KvServer::spawn(listener, service, account_id)
    }

    #[cfg(feature = "store")]
    fn open_store(&self) -> io::Result<Store> {
        let path = self.store.as_deref();
        path.map_or_else(|| Ok(Store::default()), Store::open)
    }

    #[cfg(not(feature = "store"))]
    #[allow(clippy::unused_self, clippy::unnecessary_wraps)]
    fn open_store(&self) -> io::Result<Store> {
        Ok(Store::default())
    }
}

impl fmt::Debug for KvServerBuilder {
    /// Omits the token.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KvServerBuilder")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("accounts", &self.accounts)
            .field("any_credentials", &self.any_credentials)
            .field("namespaces", &self.namespaces)
            .field("page_size_cap", &self.page_size_cap)
            .finish_non_exhaustive()
    }
}
