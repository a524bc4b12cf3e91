//! A scripted server: the n-th request receives the n-th step, on any connection.

mod connection;
mod step;

use std::collections::VecDeque;
use std::net::TcpListener;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

use connection::serve;
pub use step::{Step, by, error, hang_up, json, mute, page, raw, response, result, silence};

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
