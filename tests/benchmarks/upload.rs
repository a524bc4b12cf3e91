//! Bulk writes with default settings over a simulated slow line.

use std::io::{self, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use workers_kv::{BulkWrite, blocking};

use super::process::Server;
use super::target::Target;

/// Size of a value in bytes.
const VALUE: usize = 5_000;
/// Number of bytes that the line carries at a time.
const CHUNK: usize = 4_096;
/// Time between two lines of output.
const PAUSE: Duration = Duration::from_secs(10);

/// Writes values of `megabytes` in total over a line of `megabits` per second.
pub(crate) fn run(megabytes: u64, megabits: u64) {
    let server = Server::start("embedded");
    let line = Line::start(&server.target.url, megabits * 1_000_000);
    let url = server
        .target
        .url
        .replace(&address(&server.target.url), &line.address.to_string());
    let target = Target {
        url,
        token: server.target.token.clone(),
        account: server.target.account.clone(),
        namespace: server.target.namespace.clone(),
    };
    let client = target
        .configure(blocking::Client::builder())
        .build()
        .expect("a client");
    let keys = client.keys(target.account.as_str(), target.namespace.as_str());

    let count = megabytes * 1_000_000 / VALUE as u64;
    let value = "v".repeat(VALUE);
    let pairs = (0..count).map(|number| BulkWrite::new(format!("key:{number:07}"), value.as_str()));
    let start = Instant::now();
    let mut next_report = PAUSE;
    let call = keys.bulk_update(pairs).on_progress(move |progress| {
        if start.elapsed() >= next_report {
            next_report += PAUSE;
            println!("{:>5.0} s: {progress}", start.elapsed().as_secs_f64());
        }
    });
    let result = call.send_all().and_then(workers_kv::BulkResult::complete);
    let seconds = start.elapsed().as_secs_f64();
    let ideal = megabytes * 8 / megabits;
    println!(
        "{megabytes} MB over {megabits} Mbit/s: {seconds:.0} s, of which the line needs {ideal} s"
    );
    println!("{} bytes sent on the line", line.sent());
    println!("{result:?}");
}

/// Returns the host and port of a URL.
fn address(url: &str) -> String {
    let rest = url.split("//").nth(1).unwrap_or_default();
    rest.split('/').next().unwrap_or_default().to_owned()
}

/// A proxy whose connections share one line to the server.
struct Line {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

struct State {
    /// Time at which the line can carry the next byte.
    free_at: Instant,
    sent: u64,
    bits_per_second: u64,
}

impl Line {
    fn start(url: &str, bits_per_second: u64) -> Self {
        let server = address(url);
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let state = Arc::new(Mutex::new(State {
            free_at: Instant::now(),
            sent: 0,
            bits_per_second,
        }));
        let line = Self {
            address: listener.local_addr().expect("an address"),
            state: state.clone(),
        };
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let (server, state) = (server.clone(), state.clone());
                thread::spawn(move || connect(client, &server, &state));
            }
        });
        line
    }

    fn sent(&self) -> u64 {
        self.state.lock().expect("an intact lock").sent
    }
}

/// Forwards a connection. Only the direction to the server is slow.
fn connect(client: TcpStream, server: &str, state: &Mutex<State>) {
    let Ok(server) = TcpStream::connect(server) else {
        return;
    };
    let (Ok(mut from_server), Ok(mut to_client)) = (server.try_clone(), client.try_clone()) else {
        return;
    };
    thread::spawn(move || {
        let _ = io::copy(&mut from_server, &mut to_client);
        let _ = to_client.shutdown(Shutdown::Write);
    });
    let _ = forward(client, &server, state);
    let _ = server.shutdown(Shutdown::Write);
}

fn forward(mut from: TcpStream, mut to: &TcpStream, state: &Mutex<State>) -> io::Result<()> {
    let mut chunk = [0; CHUNK];
    loop {
        let size = from.read(&mut chunk)?;
        if size == 0 {
            return Ok(());
        }
        let until = {
            let mut state = state.lock().expect("an intact lock");
            let micros = size as u64 * 8 * 1_000_000 / state.bits_per_second;
            state.free_at = state.free_at.max(Instant::now()) + Duration::from_micros(micros);
            state.sent += size as u64;
            state.free_at
        };
        thread::sleep(until.saturating_duration_since(Instant::now()));
        to.write_all(chunk.get(..size).unwrap_or_default())?;
    }
}
