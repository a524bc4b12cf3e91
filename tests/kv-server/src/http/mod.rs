//! Accepts connections, reads requests, and sends responses. All other code is synchronous.

mod body;
mod connection;

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::Response;
use hyper::body::{Body as _, Incoming};
use hyper::header::{HeaderName, HeaderValue};
use tokio::sync::{mpsc, oneshot, watch};

use crate::envelope::HttpResponse;
use crate::fault::{Fault, Kind};
use crate::received::ReceivedRequest;
use crate::request::{Body, MAX_BODY, Request};
use crate::route;
use crate::service::Service;

use body::ResponseBody;
use connection::Connection;

/// The time in which requests can complete after a shutdown starts.
const GRACE: Duration = Duration::from_secs(10);

/// A message to stop gracefully.
pub(crate) struct Shutdown;

/// Serves until a message arrives, or until the sender of `stopped` is dropped.
///
/// After a message, requests that started to arrive are completed. Without one, connections end with the runtime.
pub(crate) async fn serve(
    listener: TcpListener,
    service: Arc<Service>,
    stopped: oneshot::Receiver<Shutdown>,
) {
    let (stop, stopping) = watch::channel(false);
    // Each connection has a sender. The receiver ends when all connections are closed.
    let (open, mut all_closed) = mpsc::channel::<()>(1);
    let accepting = tokio::spawn(accept(listener, Connection::new(service, stopping, open)));
    if stopped.await.is_ok() {
        accepting.abort();
        // Waits until the task and its sender are dropped.
        let _ = accepting.await;
        let _ = stop.send(true);
        let _ = tokio::time::timeout(GRACE, all_closed.recv()).await;
    }
}

async fn accept(listener: TcpListener, connection: Connection) -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    loop {
        match listener.accept().await {
            Ok((stream, _)) => drop(tokio::spawn(connection.clone().serve(stream))),
            // The process may be out of file descriptors until other connections close.
            Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
        }
    }
}

/// Returns `None` if the connection must be reset.
async fn respond(
    service: &Service,
    request: hyper::Request<Incoming>,
) -> hyper::Result<Option<Response<ResponseBody>>> {
    let (head, body) = request.into_parts();
    let body = read(body).await?;
    let received = ReceivedRequest::new(&head, body.bytes());
    let fault = service.faults().take(&received);
    if let Some(mut log) = service.log() {
        log.add(received);
    }

    let request = Request::new(&head, body);
    let Some(fault) = fault else {
        let response = route::response(service, &request, &[]);
        return Ok(Some(finish(response.map(ResponseBody::whole))));
    };
    let response = with_fault(service, &request, &fault);
    tokio::time::sleep(fault.delay_before_response()).await;
    Ok(response.map(|mut response| {
        response.headers_mut().extend(fault.headers().clone());
        finish(response)
    }))
}

/// Returns `None` if the connection must be reset.
fn with_fault(
    service: &Service,
    request: &Request,
    fault: &Fault,
) -> Option<Response<ResponseBody>> {
    let regular = |failing_keys: &[String]| route::response(service, request, failing_keys);
    let replaced = |response: Option<HttpResponse>| {
        if fault.is_processed() {
            regular(&[]);
        }
        response.map(|response| response.map(ResponseBody::whole))
    };
    match fault.kind() {
        Kind::Regular => Some(regular(&[]).map(ResponseBody::whole)),
        Kind::UnsuccessfulKeys(keys) => Some(regular(keys).map(ResponseBody::whole)),
        Kind::Truncated => Some(regular(&[]).map(|body: Bytes| ResponseBody::truncated(&body))),
        Kind::Response(response) => replaced(Some(response.clone())),
        Kind::Reset => replaced(None),
    }
}

/// Reads the whole body, also if it is too large. Otherwise, the client does not read the response.
async fn read(mut body: Incoming) -> hyper::Result<Body> {
    let announced = body
        .size_hint()
        .exact()
        .and_then(|length| usize::try_from(length).ok());
    let mut bytes = Vec::with_capacity(announced.unwrap_or(0).min(MAX_BODY));
    let mut length = 0_usize;
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame?.into_data() else {
            continue;
        };
        length = length.saturating_add(data.len());
        if length <= MAX_BODY {
            bytes.extend_from_slice(&data);
        }
    }
    Ok(if length <= MAX_BODY {
        Body::Whole(bytes.into())
    } else {
        Body::TooLarge(length)
    })
}

/// Adds the identifier of the request, as Cloudflare does.
fn finish(mut response: Response<ResponseBody>) -> Response<ResponseBody> {
    let name = HeaderName::from_static("cf-ray");
    response.headers_mut().entry(name).or_insert_with(ray_id);
    response
}

fn ray_id() -> HeaderValue {
    static REQUESTS: AtomicU64 = AtomicU64::new(1);
    let number = REQUESTS.fetch_add(1, Ordering::Relaxed);
    HeaderValue::from_str(&format!("{number:016x}-DEV"))
        .unwrap_or(HeaderValue::from_static("0-DEV"))
}
