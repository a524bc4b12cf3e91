//! Successful responses, and the parts that faulty responses are made of.

use std::fmt::Write as _;

use super::http2::Http2End;
use super::reply::{End, Reply};

/// A successful response.
pub(crate) struct SuccessfulResponse {
    pub(crate) body: Vec<u8>,
    pub(crate) media_type: &'static str,
    /// The number of requests before this one that failed.
    pub(crate) nth: usize,
}

/// Returns the successful response to a request. Every result that is not `null` contains the word `text`, unless
/// the query is `failed=none`.
pub(crate) fn successful_response(method: &str, target: &str, nth: usize) -> SuccessfulResponse {
    let path = target.split('?').next().unwrap_or_default();
    let result = match (method, path.rsplit('/').nth(1), path.rsplit('/').next()) {
        ("GET", Some("values"), _) => {
            return SuccessfulResponse {
                body: b"text".to_vec(),
                media_type: "application/octet-stream",
                nth,
            };
        }
        ("GET", Some("metadata"), _) => r#""text""#,
        ("GET", _, Some("keys")) => r#"[{"name":"text"}]"#,
        ("POST", _, Some("namespaces")) => r#"{"id":"id","title":"text"}"#,
        ("POST", Some("bulk"), Some("get")) => r#"{"values":{"key":"text"}}"#,
        ("PUT", _, Some("bulk")) | ("POST", Some("bulk"), _) if target.contains("failed=none") => {
            r#"{"successful_key_count":1,"unsuccessful_keys":[]}"#
        }
        ("PUT", _, Some("bulk")) | ("POST", Some("bulk"), _) => {
            r#"{"successful_key_count":1,"unsuccessful_keys":["text"]}"#
        }
        _ => "null",
    };
    // The second page is the last one.
    let cursor = if target.contains("cursor=") {
        ""
    } else {
        "next"
    };
    let body = format!(
        r#"{{"success":true,"errors":[],"messages":[],"result":{result},"result_info":{{"cursor":"{cursor}"}}}}"#
    );
    SuccessfulResponse {
        body: body.into(),
        media_type: "application/json",
        nth,
    }
}

impl SuccessfulResponse {
    /// Returns the response as bytes.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.with(&self.body)
    }

    /// Replaces the body.
    pub(crate) fn with(&self, body: &[u8]) -> Vec<u8> {
        response("200 OK", &[("content-type", self.media_type)], body)
    }

    /// Replaces the body and the headers that determine its end.
    pub(crate) fn with_headers(&self, lines: &str, body: &[u8]) -> Vec<u8> {
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: {}\r\n{lines}\r\n",
            self.media_type
        );
        [head.as_bytes(), body].concat()
    }

    /// Replaces a word in the body.
    pub(crate) fn replaced(&self, word: &str, by: &[u8]) -> Vec<u8> {
        let at = self
            .body
            .windows(word.len())
            .position(|part| part == word.as_bytes());
        let Some(at) = at else {
            return self.body.clone();
        };
        [&self.body[..at], by, &self.body[at + word.len()..]].concat()
    }
}

/// Returns a complete response with its length.
pub(crate) fn response(status: &str, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n", body.len());
    for (name, value) in headers {
        let _ = write!(head, "{name}: {value}\r\n");
    }
    [head.as_bytes(), b"\r\n", body].concat()
}

impl<T: Into<Vec<u8>>> From<T> for Reply {
    fn from(bytes: T) -> Self {
        Self {
            bytes: bytes.into(),
            filler: 0,
            pieces: 1,
            end: End::Keep,
            http2: None,
        }
    }
}

impl Reply {
    pub(crate) fn ending(mut self, end: End) -> Self {
        self.end = end;
        self
    }

    pub(crate) fn with_http2(mut self, end: Http2End) -> Self {
        self.http2 = Some(end);
        self
    }

    pub(crate) fn and_filler(mut self, bytes: u64) -> Self {
        self.filler = bytes;
        self
    }

    pub(crate) fn in_pieces(mut self, pieces: usize) -> Self {
        self.pieces = pieces;
        self
    }
}
