//! A mock server with the account and the namespace of all tests. Compares requests with snapshots.

use std::fmt::Write as _;
use std::marker::PhantomData;
use std::ops::Deref;

use workers_kv::ClientBuilder;

use super::Kv;
use super::mock_server::{MockServer, Received};

/// The account of every call.
pub(crate) const ACCOUNT: &str = "acc";
pub(crate) const NAMESPACE: &str = "ns";
pub(crate) const TOKEN: &str = "secret-token";

/// A mock server, and clients that send requests to it.
pub(crate) struct MockApi<C> {
    server: MockServer,
    client: PhantomData<fn() -> C>,
}

impl<C: Kv> MockApi<C> {
    pub(crate) fn open() -> Self {
        Self {
            server: MockServer::start(),
            client: PhantomData,
        }
    }

    pub(crate) fn client(&self) -> C {
        self.client_with(|builder| builder.api_token(TOKEN))
    }

    /// Returns a client of this server with further settings.
    pub(crate) fn client_with(
        &self,
        configure: impl FnOnce(ClientBuilder<C>) -> ClientBuilder<C>,
    ) -> C {
        self.try_client(configure).expect("a client")
    }

    pub(crate) fn try_client(
        &self,
        configure: impl FnOnce(ClientBuilder<C>) -> ClientBuilder<C>,
    ) -> workers_kv::Result<C> {
        C::start(|builder| configure(builder.base_url(self.base_url())))
    }

    /// Compares the requests since the last call with a snapshot.
    pub(crate) fn matches_snapshot(&self, name: &str) {
        let requests: Vec<_> = self.received().iter().map(text).collect();
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("../snapshots");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| {
            insta::assert_snapshot!(format!("requests@{name}"), requests.join("\n\n\n"));
        });
    }
}

impl<C> Deref for MockApi<C> {
    type Target = MockServer;

    fn deref(&self) -> &MockServer {
        &self.server
    }
}

/// Returns a request as text. Replaces the token and values that differ between runs.
fn text(request: &Received) -> String {
    let mut text = format!("{} {}\n", request.method, request.target);
    let mut headers = request.headers.clone();
    headers.sort();
    for (name, value) in &headers {
        let value = match name.as_str() {
            "authorization" => value.replace(TOKEN, "<token>"),
            "user-agent" => value.split('/').next().unwrap_or_default().to_owned() + "/<version>",
            "host" => value.split(':').next().unwrap_or_default().to_owned() + ":<port>",
            _ => value.clone(),
        };
        let _ = writeln!(text, "{name}: {value}");
    }
    if !request.body.is_empty() {
        text += "\n";
        text += &String::from_utf8_lossy(&request.body);
    }
    match request.boundary() {
        Some(boundary) => text.replace(boundary, "<boundary>").trim_end().to_owned(),
        None => text.trim_end().to_owned(),
    }
}
