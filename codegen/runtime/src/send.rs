//! Sends a request and receives the answer, again where that is safe. Every call of every client comes through here.

use std::mem;
use std::time::{Duration, SystemTime};

use reqwest::header::{CONTENT_LENGTH, HeaderName, HeaderValue};
use reqwest::{Method, Url};

use super::answer::{Answer, Failure};
use super::api_error::ApiError;
use super::call::Options;
use super::client::{Client, Core};
use super::error::{Error, Origin, Result};
use super::operation::{Meta, Operation};
use super::random::random;
use super::refusal::Refusal;
use super::request::Request;
use super::retry::{Cause, is_repeatable, wait};
use super::upload::Upload;

/// Runs an operation: gives its output, and the answer that it was read from.
pub(super) async fn exchange<O: Operation>(
    client: &Client,
    options: &Options,
    operation: &O,
) -> Result<(O::Output, Answer)> {
    let outgoing = prepare(&client.core, options, O::META, operation.request())?;
    let answer = deliver(&client.core, options, &outgoing).await?;
    match operation.decode(&answer) {
        Ok(output) => Ok((output, answer)),
        Err(Failure::Api) => Err(Error::Api(ApiError::new(answer))),
        Err(Failure::Decode(misfit)) => {
            let origin = Some(answer.origin);
            Err(Error::decode(origin, misfit.path, &misfit.text))
        }
    }
}

/// What each attempt sends.
struct Outgoing {
    meta: &'static Meta,
    method: Method,
    url: Url,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Option<Upload>,
    timeout: Duration,
}

fn prepare(
    core: &Core,
    options: &Options,
    meta: &'static Meta,
    request: Result<Request, Refusal>,
) -> Result<Outgoing> {
    let refused = |refusal| Error::refused(Origin { meta, attempts: 0 }, refusal);
    if let Some(refusal) = &options.refusal {
        return Err(refused(refusal.clone()));
    }
    let request = request.map_err(refused)?;
    let method = Method::from_bytes(meta.method.as_bytes())
        .map_err(|_| refused(Refusal::new("is none of HTTP's").within("method")))?;

    let (path, fixed) = request.path.split_once('?').unwrap_or((&request.path, ""));
    let queries = [fixed, &request.query, &core.query, &options.query];
    let queries: Vec<_> = queries
        .into_iter()
        .filter(|query| !query.is_empty())
        .collect();
    let mut url = core.base_url.clone();
    url.set_path(&[core.base_url.path().trim_end_matches('/'), path].concat());
    if !queries.is_empty() {
        url.set_query(Some(&queries.join("&")));
    }

    let mut headers = request.headers;
    let size = request.body.as_ref().map_or(Some(0), Upload::size);
    if size == Some(0) && matches!(meta.method, "POST" | "PUT" | "PATCH") {
        // Some servers insist on it, and nothing below adds it.
        headers.push((CONTENT_LENGTH, HeaderValue::from_static("0")));
    }
    Ok(Outgoing {
        meta,
        method,
        url,
        headers,
        body: request.body,
        timeout: options.timeout.unwrap_or(core.timeout),
    })
}

/// Makes attempts until one succeeds or another would be useless or harmful.
async fn deliver(core: &Core, options: &Options, outgoing: &Outgoing) -> Result<Answer> {
    let retries = options.max_retries.unwrap_or(core.max_retries);
    let mut attempts = 1;
    loop {
        let error = match attempt(core, options, outgoing, attempts).await {
            Ok(answer) => return Ok(answer),
            Err(error) => error,
        };
        let cause = error.cause().filter(|cause| {
            attempts <= retries && is_repeatable(outgoing.meta.is_repeatable(), *cause)
        });
        let Some(cause) = cause else {
            return Err(error);
        };
        pause(core, attempts, cause).await;
        attempts += 1;
    }
}

/// Waits before the attempt after so many.
pub(super) async fn pause(core: &Core, attempts: u32, cause: Cause<'_>) {
    let pause = wait(
        attempts,
        cause,
        core.max_retry_after,
        SystemTime::now(),
        random(),
    );
    tokio::time::sleep(pause).await;
}

/// Sends the request once and receives the answer whole.
async fn attempt(
    core: &Core,
    options: &Options,
    outgoing: &Outgoing,
    attempts: u32,
) -> Result<Answer> {
    let meta = outgoing.meta;
    let origin = Origin { meta, attempts };
    let mut request = reqwest::Request::new(outgoing.method.clone(), outgoing.url.clone());
    let mut headers = core.headers.clone();
    for (name, value) in outgoing.headers.iter().chain(&options.headers) {
        headers.insert(name, value.clone());
    }
    *request.headers_mut() = headers;
    *request.body_mut() = outgoing.body.as_ref().map(Upload::body);
    *request.timeout_mut() = Some(outgoing.timeout);

    let response = core.http.execute(request).await;
    let mut response = response.map_err(|error| Error::transport(origin, error, false))?;
    if core.checks_redirects && *response.url() != outgoing.url {
        return Err(Error::redirected(origin));
    }
    let status = response.status();
    let headers = mem::take(response.headers_mut());
    let body = response.bytes().await;
    let answer = Answer {
        origin,
        envelope: core.settings.envelope,
        status,
        headers,
        body: body.map_err(|error| Error::transport(origin, error, true))?,
    };
    if !status.is_success() {
        return Err(Error::Api(ApiError::new(answer)));
    }
    Ok(answer)
}
