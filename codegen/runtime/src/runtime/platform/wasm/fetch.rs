//! Sends requests with `fetch`.
//!
//! A request body is collected before it is sent: `fetch` sends a stream only over HTTP/2, and not in all browsers.

use std::future::poll_fn;
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use js_sys::{Function, Promise, Reflect, Uint8Array};
use reqwest::header::{CONTENT_LENGTH, HeaderMap};
use reqwest::{Method, Url};
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, Headers, ReferrerPolicy, RequestCache, RequestCredentials, RequestInit,
    RequestRedirect, ResponseType,
};

use crate::runtime::platform::wasm::abort::Abort;
use crate::runtime::platform::wasm::body::Body;
use crate::runtime::platform::wasm::error::TransportError;
use crate::runtime::platform::wasm::response::HttpResponse;
use crate::runtime::platform::wasm::timer::{is_over, timer};

/// A request.
pub(crate) struct HttpRequest {
    method: Method,
    url: Url,
    headers: HeaderMap,
    body: Option<Body>,
    timeout: Option<Duration>,
}

impl HttpRequest {
    pub(crate) fn new(method: Method, url: Url) -> Self {
        Self {
            method,
            url,
            headers: HeaderMap::new(),
            body: None,
            timeout: None,
        }
    }

    pub(crate) fn headers_mut(&mut self) -> &mut HeaderMap {
        &mut self.headers
    }

    pub(crate) fn body_mut(&mut self) -> &mut Option<Body> {
        &mut self.body
    }

    pub(crate) fn timeout_mut(&mut self) -> &mut Option<Duration> {
        &mut self.timeout
    }

    /// Returns the request for `fetch`. It follows no redirects and uses neither cookies nor a cache.
    fn init(&self, body: &[u8], abort: &AbortController) -> Result<RequestInit, JsValue> {
        let headers = Headers::new()?;
        for (name, value) in &self.headers {
            // `fetch` sets the length itself.
            if name != CONTENT_LENGTH {
                // Headers contain bytes, and a JavaScript string of them has one character per byte.
                let value: String = value.as_bytes().iter().copied().map(char::from).collect();
                headers.append(name.as_str(), &value)?;
            }
        }
        let init = RequestInit::new();
        init.set_method(self.method.as_str());
        init.set_headers(&headers);
        init.set_redirect(RequestRedirect::Manual);
        init.set_credentials(RequestCredentials::Omit);
        init.set_cache(RequestCache::NoStore);
        init.set_referrer_policy(ReferrerPolicy::NoReferrer);
        init.set_signal(Some(&abort.signal()));
        if !body.is_empty() {
            init.set_body(&Uint8Array::from(body));
        }
        Ok(init)
    }
}

/// Sends requests.
#[derive(Clone, Default)]
pub(crate) struct HttpClient;

impl HttpClient {
    /// Sends a request and waits for the head of the response.
    pub(crate) fn execute(
        &self,
        request: HttpRequest,
    ) -> impl Future<Output = Result<HttpResponse, TransportError>> + Send + use<> {
        SendWrapper::new(send(request))
    }
}

/// Sends a request and waits for the head of the response, until the timeout.
async fn send(request: HttpRequest) -> Result<HttpResponse, TransportError> {
    let mut timer = request.timeout.map(timer);
    let abort = Abort::new()?;
    let mut response = Box::pin(response(request, abort.0.clone()));
    let response = poll_fn(|cx| {
        if is_over(&mut timer, cx) {
            return Poll::Ready(Err(TransportError::timeout()));
        }
        response.as_mut().poll(cx)
    });
    HttpResponse::new(&response.await?, abort, timer)
}

/// Sends a request and waits for the head of the response.
async fn response(
    mut request: HttpRequest,
    abort: AbortController,
) -> Result<web_sys::Response, TransportError> {
    let body = match request.body.take() {
        Some(body) => body.collect().await?,
        None => Bytes::new(),
    };
    let init = request.init(&body, &abort);
    let response = match init.and_then(|init| fetch(request.url.as_str(), &init)) {
        Ok(response) => JsFuture::from(response).await,
        Err(exception) => Err(exception),
    };
    let response = response.and_then(JsCast::dyn_into::<web_sys::Response>);
    let response = response.map_err(|exception| TransportError::exception(&exception))?;
    if response.type_() == ResponseType::Opaqueredirect {
        let text = "the server responded with a redirect, which is not followed";
        return Err(TransportError::new(text));
    }
    Ok(response)
}

/// Calls the function `fetch` of the host.
fn fetch(url: &str, init: &RequestInit) -> Result<Promise, JsValue> {
    let global = js_sys::global();
    let fetch: Function = Reflect::get(&global, &"fetch".into())?.dyn_into()?;
    fetch.call2(&global, &url.into(), init)?.dyn_into()
}
