//! An HTTP server that sends given responses. It records requests, and sends the responses of the test in order.

use std::collections::VecDeque;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read as _, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

/// A response of the [`MockServer`].
#[derive(Clone)]
pub(crate) struct MockResponse {
    status: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    delay: Duration,
    /// True if the connection is closed one byte before the end of the body.
    is_cut: bool,
}

/// A received request.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    pub(crate) method: String,
    /// Path and query, byte for byte.
    pub(crate) target: String,
    /// Names are lower case, as the client sends them.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

#[derive(Default)]
struct State {
    responses: VecDeque<MockResponse>,
    received: Vec<Received>,
}

/// A server on a free port of 127.0.0.1. Its thread runs until the process ends.
pub(crate) struct MockServer {
    port: u16,
    state: Arc<Mutex<State>>,
}

impl MockServer {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let port = listener.local_addr().expect("a bound socket").port();
        let state = Arc::<Mutex<State>>::default();
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let state = Arc::clone(&shared);
                thread::spawn(move || serve(&stream, &state));
            }
        });
        Self { port, state }
    }

    /// Returns the URL of the server without a path.
    pub(crate) fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub(crate) fn base_url(&self) -> String {
        format!("{}/client/v4", self.origin())
    }

    /// Sets the next responses. Replaces the remaining ones.
    pub(crate) fn respond_with(&self, responses: impl IntoIterator<Item = MockResponse>) {
        lock(&self.state).responses = responses.into_iter().collect();
    }

    /// Returns the requests since the last call.
    pub(crate) fn received(&self) -> Vec<Received> {
        std::mem::take(&mut lock(&self.state).received)
    }

    /// Returns the only request since the last call.
    #[track_caller]
    pub(crate) fn only(&self) -> Received {
        let mut received = self.received();
        assert_eq!(received.len(), 1, "requests: {received:#?}");
        received.remove(0)
    }
}

impl MockResponse {
    pub(crate) fn new(status: &str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status: status.to_owned(),
            headers: Vec::new(),
            body: body.into(),
            delay: Duration::ZERO,
            is_cut: false,
        }
    }

    /// Status 200 with a binary body.
    pub(crate) fn bytes(body: impl Into<Vec<u8>>) -> Self {
        Self::new("200 OK", body).header("content-type", "application/octet-stream")
    }

    /// Status 200 with a JSON body.
    pub(crate) fn json(body: impl Into<Vec<u8>>) -> Self {
        Self::new("200 OK", body).header("content-type", "application/json")
    }

    /// A result in the envelope, as JSON text.
    pub(crate) fn raw(result: &str) -> Self {
        Self::json(format!(
            r#"{{"success":true,"errors":[],"messages":[],"result":{result}}}"#
        ))
    }

    /// A result in the envelope.
    #[allow(clippy::needless_pass_by_value, reason = "`json!` goes in")]
    pub(crate) fn result(result: Value) -> Self {
        Self::raw(&result.to_string())
    }

    /// One page of a list in the envelope.
    #[allow(clippy::needless_pass_by_value, reason = "`json!` goes in")]
    pub(crate) fn page(result: Value, info: Value) -> Self {
        Self::json(format!(
            r#"{{"success":true,"errors":[],"messages":[],"result":{result},"result_info":{info}}}"#
        ))
    }

    /// A failure in the envelope. The client retries it without a wait.
    pub(crate) fn failure(status: &str, code: i64) -> Self {
        let errors = json!([{"code": code, "message": "it went wrong"}]);
        Self::json(format!(
            r#"{{"success":false,"errors":{errors},"messages":[],"result":null}}"#
        ))
        .status(status)
        .header("retry-after", "0")
    }

    pub(crate) fn status(mut self, status: &str) -> Self {
        status.clone_into(&mut self.status);
        self
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Announces one byte more than the body has, and closes the connection.
    pub(crate) fn cut(mut self) -> Self {
        self.is_cut = true;
        self
    }

    /// Delays the response.
    pub(crate) fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }
}

impl Received {
    /// Returns the value of a header that occurs at most once.
    #[track_caller]
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(other, _)| other == name);
        let value = values.next().map(|(_, value)| value.as_str());
        assert!(values.next().is_none(), "{name} comes twice");
        value
    }

    pub(crate) fn query(&self) -> &str {
        self.target.split_once('?').map_or("", |(_, query)| query)
    }

    /// Returns the boundary of a multipart body.
    pub(crate) fn boundary(&self) -> Option<&str> {
        self.header("content-type")?
            .strip_prefix("multipart/form-data; boundary=")
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    // A failed assertion in one thread must not fail the others.
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

fn serve(mut stream: &TcpStream, state: &Mutex<State>) {
    let mut reader = BufReader::new(stream);
    while let Some(request) = read(&mut reader) {
        let response = {
            let mut state = lock(state);
            state.received.push(request);
            state.responses.pop_front()
        };
        let response = response.unwrap_or_else(|| MockResponse::new("599 No More Responses", ""));
        thread::sleep(response.delay);
        let mut head = format!("HTTP/1.1 {}\r\n", response.status);
        for (name, value) in &response.headers {
            let _ = write!(head, "{name}: {value}\r\n");
        }
        let size = response.body.len() + usize::from(response.is_cut);
        let _ = write!(head, "content-length: {size}\r\n\r\n");
        let bytes = [head.as_bytes(), &response.body].concat();
        if stream.write_all(&bytes).is_err() || response.is_cut {
            let _ = stream.shutdown(Shutdown::Both);
            return;
        }
    }
}

/// Reads the next request on a connection.
fn read(reader: &mut impl BufRead) -> Option<Received> {
    let first = line(reader)?;
    let mut words = first.split(' ');
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers = Vec::new();
    while let Some(line) = line(reader).filter(|line| !line.is_empty()) {
        let (name, value) = line.split_once(": ")?;
        headers.push((name.to_owned(), value.to_owned()));
    }
    let mut request = Received {
        method,
        target,
        headers,
        body: Vec::new(),
    };
    request.body = body(reader, &request)?;
    Some(request)
}

/// Reads the body. Returns `None` if it is incomplete.
fn body(reader: &mut impl BufRead, head: &Received) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    let mut take = |reader: &mut dyn BufRead, size: u64| {
        let taken = reader.take(size).read_to_end(&mut body).ok()?;
        (taken as u64 == size).then_some(())
    };
    if head.header("transfer-encoding") != Some("chunked") {
        let size = head.header("content-length").unwrap_or("0");
        take(reader, size.parse().ok()?)?;
        return Some(body);
    }
    loop {
        let size = u64::from_str_radix(&line(reader)?, 16).ok()?;
        take(reader, size)?;
        line(reader)?;
        if size == 0 {
            return Some(body);
        }
    }
}

fn line(reader: &mut impl BufRead) -> Option<String> {
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|size| *size > 0)?;
    Some(line.trim_end_matches(['\r', '\n']).to_owned())
}
