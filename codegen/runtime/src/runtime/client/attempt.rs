//! Prepares a request, and sends it once.

use std::mem;
use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{ACCEPT, CONTENT_LENGTH, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, Url};

use crate::runtime::api::call_info::CallInfo;
use crate::runtime::api::meta::Meta;
use crate::runtime::body::upload::Upload;
use crate::runtime::client::Core;
#[cfg(feature = "part-bulk")]
use crate::runtime::client::batch_request::BatchRequest;
use crate::runtime::client::hook::{AttemptOutcome, AttemptRequest};
use crate::runtime::client::options::Options;
use crate::runtime::client::pending::PendingResponse;
use crate::runtime::error::api::ApiError;
use crate::runtime::error::validation::ValidationError;
use crate::runtime::error::{Error, Result};
use crate::runtime::http::defaults::RequestDefaults;
use crate::runtime::http::head::{HasHead, ResponseHead};
use crate::runtime::http::header::set_header;
use crate::runtime::http::timeout::default_timeout;
use crate::runtime::platform::{Body, HttpRequest, HttpResponse, TransportError};
use crate::runtime::request::Request;

/// The parts of a request that all attempts share.
pub(crate) struct PreparedRequest<'a> {
    pub(crate) defaults: &'a RequestDefaults,
    pub(crate) meta: &'static Meta,
    method: Method,
    url: Url,
    headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) body: Option<Upload>,
    pub(crate) timeout: Duration,
}

/// Prepares the request of a call.
pub(crate) fn prepare<'a>(
    core: &'a Core,
    options: &Options,
    meta: &'static Meta,
    request: &Request,
) -> Result<PreparedRequest<'a>> {
    let invalid = |error| Error::invalid_request(CallInfo::new(core.settings, meta, 0), error);
    if let Some(error) = &options.invalid {
        return Err(invalid(error.clone()));
    }
    let defaults = core.defaults(meta)?;
    let request = request.build(meta).map_err(invalid)?;
    let method = Method::from_bytes(meta.method.as_bytes()).map_err(|_| {
        invalid(ValidationError::new("is not a valid HTTP method").within("method"))
    })?;

    let (path, fixed) = request.path.split_once('?').unwrap_or((&request.path, ""));
    let queries = [fixed, &request.query, &defaults.query, &options.query];
    let queries: Vec<_> = queries
        .into_iter()
        .filter(|query| !query.is_empty())
        .collect();
    let own = meta.base_url.filter(|_| !core.is_base_url_given);
    let url = own.map_or_else(|| Ok(core.base_url.clone()), Url::parse);
    let no_url = |_| invalid(ValidationError::new("is not a valid URL").within("base URL"));
    let mut url = url.map_err(no_url)?;
    url.set_path(&[url.path().trim_end_matches('/'), path].concat());
    if !queries.is_empty() {
        url.set_query(Some(&queries.join("&")));
    }

    let mut headers = request.headers;
    let accept = meta.accept.map(str::as_bytes).map(Bytes::from_static);
    if let Some(Ok(accept)) = accept.map(HeaderValue::from_maybe_shared)
        && !defaults.headers.contains_key(ACCEPT)
    {
        headers.push((ACCEPT, accept));
    }
    if request.body.as_ref().is_none_or(Upload::is_empty)
        && matches!(meta.method, "POST" | "PUT" | "PATCH")
    {
        // Some servers require the header, and the HTTP client does not add it.
        headers.push((CONTENT_LENGTH, HeaderValue::from_static("0")));
    }
    Ok(PreparedRequest {
        defaults,
        meta,
        method,
        url,
        headers,
        timeout: timeout(core, options, request.body.as_ref()),
        body: request.body,
    })
}

