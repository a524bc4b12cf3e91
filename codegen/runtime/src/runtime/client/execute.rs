//! Sends requests and retries them. Every call uses this module.

use std::mem;
use std::time::Duration;

use reqwest::header::{ACCEPT, CONTENT_LENGTH, HeaderName, HeaderValue};
use reqwest::{Method, Url};

use crate::runtime::api::call_info::CallInfo;
use crate::runtime::api::meta::Meta;
#[cfg(feature = "part-bulk")]
use crate::runtime::body::metered::MeteredBody;
use crate::runtime::body::upload::Upload;
use crate::runtime::client::options::Options;
use crate::runtime::client::pending::PendingResponse;
use crate::runtime::client::trace::CallSpan;
use crate::runtime::client::{Client, Core};
use crate::runtime::error::api::ApiError;
use crate::runtime::error::validation::ValidationError;
use crate::runtime::error::{Error, Result};
use crate::runtime::http::defaults::RequestDefaults;
use crate::runtime::http::head::{HasHead, ResponseHead};
use crate::runtime::http::header::set_header;
use crate::runtime::http::raw_response::RawResponse;
use crate::runtime::http::retry::{RetryReason, delay, is_retryable};
use crate::runtime::http::timeout::upload_time;
use crate::runtime::operation::Operation;
use crate::runtime::request::Request;
use crate::runtime::response::decode::DecodeError;
use crate::runtime::util::random::random;

/// Runs an operation. Returns its output and the response.
pub(crate) async fn execute<O: Operation>(
    client: &Client,
    options: &Options,
    request: &Request,
) -> Result<(O::Output, RawResponse)> {
    let core = &*client.core;
    let max = core.max_response.unwrap_or(O::META.max_response);
    let span = CallSpan::new(O::META, core.settings);
    span.instrument(async {
        let prepared = prepare(core, options, O::META, request)?;
        let receive = |pending: PendingResponse| pending.read_body(max);
        let response = retry_loop(core, options, &prepared, &span, receive).await?;
        match O::decode(request, &response) {
            Ok(output) => Ok((output, response)),
            Err(DecodeError::Api) => Err(Error::Api(ApiError::new(response))),
            Err(DecodeError::Json(error)) => {
                let call = Some(response.call);
                let error = Error::decode(call, error.path, &error.text);
                Err(error.with_headers(response.headers))
            }
        }
    })
    .await
}

/// The parts of a request that all attempts share.
pub(crate) struct PreparedRequest<'a> {
    defaults: &'a RequestDefaults,
    meta: &'static Meta,
    method: Method,
    url: Url,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Option<Upload>,
    timeout: Duration,
}

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
    let mut url = match own.map(Url::parse) {
        None => core.base_url.clone(),
        Some(Ok(url)) => url,
        Some(Err(_)) => {
            return Err(invalid(
                ValidationError::new("is not a valid URL").within("base URL"),
            ));
        }
    };
    url.set_path(&[url.path().trim_end_matches('/'), path].concat());
    if !queries.is_empty() {
        url.set_query(Some(&queries.join("&")));
    }

    let mut headers = request.headers;
    if let Some(Ok(accept)) = meta.accept.map(HeaderValue::from_str)
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

/// Returns the timeout of an attempt. Unless the call sets one, it includes the time to send the body.
fn timeout(core: &Core, options: &Options, body: Option<&Upload>) -> Duration {
    #[cfg(feature = "part-bulk")]
    let requests = options.bulk.shared_by();
    #[cfg(not(feature = "part-bulk"))]
    let requests = 1;
    options.timeout.unwrap_or_else(|| {
        let bytes = body.and_then(Upload::size).unwrap_or_default();
        core.timeout.saturating_add(upload_time(bytes, requests))
    })
}

