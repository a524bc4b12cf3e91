//! One connection: serves its requests until it is closed, reset or shut down.

use std::future::{pending, poll_fn};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::sync::{mpsc, watch};

use super::respond;
use crate::service::Service;

/// The environment of a connection.
#[derive(Clone)]
pub(super) struct Connection {
    service: Arc<Service>,
    /// Becomes true when the server stops.
    stopping: watch::Receiver<bool>,
    /// Is dropped when the connection ends.
    _open: mpsc::Sender<()>,
}

impl Connection {
    pub(super) fn new(
        service: Arc<Service>,
        stopping: watch::Receiver<bool>,
        open: mpsc::Sender<()>,
    ) -> Self {
        Self {
            service,
            stopping,
            _open: open,
        }
    }

    pub(super) async fn serve(mut self, stream: TcpStream) {
        // Sends small responses without a delay.
        let _ = stream.set_nodelay(true);
        let reset = AtomicBool::new(false);
        let handler = service_fn(|request| async {
            if let Some(response) = respond(&self.service, request).await? {
                return Ok::<_, hyper::Error>(response);
            }
            reset.store(true, Ordering::Relaxed);
            pending().await
        });
        let mut connection = http1::Builder::new().serve_connection(TokioIo::new(stream), handler);

        let mut stopping = pin!(self.stopping.wait_for(|stopping| *stopping));
        let mut is_stopping = false;
        let was_reset = poll_fn(|context| {
            if !is_stopping && stopping.as_mut().poll(context).is_ready() {
                is_stopping = true;
                Pin::new(&mut connection).graceful_shutdown();
            }
            // Ignores clients that close the connection or do not use HTTP.
            if Pin::new(&mut connection).poll(context).is_ready() {
                return Poll::Ready(false);
            }
            if reset.load(Ordering::Relaxed) {
                return Poll::Ready(true);
            }
            Poll::Pending
        })
        .await;
        if was_reset {
            let stream = connection.into_parts().io.into_inner();
            // Closing the stream then sends a reset.
            let _ = stream.set_zero_linger();
        }
    }
}
