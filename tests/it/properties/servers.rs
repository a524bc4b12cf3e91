//! Embedded servers with different page sizes, and namespaces on them.

use std::sync::LazyLock;

use kv_server::KvServer;
use workers_kv::api::keys::Keys;
use workers_kv::api::metadata::Metadata;
use workers_kv::api::values::Values;

use crate::support::test_namespace::title;
use crate::support::{Kv, Run as _};

/// The page size of each server.
const PAGES: [usize; 3] = [1, 3, usize::MAX];

static SERVERS: LazyLock<[KvServer; 3]> = LazyLock::new(|| {
    PAGES.map(|cap| {
        let server = KvServer::builder().page_size_cap(cap).start();
        server.expect("a running server")
    })
});

/// The embedded servers and their clients.
pub(super) struct Servers<C>([C; 3]);

impl<C: Kv> Servers<C> {
    pub(super) fn open() -> Self {
        let client = |server: &KvServer| {
            C::start(|builder| {
                builder
                    .base_url(server.base_url())
                    .api_token(server.token())
            })
        };
        Self(
            SERVERS
                .each_ref()
                .map(|server| client(server).expect("a client")),
        )
    }

    /// Creates a namespace on one of the servers.
    pub(super) fn namespace(&self, server: usize) -> Namespace<C> {
        let admin = workers_kv::Client::start(|builder| {
            builder
                .base_url(SERVERS[server].base_url())
                .api_token(SERVERS[server].token())
        });
        let namespaces = admin
            .expect("a client")
            .namespaces(SERVERS[server].account_id());
        Namespace {
            client: self.0[server].clone(),
            account: SERVERS[server].account_id().to_owned(),
            id: namespaces
                .create(title("property"))
                .run()
                .expect("a namespace")
                .id,
        }
    }
}

pub(super) struct Namespace<C> {
    client: C,
    account: String,
    id: String,
}

impl<C: Kv> Namespace<C> {
    pub(super) fn keys(&self) -> Keys<C> {
        self.client.keys(&self.account, &self.id)
    }

    pub(super) fn metadata(&self) -> Metadata<C> {
        self.client.metadata(&self.account, &self.id)
    }

    pub(super) fn values(&self) -> Values<C> {
        self.client.values(&self.account, &self.id)
    }
}
