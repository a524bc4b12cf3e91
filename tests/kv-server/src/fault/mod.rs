//! Faults that tests inject into requests.

mod page;
mod queue;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use hyper::header::{CONTENT_TYPE, HeaderName, HeaderValue, RETRY_AFTER};
use hyper::{HeaderMap, StatusCode};

use crate::envelope::{HttpResponse, failure};
use crate::error::ApiError;
use crate::received::ReceivedRequest;

pub(crate) use queue::Faults;

/// A fault of the next request. See [`KvServer::fail_next`](crate::KvServer::fail_next).
///
/// A fault applies once and to any request, unless a method limits or repeats it:
///
/// ```
/// # use std::time::Duration;
/// # use kv_server::{Fault, KvServer};
/// # let server = KvServer::start()?;
/// server.fail_next(Fault::rate_limited(Duration::from_secs(2)));
/// server.fail_next(Fault::status(503).method("GET").path_contains("/values/").times(2));
/// server.fail_next(Fault::unsuccessful_keys(["b"]));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone)]
#[must_use = "pass it to `KvServer::fail_next`"]
pub struct Fault {
    kind: Kind,
    headers: HeaderMap,
    delay: Duration,
    processed: bool,
    filter: Filter,
    skip: usize,
    times: usize,
}

/// The response of a request with a fault.
#[derive(Clone)]
pub(crate) enum Kind {
    /// The regular response.
    Regular,
    /// The regular response, in which bulk calls fail for these keys.
    UnsuccessfulKeys(Vec<String>),
    /// A part of the regular response.
    Truncated,
    /// Another response.
    Response(HttpResponse),
    /// The connection is reset.
    Reset,
}

/// The requests of a fault.
#[derive(Clone, Default)]
struct Filter {
    method: Option<String>,
    path_contains: Option<String>,
    path_ends_with: Option<String>,
    predicate: Option<Predicate>,
}

type Predicate = Arc<dyn Fn(&ReceivedRequest) -> bool + Send + Sync>;

impl Fault {
    /// Responds with a status and an error in the envelope of the API.
    ///
    /// # Panics
    ///
    /// Panics if the status is not between 200 and 999.
    pub fn status(status: u16) -> Self {
        Self::api_error(status, 10_001, "injected by a test")
    }

    /// Responds with a status, and with this error in the envelope of the API.
    ///
    /// # Panics
    ///
    /// Panics if the status is not between 200 and 999.
    pub fn api_error(status: u16, code: u32, message: impl Into<String>) -> Self {
        let error = ApiError::new(message).code(code);
        Self::new(Kind::Response(failure(error.status(status_code(status)))))
    }

    /// Responds with 429 and the header `Retry-After`, in seconds. A part of a second counts as one.
    pub fn rate_limited(retry_after: Duration) -> Self {
        let text = "Please wait and consider throttling your request speed";
        let seconds = retry_after.as_secs() + u64::from(retry_after.subsec_nanos() > 0);
        let mut fault = Self::api_error(429, 971, text);
        fault.headers.insert(RETRY_AFTER, seconds.into());
        fault
    }

    /// Responds with an HTML page, like Cloudflare's proxy does with 502 and 520 to 530.
    ///
    /// # Panics
    ///
    /// Panics if the status is not between 200 and 999.
    pub fn html(status: u16) -> Self {
        Self::body(status, "text/html; charset=UTF-8", page::html(status))
    }

    /// Responds with a body of any kind.
    ///
    /// # Panics
    ///
    /// Panics if the status is not between 200 and 999, or if the content type is not a valid header.
    pub fn body(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let mut response = HttpResponse::new(Bytes::from(body.into()));
        *response.status_mut() = status_code(status);
        Self::new(Kind::Response(response)).header(CONTENT_TYPE.as_str(), content_type)
    }

    /// Resets the connection after the request arrived. The request is not carried out.
    pub fn reset() -> Self {
        Self::new(Kind::Reset)
    }

    /// Carries out the request, sends the first half of the response, and closes the connection.
    pub fn truncated() -> Self {
        Self::new(Kind::Truncated)
    }

    /// Carries out the request, and responds after a delay.
    pub fn slow(delay: Duration) -> Self {
        Self::new(Kind::Regular).delay(delay)
    }

    /// Makes the next bulk write or bulk delete fail for these keys. The result lists them in `unsuccessful_keys`.
    ///
    /// It applies only to bulk writes and bulk deletes. Keys that are not in the request have no effect.
    pub fn unsuccessful_keys(keys: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let keys = keys.into_iter().map(Into::into).collect();
        Self::new(Kind::UnsuccessfulKeys(keys))
    }

