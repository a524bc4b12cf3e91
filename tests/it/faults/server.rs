//! A server that fails as configured and records the requests.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use socket2::{Domain, SockRef, Socket, Type};

use super::http2;
use super::reply::{End, FaultyResponse, Reply, RequestRead};
use super::request::{ReceivedRequest, Request};
use super::successful::successful_response;

/// The requests since the last call of [`FaultServer::seen`].
#[derive(Default)]
pub(crate) struct Seen {
    /// The number of requests that began.
    pub(crate) attempts: usize,
    /// The complete requests.
    pub(crate) received: Vec<ReceivedRequest>,
    /// The number of response bytes that were sent.
    pub(crate) sent: u64,
}

#[derive(Default)]
pub(super) struct State {
    /// The number of successful responses before the faulty ones.
    before: usize,
    /// The number of faulty responses. All later ones are successful.
    times: usize,
    /// The number of faulty responses so far.
    pub(super) nth: usize,
    faulty: Option<FaultyResponse>,
    seen: Seen,
    /// The number of calls of [`FaultServer::seen`].
    pub(super) reports: usize,
    open: usize,
    /// The number of open connections that are about to end.
    pub(super) ending: usize,
    stopped: bool,
}

pub(super) type Shared = Arc<Mutex<State>>;

/// A server on a port of 127.0.0.1. It reserves the port while it refuses connections.
pub(crate) struct FaultServer {
    socket: Socket,
    address: SocketAddr,
    state: Shared,
}

impl FaultServer {
    /// Starts a server.
    pub(crate) fn start() -> Self {
        let server = Self::refusing();
        server.listen();
        server
    }

    /// Returns a server that refuses connections until [`listen`](Self::listen) is called.
    pub(crate) fn refusing() -> Self {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).expect("a socket");
        let any: SocketAddr = ([127, 0, 0, 1], 0).into();
        socket.bind(&any.into()).expect("a port is free");
        let address = socket.local_addr().expect("a bound socket");
        Self {
            address: address.as_socket().expect("an IPv4 address"),
            socket,
            state: Shared::default(),
        }
    }

    pub(crate) fn listen(&self) {
        self.socket.listen(128).expect("a listening socket");
        let listener: TcpListener = self.socket.try_clone().expect("a handle").into();
        let state = Arc::clone(&self.state);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if lock(&state).stopped {
                    return;
                }
                lock(&state).open += 1;
                let state = Arc::clone(&state);
                thread::spawn(move || {
                    let mut ends = false;
                    // An error means that the client closed the connection.
                    let _ = serve(stream, &state, &mut ends);
                    let mut state = lock(&state);
                    state.open -= 1;
                    state.ending -= usize::from(ends);
                });
            }
        });
    }

    /// Returns the URL of the server without a path.
    pub(crate) fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Sends `before` successful responses, then `times` faulty ones, then successful ones.
    pub(crate) fn fails(&self, before: usize, times: usize, faulty: FaultyResponse) {
        let mut state = lock(&self.state);
        (state.before, state.times, state.nth) = (before, times, 0);
        state.faulty = Some(faulty);
    }

    /// Sends only successful responses from now on.
    pub(crate) fn succeed(&self) {
        lock(&self.state).faulty = None;
    }

    /// Returns the requests since the last call.
    pub(crate) fn seen(&self) -> Seen {
        let mut state = lock(&self.state);
        state.reports += 1;
        std::mem::take(&mut state.seen)
    }

    /// Returns true if all connections that the server ends are closed within ten seconds.
    pub(crate) fn settles(&self) -> bool {
        becomes_true(|| lock(&self.state).ending == 0)
    }

    /// Returns true if at most `count` connections are open within ten seconds.
    pub(crate) fn has_open_at_most(&self, count: usize) -> bool {
        becomes_true(|| lock(&self.state).open <= count)
    }
}

impl Drop for FaultServer {
    fn drop(&mut self) {
        lock(&self.state).stopped = true;
        // Wakes up the listener.
        let _ = TcpStream::connect(self.address);
    }
}

