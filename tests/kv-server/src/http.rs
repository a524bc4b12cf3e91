//! Accepts connections, reads requests, and sends responses. All other code is synchronous.

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use http_body_util::BodyExt;
use hyper::body::{Body as _, Incoming};
use hyper::header::{HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::sync::oneshot;

use crate::envelope::HttpResponse;
use crate::request::{Body, MAX_BODY, Request};
use crate::route;
use crate::service::Service;

/// Serves until the sender of `stopped` is dropped. Connections end with the runtime.
pub(crate) async fn serve(
    listener: TcpListener,
    service: Arc<Service>,
    stopped: oneshot::Receiver<()>,
) {
    tokio::spawn(accept(listener, service));
    let _ = stopped.await;
}

async fn accept(listener: TcpListener, service: Arc<Service>) -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    loop {
        match listener.accept().await {
            Ok((stream, _)) => drop(tokio::spawn(connection(stream, Arc::clone(&service)))),
            // The process may be out of file descriptors until other connections close.
            Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
        }
    }
}

async fn connection(stream: TcpStream, service: Arc<Service>) {
    // Sends small responses without a delay.
    let _ = stream.set_nodelay(true);
    let respond = service_fn(|request| respond(&service, request));
    // Ignores clients that close the connection or do not use HTTP.
    let _ = http1::Builder::new()
        .serve_connection(TokioIo::new(stream), respond)
        .await;
}

async fn respond(
    service: &Service,
    request: hyper::Request<Incoming>,
) -> hyper::Result<HttpResponse> {
    let (head, body) = request.into_parts();
    let body = read(body).await?;
    let mut response = route::response(service, &Request::new(&head, body));
    response
        .headers_mut()
        .insert(HeaderName::from_static("cf-ray"), ray_id());
    Ok(response)
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
fn ray_id() -> HeaderValue {
    static REQUESTS: AtomicU64 = AtomicU64::new(1);
    let number = REQUESTS.fetch_add(1, Ordering::Relaxed);
    HeaderValue::from_str(&format!("{number:016x}-DEV"))
        .unwrap_or(HeaderValue::from_static("0-DEV"))
}
