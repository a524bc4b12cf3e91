//! A scripted server: the n-th request receives the n-th step, on any connection.

use std::collections::VecDeque;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

/// Response to a request.
#[derive(Clone)]
pub struct Step {
    pause: Duration,
    /// True if the response is sent before the request body is read.
    is_early: bool,
    /// Number of concurrent requests to wait for.
    gathers: usize,
    /// True if nothing is read from the connection.
    is_mute: bool,
    /// Computes the response to this request and all later ones.
    by: Option<Arc<Respond>>,
    bytes: Vec<u8>,
    /// Delay before the connection is closed, if it is closed.
    closes: Option<Duration>,
}

type Respond = dyn Fn(&Received) -> Step + Send + Sync;

/// A received request.
#[derive(Clone, Debug)]
pub struct Received {
    pub method: String,
    pub target: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// Number of the connection.
    pub connection: usize,
}

pub struct Server {
    pub url: String,
    received: Arc<Mutex<Vec<Received>>>,
    steps: Arc<Mutex<VecDeque<Step>>>,
    traffic: Arc<Traffic>,
    connections: Arc<AtomicUsize>,
}

/// Current and maximum number of concurrent requests.
#[derive(Default)]
struct Traffic {
    counts: Mutex<(usize, usize)>,
    changed: Condvar,
}

impl Traffic {
    fn enter(&self) {
        let mut counts = self.counts.lock().unwrap();
        counts.0 += 1;
        counts.1 = counts.1.max(counts.0);
        self.changed.notify_all();
    }

    fn leave(&self) {
        self.counts.lock().unwrap().0 -= 1;
    }

    /// Waits for concurrent requests, with a time limit.
    fn gather(&self, requests: usize) {
        let counts = self.counts.lock().unwrap();
        let few = |counts: &mut (usize, usize)| counts.1 < requests;
        let patience = Duration::from_secs(5);
        drop(self.changed.wait_timeout_while(counts, patience, few));
    }
}

impl Step {
    /// Delays the response.
    pub fn after(mut self, pause: Duration) -> Self {
        self.pause = pause;
        self
    }

    /// Responds before the request body is read.
    pub fn early(mut self) -> Self {
        self.is_early = true;
        self
    }

    /// Waits for concurrent requests before the response.
    pub fn gathering(mut self, requests: usize) -> Self {
        self.gathers = requests;
        self
    }

    /// Closes the connection after the response.
    pub fn closing(mut self) -> Self {
        self.closes = Some(Duration::ZERO);
        self
    }

    /// Closes the connection some time after the response.
    pub fn closing_after(mut self, pause: Duration) -> Self {
        self.closes = Some(pause);
        self
    }
}

/// Sends a response with these headers.
pub fn response(status: &str, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Step {
    let body = body.as_ref();
    let mut text = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n", body.len());
    for (name, value) in headers {
        let _ = write!(text, "{name}: {value}\r\n");
    }
    raw([format!("{text}\r\n").as_bytes(), body].concat())
}

/// Sends JSON.
pub fn json(status: &str, body: impl AsRef<[u8]>) -> Step {
    response(status, &[("content-type", "application/json")], body)
}

/// Sends a result in an envelope.
pub fn result(result: &str) -> Step {
    let envelope = format!(r#"{{"success":true,"errors":[],"messages":[],"result":{result}}}"#);
    json("200 OK", envelope)
}

/// Sends a page in an envelope.
pub fn page(result: &str, info: &str) -> Step {
    json(
        "200 OK",
        format!(
            r#"{{"result":{result},"success":true,"errors":[],"messages":[],"result_info":{info}}}"#
        ),
    )
}

/// Sends an error in an envelope, with a retry delay of zero.
pub fn error(status: &str, code: i64) -> Step {
    response(
        status,
        &[
            ("content-type", "application/json"),
            ("retry-after-ms", "1"),
        ],
        format!(
            r#"{{"success":false,"errors":[{{"code":{code},"message":"it went wrong"}}],"messages":[],"result":null}}"#
        ),
    )
}

/// Sends raw bytes.
pub fn raw(bytes: impl Into<Vec<u8>>) -> Step {
    Step {
        pause: Duration::ZERO,
        is_early: false,
        gathers: 0,
        is_mute: false,
        by: None,
        bytes: bytes.into(),
        closes: None,
    }
}

/// Computes the response to this request and all later ones.
pub fn by(respond: impl Fn(&Received) -> Step + Send + Sync + 'static) -> Step {
    Step {
        by: Some(Arc::new(respond)),
        ..raw([])
    }
}

/// Closes the connection without a response.
pub fn hang_up() -> Step {
    raw([]).closing()
}

/// Keeps the connection open without a response.
pub fn silence() -> Step {
    raw([])
}

/// Reads nothing from this connection and all later ones.
pub fn mute() -> Step {
    Step {
        is_mute: true,
        ..raw([])
    }
}

impl Server {
    pub fn start(steps: impl IntoIterator<Item = Step>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Self {
            url: format!("http://{}/client/v4", listener.local_addr().unwrap()),
            received: Arc::default(),
            steps: Arc::new(Mutex::new(steps.into_iter().collect())),
            traffic: Arc::default(),
            connections: Arc::default(),
        };
        let (received, steps) = (server.received.clone(), server.steps.clone());
        let traffic = server.traffic.clone();
        let connections = server.connections.clone();
        thread::spawn(move || {
            for (connection, stream) in listener.incoming().enumerate() {
                connections.fetch_add(1, Ordering::SeqCst);
                let (received, steps) = (received.clone(), steps.clone());
                let traffic = traffic.clone();
                thread::spawn(move || {
                    serve(&stream.unwrap(), connection, &received, &steps, &traffic);
                });
            }
        });
        server
    }

    /// Returns all received requests.
    pub fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }

    /// Returns the maximum number of concurrent requests.
    pub fn most_at_once(&self) -> usize {
        self.traffic.counts.lock().unwrap().1
    }

    /// Returns the number of accepted connections.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// Returns the only received request.
    #[track_caller]
    pub fn only(&self) -> Received {
        let mut received = self.received();
        assert_eq!(received.len(), 1, "requests received");
        received.remove(0)
    }
}

impl Received {
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(other, _)| other == name);
        let value = found.next().map(|(_, value)| value.as_str());
        assert!(found.next().is_none(), "{name} came twice");
        value
    }

    pub fn text(&self) -> &str {
        str::from_utf8(&self.body).unwrap()
    }
}

