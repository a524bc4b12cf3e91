//! A response whose body was not read yet.

use bytes::{Bytes, BytesMut};
use reqwest::StatusCode;
use reqwest::header::{CONTENT_ENCODING, HeaderMap};

use crate::runtime::api::call_info::CallInfo;
use crate::runtime::error::{Error, Result};
use crate::runtime::http::raw_response::RawResponse;
use crate::runtime::platform::HttpResponse;

/// Maximum number of bytes that are read from the body of an error response.
const MAX_ERROR_BODY: usize = 1024 * 1024;

/// Maximum buffer size that is allocated because of a `Content-Length` header.
const MAX_PREALLOCATED: u64 = 32 * 1024 * 1024;

/// A response whose body was not read yet.
pub(crate) struct PendingResponse {
    pub(crate) call: CallInfo,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: HttpResponse,
}

impl PendingResponse {
    /// Fails if the body is compressed. The client did not ask for compression and does not decompress.
    pub(crate) fn reject_compressed(self) -> Result<Self> {
        let found = self.headers.get_all(CONTENT_ENCODING).iter();
        let found = found.flat_map(|value| value.as_bytes().split(|byte| *byte == b','));
        let mut found = found.map(<[u8]>::trim_ascii);
        match found.find(|name| !name.is_empty() && !name.eq_ignore_ascii_case(b"identity")) {
            None => Ok(self),
            Some(name) => {
                let name = name.escape_ascii();
                let text = format!(
                    "the response is compressed ({name}), although the client did not ask for it"
                );
                Err(Error::invalid_response(self.call, text).with_headers(self.headers.clone()))
            }
        }
    }

    /// Reads a body of at most `max` bytes.
    pub(crate) async fn read_body(mut self, max: u64) -> Result<RawResponse> {
        let size = self.body.content_length();
        if size.is_some_and(|size| size > max) {
            return Err(self.too_large(max));
        }
        let mut body = BodyBuffer::default();
        loop {
            match self.body.chunk().await {
                Ok(Some(chunk)) if body.len() as u64 + chunk.len() as u64 > max => {
                    return Err(self.too_large(max));
                }
                Ok(Some(chunk)) => body.push(chunk, size),
                Ok(None) => return Ok(self.into_raw(body)),
                Err(error) => {
                    let error = Error::transport(self.call, error, true);
                    return Err(error.with_headers(self.headers));
                }
            }
        }
    }

    fn too_large(self, max: u64) -> Error {
        let text = format!("the response has more than {max} bytes");
        Error::invalid_response(self.call, text).with_headers(self.headers)
    }

    /// Reads the body of an error response as far as possible. The status is more important than the complete body.
    pub(crate) async fn read_error_body(mut self) -> RawResponse {
        let mut body = BodyBuffer::default();
        while let Ok(Some(mut chunk)) = self.body.chunk().await {
            chunk.truncate(MAX_ERROR_BODY - body.len());
            body.push(chunk, None);
            if body.len() == MAX_ERROR_BODY {
                break;
            }
        }
        self.into_raw(body)
    }

    fn into_raw(self, body: BodyBuffer) -> RawResponse {
        RawResponse {
            call: self.call,
            status: self.status,
            headers: self.headers,
            body: body.finish(),
        }
    }
}

/// Buffer for a body. A single chunk is not copied.
#[derive(Default)]
struct BodyBuffer {
    first: Bytes,
    all: BytesMut,
}

impl BodyBuffer {
    fn len(&self) -> usize {
        self.first.len() + self.all.len()
    }

    /// Appends a chunk. `size` is the expected total size, if it is known.
    fn push(&mut self, chunk: Bytes, size: Option<u64>) {
        if self.len() == 0 {
            self.first = chunk;
            return;
        }
        if !self.first.is_empty() {
            // The size comes from the server and is not trusted.
            let size = size.and_then(|size| usize::try_from(size.min(MAX_PREALLOCATED)).ok());
            self.all
                .reserve(size.unwrap_or(self.first.len() + chunk.len()));
            self.all.extend_from_slice(&self.first);
            self.first = Bytes::new();
        }
        self.all.extend_from_slice(&chunk);
    }

    fn finish(self) -> Bytes {
        if self.all.is_empty() {
            self.first
        } else {
            self.all.freeze()
        }
    }
}
