//! Responses of `fetch`.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use js_sys::{Array, Reflect, Uint8Array};
use reqwest::StatusCode;
use reqwest::header::{CONTENT_ENCODING, CONTENT_LENGTH, HeaderMap, HeaderName, HeaderValue};
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::ReadableStreamDefaultReader;

use crate::runtime::platform::wasm::error::TransportError;
use crate::runtime::platform::wasm::timer::{Timer, is_over};

use crate::runtime::platform::wasm::abort::Abort;

/// A response whose body was not read yet.
pub(crate) struct HttpResponse {
    status: StatusCode,
    headers: HeaderMap,
    size: Option<u64>,
    chunks: Chunks,
}

impl HttpResponse {
    pub(crate) fn new(
        response: &web_sys::Response,
        abort: Abort,
        timer: Option<Timer>,
    ) -> Result<Self, TransportError> {
        let status = StatusCode::from_u16(response.status());
        let mut headers = headers(response);
        // The host asks for compressed bodies and decodes them. These headers describe the encoded body.
        if headers.remove(CONTENT_ENCODING).is_some() {
            headers.remove(CONTENT_LENGTH);
        }
        let size = headers
            .get(CONTENT_LENGTH)
            .and_then(|size| size.to_str().ok());
        let reader = response.body().map(|body| body.get_reader().dyn_into());
        let reader = reader.transpose().map_err(|_| invalid())?;
        Ok(Self {
            status: status.map_err(|_| invalid())?,
            size: size.and_then(|size| size.parse().ok()),
            headers,
            chunks: Chunks {
                body: SendWrapper::new(BodyReader {
                    reader,
                    read: None,
                    _abort: abort,
                }),
                timer,
            },
        })
    }

    pub(crate) fn status(&self) -> StatusCode {
        self.status
    }

    #[cfg(feature = "part-client-credentials")]
    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    pub(crate) fn headers_mut(&mut self) -> &mut HeaderMap {
        &mut self.headers
    }

    /// Returns the size that the server sent.
    pub(crate) fn content_length(&self) -> Option<u64> {
        self.size
    }

    /// Returns the next chunk of the body.
    pub(crate) async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        poll_fn(|cx| self.chunks.poll_next(cx)).await.transpose()
    }

    pub(crate) fn into_chunks(self) -> Chunks {
        self.chunks
    }
}

fn invalid() -> TransportError {
    TransportError::new("`fetch` returned an invalid response")
}

/// Reads the headers. Invalid ones are ignored.
fn headers(response: &web_sys::Response) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for entry in response.headers().entries().into_iter().flatten() {
        let entry: Array = entry.unchecked_into();
        let (name, value) = (entry.get(0).as_string(), entry.get(1).as_string());
        let name = name.and_then(|name| name.parse::<HeaderName>().ok());
        // A JavaScript string of a header has one character per byte.
        let value = value.unwrap_or_default();
        let value: Vec<u8> = value.chars().map(|c| c as u8).collect();
        let value = HeaderValue::from_bytes(&value);
        if let (Some(name), Ok(value)) = (name, value) {
            headers.append(name, value);
        }
    }
    headers
}

/// Chunks of a response body.
pub(crate) struct Chunks {
    body: SendWrapper<BodyReader>,
    timer: Option<Timer>,
}

/// Reads a body. The request is cancelled when this is dropped.
struct BodyReader {
    /// `None` if the response has no body, and at the end.
    reader: Option<ReadableStreamDefaultReader>,
    read: Option<JsFuture>,
    _abort: Abort,
}

impl Chunks {
    /// Returns the next chunk. Returns `None` at the end.
    pub(crate) fn poll_next(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        if is_over(&mut self.timer, cx) {
            self.timer = None;
            self.body.reader = None;
            return Poll::Ready(Some(Err(TransportError::timeout())));
        }
        let BodyReader { reader, read, .. } = &mut *self.body;
        let Some(open) = reader else {
            return Poll::Ready(None);
        };
        let future = read.get_or_insert_with(|| JsFuture::from(open.read()));
        let result = ready!(Pin::new(future).poll(cx));
        *read = None;
        let chunk = result
            .and_then(|result| chunk(&result))
            .map_err(|exception| TransportError::exception(&exception));
        if !matches!(chunk, Ok(Some(_))) {
            *reader = None;
        }
        Poll::Ready(chunk.transpose())
    }
}

/// Converts the result of a read. Returns `None` at the end.
fn chunk(result: &JsValue) -> Result<Option<Bytes>, JsValue> {
    if Reflect::get(result, &"done".into())?.is_truthy() {
        return Ok(None);
    }
    let value = Reflect::get(result, &"value".into())?;
    Ok(Some(Uint8Array::new(&value).to_vec().into()))
}