/// Sends attempts until one succeeds or no retry is possible. `receive` reads the response.
pub(crate) async fn retry_loop<T: HasHead, F: Future<Output = Result<T>>>(
    core: &Core,
    options: &Options,
    prepared: &PreparedRequest<'_>,
    span: &CallSpan,
    receive: impl Fn(PendingResponse) -> F,
) -> Result<T> {
    let retries = options.max_retries.unwrap_or(core.max_retries);
    let clock = &*core.clock;
    let mut attempts = 1;
    loop {
        if let Some(rate_limiter) = &core.rate_limiter {
            rate_limiter.acquire(clock).await;
        }
        let outcome = send_attempt(core, options, prepared, attempts, &receive).await;
        let head = head(&outcome);
        if let (Some(rate_limiter), Some(head)) = (&core.rate_limiter, head) {
            rate_limiter.observe(clock, head.status, head.headers, core.max_retry_after);
        }
        let is_body_available = prepared.body.as_ref().is_none_or(Upload::is_available);
        let failed = outcome.as_ref().err().and_then(|error| {
            #[cfg(feature = "part-bulk")]
            if options.bulk.is_halved_after(error) {
                return None;
            }
            let retry_reason = error.retry_reason()?;
            let again = attempts <= retries
                && is_retryable(prepared.meta.is_idempotent(), retry_reason)
                && is_body_available;
            again.then_some((error, retry_reason))
        });
        let Some((error, retry_reason)) = failed else {
            let sent = prepared.body.as_ref().map_or(Some(0), Upload::size);
            span.record_end(attempts, sent, head);
            return outcome.map_err(|error| {
                if is_body_available {
                    error
                } else {
                    error.body_consumed()
                }
            });
        };
        let delay = retry_delay(core, attempts, retry_reason);
        span.record_retry(error, head, delay);
        clock.sleep(delay).await;
        attempts += 1;
    }
}

/// Returns the delay before the next attempt.
pub(crate) fn retry_delay(core: &Core, attempts: u32, retry_reason: RetryReason<'_>) -> Duration {
    let max = core.max_retry_after;
    delay(
        attempts,
        retry_reason,
        max,
        core.clock.system_time(),
        random(),
    )
}

/// Returns the response head of an attempt, if a response was received.
fn head<T: HasHead>(outcome: &Result<T>) -> Option<ResponseHead<'_>> {
    match outcome {
        Ok(received) => Some(received.head()),
        Err(Error::Api(error)) => Some(error.head()),
        Err(_) => None,
    }
}

/// Sends the request once and reads the response.
async fn send_attempt<T, F: Future<Output = Result<T>>>(
    core: &Core,
    options: &Options,
    prepared: &PreparedRequest<'_>,
    attempts: u32,
    receive: &impl Fn(PendingResponse) -> F,
) -> Result<T> {
    let meta = prepared.meta;
    let call = CallInfo {
        timeout: Some(prepared.timeout),
        ..CallInfo::new(core.settings, meta, attempts)
    };
    let mut request = reqwest::Request::new(prepared.method.clone(), prepared.url.clone());
    let mut headers = prepared.defaults.headers.clone();
    for (name, value) in prepared.headers.iter().chain(&options.headers) {
        set_header(&mut headers, name, value);
    }
    *request.headers_mut() = headers;
    #[cfg(not(feature = "part-uploads"))]
    let body = prepared.body.as_ref().map(Upload::body);
    #[cfg(feature = "part-uploads")]
    let (body, error_slot) = prepared.body.as_ref().map(Upload::body).unzip();
    #[cfg(feature = "part-bulk")]
    let body = body.map(|body| match &options.bulk.on_sent {
        Some(on_sent) => MeteredBody::wrap(body, on_sent.clone()),
        None => body,
    });
    *request.body_mut() = body;
    *request.timeout_mut() = Some(prepared.timeout);

    let received = send_and_receive(core, call, request, receive).await;
    // An error response is more specific than the upload error.
    #[cfg(feature = "part-uploads")]
    if let Err(error) = &received
        && error.status().is_none()
        && let Some(upload_error) = error_slot.flatten().and_then(|slot| slot.take())
    {
        return Err(Error::upload(call, upload_error));
    }
    received
}

/// Sends the request and reads the response.
async fn send_and_receive<T, F: Future<Output = Result<T>>>(
    core: &Core,
    call: CallInfo,
    request: reqwest::Request,
    receive: &impl Fn(PendingResponse) -> F,
) -> Result<T> {
    let response = core.http.execute(request).await;
    let mut response = response.map_err(|error| Error::transport(call, error, false))?;
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
