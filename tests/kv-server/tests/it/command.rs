//! The command `kv-server`.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use reqwest::Client;
use serde_json::{Value, json};

use crate::support::{Response, send};

const ID: &str = "0f2ac74b498b48028cb68387c421e279";
const NAMESPACE: &str = "0f2ac74b498b48028cb68387c421e279=sessions";

/// A running command, killed when it is dropped.
struct Server {
    process: Child,
    base_url: String,
    account: String,
}

impl Server {
    fn start(args: &[&str]) -> Self {
        let mut process = command(args).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        let stdout = process.stdout.take().unwrap();
        BufReader::new(stdout).read_line(&mut line).unwrap();
        let ready: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(ready["pid"], process.id());
        let text = |name: &str| ready[name].as_str().unwrap().to_owned();
        Self {
            process,
            base_url: text("base_url"),
            account: text("account_id"),
        }
    }

    async fn call(&self, method: &str, path: &str, body: &'static str) -> Response {
        let (base, account) = (&self.base_url, &self.account);
        let url = format!("{base}/accounts/{account}/storage/kv/namespaces{path}");
        let request = Client::new().request(method.parse().unwrap(), url);
        send(request.bearer_auth("local-token").body(body)).await
    }

    #[cfg(unix)]
    fn signal(&self, name: &str) {
        let id = self.process.id().to_string();
        let killed = Command::new("kill").args(["-s", name, &id]).status();
        assert!(killed.unwrap().success());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kv-server"));
    command.args(args);
    command
}

fn output(args: &[&str]) -> (Option<i32>, String) {
    let Output { status, stderr, .. } = command(args).output().unwrap();
    (status.code(), String::from_utf8(stderr).unwrap())
}

#[tokio::test]
async fn every_token_is_accepted_without_one_in_the_arguments() {
    let server = Server::start(&["--port", "0", "--namespace", NAMESPACE]);
    assert!(
        server.base_url.starts_with("http://127.0.0.1:"),
        "{}",
        server.base_url
    );
    server
        .call("PUT", &format!("/{ID}/values/key"), "v")
        .await
        .result();
    assert_eq!(
        server
            .call("GET", &format!("/{ID}/values/key"), "")
            .await
            .body,
        b"v"
    );
    let list = server.call("GET", "", "").await.result();
    assert_eq!(
        list,
        json!([{ "id": ID, "title": "sessions", "supports_url_encoding": true }])
    );
}

#[tokio::test]
async fn arguments_restrict_token_and_account() {
    let account = "1".repeat(32);
    let args = [
        "--port=0",
        "--host=127.0.0.1",
        "--account",
        &account,
        "--token",
    ];
    let server = Server::start(&[&args[..], &["local-token"]].concat());
    assert_eq!(server.account, account);
    assert_eq!(server.call("GET", "", "").await.status, 200);
    drop(server);
    let server = Server::start(&[&args[..], &["other"]].concat());
    assert_eq!(server.call("GET", "", "").await.rejection(), (401, 10_000));
}

#[tokio::test]
async fn killed_servers_lose_no_write() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("kv.redb");
    let args = [
        "--port=0",
        "--namespace",
        NAMESPACE,
        "--store",
        file.to_str().unwrap(),
    ];
    for round in 0..3 {
        let mut server = Server::start(&args);
        for earlier in 0..round {
            let path = format!("/{ID}/values/{earlier}");
            assert_eq!(server.call("GET", &path, "").await.body, b"v");
        }
        server
            .call("PUT", &format!("/{ID}/values/{round}"), "v")
            .await
            .result();
        // SIGKILL.
        server.process.kill().unwrap();
        server.process.wait().unwrap();
    }
}

#[cfg(unix)]
#[tokio::test]
async fn signals_end_the_server_after_its_requests() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("kv.redb");
    let args = [
        "--port=0",
        "--namespace",
        NAMESPACE,
        "--store",
        file.to_str().unwrap(),
    ];
    for signal in ["TERM", "INT"] {
        let mut server = Server::start(&args);
        // A request of which a part arrived.
        let host = server.base_url.split('/').nth(2).unwrap();
        let mut stream = TcpStream::connect(host).unwrap();
        let path = format!(
            "/client/v4/accounts/{}/storage/kv/namespaces/{ID}/values/{signal}",
            server.account
        );
        write!(
            stream,
            "PUT {path} HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer a\r\ncontent-length: 2\r\n\r\na"
        )
        .unwrap();
        // The server read the part when a later request has a response.
        server.call("GET", "", "").await.result();
        server.signal(signal);
        std::thread::sleep(Duration::from_millis(100));
        stream.write_all(b"b").unwrap();
        let mut response = String::new();
        stream.read_to_string(&mut response).unwrap();
        assert!(response.starts_with("HTTP/1.1 200 "), "{response}");
        assert_eq!(server.process.wait().unwrap().code(), Some(0));

        let server = Server::start(&args);
        let path = format!("/{ID}/values/{signal}");
        assert_eq!(server.call("GET", &path, "").await.body, b"ab");
    }
}

#[test]
fn failures_have_an_exit_status_and_a_message() {
    for (args, text) in [
        (&["--port", "x"][..], "--port"),
        (&["--namespace", "short=title"], "32 hexadecimal digits"),
        (&["--unknown"], "--unknown"),
    ] {
        let (status, message) = output(args);
        assert_eq!(status, Some(2), "{message}");
        assert!(message.contains(text), "{message}");
    }
    let (status, message) = output(&["--port=0", "--store", "/no/such/folder/kv.redb"]);
    assert_eq!(status, Some(1), "{message}");
    assert!(message.contains("/no/such/folder/kv.redb"), "{message}");
}

#[test]
fn used_ports_are_failures() {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port().to_string();
    let (status, message) = output(&["--port", &port]);
    assert_eq!(status, Some(1));
    assert!(message.contains(&port), "{message}");
}