/// Returns the timeout of an attempt. If the caller sets none, it includes the time to send the body.
fn timeout(core: &Core, options: &Options, body: Option<&Upload>) -> Duration {
    #[cfg(feature = "part-bulk")]
    let requests = options.batch.as_ref().map_or(1, |batch| batch.concurrency);
    #[cfg(not(feature = "part-bulk"))]
    let requests = 1;
    options.timeout.or(core.timeout).unwrap_or_else(|| {
        let bytes = body.and_then(Upload::size).unwrap_or_default();
        default_timeout(bytes, requests)
    })
}

/// Sends the request once and reads the response. Hooks run before and after. `headers` are the defaults.
pub(crate) async fn send_attempt<T: HasHead, F: Future<Output = Result<T>>>(
    core: &Core,
    options: &Options,
    prepared: &PreparedRequest<'_>,
    call: CallInfo,
    mut headers: HeaderMap,
    receive: &impl Fn(PendingResponse) -> F,
) -> Result<T> {
    for (name, value) in prepared.headers.iter().chain(&options.headers) {
        set_header(&mut headers, name, value);
    }
    #[cfg(not(feature = "part-uploads"))]
    let body = prepared.body.as_ref().map(Upload::body);
    #[cfg(feature = "part-uploads")]
    let (body, error_slot) = prepared.body.as_ref().map(Upload::body).unzip();
    for hook in &core.extensions.hooks {
        hook.before_attempt(&mut AttemptRequest {
            operation: call.meta.operation,
            attempt: call.attempts,
            method: &prepared.method,
            url: &prepared.url,
            headers: &mut headers,
            body: body.as_ref().and_then(Body::as_bytes),
        });
    }
    #[cfg(feature = "part-bulk")]
    let _running = options.batch.as_ref().map(BatchRequest::start_attempt);
    #[cfg(feature = "part-bulk")]
    let body = body.map(|body| match &options.batch {
        Some(batch) => batch.metered(body),
        None => body,
    });
    let mut request = HttpRequest::new(prepared.method.clone(), prepared.url.clone());
    *request.headers_mut() = headers;
    *request.body_mut() = body;
    *request.timeout_mut() = call.timeout;

    let start = core.clock.now();
    let received = send_and_receive(core.http.execute(request), call, receive).await;
    // An error response is more specific than the upload error.
    #[cfg(feature = "part-uploads")]
    let received = received.map_err(|error| {
        let upload_error = error_slot.flatten().and_then(|slot| slot.take());
        match upload_error.filter(|_| error.status().is_none()) {
            Some(upload_error) => Error::upload(call, upload_error),
            None => error,
        }
    });
    let head = head(&received);
    let outcome = AttemptOutcome {
        operation: call.meta.operation,
        attempt: call.attempts,
        duration: core.clock.now().saturating_duration_since(start),
        status: head.map(|head| head.status),
        headers: head.map(|head| head.headers),
        error: received.as_ref().err(),
    };
    for hook in &core.extensions.hooks {
        hook.after_attempt(&outcome);
    }
    received
}

/// Sends the request and reads the response.
async fn send_and_receive<T, F: Future<Output = Result<T>>>(
    response: impl Future<Output = Result<HttpResponse, TransportError>>,
    call: CallInfo,
    receive: &impl Fn(PendingResponse) -> F,
) -> Result<T> {
    let mut response = response
        .await
        .map_err(|error| Error::transport(call, error, false))?;
    let pending = PendingResponse {
        call,
        status: response.status(),
        headers: mem::take(response.headers_mut()),
        body: response,
    };
    if !pending.status.is_success() {
        return Err(Error::Api(ApiError::new(pending.read_error_body().await)));
    }
    receive(pending.reject_compressed()?).await
}

/// Returns the response head of an attempt, if a response was received.
pub(crate) fn head<T: HasHead>(outcome: &Result<T>) -> Option<ResponseHead<'_>> {
    match outcome {
        Ok(received) => Some(received.head()),
        Err(error) => error_head(error),
    }
}

/// Returns the response head of an error response.
pub(crate) fn error_head(error: &Error) -> Option<ResponseHead<'_>> {
    error.api().map(HasHead::head)
}
