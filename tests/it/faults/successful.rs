//! What the server answers when all is well, and the pieces that wrong answers are made of.

use std::fmt::Write as _;

use super::server::{End, Reply};

/// The good answer to a request.
pub(crate) struct Good {
    pub(crate) body: Vec<u8>,
    pub(crate) media_type: &'static str,
    /// How many went wrong before this one.
    pub(crate) nth: usize,
}

/// The good answer to a request. Every result that is not `null` has the word `text` in it.
pub(crate) fn good(method: &str, target: &str, nth: usize) -> Good {
    let path = target.split('?').next().unwrap_or_default();
    let result = match (method, path.rsplit('/').nth(1), path.rsplit('/').next()) {
        ("GET", Some("values"), _) => {
            return Good {
                body: b"text".to_vec(),
                media_type: "application/octet-stream",
                nth,
            };
        }
        ("GET", Some("metadata"), _) => r#""text""#,
        ("GET", _, Some("keys")) => r#"[{"name":"text"}]"#,
        ("POST", _, Some("namespaces")) => r#"{"id":"id","title":"text"}"#,
        ("POST", Some("bulk"), Some("get")) => r#"{"values":{"key":"text"}}"#,
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
    Good {
        body: body.into(),
        media_type: "application/json",
        nth,
    }
}

impl Good {
    /// The answer as it goes over the wire.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.with(&self.body)
    }

    /// The same with another body.
    pub(crate) fn with(&self, body: &[u8]) -> Vec<u8> {
        answer("200 OK", &[("content-type", self.media_type)], body)
    }

    /// The same with another body, and these lines in the head to say where it ends.
    pub(crate) fn under(&self, lines: &str, body: &[u8]) -> Vec<u8> {
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: {}\r\n{lines}\r\n",
            self.media_type
        );
        [head.as_bytes(), body].concat()
    }

    /// The body with a word in it replaced.
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

/// A whole answer, with its length.
pub(crate) fn answer(status: &str, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
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
        }
    }
}

impl Reply {
    pub(crate) fn then(mut self, end: End) -> Self {
        self.end = end;
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
