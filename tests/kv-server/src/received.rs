//! The requests that the server received, for assertions of tests.

use std::collections::VecDeque;
use std::fmt;

use bytes::Bytes;
use hyper::HeaderMap;
use hyper::header::HeaderValue;
use hyper::http::request::Parts;
use serde::de::DeserializeOwned;

/// Headers that `Debug` hides.
const SECRETS: [&str; 4] = ["authorization", "cookie", "x-auth-email", "x-auth-key"];

/// A request that the server received. See [`KvServer::requests`](crate::KvServer::requests).
///
/// `Debug` shows the credentials as `***` and the body as its length.
#[derive(Clone)]
pub struct ReceivedRequest {
    method: String,
    path: String,
    query: String,
    headers: HeaderMap,
    body: Bytes,
}

impl ReceivedRequest {
    pub(crate) fn new(head: &Parts, body: Bytes) -> Self {
        Self {
            method: head.method.to_string(),
            path: head.uri.path().to_owned(),
            query: head.uri.query().unwrap_or_default().to_owned(),
            headers: head.headers.clone(),
            body,
        }
    }

    /// The method, such as `PUT`.
    pub fn method(&self) -> &str {
        &self.method
    }

    /// The path as sent: percent-encoded, and without the query.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The query as sent, without the question mark. Empty if the request has no query.
    pub fn query(&self) -> &str {
        &self.query
    }

    /// Returns the decoded value of the first query parameter with a name.
    pub fn query_param(&self, name: &str) -> Option<String> {
        form_urlencoded::parse(self.query.as_bytes())
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    }

    /// Returns the value of the first header with a name, also of a header with credentials.
    ///
    /// Returns `None` if the header is missing or is not text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Returns the names and values of all headers. Names are in lower case.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_bytes()))
    }

    /// The body. Empty if it was over the limit of 100 MB.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// Reads the body as JSON.
    pub fn json<T: DeserializeOwned>(&self) -> serde_json::Result<T> {
        serde_json::from_slice(&self.body)
    }
}

impl fmt::Debug for ReceivedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut headers = self.headers.clone();
        for (name, value) in &mut headers {
            if SECRETS.contains(&name.as_str()) {
                *value = HeaderValue::from_static("***");
            }
        }
        f.debug_struct("ReceivedRequest")
            .field("method", &self.method)
            .field("path", &self.path)
            .field("query", &self.query)
            .field("headers", &headers)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}

/// The latest requests, oldest first.
#[derive(Default)]
pub(crate) struct Log {
    requests: VecDeque<ReceivedRequest>,
    body_bytes: usize,
}

impl Log {
    /// Maximum number of requests.
    const MAX_REQUESTS: usize = 10_000;
    /// Maximum size of all bodies. The latest request is kept in any case.
    const MAX_BODY_BYTES: usize = 64 << 20;

    pub(crate) fn add(&mut self, request: ReceivedRequest) {
        self.body_bytes += request.body.len();
        self.requests.push_back(request);
        while self.requests.len() > 1
            && (self.requests.len() > Self::MAX_REQUESTS || self.body_bytes > Self::MAX_BODY_BYTES)
        {
            let removed = self.requests.pop_front();
            self.body_bytes -= removed.map_or(0, |request| request.body.len());
        }
    }

    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }

    pub(crate) fn requests(&self) -> Vec<ReceivedRequest> {
        self.requests.iter().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use hyper::Request;

    use super::{Log, ReceivedRequest};

    fn request(path: &str, body: Bytes) -> ReceivedRequest {
        let (head, ()) = Request::get(path).body(()).unwrap().into_parts();
        ReceivedRequest::new(&head, body)
    }

    #[test]
    fn the_log_keeps_the_latest_requests() {
        let mut log = Log::default();
        for number in 0..=Log::MAX_REQUESTS {
            log.add(request(&format!("/{number}"), Bytes::new()));
        }
        let requests = log.requests();
        assert_eq!(requests.len(), Log::MAX_REQUESTS);
        assert_eq!(requests[0].path(), "/1");
    }

    #[test]
    fn the_log_limits_the_size_of_bodies() {
        let mut log = Log::default();
        let half = Bytes::from(vec![0; Log::MAX_BODY_BYTES / 2]);
        for number in 0..3 {
            log.add(request(&format!("/{number}"), half.clone()));
        }
        assert_eq!(log.requests().len(), 2);
        log.add(request("/large", vec![0; Log::MAX_BODY_BYTES + 1].into()));
        let requests = log.requests();
        assert_eq!(requests.len(), 1);
        assert_eq!(requests[0].path(), "/large");
    }
}
