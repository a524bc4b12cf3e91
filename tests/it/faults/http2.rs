//! The server of HTTP/2. It serves one connection, and fails like the server of HTTP/1.1.

use std::io::{Result, Write as _};
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::time::Duration;

use bytes::Bytes;
use h2::server::{SendResponse, handshake};
use h2::{Reason, RecvStream};
use http::{Request, Response};
use tokio::runtime::Builder;
use tokio::sync::Notify;
use tokio::time::sleep;

use super::reply::RequestRead;
use super::request::ReceivedRequest;
use super::server::{Shared, lock};
use super::successful::{SuccessfulResponse, successful_response};

/// The first bytes of a connection.
pub(super) const PREFACE: &[u8] = b"PRI *";

/// Time in which frames are sent.
const MOMENT: Duration = Duration::from_millis(20);

/// The end of a stream or of its connection.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Http2End {
    /// A successful response.
    Success,
    /// `GOAWAY` with the last stream that the server processes, then the connection is closed.
    GoAway { is_processed: bool },
    /// `RST_STREAM` with this code.
    Reset(Reason, ResetPoint),
    /// No more frames of the stream.
    Silence,
}

/// The point at which a stream is reset.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum ResetPoint {
    BeforeResponse,
    InUpload,
    AfterHeaders,
    InBody,
}

/// Serves a connection until one side ends it. `ends` is true if the server does.
pub(super) fn serve(stream: TcpStream, state: &Shared, ends: &mut bool) -> Result<()> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let socket = stream.try_clone()?;
        stream.set_nonblocking(true)?;
        let stream = tokio::net::TcpStream::from_std(stream)?;
        let mut connection = handshake(stream).await.map_err(std::io::Error::other)?;
        let closing = Arc::new(Closing::default());
        loop {
            let accepted = tokio::select! {
                accepted = connection.accept() => accepted,
                () = closing.finished.notified() => None,
            };
            let Some(Ok((request, respond))) = accepted else {
                // After GOAWAY, the client can be the first to close the connection.
                *ends = closing.is_announced.load(SeqCst);
                return Ok(());
            };
            let exchange = Exchange {
                state: Arc::clone(state),
                socket: socket.try_clone()?,
                closing: Arc::clone(&closing),
                respond,
            };
            // The client may reset the stream.
            tokio::spawn(async move { exchange.run(request).await.ok() });
        }
    })
}

/// The end of a connection by the server.
#[derive(Default)]
struct Closing {
    /// True if the server has sent GOAWAY.
    is_announced: AtomicBool,
    /// Notified when the server closes the connection.
    finished: Notify,
}

/// A request and its response.
struct Exchange {
    state: Shared,
    socket: TcpStream,
    closing: Arc<Closing>,
    respond: SendResponse<Bytes>,
}

impl Exchange {
    async fn run(mut self, request: Request<RecvStream>) -> std::result::Result<(), h2::Error> {
        let (faulty, reports, nth) = {
            let mut state = lock(&self.state);
            let faulty = state.begin();
            (faulty, state.reports, state.nth.saturating_sub(1))
        };
        let (head, mut body) = request.into_parts();
        let method = head.method.to_string();
        let target = head.uri.path_and_query().map_or("/", |it| it.as_str());
        let success = successful_response(&method, target, nth);
        let read = faulty
            .as_ref()
            .map_or(RequestRead::Whole, |faulty| faulty.read);
        if read == RequestRead::Whole {
            let mut all = Vec::new();
            while let Some(chunk) = body.data().await {
                let chunk = chunk?;
                body.flow_control().release_capacity(chunk.len())?;
                all.extend_from_slice(&chunk);
            }
            let received = ReceivedRequest {
                method,
                body: all,
                is_successful: faulty.is_none(),
            };
            lock(&self.state).record(received, reports);
        }
        let end = faulty.and_then(|faulty| (faulty.reply)(&success).http2);
        match end.unwrap_or(Http2End::Success) {
            Http2End::Success => self
                .respond(&success, success.body.len())?
                .send_data(Bytes::new(), true),
            Http2End::GoAway { is_processed } => self.go_away(is_processed).await,
            Http2End::Silence => {
                std::future::poll_fn(|cx| self.respond.poll_reset(cx)).await?;
                Ok(())
            }
            Http2End::Reset(reason, ResetPoint::BeforeResponse) => {
                self.respond.send_reset(reason);
                Ok(())
            }
            Http2End::Reset(reason, ResetPoint::InUpload) => {
                body.data().await.transpose()?;
                self.respond.send_reset(reason);
                Ok(())
            }
            Http2End::Reset(reason, point) => {
                let sent = match point {
                    ResetPoint::InBody => success.body.len() / 2,
                    _ => 0,
                };
                let mut stream = self.respond(&success, sent)?;
                sleep(MOMENT).await;
                stream.send_reset(reason);
                Ok(())
            }
        }
    }

    /// Sends the head of a successful response, and the first bytes of its body.
    fn respond(
        &mut self,
        success: &SuccessfulResponse,
        bytes: usize,
    ) -> std::result::Result<h2::SendStream<Bytes>, h2::Error> {
        let head = Response::builder()
            .header("content-type", success.media_type)
            .header("content-length", success.body.len());
        let head = head.body(()).expect("valid headers");
        let mut stream = self.respond.send_response(head, false)?;
        if bytes > 0 {
            stream.send_data(Bytes::copy_from_slice(&success.body[..bytes]), false)?;
        }
        Ok(stream)
    }

    /// Sends a GOAWAY frame, and closes the connection. The frame is written directly, because `h2` counts a stream that it
    /// returned as processed.
    async fn go_away(mut self, is_processed: bool) -> std::result::Result<(), h2::Error> {
        let id = self.respond.stream_id().as_u32();
        let last = if is_processed {
            id
        } else {
            id.saturating_sub(2)
        };
        let mut frame = vec![0, 0, 8, 7, 0, 0, 0, 0, 0];
        frame.extend(last.to_be_bytes());
        frame.extend(u32::from(Reason::NO_ERROR).to_be_bytes());
        if !self.closing.is_announced.swap(true, SeqCst) {
            lock(&self.state).ending += 1;
        }
        // The write fails if the client has closed the connection.
        let _ = self.socket.write_all(&frame);
        sleep(MOMENT).await;
        self.closing.finished.notify_one();
        Ok(())
    }
}