    /// Applies only to requests with a method, such as `PUT`.
    pub fn method(mut self, method: &str) -> Self {
        self.filter.method = Some(method.to_owned());
        self
    }

    /// Applies only to requests whose path contains a text. Paths are percent-encoded.
    pub fn path_contains(mut self, text: impl Into<String>) -> Self {
        self.filter.path_contains = Some(text.into());
        self
    }

    /// Applies only to requests whose path ends with a text, such as `/values/a%2Fb`.
    pub fn path_ends_with(mut self, text: impl Into<String>) -> Self {
        self.filter.path_ends_with = Some(text.into());
        self
    }

    /// Applies only to requests for which `predicate` returns true.
    pub fn when(
        mut self,
        predicate: impl Fn(&ReceivedRequest) -> bool + Send + Sync + 'static,
    ) -> Self {
        self.filter.predicate = Some(Arc::new(predicate));
        self
    }

    /// Applies to this many requests instead of one.
    pub fn times(mut self, requests: usize) -> Self {
        self.times = requests;
        self
    }

    /// Applies to all requests until [`KvServer::clear_faults`](crate::KvServer::clear_faults).
    pub fn always(self) -> Self {
        self.times(usize::MAX)
    }

    /// Skips this many requests first. Only requests to which the fault could apply count.
    pub fn skip(mut self, requests: usize) -> Self {
        self.skip = requests;
        self
    }

    /// Waits before the response or the reset.
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Adds a header to the response, or replaces it.
    ///
    /// # Panics
    ///
    /// Panics if the name or the value is not valid in a header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let name: HeaderName = name.parse().expect("a valid header name");
        let value = HeaderValue::from_str(value).expect("a valid header value");
        self.headers.insert(name, value);
        self
    }

    /// Carries out the request before the fault, so that a write is done and its response is lost.
    pub fn after_processing(mut self) -> Self {
        self.processed = true;
        self
    }

    fn new(kind: Kind) -> Self {
        Self {
            kind,
            headers: HeaderMap::new(),
            delay: Duration::ZERO,
            processed: false,
            filter: Filter::default(),
            skip: 0,
            times: 1,
        }
    }

    pub(crate) fn kind(&self) -> &Kind {
        &self.kind
    }

    /// Headers to set in the response.
    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    pub(crate) fn delay_before_response(&self) -> Duration {
        self.delay
    }

    /// True if the request is carried out although its response is replaced.
    pub(crate) fn is_processed(&self) -> bool {
        self.processed
    }

    fn applies_to(&self, request: &ReceivedRequest) -> bool {
        let of_kind = !matches!(self.kind, Kind::UnsuccessfulKeys(_)) || is_bulk_write(request);
        of_kind && self.filter.accepts(request)
    }
}

impl Filter {
    fn accepts(&self, request: &ReceivedRequest) -> bool {
        let path = request.path();
        let method = self.method.as_ref();
        method.is_none_or(|method| method.eq_ignore_ascii_case(request.method()))
            && { self.path_contains.as_ref() }.is_none_or(|text| path.contains(text))
            && { self.path_ends_with.as_ref() }.is_none_or(|text| path.ends_with(text))
            && { self.predicate.as_ref() }.is_none_or(|predicate| predicate(request))
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut fields = f.debug_struct("Fault");
        match &self.kind {
            Kind::Regular => fields.field("kind", &"slow"),
            Kind::UnsuccessfulKeys(keys) => fields.field("unsuccessful_keys", keys),
            Kind::Truncated => fields.field("kind", &"truncated"),
            Kind::Response(response) => fields.field("status", &response.status().as_u16()),
            Kind::Reset => fields.field("kind", &"reset"),
        };
        fields
            .field("delay", &self.delay)
            .field("times", &self.times)
            .finish_non_exhaustive()
    }
}

fn status_code(status: u16) -> StatusCode {
    let code = StatusCode::from_u16(status).ok();
    code.filter(|_| status >= 200)
        .expect("a status between 200 and 999")
}

fn is_bulk_write(request: &ReceivedRequest) -> bool {
    let path = request.path();
    match request.method() {
        "PUT" | "DELETE" => path.ends_with("/bulk"),
        "POST" => path.ends_with("/bulk/delete"),
        _ => false,
    }
}
