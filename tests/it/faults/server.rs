//! A server that fails on purpose. In: which of the next exchanges go wrong, and how. Out: what it saw.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use socket2::{Domain, SockRef, Socket, Type};

use super::good::{Good, good};
use super::request::{Request, Taken};

/// How one exchange goes wrong.
#[derive(Clone)]
pub(crate) struct Wrong {
    /// How much of the request is read before the answer.
    pub(crate) takes: Takes,
    /// What comes in place of a good answer.
    pub(crate) reply: Arc<dyn Fn(&Good) -> Reply + Send + Sync>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Takes {
    /// Its first byte is seen, that is all.
    Nothing,
    /// Its head. The body is read after the answer, if the connection is still there.
    Head,
    Whole,
}

/// An answer, or what there is of it.
pub(crate) struct Reply {
    pub(crate) bytes: Vec<u8>,
    /// So many bytes more, all alike.
    pub(crate) filler: u64,
    /// In so many pieces it is sent, with a pause after each.
    pub(crate) pieces: usize,
    pub(crate) end: End,
}

/// What becomes of the connection after the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// It is there for another request.
    Keep,
    /// It is closed.
    Close,
    /// It is broken off.
    Reset,
    /// Nothing more comes.
    Stall,
}

/// What the server saw since the last time it was asked.
#[derive(Default)]
pub(crate) struct Seen {
    /// How many requests began.
    pub(crate) attempts: usize,
    /// Those that came whole.
    pub(crate) taken: Vec<Taken>,
    /// How many bytes of answers it got rid of.
    pub(crate) sent: u64,
}

#[derive(Default)]
struct State {
    /// How many exchanges go well before some go wrong.
    before: usize,
    /// How many then go wrong. After those, all is well again.
    times: usize,
    /// How many of them have.
    nth: usize,
    wrong: Option<Wrong>,
    seen: Seen,
    open: usize,
    /// How many of the open connections are about to end.
    ending: usize,
    stopped: bool,
}

type Shared = Arc<Mutex<State>>;

/// A server on a port of 127.0.0.1, which is its own also while nobody listens on it.
pub(crate) struct FaultServer {
    socket: Socket,
    address: SocketAddr,
    state: Shared,
}

impl FaultServer {
    /// A server that listens.
    pub(crate) fn start() -> Self {
        let server = Self::deaf();
        server.listen();
        server
    }

    /// A server that refuses connections, until it [`listen`](Self::listen)s.
    pub(crate) fn deaf() -> Self {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).expect("a socket");
        let any: SocketAddr = ([127, 0, 0, 1], 0).into();
        socket.bind(&any.into()).expect("a port is free");
        let address = socket.local_addr().expect("it is bound");
        Self {
            address: address.as_socket().expect("it is of IPv4"),
            socket,
            state: Shared::default(),
        }
    }

    pub(crate) fn listen(&self) {
        self.socket.listen(128).expect("it listens");
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
                    // An error is a client that has gone.
                    let _ = serve(&stream, &state, &mut ends);
                    drop(stream);
                    let mut state = lock(&state);
                    state.open -= 1;
                    state.ending -= usize::from(ends);
                });
            }
        });
    }

    /// Its address as a URL, without a path.
    pub(crate) fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Lets so many exchanges go well, then so many go wrong, then all go well.
    pub(crate) fn fails(&self, before: usize, times: usize, wrong: Wrong) {
        let mut state = lock(&self.state);
        (state.before, state.times, state.nth) = (before, times, 0);
        state.wrong = Some(wrong);
    }

    /// Lets all exchanges go well from now on.
    pub(crate) fn works(&self) {
        lock(&self.state).wrong = None;
    }

    /// What came since the last time.
    pub(crate) fn seen(&self) -> Seen {
        std::mem::take(&mut lock(&self.state).seen)
    }

    /// Waits until the connections that it ends have ended.
    pub(crate) fn settle(&self) {
        soon(|| lock(&self.state).ending == 0);
    }

    /// Whether no more than so many connections are open, at the latest in a while.
    pub(crate) fn has_open_at_most(&self, count: usize) -> bool {
        soon(|| lock(&self.state).open <= count)
    }
}

impl Drop for FaultServer {
    fn drop(&mut self) {
        lock(&self.state).stopped = true;
        // Wakes the listener, so that it sees that.
        let _ = TcpStream::connect(self.address);
    }
}

/// Whether something comes true before long.
pub(crate) fn soon(is_so: impl Fn() -> bool) -> bool {
    let patience = Instant::now() + Duration::from_secs(10);
    while !is_so() {
        if Instant::now() > patience {
            return false;
        }
        thread::sleep(Duration::from_millis(2));
    }
    true
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

impl State {
    /// A request begins: how it goes wrong, if it does.
    fn begin(&mut self) -> Option<Wrong> {
        self.seen.attempts += 1;
        let wrong = self.wrong.clone()?;
        if self.before > 0 {
            self.before -= 1;
            return None;
        }
        if self.nth == self.times {
            return None;
        }
        self.nth += 1;
        Some(wrong)
    }
}

/// Serves a connection until one of the two ends it; `ends` says whether it was to be this one.
fn serve(mut stream: &TcpStream, state: &Mutex<State>, ends: &mut bool) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    while !reader.fill_buf()?.is_empty() {
        let wrong = lock(state).begin();
        let takes = wrong.as_ref().map_or(Takes::Whole, |wrong| wrong.takes);
        let is_well = wrong.is_none();
        let mut request = Request::default();
        if takes != Takes::Nothing {
            request = Request::head(&mut reader)?;
        }
        let good = good(
            &request.method,
            &request.target,
            lock(state).nth.saturating_sub(1),
        );
        if takes == Takes::Whole {
            let whole = request.finish(&mut reader, is_well)?;
            lock(state).seen.taken.push(whole);
        }
        let reply = match wrong {
            Some(wrong) => (wrong.reply)(&good),
            None => Reply::from(good.bytes()),
        };

        // Who has the whole answer may send another request, though the connection is about to end.
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
            End::Keep if takes == Takes::Head => {
                let whole = request.finish(&mut reader, is_well)?;
                lock(state).seen.taken.push(whole);
            }
            End::Keep => (),
            End::Close => return Ok(()),
            End::Reset => {
                // What was sent shall be read before the end of it all is known.
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
