//! Responses of the scripted server.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use super::Received;

/// Response to a request.
#[derive(Clone)]
pub struct Step {
    pub(super) pause: Duration,
    /// True if the response is sent before the request body is read.
    pub(super) is_early: bool,
    /// Number of concurrent requests to wait for.
    pub(super) gathers: usize,
    /// True if nothing is read from the connection.
    pub(super) is_mute: bool,
    /// Computes the response to this request and all later ones.
    pub(super) by: Option<Arc<Respond>>,
    pub(super) bytes: Vec<u8>,
    /// Delay before the connection is closed, if it is closed.
    pub(super) closes: Option<Duration>,
}

type Respond = dyn Fn(&Received) -> Step + Send + Sync;

impl Step {
    /// Delays the response.
    pub fn after(mut self, pause: Duration) -> Self {
        self.pause = pause;
        self
    }

    /// Responds before the request body is read.
    pub fn early(mut self) -> Self {
        self.is_early = true;
        self
    }

    /// Waits for concurrent requests before the response.
    pub fn gathering(mut self, requests: usize) -> Self {
        self.gathers = requests;
        self
    }

    /// Closes the connection after the response.
    pub fn closing(mut self) -> Self {
        self.closes = Some(Duration::ZERO);
        self
    }

    /// Closes the connection some time after the response.
    pub fn closing_after(mut self, pause: Duration) -> Self {
        self.closes = Some(pause);
        self
    }
}

/// Sends a response with these headers.
pub fn response(status: &str, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Step {
    let body = body.as_ref();
    let mut text = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n", body.len());
    for (name, value) in headers {
        let _ = write!(text, "{name}: {value}\r\n");
    }
    raw([format!("{text}\r\n").as_bytes(), body].concat())
}

/// Sends JSON.
pub fn json(status: &str, body: impl AsRef<[u8]>) -> Step {
    response(status, &[("content-type", "application/json")], body)
}

/// Sends a result in an envelope.
pub fn result(result: &str) -> Step {
    let envelope = format!(r#"{{"success":true,"errors":[],"messages":[],"result":{result}}}"#);
    json("200 OK", envelope)
}

/// Sends a page in an envelope.
pub fn page(result: &str, info: &str) -> Step {
    json(
        "200 OK",
        format!(
            r#"{{"result":{result},"success":true,"errors":[],"messages":[],"result_info":{info}}}"#
        ),
    )
}

/// Sends an error in an envelope, with a retry delay of zero.
pub fn error(status: &str, code: i64) -> Step {
    response(
        status,
        &[
            ("content-type", "application/json"),
            ("retry-after-ms", "1"),
        ],
        format!(
            r#"{{"success":false,"errors":[{{"code":{code},"message":"it went wrong"}}],"messages":[],"result":null}}"#
        ),
    )
}

/// Sends raw bytes.
pub fn raw(bytes: impl Into<Vec<u8>>) -> Step {
    Step {
        pause: Duration::ZERO,
        is_early: false,
        gathers: 0,
        is_mute: false,
        by: None,
        bytes: bytes.into(),
        closes: None,
    }
}

/// Computes the response to this request and all later ones.
pub fn by(respond: impl Fn(&Received) -> Step + Send + Sync + 'static) -> Step {
    Step {
        by: Some(Arc::new(respond)),
        ..raw([])
    }
}

/// Closes the connection without a response.
pub fn hang_up() -> Step {
    raw([]).closing()
}

/// Keeps the connection open without a response.
pub fn silence() -> Step {
    raw([])
}

/// Reads nothing from this connection and all later ones.
pub fn mute() -> Step {
    Step {
        is_mute: true,
        ..raw([])
    }
}