fn serve(
    stream: &TcpStream,
    connection: usize,
    received: &Mutex<Vec<Received>>,
    steps: &Mutex<VecDeque<Step>>,
    traffic: &Traffic,
) {
    stream.set_nodelay(true).unwrap();
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    if steps
        .lock()
        .unwrap()
        .front()
        .is_some_and(|step| step.is_mute)
    {
        thread::sleep(Duration::from_secs(60));
        return;
    }
    while let Some(mut request) = head(&mut reader, connection) {
        let early = {
            let mut steps = steps.lock().unwrap();
            let is_early = steps.front().is_some_and(|step| step.is_early);
            is_early.then(|| steps.pop_front()).flatten()
        };
        if let Some(step) = &early {
            (&*stream).write_all(&step.bytes).unwrap();
        }
        let Some(body) = body(&mut reader, &request) else {
            return;
        };
        request.body = body;
        if early.is_some() {
            received.lock().unwrap().push(request);
            continue;
        }
        traffic.enter();
        let step = next(steps, &request);
        received.lock().unwrap().push(request);
        traffic.gather(step.gathers);
        thread::sleep(step.pause);
        traffic.leave();
        let sent = (&*stream).write_all(&step.bytes);
        if let Some(pause) = step.closes {
            thread::sleep(pause);
        }
        if step.closes.is_some() || sent.is_err() {
            let _ = stream.shutdown(Shutdown::Both);
            return;
        }
    }
}

/// Returns the step for a request.
fn next(steps: &Mutex<VecDeque<Step>>, request: &Received) -> Step {
    let mut steps = steps.lock().unwrap();
    if let Some(by) = steps.front().and_then(|step| step.by.clone()) {
        return by(request);
    }
    let step = steps.pop_front();
    step.unwrap_or_else(|| json("500 Internal Server Error", "the script is over"))
}

fn head(reader: &mut BufReader<TcpStream>, connection: usize) -> Option<Received> {
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|size| *size > 0)?;
    let mut words = line.split(' ');
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers = Vec::new();
    loop {
        let mut line = Vec::new();
        reader.read_until(b'\n', &mut line).ok()?;
        let line = String::from_utf8_lossy(&line).trim_end().to_owned();
        let Some((name, value)) = line.split_once(": ") else {
            break;
        };
        headers.push((name.to_owned(), value.to_owned()));
    }
    Some(Received {
        method,
        target,
        headers,
        body: Vec::new(),
        connection,
    })
}

/// Reads the body, unless it ends early.
fn body(reader: &mut BufReader<TcpStream>, head: &Received) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    let mut take = |reader: &mut BufReader<TcpStream>, size: u64| {
        let taken = reader.take(size).read_to_end(&mut body).ok()?;
        (taken as u64 == size).then_some(())
    };
    if head.header("transfer-encoding") != Some("chunked") {
        let size = head.header("content-length").unwrap_or("0");
        take(reader, size.parse().unwrap())?;
        return Some(body);
    }
    loop {
        let mut size = String::new();
        reader.read_line(&mut size).ok()?;
        let size = u64::from_str_radix(size.trim_end(), 16).ok()?;
        take(reader, size)?;
        reader.read_line(&mut String::new()).ok()?;
        if size == 0 {
            return Some(body);
        }
    }
}
