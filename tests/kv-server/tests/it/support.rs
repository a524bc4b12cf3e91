//! A server with one namespace, a client of it, and access to responses.

use std::io::{Read, Write};
use std::net::TcpStream;

use kv_server::{KvServer, KvServerBuilder};
use reqwest::header::HeaderMap;
use reqwest::{Body, Client, RequestBuilder};
use serde_json::Value;

pub(crate) struct Kv {
    pub(crate) server: KvServer,
    pub(crate) client: Client,
    /// The id of an empty namespace.
    pub(crate) namespace: String,
}

#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Kv {
    pub(crate) async fn start() -> Self {
        Self::with(KvServer::builder()).await
    }

    pub(crate) async fn with(builder: KvServerBuilder) -> Self {
        let mut kv = Self::without_namespace(builder);
        kv.namespace = kv.create("the namespace").await;
        kv
    }

    pub(crate) fn without_namespace(builder: KvServerBuilder) -> Self {
        Self {
            server: builder.start().expect("a free port"),
            client: Client::new(),
            namespace: String::new(),
        }
    }

    /// Creates a namespace and returns its id.
    pub(crate) async fn create(&self, title: &str) -> String {
        let body = serde_json::json!({ "title": title }).to_string();
        let response = self.on_account("POST", "", body).await;
        response.result()["id"].as_str().expect("an id").to_owned()
    }

    /// Sends a request on the account's namespaces. `path` follows `.../namespaces`.
    pub(crate) async fn on_account(
        &self,
        method: &str,
        path: &str,
        body: impl Into<Body>,
    ) -> Response {
        send(self.request(method, path).body(body)).await
    }

    /// Sends a request on the namespace. `path` follows its id.
    pub(crate) async fn call(&self, method: &str, path: &str, body: impl Into<Body>) -> Response {
        self.on_account(method, &format!("/{}{path}", self.namespace), body)
            .await
    }

    pub(crate) async fn get(&self, path: &str) -> Response {
        self.call("GET", path, "").await
    }

    pub(crate) async fn put(&self, path: &str, body: impl Into<Body>) -> Response {
        self.call("PUT", path, body).await
    }

    /// Sends a JSON body.
    pub(crate) async fn json(&self, method: &str, path: &str, body: Value) -> Response {
        self.call(method, path, body.to_string()).await
    }

    /// Returns a request with the token. `path` follows `.../namespaces`.
    pub(crate) fn request(&self, method: &str, path: &str) -> RequestBuilder {
        let url = format!("{}{path}", self.url());
        let method = method.parse().expect("a method");
        self.client
            .request(method, url)
            .bearer_auth(self.server.token())
    }

    pub(crate) fn url(&self) -> String {
        let (base, account) = (self.server.base_url(), self.server.account_id());
        format!("{base}/accounts/{account}/storage/kv/namespaces")
    }

    /// Returns the names of the keys in a list with these query parameters.
    pub(crate) async fn names(&self, query: &str) -> Vec<String> {
        let response = self.get(&format!("/keys?{query}")).await;
        let name = |key: &Value| key["name"].as_str().expect("a name").to_owned();
        response
            .result()
            .as_array()
            .expect("a list")
            .iter()
            .map(name)
            .collect()
    }

    /// Sends a request with an unnormalized path, and returns status and body.
    pub(crate) fn raw(&self, method: &str, path: &str) -> (u16, String) {
        let host = self.server.base_url().split('/').nth(2).expect("a host");
        let prefix = self.url();
        let (_, prefix) = prefix.split_once(host).expect("a path");
        let token = self.server.token();
        let mut stream = TcpStream::connect(host).expect("a connection");
        write!(
            stream,
            "{method} {prefix}/{}{path} HTTP/1.1\r\nhost: {host}\r\n\
             authorization: Bearer {token}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n",
            self.namespace
        )
        .expect("a request sent");
        let mut response = String::new();
        stream.read_to_string(&mut response).expect("an response");
        let status = response
            .split(' ')
            .nth(1)
            .expect("a status")
            .parse()
            .expect("a number");
        let body = response
            .split_once("\r\n\r\n")
            .expect("a body")
            .1
            .to_owned();
        (status, body)
    }
}

pub(crate) async fn send(request: RequestBuilder) -> Response {
    let response = request.send().await.expect("an response");
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let body = response.bytes().await.expect("a whole body").to_vec();
    Response {
        status,
        headers,
        body,
    }
}

impl Response {
    pub(crate) fn json(&self) -> Value {
        assert_eq!(
            self.header("content-type"),
            Some("application/json"),
            "{self:?}"
        );
        serde_json::from_slice(&self.body).expect("JSON")
    }

    /// Returns the result of a success.
    pub(crate) fn result(&self) -> Value {
        let mut json = self.json();
        assert_eq!(
            (self.status, &json["success"]),
            (200, &Value::Bool(true)),
            "{json}"
        );
        assert_eq!(
            (&json["errors"], &json["messages"]),
            (&Value::Array(vec![]), &Value::Array(vec![]))
        );
        json["result"].take()
    }

    pub(crate) fn result_info(&self) -> Value {
        self.json()["result_info"].take()
    }

    /// Returns the status and the error code of a rejection.
    pub(crate) fn rejection(&self) -> (u16, i64) {
        let json = self.json();
        assert_eq!(
            (&json["success"], &json["result"]),
            (&Value::Bool(false), &Value::Null),
            "{json}"
        );
        (
            self.status,
            json["errors"][0]["code"].as_i64().expect("a code"),
        )
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .get(name)
            .map(|value| value.to_str().expect("text"))
    }

    /// Returns the expiration header in seconds.
    pub(crate) fn expiration(&self) -> Option<i64> {
        self.header("expiration")
            .map(|text| text.parse().expect("a number"))
    }
}