/// Returns true if the condition becomes true within ten seconds.
pub(crate) fn becomes_true(condition: impl Fn() -> bool) -> bool {
    let patience = Instant::now() + Duration::from_secs(10);
    while !condition() {
        if Instant::now() > patience {
            return false;
        }
        thread::sleep(Duration::from_millis(2));
    }
    true
}

pub(super) fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

impl State {
    /// Returns the faulty response to a new request, if any.
    pub(super) fn begin(&mut self) -> Option<FaultyResponse> {
        self.seen.attempts += 1;
        let faulty = self.faulty.clone()?;
        if self.before > 0 {
            self.before -= 1;
            return None;
        }
        if self.nth == self.times {
            return None;
        }
        self.nth += 1;
        Some(faulty)
    }

    /// Records a request that began after `reports` reports.
    ///
    /// The body of an earlier request can arrive after its call ended. It belongs to no call.
    pub(super) fn record(&mut self, request: ReceivedRequest, reports: usize) {
        if self.reports == reports {
            self.seen.received.push(request);
        }
    }
}

/// Serves a connection until one side ends it. `ends` is true if the server does.
fn serve(stream: TcpStream, state: &Shared, ends: &mut bool) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut first = [0; http2::PREFACE.len()];
    stream.peek(&mut first)?;
    if first == http2::PREFACE {
        return http2::serve(stream, state, ends);
    }
    serve_http1(&stream, state, ends)
}

fn serve_http1(
    mut stream: &TcpStream,
    state: &Mutex<State>,
    ends: &mut bool,
) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    while !reader.fill_buf()?.is_empty() {
        let (faulty, reports) = {
            let mut state = lock(state);
            (state.begin(), state.reports)
        };
        let read = faulty
            .as_ref()
            .map_or(RequestRead::Whole, |faulty| faulty.read);
        let is_successful = faulty.is_none();
        let mut request = Request::default();
        if read != RequestRead::Nothing {
            request = Request::head(&mut reader)?;
        }
        let success = successful_response(
            &request.method,
            &request.target,
            lock(state).nth.saturating_sub(1),
        );
        if read == RequestRead::Whole {
            let whole = request.finish(&mut reader, is_successful)?;
            lock(state).record(whole, reports);
        }
        let reply = match faulty {
            Some(faulty) => (faulty.reply)(&success),
            None => Reply::from(success.bytes()),
        };

        // A client that has the whole response can send the next request before the connection ends.
        let mut ends_soon = || {
            if matches!(reply.end, End::Close | End::Reset) {
                *ends = true;
                lock(state).ending += 1;
            }
        };
        if reply.filler == 0 {
            ends_soon();
        }
        let size = reply.bytes.len().div_ceil(reply.pieces).max(1);
        for piece in reply.bytes.chunks(size) {
            stream.write_all(piece)?;
            if reply.pieces > 1 {
                thread::sleep(Duration::from_millis(1));
            }
        }
        lock(state).seen.sent += reply.bytes.len() as u64;
        let block = [b'x'; 16_384];
        let mut rest = reply.filler;
        while rest > 0 {
            let size = rest.min(block.len() as u64);
            rest -= size;
            if rest == 0 {
                ends_soon();
            }
            stream.write_all(&block[..usize::try_from(size).unwrap_or(block.len())])?;
            lock(state).seen.sent += size;
        }

        match reply.end {
            End::Keep if read == RequestRead::Head => {
                let whole = request.finish(&mut reader, is_successful)?;
                lock(state).record(whole, reports);
            }
            End::Keep => (),
            End::Close => return Ok(()),
            End::Reset => {
                // The client must read the response before the reset.
                thread::sleep(Duration::from_millis(20));
                return SockRef::from(stream).set_linger(Some(Duration::ZERO));
            }
            End::Stall => {
                while reader.read(&mut [0; 16_384])? > 0 {}
                return Ok(());
            }
        }
    }
    Ok(())
}
